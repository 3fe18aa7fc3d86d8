from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# dedupe key of an exception, up to its colon -> (model that remembers the meaning, its field, field of this dialog)
MEANINGS = {
    "tax": ("ecom.tax.map", "tax_id"),
    "payment": ("ecom.payment.map", "journal_id"),
    "delivery": ("ecom.delivery.map", "carrier_id"),
    "listing": ("ecom.listing", "product_id"),
    "currency": ("res.currency", "currency_id"),
}
MANAGER = "ecom_connector.ecom_connector_group_channel_manager"


class EcomChooseWizard(models.TransientModel):
    """Say what a word of the channel means here; what waited for it goes on at once."""

    _name = "ecom.choose.wizard"
    _description = "Say What It Means Here"
    _check_company_auto = True

    exception_id = fields.Many2one("ecom.exception", required=True, ondelete="cascade", readonly=True)
    channel_id = fields.Many2one(related="exception_id.channel_id")
    company_id = fields.Many2one(related="exception_id.company_id")
    kind = fields.Selection(
        [
            ("tax", "Tax"),
            ("payment", "Payment method"),
            ("delivery", "Shipping method"),
            ("listing", "Item"),
            ("currency", "Currency"),
        ],
        required=True,
        readonly=True,
    )
    code = fields.Char(readonly=True)
    word = fields.Char(string="The Channel Says", compute="_compute_word")
    waiting = fields.Integer(string="Orders Waiting", compute="_compute_word")
    may_choose = fields.Boolean(compute="_compute_word")
    tax_id = fields.Many2one(
        "account.tax", string="Tax Here", check_company=True, domain="[('type_tax_use', '=', 'sale')]"
    )
    journal_id = fields.Many2one(
        "account.journal",
        string="Its Money Waits In",
        check_company=True,
        domain="[('type', 'in', ('bank', 'cash', 'credit'))]",
    )
    carrier_id = fields.Many2one("delivery.carrier", string="Delivery Method Here", check_company=True)
    product_id = fields.Many2one("product.product", string="Product Here", check_company=True)
    currency_id = fields.Many2one("res.currency", string="Currency Here", context={"active_test": False})

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        exception = self.env["ecom.exception"].browse(values.get("exception_id"))
        kind, _colon, code = (exception.dedupe_key or "").partition(":")
        if kind in MEANINGS:
            guess = self.new({"exception_id": exception.id, "kind": kind, "code": code})._suggestion()
            values |= {"kind": kind, "code": code, MEANINGS[kind][1]: guess.id}
        return values

    @api.depends("exception_id", "kind", "code")
    @api.depends_context("uid")
    def _compute_word(self):
        for wizard in self:
            meaning = wizard._meaning()
            wizard.word = meaning.display_name if wizard.kind == "currency" else meaning.name or wizard.code
            wizard.waiting = len(wizard.exception_id._failed_messages()) or len(wizard._orders())
            wizard.may_choose = wizard._may_choose()

    # ----------------------------------------------------------------- records
    def _meaning(self):
        """The record that remembers the meaning; it was listed when the word first occurred."""
        if not self.kind:
            return self.env["ecom.tax.map"]
        records = self.env[MEANINGS[self.kind][0]].with_context(active_test=False)
        if self.kind == "currency":
            return records.search([("name", "=", self.code)], limit=1)
        key = "external_id" if self.kind == "listing" else "code"
        return records.search([("channel_id", "=", self.channel_id.id), (key, "=", self.code)], limit=1)

    def _orders(self):
        """Orders that are here and use the word."""
        word = {"delivery": "ecom_shipping_method", "payment": "ecom_payment_ids.method"}.get(self.kind)
        orders = self.env["sale.order"]
        if not word:
            return orders
        domain = [("ecom_channel_id", "=", self.channel_id.id), (word, "=", self.code), ("state", "!=", "cancel")]
        return orders.search([*domain, ("carrier_id", "=", False)] if self.kind == "delivery" else domain)

    def _may_choose(self):
        return self.kind == "listing" or self.env.user.has_group(MANAGER)

    # -------------------------------------------------------------- suggestion
    def _suggestion(self):
        """What it probably means, so that one click is enough."""
        return getattr(self, f"_suggest_{self.kind}")()

    def _suggest_tax(self):
        meaning, taxes = self._meaning(), self.env["account.tax"]
        domain = [*taxes._check_company_domain(self.company_id), ("type_tax_use", "=", "sale")]
        return taxes.search([*domain, ("amount", "=", meaning.rate), ("amount_type", "=", "percent")], limit=1)

    def _suggest_payment(self):
        others = self.env["ecom.payment.map"].search([("channel_id", "=", self.channel_id.id)])
        return self.channel_id.clearing_journal_id or others.journal_id[:1]

    def _suggest_delivery(self):
        carriers = self.env["delivery.carrier"]
        domain, name = carriers._check_company_domain(self.company_id), self._meaning().name or self.code
        return carriers.search([*domain, ("name", "ilike", name)], limit=1)

    def _suggest_listing(self):
        return self._meaning().candidate_ids[:1]

    def _suggest_currency(self):
        return self._meaning()

    # ----------------------------------------------------------------- buttons
    def action_use(self):
        """What was chosen is what the word means, and what waited for it goes on."""
        self.ensure_one()
        self._check_may_choose()
        chosen = self[MEANINGS[self.kind][1]]
        if not chosen:
            raise UserError(self.env._("Choose something first."))
        self._remember(chosen)
        return {"type": "ir.actions.act_window_close"}

    def action_create_and_use(self):
        """There is nothing of the kind here yet: make it as the channel calls it."""
        self.ensure_one()
        self._check_may_choose()
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only channel managers may do this."))
        self._remember(getattr(self, f"_create_{self.kind}")())
        return {"type": "ir.actions.act_window_close"}

    def _check_may_choose(self):
        self.exception_id.check_access("write")
        if not self._may_choose():
            raise AccessError(self.env._("Only channel managers may say what a word of the channel means."))

    def _remember(self, chosen):
        meaning = self._meaning()
        if self.kind == "currency":
            # Channel managers have no rights on currencies otherwise; this is the one that the order came in.
            chosen.sudo().active = True
            self.env["ecom.exception"]._retry_known(self.channel_id, [self.exception_id.dedupe_key])
        else:
            meaning.write({MEANINGS[self.kind][1]: chosen.id})

    # ------------------------------------------------------------------ create
    # Managers of channels may make these without rights on the rest of the settings: each is known by its mapping.
    def _create_tax(self):
        meaning = self._meaning()
        values = {"name": f"{meaning.name or meaning.code} ({self.channel_id.name})", "amount": meaning.rate}
        return (
            self.env["account.tax"]
            .sudo()
            .create({**values, "amount_type": "percent", "type_tax_use": "sale", "company_id": self.company_id.id})
        )

    def _create_delivery(self):
        name = self._meaning().name or self.code
        product = {"name": name, "type": "service", "invoice_policy": "order", "list_price": 0.0, "taxes_id": False}
        product = self.env["product.product"].sudo().create({**product, "sale_ok": False, "purchase_ok": False})
        return (
            self.env["delivery.carrier"]
            .sudo()
            .create({"name": name, "product_id": product.id, "company_id": self.company_id.id})
        )

    def _create_payment(self):
        name = self.env._("%(channel)s: %(method)s", channel=self.channel_id.name, method=self._meaning().name)
        return (
            self.env["account.journal"].sudo().create({"name": name, "type": "bank", "company_id": self.company_id.id})
        )

    def _create_listing(self):
        listing = self._meaning()
        listing.action_create_products()
        return listing.product_id

    def _create_currency(self):
        return self._meaning()
