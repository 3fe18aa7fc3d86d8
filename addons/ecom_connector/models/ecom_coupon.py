from odoo import api, fields, models


class EcomCoupon(models.Model):
    """A code that buyers of a channel enter for a discount: known from the channel, or from the first order with it.

    Orders keep their own amounts. What a code stands for is shown with them, and which campaign it belongs to."""

    _name = "ecom.coupon"
    _description = "Channel Coupon"
    _order = "channel_id, code, id"
    _rec_name = "code"
    _check_company_auto = True

    channel_id = fields.Many2one("ecom.channel", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    code = fields.Char(required=True, readonly=True)
    key = fields.Char(compute="_compute_key", store=True, precompute=True)
    external_id = fields.Char(string="ID on the Channel", readonly=True)
    name = fields.Char(string="Description", readonly=True)
    kind = fields.Selection(
        [
            ("percent", "Percent"),
            ("order", "Amount off the Order"),
            ("item", "Amount off Each Unit"),
            ("shipping", "Free Shipping"),
            ("other", "Other"),
        ],
        string="Discount",
        default="other",
        readonly=True,
    )
    amount = fields.Float(readonly=True, digits=(16, 2), help="Percent, or an amount in the currency of the shop.")
    expires_at = fields.Datetime(string="Valid Until", readonly=True)
    seen_at = fields.Datetime(string="Last Seen", default=fields.Datetime.now, readonly=True)
    active = fields.Boolean(default=True, readonly=True, help="Off: it is not taken any more, or gone.")
    campaign_id = fields.Many2one(
        "utm.campaign", help="Orders with this code count for the campaign in the sales reports, from now on."
    )
    order_ids = fields.Many2many("sale.order", "ecom_coupon_sale_order_rel", "coupon_id", "order_id", string="Orders")
    order_count = fields.Integer(string="Number of Orders", compute="_compute_order_count")

    _key_uniq = models.UniqueIndex("(channel_id, key)")

    @api.model
    def _key_of(self, code):
        """Shops take a code in capitals or not."""
        return " ".join(code.split()).casefold()

    @api.depends("code")
    def _compute_key(self):
        for coupon in self:
            coupon.key = self._key_of(coupon.code)

    @api.depends("order_ids")
    def _compute_order_count(self):
        groups = self.env["sale.order"]._read_group(
            [("ecom_coupon_ids", "in", self.ids)], ["ecom_coupon_ids"], ["__count"]
        )
        counts = {coupon.id: count for coupon, count in groups}
        for coupon in self:
            coupon.order_count = counts.get(coupon.id, 0)

    @api.depends("code", "name", "kind", "amount")
    def _compute_display_name(self):
        for coupon in self:
            told = coupon.name or coupon._discount_words()
            coupon.display_name = f"{coupon.code} ({told})" if told else coupon.code

    def _discount_words(self):
        """What it takes off, in a word or two; empty where nobody said."""
        if self.kind == "percent":
            return f"{self.amount:g} %"
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind] if self.external_id else ""

    def _write_differing(self, values):
        """Only what differs: a daily reading must not touch every coupon."""

        def kept(name, value):
            return self._fields[name].convert_to_cache(value, self)

        different = {n: value for n, value in values.items() if kept(n, value) != kept(n, self[n])}
        if different:
            self.write(different)

    def action_open_orders(self):
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_connector.sale_order_action")
        return {**action, "domain": [("ecom_coupon_ids", "in", self.ids)], "context": {"create": False}}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    ecom_coupon_ids = fields.Many2many(
        "ecom.coupon",
        "ecom_coupon_sale_order_rel",
        "order_id",
        "coupon_id",
        string="Coupons",
        readonly=True,
        copy=False,
    )
