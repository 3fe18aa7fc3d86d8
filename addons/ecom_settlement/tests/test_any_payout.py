"""Whatever a payout is made of, it is booked as it is, or refused with a reason: never half, never twice.

All kinds of lines, currencies with 0, 2 and 3 digits, time zones, ends of months, digits that the currency does not
have, lines that look alike, payouts that their lines do not come to, and people who press the buttons in any order.
"""

import os
from contextlib import suppress
from datetime import datetime

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..models.ecom_settlement_line import FAMILIES
from .ledger_case import LedgerCase

LONG = bool(os.environ.get("ECOM_LONG"))
EXAMPLES = 150 if LONG else 8
KINDS = [family for family, _label in FAMILIES if family != "payout"]
ZONES = ("UTC", "America/Los_Angeles", "Asia/Tokyo", "Europe/Vienna")
MOMENTS = st.datetimes(datetime(2026, 2, 26), datetime(2026, 4, 3))
ORDERS = ("tx1", "tx2", "nobody")


@st.composite
def lines(draw):
    return {
        "family": draw(st.sampled_from(KINDS)),
        "kind": draw(st.sampled_from(("Order", "Refund", "Fee", "What is this"))),
        "amount": draw(st.integers(-999_9999, 999_9999)) / 10**4,
        "fee": draw(st.sampled_from((0, 0, 0.3, 1.2345, -2))),
        "posted_at": draw(MOMENTS).replace(microsecond=0),
        "payment_reference": draw(st.sampled_from(ORDERS)),
    }


@st.composite
def payouts(draw):
    """Lines, twins among them, and by how much the report misses what they come to."""
    found = draw(st.lists(lines(), min_size=1, max_size=8))
    found += [dict(found[0]) for _twin in range(draw(st.integers(0, 2)))]
    return {
        "lines": found,
        "currency": draw(st.sampled_from(("EUR", "USD", "JPY", "KWD"))),
        "zone": draw(st.sampled_from(ZONES)),
        "off": draw(st.sampled_from((0, 0, 0, 0, 2, -25))),
        "entries": draw(st.sampled_from(("payout", "payout", "order"))),
        "presses": draw(st.lists(st.sampled_from(("post", "undo", "accept")), max_size=4)),
        "shuffled": draw(st.randoms(use_true_random=False)),
    }


@tagged("post_install", "-at_install")
class TestAnyPayout(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name, rate in (("USD", 1.1), ("JPY", 163.37), ("KWD", 0.3391)):
            currency = cls.env["res.currency"].with_context(active_test=False).search([("name", "=", name)])
            currency.active = True
            cls.env["res.currency.rate"].create(
                {"currency_id": currency.id, "name": "2026-01-01", "rate": rate, "company_id": cls.company.id}
            )

    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
        # Each example is seconds: one that fails is shown as it is, smaller ones are for `make test-long`.
        phases=[Phase.generate, *[Phase.shrink] * LONG], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(payouts())
    def test_it_is_booked_as_it_is_or_refused_with_a_reason(self, payout):
        # What one example leaves must not help the next.
        savepoint = self.cr.savepoint()
        try:
            self._live(payout)
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all(flush=False)

    def _live(self, payout):
        self.sell("tx1"), self.sell("tx2", 24)
        account = self.account
        # Every line may be half a coin off, and a yen is a large one.
        coin = 6 if payout["currency"] == "JPY" else 0.06
        terms = {"settlement_tz": payout["zone"], "settlement_entries": payout["entries"]}
        account.write({**terms, "settlement_rounding": coin})
        settlement = self._report(payout, payout["lines"])
        ledger = self._post(settlement, payout)
        if ledger is None:
            return
        for press in payout["presses"]:
            self._press(settlement, press)
        if settlement.state == "posted":
            self.assertEqual(self._ledger(settlement), ledger)
            settlement.action_undo()
        self.assertFalse(settlement._entries())
        # Reported again in another order: the same ledger.
        again = list(payout["lines"])
        payout["shuffled"].shuffle(again)
        settlement.state = "superseded"
        revision = self._report(payout, again, revision=2)
        self.assertEqual(self._post(revision, payout), ledger)
        with self.assertRaises(UserError):
            revision.action_post()

    def _report(self, payout, rows, **values):
        currency = self.env["res.currency"].search([("name", "=", payout["currency"])])
        total = sum(row["amount"] - row["fee"] for row in rows if row["family"] != "memo")
        return self.env["ecom.settlement"].create(
            {
                "channel_id": self.account.id,
                "external_id": "po_any",
                "currency_id": currency.id,
                "amount": currency.round(total) + payout["off"],
                "deposit_date": "2026-04-05",
                "line_ids": [Command.create({"number": number, **row}) for number, row in enumerate(rows, 1)],
                **values,
            }
        )

    def _post(self, settlement, payout):
        """What it made of the ledger; None where it is refused, which only what is off or rounds too far may be."""
        try:
            with self.cr.savepoint():
                settlement.action_post()
        except UserError as refusal:
            self.assertTrue(str(refusal))
            self.assertFalse(settlement._entries())
            self.assertEqual(settlement.state, "new")
            is_rounding = "Rounding" in str(refusal)
            self.assertTrue(payout["off"] or is_rounding, refusal)
            return None
        self.assertFalse(payout["off"])
        self.assertInTheBooks(settlement)
        return self._ledger(settlement)

    def _press(self, settlement, button):
        """Somebody presses a button that may be none at this moment."""
        with suppress(UserError), self.cr.savepoint():
            getattr(settlement, f"action_{button}")()
        posted = self.env["ecom.settlement"].search_count([("external_id", "=", "po_any"), ("state", "=", "posted")])
        self.assertEqual(bool(settlement._entries()), bool(posted))
        if posted:
            self.assertInTheBooks(settlement)

    def _ledger(self, settlement):
        """All that stands in it, and what is paired."""
        return sorted(
            (
                item.date,
                item.account_id.id,
                item.partner_id.id,
                item.ecom_order_id.id,
                item.currency_id.id,
                item.amount_currency,
                item.balance,
                item.reconciled,
            )
            for item in settlement._entries().line_ids
        )
