from odoo import fields, models


class SaleOrderLine(models.Model):
    """Units that are ordered and will not be sent: their money went back before they left."""

    _inherit = "sale.order.line"

    ecom_withheld = fields.Float(
        string="Not Sent Any More",
        digits="Product Unit",
        readonly=True,
        copy=False,
        help="Refunded on the channel before they left. They stay on the order as the channel states it.",
    )

    def _get_qty_procurement(self, previous_product_uom_qty=False):
        """What is withheld needs no delivery, as if there was one."""
        return super()._get_qty_procurement(previous_product_uom_qty) + self.ecom_withheld

    def _ecom_to_send(self):
        """Units of the line that are to leave in all."""
        self.ensure_one()
        return self.product_uom_qty - self.ecom_withheld
