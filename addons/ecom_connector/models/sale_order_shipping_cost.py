from odoo import api, fields, models


class SaleOrder(models.Model):
    """What sending the order cost us, for the channel's profit."""

    _inherit = "sale.order"

    ecom_shipping_cost = fields.Monetary(
        string="Shipping Cost",
        compute="_compute_ecom_shipping_cost",
        compute_sudo=True,
        currency_field="ecom_cost_currency_id",
        help="What the carriers charge us for the parcels that left, in the company's currency.",
    )
    ecom_cost_currency_id = fields.Many2one(related="company_id.currency_id", string="Currency of Costs")

    @api.depends("ecom_shipment_ids.cost", "ecom_shipment_ids.shipped_at")
    def _compute_ecom_shipping_cost(self):
        for order in self:
            order.ecom_shipping_cost = sum(order.ecom_shipment_ids.filtered("shipped_at").mapped("cost"))
