from odoo import models


class EcomFlowCollect(models.AbstractModel):
    """Money that a payout settled already is not booked on capture as well; what was paid out before it was invoiced
    is paired now."""

    _inherit = "ecom.flow.collect"

    def _place(self, payment):
        """Money of another currency waits on an account of its own, where the account has one."""
        journal, account = super()._place(payment)
        provider = payment.provider_id or payment.channel_id
        if payment.tender == "money" and journal and journal == provider.clearing_journal_id:
            journal = provider._clearing_journal(payment.currency_id)
            account = journal.default_account_id
        return journal, account

    def _collect(self, orders):
        collected = super()._collect(orders)
        self.env["ecom.flow.pair"]._pair_later(orders)
        return collected

    def _uncollected(self, orders):
        found = super()._uncollected(orders)
        if not found:
            return found
        settled = self._settled_at_payout(found.order_id)
        return found.filtered(
            lambda payment: payment.payment_id or payment.tender != "money" or payment.order_id not in settled
        )

    def _settled_at_payout(self, orders):
        """Those whose receivable a posted payout cleared, whatever the policy says since."""
        legs = self.env["account.move.line"].search(
            [
                ("ecom_order_id", "in", orders.ids),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("ecom_settlement_role", "in", ("order", "refund")),
                ("move_id.ecom_settlement_undone", "=", False),
            ]
        )
        return legs.ecom_order_id
