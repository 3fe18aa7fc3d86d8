from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        """Whoever posts the invoice of a channel's order: the money captured for it is booked next."""
        posted = super()._post(soft)
        # An accountant may not see orders.
        invoices = posted.sudo().filtered(lambda move: move.move_type == "out_invoice")
        orders = invoices.line_ids.sale_line_ids.order_id.filtered("ecom_channel_id")
        if orders:
            self.env["ecom.flow.invoice"]._mark_due(orders, "payment")
        return posted
