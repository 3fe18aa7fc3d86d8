from odoo import Command, models
from odoo.exceptions import UserError


class EcomFlowReturnPayBack(models.AbstractModel):
    """Credit notes of orders that a payment provider of Odoo took the money for -> its refunds, by the way the money
    came. Orders of a channel are paid back by the channel: `ecom.refund`."""

    _name = "ecom.flow.return.pay_back"
    _description = "E-commerce: pay back a return"

    def _pay_back(self, records):
        """The refunds that were asked for. UserError where no provider can give anything back."""
        found = self.env["payment.transaction"]
        for record in records:
            for note in record.credit_ids.filtered(lambda note: self._is_open(note)):
                found += self._refund(record, note)
        if not found:
            raise UserError(
                self.env._("Nothing here can be paid back by the way it came. Register the payment on the credit note.")
            )
        return found

    @staticmethod
    def _is_open(note):
        return note.state == "posted" and note.amount_residual > 0 and not note.ecom_return_id.channel_id

    def _refund(self, record, note):
        """Out of the payments of the order that can still give something back, the latest first."""
        found = self.env["payment.transaction"]
        left = note.amount_residual + sum(self._under_way(note).mapped("amount"))
        for paid in record.line_ids.order_id.transaction_ids.sorted("id", reverse=True):
            amount = min(left, self._refundable(paid))
            if paid.currency_id != note.currency_id or note.currency_id.compare_amounts(amount, 0.0) <= 0:
                continue
            refund = paid._refund(amount)
            # Core reconciles what comes of it with this note.
            refund.invoice_ids = [Command.set(note.ids)]
            found += refund
            left -= amount
        return found

    def _refundable(self, paid):
        """What a provider has and was not asked to give back yet."""
        if paid.state != "done" or paid.operation == "refund":
            return 0.0
        asked = paid.child_transaction_ids.filtered(
            lambda child: child.operation == "refund" and child.state in ("draft", "pending", "authorized")
        )
        return paid.payment_id.amount_available_for_refund + sum(asked.mapped("amount"))

    @staticmethod
    def _under_way(notes):
        """Refunds that the provider has not answered yet; their amounts are below zero."""
        return notes.transaction_ids.filtered(
            lambda found: found.operation == "refund" and found.state in ("draft", "pending", "authorized")
        )

    def _money(self, notes):
        """`money` of lines whose credit notes are not paid yet."""
        if self._under_way(notes):
            return "pending"
        refunds = notes.transaction_ids.filtered(lambda found: found.operation == "refund").sorted("id")
        return "failed" if refunds[-1:].state in ("error", "cancel") else "granted"
