from odoo import fields, models


class SaleOrder(models.Model):
    """When the order is to be invoiced."""

    _inherit = "sale.order"

    ecom_invoice_due = fields.Boolean(
        readonly=True, copy=False, help="An invoice or the booking of a payment waits for the next free worker."
    )

    _ecom_invoice_due_idx = models.Index("(ecom_channel_id, id) WHERE ecom_invoice_due")

    def _prepare_confirmation_values(self):
        """The order's date, and with it its rate, is that of the buyer's order, not of our confirming it."""
        values = super()._prepare_confirmation_values()
        if self and all(order.ecom_placed_at for order in self):
            values.pop("date_order", None)
        return values
