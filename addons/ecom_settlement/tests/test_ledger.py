"""Every report that can be read adds up in the ledger: the clearing account moves by the payout, to the cent."""

import random

from odoo.exceptions import UserError
from odoo.tests import tagged

from .ledger_case import LedgerCase

VENDORS = ("amazon", "shopify", "stripe", "paypal", "adyen", "mollie", "klarna", "ebay", "walmart", "etsy", "trustly")


@tagged("post_install", "-at_install")
class TestLedger(LedgerCase):
    def test_every_sample_of_every_vendor_is_its_payout_in_the_books(self):
        posted = 0
        for path in [path for vendor in VENDORS for path in sorted(self.sample_paths(vendor))]:
            # Several reports of one payout are among them, and one account books a payout once.
            account = self.make_account(path.name)
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
