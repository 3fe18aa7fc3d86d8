from odoo.addons.ecom_connector.tests.common import payment

from .settlement_case import SettlementCase

HEADING = (
    "balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,automatic_payout_id,"
    "automatic_payout_effective_at_utc,payment_intent_id,source_id,description\n"
)


class BookCase(SettlementCase):
    """An account with all its accounts in the books, orders that are paid, and payouts of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ecom.settlement.map"]._propose(cls.account)
        cls.clearing = cls.journal.default_account_id
        cls.bank = cls.env["account.journal"].create(
            {"name": "Bank", "code": "BNKX", "type": "bank", "company_id": cls.company.id}
        )

    def sell(self, transaction, amount=24, **values):
        """An order that is paid, invoiced and booked."""
        order = self.place(payments=(payment(transaction, amount),), **values)
        self.work_off()
        return order

    def report(self, *rows, channel=None, **values):
        """A payout of these (kind, gross, fee, transaction) rows, read."""
        return self.read(self.body(*rows, **values), channel=channel)

    def body(self, *rows, payout, number="po_1", day="2026-03-02", currency="eur"):
        """The same as the file that it comes in."""
        body = HEADING
        for index, (kind, gross, fee, transaction, *own) in enumerate(rows, 1):
            at = own[0] if own else day
            net = round(gross - fee, 2)
            body += (
                f"t{index},{at} 10:00:00,{currency},{gross},{fee},{net},{kind},{number},2026-03-05,{transaction},,x\n"
            )
        body += f"t0,2026-03-05 00:00:00,{currency},{-payout},0,{-payout},payout,{number},2026-03-05,,,\n"
        return body.encode()

    def balance(self, account):
        return sum(self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        ).mapped("balance"))  # fmt: skip

    def account_of(self, family):
        return (
            self.env["ecom.settlement.map"]
            .search([("channel_id", "=", self.account.id), ("family", "=", family), ("code", "=", False)])
            .account_id
        )

    def received(self, amount, text="STRIPE po_1", day="2026-03-06"):
        return self.env["account.bank.statement.line"].create(
            {"journal_id": self.bank.id, "date": day, "payment_ref": text, "amount": amount}
        )
