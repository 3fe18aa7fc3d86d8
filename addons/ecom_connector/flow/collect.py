from collections import defaultdict

from odoo import fields, models


class EcomFlowCollect(models.AbstractModel):
    """Captured money -> payments in the clearing journal, reconciled with the order's invoices.

    Only where the receivable is cleared on capture. Where it is cleared at payout, the settlement does it.
    """

    _name = "ecom.flow.collect"
    _description = "E-commerce: collect"

    def _collect(self, orders):
        """Once for each capture: the database refuses a second payment for it."""
        due = self._uncollected(orders)
        if not due:
            return
        journals = {payment: self._journal(payment) for payment in due}
        for payment in due.filtered(lambda payment: not journals[payment]):
            self._tell_missing_journal(payment)
        due = due.filtered(lambda payment: journals[payment])
        booked = self.env["account.payment"].create([self._prepare_payment(one, journals[one]) for one in due])
        for journal, entries in booked.grouped("journal_id").items():
            # No further account in between: the money waits on the clearing account until the settlement moves it.
            entries.outstanding_account_id = journal.default_account_id
        booked.action_post()
        for payment, entry in zip(due, booked, strict=True):
            payment.payment_id = entry
        self._reconcile(booked)
        for channel, known in due.grouped("channel_id").items():
            self.env["ecom.exception"]._solve(channel, {self._key(payment) for payment in known})

    def _uncollected(self, orders):
        return orders.ecom_payment_ids.filtered(self._is_due)

    def _is_due(self, payment):
        account = payment.provider_id or payment.channel_id
        captured = payment.kind == "capture" and payment.state == "done" and payment.amount > 0
        invoiced = any(move.state == "posted" for move in payment.order_id.invoice_ids)
        return captured and invoiced and not payment.payment_id and account.receivable_policy == "capture"

    def _journal(self, payment):
        """Of the payment method, else of the provider account, else of the channel."""
        mapping = self.env["ecom.payment.map"].search(
            [("channel_id", "=", payment.channel_id.id), ("code", "=", payment.method)], limit=1
        )
        return mapping.journal_id or payment.provider_id.clearing_journal_id or payment.channel_id.clearing_journal_id

    def _prepare_payment(self, payment, journal):
        """Values of the booking; a hook."""
        order = payment.order_id
        method = journal.inbound_payment_method_line_ids[:1]
        moment = fields.Datetime.context_timestamp(self, payment.paid_at or fields.Datetime.now())
        return {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": order.partner_invoice_id.commercial_partner_id.id,
            "amount": payment.amount,
            "currency_id": payment.currency_id.id,
            "date": moment.date(),
            "journal_id": journal.id,
            "company_id": order.company_id.id,
            "payment_method_line_id": method.id,
            "memo": " ".join(filter(None, (order.ecom_number, payment.external_id))),
            "ecom_order_payment_id": payment.id,
        }

    def _reconcile(self, booked):
        """Each order's money with its own invoices: `reconcile()` on all of them at once would pair strangers."""
        pairs = []
        for order, payments in booked.grouped(lambda entry: entry.ecom_order_payment_id.order_id).items():
            invoices = order.invoice_ids.filtered(lambda move: move.state == "posted")
            lines = (payments.move_id | invoices).line_ids.filtered(
                lambda line: line.account_type == "asset_receivable" and not line.reconciled
            )
            by_account = defaultdict(lines.browse)
            for line in lines:
                by_account[line.account_id] |= line
            pairs += [found for found in by_account.values() if len(found) > 1]
        if pairs:
            self.env["account.move.line"]._reconcile_plan(pairs)

    @staticmethod
    def _key(payment):
        return f"payment:{payment.method}"

    def _tell_missing_journal(self, payment):
        self.env["ecom.exception"]._open(
            payment.channel_id,
            category="mapping",
            severity="2",
            name=self.env._(
                "Where does money paid by %(method)s wait?", method=payment.method_name or payment.method or "-"
            ),
            detail=self.env._(
                "Choose a clearing journal for this payment method or for the channel. The invoice stays open."
            ),
            dedupe_key=self._key(payment),
        )
