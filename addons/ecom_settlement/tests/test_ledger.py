"""Every report that can be read adds up in the ledger: the clearing account moves by the payout, to the cent."""

import random

from odoo.exceptions import UserError
from odoo.tests import tagged

from .book_case import BookCase

VENDORS = ("amazon", "shopify", "stripe", "paypal", "adyen", "mollie", "klarna", "ebay", "walmart", "etsy", "trustly")


@tagged("post_install", "-at_install")
class TestLedger(BookCase):
    def assertInTheBooks(self, settlement):
        """Entries balance in both currencies; the clearing account moved by the payout, of a statement by its lines."""
        items = settlement._entries().line_ids
        for move in settlement._entries():
            self.assertMoney(sum(move.line_ids.mapped("balance")), 0)
            self.assertMoney(sum(move.line_ids.mapped("amount_currency")), 0, settlement.currency_id)
        moved = sum(items.filtered(lambda item: item.account_id == self.clearing).mapped("amount_currency"))
        expected = settlement.lines_amount if settlement.is_statement else settlement.amount
        self.assertMoney(moved, expected, settlement.currency_id)
        paid = sum(items.filtered(lambda item: item.ecom_settlement_role == "deposit").mapped("amount_currency"))
        self.assertMoney(paid, settlement.amount, settlement.currency_id)

    def test_every_sample_of_every_vendor_is_its_payout_in_the_books(self):
        posted = 0
        for path in [path for vendor in VENDORS for path in sorted(self.sample_paths(vendor))]:
            # Several reports of one payout are among them, and one account books a payout once.
            account = self.make_channel(name=path.name, code="uploaded", clearing_journal_id=self.journal.id)
            self.env["ecom.settlement.map"]._propose(account)
            for settlement in self.read(path.read_bytes(), channel=account, name=path.name):
                with self.subTest(sample=path.name, settlement=settlement.external_id):
                    if settlement.payout_state == "open" or not settlement.line_ids:
                        continue
                    settlement.action_accept()
                    settlement.action_post()
                    self.assertInTheBooks(settlement)
                    posted += 1
        self.assertGreaterEqual(posted, 18)

    def test_payouts_at_random_are_posted_as_they_are_or_refused_and_never_twice(self):
        chance = random.Random(6)
        for number in range(12):
            rows = [
                (
                    chance.choice(("charge", "refund", "fee", "risk_reserved_funds", "dispute", "nobody_knows")),
                    chance.randint(-5000, 5000) / 100,
                    chance.randint(0, 300) / 100,
                    f"tx{chance.randint(1, 3)}",
                    chance.choice(("2026-02-27", "2026-03-01", "2026-03-31", "2026-04-01")),
                )
                for _row in range(chance.randint(1, 6))
            ]
            payout = round(sum(gross - fee for _kind, gross, fee, *_rest in rows), 2) + chance.choice((0, 0, 0, 0.01))
            settlement = self.report(*rows, payout=round(payout, 2), number=f"po_{number}")
            try:
                with self.cr.savepoint():
                    settlement.action_post()
            except UserError:
                self.assertTrue(settlement.flaws)
                self.assertFalse(settlement._entries())
                continue
            self.assertFalse(settlement.flaws)
            self.assertInTheBooks(settlement)
            with self.assertRaises(UserError):
                settlement.action_post()
            if chance.random() < 0.5:
                settlement.action_undo()
                settlement.action_post()
                self.assertInTheBooks(settlement)
