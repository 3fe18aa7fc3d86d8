"""Every report that was collected from the world, in the ledger: it is its payout to the cent, or it is refused.

The samples are not part of the add-on: they lie in `shared/data/settlement` beside the project, or where ECOM_SHARED
points; `tests/contract/test_settlement_samples.py` holds what is read of them to their sources.
"""

import os
import unittest
from pathlib import Path

from odoo.addons.ecom_connector.channels.errors import Unreadable
from odoo.exceptions import UserError
from odoo.tests import tagged

from .ledger_case import LedgerCase

PROJECT = Path(__file__).resolve().parents[3]
SAMPLES = Path(os.environ.get("ECOM_SHARED") or PROJECT.parent / "shared") / "data" / "settlement"
# What states no payout, or one that its lines do not come to, and has to be accepted by a person before it is booked.
CONTRADICTS = {
    "adyen/wmf_settlement_detail_report_chargeback.csv",
    "adyen/wmf_settlement_detail_report_invoice_deduction.csv",
    "adyen/wmf_settlement_detail_report_refund.csv",
    "amazon/v1_us_mock_sum_mismatch.txt",
    "other/trustly_P11KFUN.csv",
    "other/trustly_P11KREC.csv",
    "paypal/wmf_stl.csv",
    "paypal/wmf_stl_chargeback_with_fee.csv",
    "paypal/wmf_stl_currency_convert.csv",
    "shopify/api_payouts_transactions.json",
    "shopify/payment_transactions_export_excerpt_a.csv",
    "shopify/payment_transactions_export_with_payout_id_synthetic.csv",
    "stripe/wmf_settlement_report.csv",
    "walmart/recon_v1_rows_no_summary.tsv",
}
# Payouts without a line, lines without a payout, and a file without money: there is nothing to book.
NOTHING = {
    "mollie/api_balance_transactions_list.json",
    "mollie/api_settlements_list.json",
    "paypal/oca_empty_activity.csv",
    "shopify/api_payout.json",
    "stripe/dbt_payout_balance_transaction_data.csv",
    "stripe/dbt_payout_data.csv",
    "stripe/hledger_stripe.csv",
}
CURRENCIES = ("USD", "CAD", "AUD", "GBP", "BRL", "SEK")


@tagged("post_install", "-at_install")
class TestLedgerSamples(LedgerCase):
    @classmethod
    def setUpClass(cls):
        if not SAMPLES.is_dir():
            missing = f"NOT TESTED: no settlement samples at {SAMPLES} (set ECOM_SHARED)"
            if os.environ.get("CI") == "true":
                raise AssertionError(missing)
            raise unittest.SkipTest(missing)
        super().setUpClass()
        # Rates that move, so that the company's currency is no mere copy of the report's.
        for name in CURRENCIES:
            currency = cls.env.ref(f"base.{name}")
            currency.active = True
            cls.env["res.currency.rate"].search([("currency_id", "=", currency.id)]).unlink()
            for year in range(2015, 2027):
                cls.env["res.currency.rate"].create(
                    {
                        "currency_id": currency.id,
                        "company_id": cls.company.id,
                        "name": f"{year}-01-01",
                        "rate": 1.07 + (year % 7) / 100,
                    }
                )

    def test_every_report_is_its_payout_in_the_books_or_is_refused(self):
        booked, refused, empty = [], set(), set()
        for path in sorted(SAMPLES.glob("*/*")):
            name = str(path.relative_to(SAMPLES))
            account = self.make_account(path.name)
            try:
                found = self.read(path.read_bytes(), channel=account, name=path.name)
            except Unreadable:
                empty.add(name)
                continue
            payouts = found.filtered("line_ids")
            if not payouts:
                empty.add(name)
            for settlement in payouts:
                with self.subTest(file=name, payout=settlement.external_id):
                    if self._is_refused(settlement):
                        refused.add(name)
                        settlement.action_accept()
                        settlement.action_post()
                    self.assertInTheBooks(settlement)
                    booked.append(settlement)
        self.assertEqual(refused, CONTRADICTS)
        self.assertEqual(empty, NOTHING)
        self.assertGreaterEqual(len(booked), 30)

    def _is_refused(self, settlement):
        """Whether it takes a person to book it; it is booked where not."""
        if settlement.payout_state == "open":
            with self.assertRaisesRegex(UserError, "not final"), self.cr.savepoint():
                settlement.action_post()
            # As it will be reported again once it is.
            settlement.payout_state = "paid"
        if not settlement.flaws:
            settlement.action_post()
            return False
        with self.assertRaises(UserError), self.cr.savepoint():
            settlement.action_post()
        self.assertFalse(settlement.move_ids)
        return True
