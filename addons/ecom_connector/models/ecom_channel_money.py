from odoo import models

JOURNALS = frozenset(
    ("journal_id", "provider_id", "clearing_journal_id", "voucher_account_id", "receivable_policy", "active")
)


class EcomChannel(models.Model):
    """Money that waited to be booked until somebody said where."""

    _inherit = "ecom.channel"

    def write(self, vals):
        result = super().write(vals)
        if not JOURNALS.isdisjoint(vals):
            self._collect_again()
        return result

    def _collect_again(self):
        """Book what was captured and could not be booked before."""
        payments = self.env["ecom.order.payment"].sudo()
        waiting = payments.search(
            [
                "|",
                ("channel_id", "in", self.ids),
                ("provider_id", "in", self.ids),
                ("kind", "in", ("capture", "refund")),
                ("state", "=", "done"),
                ("payment_id", "=", False),
            ]
        )
        self.env["ecom.flow.invoice"]._mark_due(waiting.order_id, "payment")


class EcomPaymentMap(models.Model):
    _inherit = "ecom.payment.map"

    def write(self, vals):
        result = super().write(vals)
        if not JOURNALS.isdisjoint(vals):
            self.channel_id._collect_again()
        return result
