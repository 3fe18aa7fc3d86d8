from .book_case import BookCase


class LedgerCase(BookCase):
    """What must be true of every payout that is in the books."""

    def make_account(self, name, **values):
        """An account of its own, with accounts in the books for all that may come."""
        values = {"code": "uploaded", "clearing_journal_id": self.journal.id, **values}
        account = self.make_channel(name=name, **values)
        self.env["ecom.settlement.map"]._propose(account)
        return account

    def assertInTheBooks(self, settlement):
        """Entries balance in both currencies; the clearing account moved by the payout, of a statement by its lines."""
        self.assertEqual(settlement.state, "posted")
        company, currency = settlement.company_id.currency_id, settlement.currency_id
        for move in settlement._entries():
            self.assertMoney(sum(move.line_ids.mapped("balance")), 0, company)
            if move.line_ids.currency_id == currency:
                self.assertMoney(sum(move.line_ids.mapped("amount_currency")), 0, currency)
            self.assertEqual(set(move.line_ids.mapped("ecom_settlement_role")) & {False}, set(), "nothing was added")
        self.assertCleared(settlement)
        deposits = settlement._deposits()
        self.assertMoney(sum(deposits.mapped("amount_currency")), settlement.amount, currency)
        for item in deposits:
            worth = currency._convert(item.amount_currency, company, settlement.company_id, item.date)
            self.assertMoney(item.balance, worth, company)

    def assertCleared(self, settlement):
        """What the clearing account moved by beside what was captured there before, which its orders take off again."""
        items = settlement._entries().line_ids
        orders = items.filtered("ecom_order_id")
        moved = items.filtered(lambda item: item.account_id == self.clearing) - orders
        expected = settlement.lines_amount if settlement.is_statement else settlement.amount
        self.assertMoney(sum(moved.mapped("amount_currency")), expected, settlement.currency_id)
        others = items - moved
        company = settlement.company_id.currency_id
        self.assertMoney(sum(moved.mapped("balance")), -sum(others.mapped("balance")), company)
