from datetime import timedelta

from odoo import fields, models


class EcomFlowReturnAdvance(models.AbstractModel):
    """Replacements that left before the goods were back: when nothing came until the deadline, the buyer bought them.

    The replacement's invoice is written then, and nothing credits it. A saved card pays it; without one the payment
    link goes to whoever works on returns.
    """

    _name = "ecom.flow.return.advance"
    _description = "E-commerce: charge replacements whose goods never came"

    def _deadline(self, record):
        return fields.Date.context_today(record) + timedelta(days=record.policy_id.advance_days)

    def _overdue(self, limit=50):
        """Replacements whose deadline passed and whose goods are neither here nor on their way."""
        due = self.env["sale.order"].search(
            [("ecom_in_advance", "=", True), ("state", "=", "sale"), ("ecom_return_by", "<", fields.Date.today())],
            order="id",
            limit=limit,
        )
        return due.filtered(lambda order: self._missing(order.ecom_replaces_id))

    @staticmethod
    def _missing(record):
        lines = record.sudo().line_ids.filtered(lambda line: line.resolution == "exchange")
        return lines.filtered(lambda line: line.goods == "awaiting")

    def _charge(self, orders):
        """What never came is expired, and its replacement is to be paid."""
        for record in orders.ecom_replaces_id:
            lines = self._missing(record)
            lines.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))._action_cancel()
            lines.write({"goods": "expired"})
            exchange = self.env["ecom.flow.return.exchange"]
            invoices = exchange._invoice(record) | record.replacement_ids.invoice_ids
            exchange._settle(record)
            record.replacement_ids.ecom_return_by = False
            for invoice in invoices.filtered(lambda move: move.state == "posted" and move.amount_residual > 0):
                self._collect(record, invoice)

    def _collect(self, record, invoice):
        """By the card that paid the first order, where it was saved."""
        paid = record.sudo().order_ids.transaction_ids.filtered(lambda tx: tx.state == "done" and tx.token_id)[:1]
        words = self.env._(
            "The goods never came, so the replacement is charged: %(amount)s, %(invoice)s",
            amount=invoice.currency_id.format(invoice.amount_residual),
            invoice=invoice.name,
        )
        record.message_post(body=words)
        if not paid:
            record.activity_schedule("mail.mail_activity_data_todo", summary=words, user_id=record._responsible().id)
            return
        charge = self.env["payment.transaction"].sudo().create(self._prepare_charge(paid, invoice))
        charge._charge_with_token()

    def _prepare_charge(self, paid, invoice):
        """Values of the payment; a hook."""
        return {
            "provider_id": paid.provider_id.id,
            "payment_method_id": paid.payment_method_id.id,
            "token_id": paid.token_id.id,
            "operation": "offline",
            "amount": invoice.amount_residual,
            "currency_id": invoice.currency_id.id,
            "partner_id": invoice.partner_id.id,
            "reference": self.env["payment.transaction"]._compute_reference(paid.provider_code, prefix=invoice.name),
            "invoice_ids": [fields.Command.set(invoice.ids)],
        }
