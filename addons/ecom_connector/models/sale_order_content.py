from odoo import api, fields, models

KINDS = [
    ("product", "Goods"),
    ("shipping", "Shipping"),
    ("fee", "Fee"),
    ("tip", "Tip"),
    ("gift_card", "Gift Card"),
    ("duty", "Duty"),
    ("discount", "Discount"),
    ("rounding", "Rounding"),
]


class SaleOrder(models.Model):
    """What the buyer said and chose, beside lines and amounts."""

    _inherit = "sale.order"

    ecom_discount = fields.Monetary(string="Discounts on the Channel", readonly=True, copy=False)
    ecom_coupons = fields.Char(string="Coupon Codes", readonly=True, copy=False)
    ecom_delivery_note = fields.Text(string="Note for the Carrier", readonly=True, copy=False)
    ecom_gift_message = fields.Text(string="Gift Message", readonly=True, copy=False)
    ecom_attributes = fields.Text(string="Asked at the Checkout", readonly=True, copy=False)
    ecom_other_currency_id = fields.Many2one(
        "res.currency", string="Also Stated In", readonly=True, copy=False, help="Shops state a sale abroad twice."
    )
    ecom_other_total = fields.Monetary(
        string="Total There", currency_field="ecom_other_currency_id", readonly=True, copy=False
    )
    ecom_rate = fields.Float(
        string="Rate Frozen At",
        digits=0,
        readonly=True,
        copy=False,
        help="Units of the order's currency for one of the company's: the channel's own where it states one, else that "
        "of the day the order was placed. Its invoices and credit notes keep it.",
    )

    @api.depends("ecom_rate")
    def _compute_currency_rate(self):
        result = super()._compute_currency_rate()
        for order in self.filtered("ecom_rate"):
            order.currency_rate = order.ecom_rate
        return result

    def _prepare_invoice(self):
        return {**super()._prepare_invoice(), "ecom_rate": self.ecom_rate}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    ecom_kind = fields.Selection(KINDS, string="Kind on the Channel", readonly=True, copy=False)
    ecom_note = fields.Text(
        string="Buyer's Choice", readonly=True, copy=False, help="What the buyer wrote or chose for this line."
    )
    ecom_discount = fields.Monetary(string="Discount on the Channel", compute="_compute_ecom_discount")

    @api.depends("extra_tax_data", "product_uom_qty")
    def _compute_ecom_discount(self):
        engine = self.env["account.tax"]
        for line in self:
            line.ecom_discount = engine._ecom_discount(line.extra_tax_data, line.product_uom_qty, line.currency_id)

    def _get_sale_order_line_multiline_description_variants(self):
        """What the buyer chose travels with the goods: on the order, the transfer and the delivery slip."""
        said = super()._get_sale_order_line_multiline_description_variants()
        return f"{said}\n{self.ecom_note}" if self.ecom_note else said

    def _prepare_invoice_line(self, **optional_values):
        values = super()._prepare_invoice_line(**optional_values)
        if self.ecom_kind == "gift_card":
            values["account_id"] = self.order_id.ecom_channel_id._require_voucher_account().id
        return values


class StockPicking(models.Model):
    _inherit = "stock.picking"

    ecom_delivery_note = fields.Text(related="sale_id.ecom_delivery_note")
    ecom_gift_message = fields.Text(related="sale_id.ecom_gift_message")
