from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    ecom_rate = fields.Float(
        string="Rate of the Order", digits=0, readonly=True, help="One order of a channel is booked at one rate."
    )

    def _get_expected_currency_rate_at(self, date):
        return self.ecom_rate or super()._get_expected_currency_rate_at(date)

    def _reverse_moves(self, default_values_list=None, cancel=False):
        reversals = super()._reverse_moves(default_values_list, cancel=cancel)
        for line in reversals.invoice_line_ids.filtered(lambda line: line._ecom_is_credit()):
            line._ecom_restate()
        return reversals

    def _post(self, soft=True):
        """Whoever posts a document of a channel's order: the money that moved for it is booked next."""
        posted = super()._post(soft)
        # An accountant may not see orders.
        documents = posted.sudo().filtered(lambda move: move.move_type in ("out_invoice", "out_refund"))
        orders = documents.line_ids.sale_line_ids.order_id.filtered("ecom_channel_id")
        if orders:
            self.env["ecom.flow.invoice"]._mark_due(orders, "payment")
        return posted
