from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# How often one computer may open a return.
AN_HOUR = 10


class EcomReturn(models.Model):
    """The buyer's side of a return: his page, who sends it where that is not the customer, and his parcel."""

    _inherit = "ecom.return"

    by_buyer = fields.Boolean(string="Opened Online", readonly=True, copy=False)
    is_gift = fields.Boolean(
        string="Gift",
        readonly=True,
        copy=False,
        help="Somebody who got it as a present sends it back. He does not see the price, and the customer does not "
        "see the return.",
    )
    contact_name = fields.Char(readonly=True, help="Who sends it back, where that is not the customer.")
    contact_email = fields.Char(readonly=True)
    contact_lang = fields.Char(readonly=True)
    address_digest = fields.Char(readonly=True, copy=False, index="btree_not_null", groups="base.group_system")
    wish = fields.Selection(
        [
            ("refund", "Money Back"),
            ("exchange", "Another Article"),
            ("credit", "Store Credit"),
            ("repair", "Repair"),
        ],
        string="Wanted Instead",
        default="refund",
        required=True,
        tracking=True,
        help="What the customer asked for.",
    )
    parcel_carrier = fields.Char(string="Carrier of the Parcel", copy=False)
    parcel_number = fields.Char(copy=False, index="btree_not_null")
    sent_at = fields.Datetime(readonly=True, copy=False)

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for record in self:
            record.access_url = f"/my/returns/{record.id}"
        return result

    # ----------------------------------------------------------------- contact
    @property
    def _sender_name(self):
        return self.contact_name or (not self.is_gift and self.partner_id.name) or ""

    @property
    def _sender_email(self):
        """Where to write to; never to the giver of a present."""
        return self.contact_email or (not self.is_gift and self.partner_id.email) or ""

    @property
    def _sender_lang(self):
        return self.contact_lang or self.partner_id.lang or self.env.lang

    @api.model
    def _opened_too_often(self, digest):
        hour_ago = fields.Datetime.now() - timedelta(hours=1)
        recent = [("address_digest", "=", digest), ("create_date", ">", hour_ago)]
        return self.sudo().search_count(recent, limit=AN_HOUR) >= AN_HOUR

    @api.model
    def _mine_domain(self, partner):
        """Returns that stand on a customer's own pages: presents are seen by who sends them back alone."""
        return [("partner_id", "child_of", partner.commercial_partner_id.id), ("is_gift", "=", False)]

    # ------------------------------------------------------------------- parcel
    def _may_be_sent(self):
        return self.authorisation == "approved" and any(line.goods == "awaiting" for line in self.line_ids)

    def _may_be_withdrawn(self):
        """By who opened it, while nothing is here and nothing was paid back."""
        untouched = all(line.goods == "awaiting" and line.money == "none" for line in self.line_ids)
        return self.authorisation in ("requested", "approved") and untouched

    def _note_parcel(self, carrier, number):
        """The buyer, or the carrier, says that it left. Proof of sending ends the time for which money is withheld."""
        self.ensure_one()
        if not self._may_be_sent():
            raise UserError(self.env._("Nothing of %(record)s is awaited.", record=self.name))
        self.write({"parcel_carrier": carrier, "parcel_number": number, "sent_at": fields.Datetime.now()})
        self.sudo().line_ids.filtered(lambda line: line.goods == "awaiting").goods = "in_transit"
        self.message_post(
            body=self.env._("On its way: %(carrier)s %(number)s", carrier=carrier or "", number=number or "")
        )
        transfers = self.sudo().line_ids.move_ids.picking_id
        open_transfers = transfers.filtered(lambda picking: picking.state not in ("done", "cancel"))
        open_transfers.filtered(lambda picking: not picking.carrier_tracking_ref).carrier_tracking_ref = number

    # ------------------------------------------------------------------- status
    def _stages(self):
        """[(name, whether it is reached)] as the buyer sees them, in order."""
        lines = self.line_ids
        here = ("received", "wrong_item", "given_back")
        arrived = bool(lines) and all(line.goods in (*here, "keep", "short", "lost") for line in lines)
        kept = bool(lines) and all(line.goods == "keep" for line in lines)
        granted = any(line.money != "none" for line in lines)
        paid = bool(lines) and all(line.money == "executed" for line in lines if line.resolution != "none")
        approved = self.authorisation == "approved"
        stages = [(self.env._("Requested"), True), (self.env._("Agreed"), approved)]
        if not kept:
            left = bool(self.sent_at) or arrived
            stages += [(self.env._("On its way"), left), (self.env._("Received"), arrived)]
        if lines and all(line.resolution == "exchange" for line in lines):
            orders = self.sudo().replacement_ids.filtered(lambda order: order.state != "cancel")
            gone = bool(orders) and all(order.delivery_status == "full" for order in orders)
            stages.append((self.env._("Sent in exchange"), gone))
        elif not self.is_gift:
            stages += [(self.env._("Credited"), granted), (self.env._("Paid back"), granted and paid)]
        return stages

    def _given_back(self):
        """[(currency, amount)] of posted credit notes; nothing of it is shown to who got a present."""
        notes = self.sudo().credit_ids.filtered(lambda note: note.state == "posted")
        return [
            (currency, sum(group.mapped("amount_total"))) for currency, group in notes.grouped("currency_id").items()
        ]

    def _send_to(self):
        """The address on the slip: of the warehouse that waits for it."""
        warehouse = self.sudo().line_ids[:1]._warehouse() if self.line_ids else self.env["stock.warehouse"]
        return warehouse.partner_id or self.company_id.partner_id

    def _send_to_address(self):
        """In lines, none of them empty."""
        lines = self._send_to()._display_address(without_company=True).splitlines()
        return "\n".join(line.strip() for line in lines if line.strip())

    def _shown_replacements(self):
        """What comes instead, as the buyer may see it; who got a present sees no prices, and so no orders."""
        orders = self.sudo().replacement_ids.filtered(lambda order: order.state != "cancel")
        return orders.browse() if self.is_gift else orders
