from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [("email", "Mail address"), ("domain", "Mail domain"), ("phone", "Phone number"), ("address", "Address")]


class EcomBlockEntry(models.Model):
    """Somebody we do not want to sell to. Orders of theirs are held or told, as the channel's check says."""

    _name = "ecom.block.entry"
    _description = "Block List Entry"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "value"

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    kind = fields.Selection(KINDS, default="email", required=True, tracking=True)
    value = fields.Char(
        string="Who",
        required=True,
        tracking=True,
        help="An address as street, postcode and country code: Ring 1, 1010, AT. Case, spaces and signs do not matter.",
    )
    key = fields.Char(compute="_compute_key", store=True, help="The value as it is compared.")
    reason = fields.Char(tracking=True, help="Shown to whoever decides about an order of theirs.")
    active = fields.Boolean(default=True, tracking=True)

    _key_uniq = models.UniqueIndex("(company_id, kind, key) WHERE active", "This is on the block list already.")

    @api.depends("kind", "value")
    def _compute_key(self):
        for entry in self:
            entry.key = self._key_of(entry.kind, entry.value or "")

    @api.constrains("kind", "value")
    def _check_value(self):
        for entry in self:
            if not entry.key or (entry.kind == "email" and "@" not in entry.key):
                raise ValidationError(
                    self.env._("%(value)s cannot be compared with what buyers give.", value=entry.value)
                )

    @staticmethod
    def _key_of(kind, value):
        """As `rules/checks/identity.py` writes what a buyer gives."""
        value = value.strip().casefold()
        if kind == "email":
            name, at, domain = value.rpartition("@")
            return f"{name.partition('+')[0]}{at}{domain}"
        if kind == "domain":
            return value.rpartition("@")[2]
        if kind == "phone":
            digits = "".join(letter for letter in value if letter.isdigit())[-9:]
            return digits if len(digits) >= 6 else ""
        return "".join(letter for letter in value if letter.isalnum())

    def _block(self, order):
        """Entries for what is known of the buyer of a channel's order; those that exist stay as they are."""
        customer = order.partner_id.sudo()
        wanted = {("email", customer.email), ("phone", customer.phone)}
        found = self.browse()
        for kind, value in sorted(wanted, key=lambda pair: pair[0]):
            key = self._key_of(kind, value or "")
            if not key:
                continue
            company = order.company_id
            known = self.search([("company_id", "=", company.id), ("kind", "=", kind), ("key", "=", key)])
            reason = self.env._("Order %(number)s", number=order.ecom_number or order.name)
            values = {"company_id": company.id, "kind": kind, "value": value, "reason": reason}
            found |= known or self.create(values)
        return found
