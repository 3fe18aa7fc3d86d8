from collections import defaultdict

from odoo import fields, models

# What moved -> the documents that it settles, and how it is booked.
DOCUMENTS = {"capture": "out_invoice", "refund": "out_refund"}
DIRECTIONS = {"capture": "inbound", "refund": "outbound"}


class EcomFlowCollect(models.AbstractModel):
    """Money that was captured or paid back -> payments in the clearing journal, reconciled with the order's invoices
    and credit notes.

    Only where the receivable is cleared on capture; where it is cleared at payout, the settlement does it. Gift cards
    and store credit are in no settlement: they are always taken from the account on which they are owed.
    """

    _name = "ecom.flow.collect"
    _description = "E-commerce: collect"

    def _collect(self, orders):
        """Once for each movement: the database refuses a second payment for it."""
        self._take_back(orders)
        due = self._uncollected(orders)
        if not due:
            return
        places = {payment: self._place(payment) for payment in due}
        for payment in due.filtered(lambda payment: not all(places[payment])):
            self._tell_missing_place(payment)
        due = due.filtered(lambda payment: all(places[payment]))
        booked = self.env["account.payment"].create([self._prepare_payment(one, places[one][0]) for one in due])
        for payment, entry in zip(due, booked, strict=True):
            # No further account in between: the money waits on the clearing account until the settlement moves it.
            entry.outstanding_account_id = places[payment][1]
        booked.action_post()
        for payment, entry in zip(due, booked, strict=True):
            payment.payment_id = entry
        self._reconcile(booked)
        for channel, known in due.grouped("channel_id").items():
            self.env["ecom.exception"]._solve(channel, {self._key(payment) for payment in known})

    def _uncollected(self, orders):
        return orders.ecom_payment_ids.filtered(lambda payment: self._is_due(payment) or self._is_void(payment))

    def _is_due(self, payment):
        if payment.state != "done" or payment.amount <= 0 or payment.payment_id or payment.kind not in DOCUMENTS:
            return False
        account = payment.provider_id or payment.channel_id
        if payment.tender == "money" and account.receivable_policy != "capture":
            return False
        return bool(self._documents(payment))

    def _documents(self, payment):
        return payment.order_id.invoice_ids.filtered(
            lambda move: move.state == "posted" and move.move_type == DOCUMENTS[payment.kind]
        )

    # ------------------------------------------------------------------- voided
    def _is_void(self, payment):
        """Booked, and the channel says since that it never came, or was taken back before it was settled."""
        return bool(payment.payment_id and (payment.state == "failed" or payment.kind == "void"))

    def _take_back(self, orders):
        """The booking is cancelled, and what it paid is open again. UserError in a period that is closed."""
        void = orders.ecom_payment_ids.filtered(self._is_void)
        entries = void.payment_id
        void.payment_id = False
        entries.action_draft()
        entries.action_cancel()

    # ------------------------------------------------------------------- booked
    def _place(self, payment):
        """(journal, account) that the movement is booked in. The journal is that of the payment method, else of the
        provider account, else of the channel."""
        mapping = self.env["ecom.payment.map"].search(
            [("channel_id", "=", payment.channel_id.id), ("code", "=", payment.method)], limit=1
        )
        journal = (
            mapping.journal_id or payment.provider_id.clearing_journal_id or payment.channel_id.clearing_journal_id
        )
        owed = payment.channel_id.voucher_account_id
        return journal, journal.default_account_id if payment.tender == "money" else owed

    def _prepare_payment(self, payment, journal):
        """Values of the booking; a hook."""
        order, direction = payment.order_id, DIRECTIONS[payment.kind]
        method = journal[f"{direction}_payment_method_line_ids"][:1]
        moment = fields.Datetime.context_timestamp(self, payment.paid_at or fields.Datetime.now())
        return {
            "payment_type": direction,
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
        """Each order's money with its own documents: `reconcile()` on all of them at once would pair strangers."""
        pairs = []
        for payments in booked.grouped(
            lambda entry: (entry.ecom_order_payment_id.order_id, entry.payment_type)
        ).values():
            documents = self._documents(payments[:1].ecom_order_payment_id)
            lines = (payments.move_id | documents).line_ids.filtered(
                lambda line: line.account_type == "asset_receivable" and not line.reconciled
            )
            by_account = defaultdict(lines.browse)
            for line in lines:
                by_account[line.account_id] |= line
            pairs += [found for found in by_account.values() if len(found) > 1]
        if pairs:
            self.env["account.move.line"]._reconcile_plan(pairs)

    # ------------------------------------------------------------------ missing
    @staticmethod
    def _key(payment):
        return f"payment:{payment.method}" if payment.tender == "money" else f"payment:{payment.tender}"

    def _tell_missing_place(self, payment):
        name = self.env._(
            "Where does money paid by %(method)s wait?", method=payment.method_name or payment.method or "-"
        )
        detail = self.env._(
            "Choose a clearing journal for this payment method or for the channel. The invoice stays open."
        )
        if payment.tender != "money" and not payment.channel_id.voucher_account_id:
            name = self.env._("Which account are gift cards and store credit owed on?")
            detail = self.env._("Choose it on the channel. What buyers paid with them stays open until then.")
        self.env["ecom.exception"]._open(
            payment.channel_id,
            category="mapping",
            severity="2",
            name=name,
            detail=detail,
            dedupe_key=self._key(payment),
        )
