"""Every settlement report that was collected: its stated sums come out, or its stated contradiction is told.

The figures are those of SOURCES.md beside the samples, worked out there without our code.
"""

import os
import sys
import unittest
from decimal import Decimal
from pathlib import Path

from tests.contract import recorded

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "addons" / "ecom_connector"))

from channels.errors import Unreadable  # noqa: E402
from channels.records import SettlementLine  # noqa: E402
from channels.reports.check import Check  # noqa: E402
from channels.reports.formats import recognise  # noqa: E402
from channels.reports.source import Source  # noqa: E402

SAMPLES = recorded.SHARED / "data" / "settlement"
# file -> (form, lines, {settlement: (sum of its lines but payouts, payout lines, payout)}, kinds of flaws)
ADDS_UP = {
    "amazon/v1_ca_50011020300.txt": ("amazon_v1", 3, {"23874396421": ("-321.69", "0", "-321.69")}),
    "amazon/v1_ca_50018020314.txt": ("amazon_v1", 15, {"23874397121": ("-62.31", "0", "-62.31")}),
    "amazon/v1_ca_50034020328.txt": ("amazon_v1", 153, {"24288684721": ("1016.08", "0", "1016.08")}),
    "amazon/v2_us_synthetic_28471003921.txt": ("amazon_v2", 23, {"28471003921": ("582.89", "0", "582.89")}),
    "amazon/date_range_us_synthetic.csv": ("amazon_date_range", 13, {"1001": ("22.07", "-22.07", "22.07")}),
    "adyen/oca_settlement_detail_report_batch_380.csv": (
        *("adyen_details", 228),
        {"YOURCOMPANY_ACCOUNT/380/USD": ("55308.07", "-55308.07", "55308.07")},
    ),
    "adyen/wmf_settlement_detail_report_donation.csv": (
        *("adyen_details", 2),
        {"WikimediaCOM/2/USD": ("0.76", "-0.76", "0.76")},
    ),
    "ebay/transaction_report_synthetic.csv": ("ebay_report", 4, {"report/USD": ("15.86", "-15.86", "15.86")}),
    "etsy/etsy_statement_2022_old_layout.csv": (
        *("etsy_statement", 29),
        {"2022-01/USD": ("62.98", "-75.57", "75.57"), "2022-03/USD": ("13.40", "0", "13.40")},
    ),
    "etsy/etsy_statement_2025_10.csv": ("etsy_statement", 105, {"2025-10/USD": ("315.09", "-204.72", "204.72")}),
    "etsy/etsy_statement_2025_11.csv": ("etsy_statement", 430, {"2025-11/USD": ("1132.64", "-520.55", "520.55")}),
    "mollie/api_settlement_single.json": ("mollie", 4, {"stl_jDk30akdN": ("39.7540", "0", "39.75")}),
    "mollie/api_balance_transactions_list.json": ("mollie", 1, {"": ("-10.25", "0", "-10.25")}),
    "paypal/oca_activity_en.csv": (
        *("paypal_activity", 76),
        {
            "USD/2015-12-29/2016-11-01": ("1.90", "0", "1.90"),
            "EUR/2016-02-12/2016-11-01": ("59427.02", "-59383.68", "59383.68"),
            "AUD/2016-06-22/2016-06-22": ("0.00", "0", "0.00"),
        },
    ),
    "paypal/oca_empty_activity.csv": ("paypal_activity", 0, {}),
    "stripe/hledger_stripe.csv": ("stripe_itemized", 2, {"": ("11.23", "0", "11.23")}),
}
TOLD = {
    "amazon/v1_us_mock_sum_mismatch.txt": ("amazon_v1", 2, {"12345678901": ("16.77", "0", "1234.56")}, {"sum"}),
    "adyen/wmf_settlement_detail_report_chargeback.csv": (
        *("adyen_details", 3),
        {"WikimediaCOM/3/USD": ("-4.80", "-4.03", "4.03")},
        {"sum"},
    ),
    "adyen/wmf_settlement_detail_report_refund.csv": (
        *("adyen_details", 3),
        {"WikimediaCOM/3/USD": ("-2.80", "-4.03", "4.03")},
        {"sum"},
    ),
    "adyen/wmf_settlement_detail_report_invoice_deduction.csv": (
        *("adyen_details", 2),
        {"WikimediaCOM/1136/USD": ("-0.03", "0", "-0.03")},
        {"unstated"},
    ),
    "mollie/api_settlements_list.json": ("mollie", 0, {"stl_jDk30akdN": ("0", "0", "39.75")}, {"empty"}),
    "paypal/wmf_stl.csv": (
        *("paypal_stl", 5),
        {
            "EZ782AXEUJUW8/AUD/2026/01/06": ("54.35", "0", "54.35"),
            "EZ782AXEUJUW8/GBP/2026/01/06": ("6.60", "-1", "1"),
        },
        {"sum", "balance"},
    ),
    "paypal/wmf_stl_chargeback_with_fee.csv": (
        *("paypal_stl", 2),
        {"EZ782AXEUJUW8/USD/2026/01/06": ("-23", "0", "-23")},
        {"unstated"},
    ),
    "paypal/wmf_stl_currency_convert.csv": (
        *("paypal_stl", 3),
        {
            "EZ782AXEUJUW8/BRL/2026/01/06": ("0.0", "0", "0.0"),
            "EZ782AXEUJUW8/USD/2026/01/06": ("3.27", "0", "3.27"),
        },
        {"unstated"},
    ),
    "shopify/api_payout.json": ("shopify_api", 0, {"623721858": ("0", "0", "41.90")}, {"empty"}),
    "shopify/api_payouts_transactions.json": (
        *("shopify_api", 25),
        {"623721858": ("81.38", "-41.90", "41.90")},
        {"row", "sum"},
    ),
    "shopify/payment_transactions_export_excerpt_a.csv": (
        *("shopify_transactions", 19),
        {"2025-11-07/USD": ("544.60", "0", "544.60")},
        {"unstated"},
    ),
    "shopify/payment_transactions_export_with_payout_id_synthetic.csv": (
        *("shopify_transactions", 2),
        {"90001": ("54.36", "0", "54.36"), "90002": ("23.97", "0", "23.97")},
        {"unstated"},
    ),
    "stripe/wmf_settlement_report.csv": (
        *("stripe_itemized", 7),
        {"po_test123": ("23.05", "23.05", "-23.05"), "": ("3.35", "0", "3.35")},
        {"row", "sum"},
    ),
    "walmart/recon_v1_rows_no_summary.tsv": (
        *("walmart_recon", 6),
        {"2026_04_30": ("32.30", "0", "32.30")},
        {"count", "unstated"},
    ),
    "other/trustly_P11KFUN.csv": (
        *("trustly", 2),
        {"P11KFUN/2026-02-01T12:00:00.000Z": ("861.21", "0", "861.21")},
        {"count"},
    ),
    "other/trustly_P11KREC.csv": (
        *("trustly", 2),
        {"P11KREC/2026-02-01T12:00:00.000Z": ("7.75", "0", "7.75")},
        {"sum", "count"},
    ),
}
# Those with sums of too many payouts to list have tests of their own below; one names payouts and no amounts.
APART = {"stripe/dbt_balance_transaction_data.csv", "stripe/dbt_payout_data.csv"}
NO_MONEY = {"stripe/dbt_payout_balance_transaction_data.csv"}


def setUpModule():
    if not SAMPLES.is_dir():
        missing = f"NOT TESTED: no settlement samples at {SAMPLES} (set ECOM_SHARED)"
        recorded.MISSING.add(missing)
        if os.environ.get("CI") == "true":
            raise AssertionError(missing)
        raise unittest.SkipTest(missing)


def read(name):
    """(form, lines, check)."""
    with (SAMPLES / name).open("rb") as file:
        source, check = Source(file), Check()
        form = recognise(source)
        lines = [item for item in check.over(form.read(source)) if isinstance(item, SettlementLine)]
    return form.code, lines, check


class TestSamples(unittest.TestCase):
    maxDiff = None

    def assertRead(self, name, form, count, sums):
        found, lines, check = read(name)
        self.assertEqual((found, len(lines)), (form, count))
        moved = {key: (str(known.moved), str(known.paid), str(known.amount)) for key, known in check.sums.items()}
        self.assertEqual(moved, sums)
        recorded.COUNTED["settlements"]["lines of reports"] += count
        return check

    def test_every_file_that_adds_up_comes_to_its_stated_sum_without_a_flaw(self):
        for name, expected in ADDS_UP.items():
            with self.subTest(file=name):
                check = self.assertRead(name, *expected)
                self.assertEqual(check.flaws, [])
                self.assertTrue(all(known.difference in (None, known.rounding) for known in check.sums.values()))

    def test_every_file_that_contradicts_itself_or_was_cut_is_told(self):
        for name, (*expected, codes) in TOLD.items():
            with self.subTest(file=name):
                check = self.assertRead(name, *expected)
                self.assertEqual({flaw.code for flaw in check.flaws}, codes)

    def test_the_complete_payout_of_the_stripe_table_adds_up_and_the_others_are_open(self):
        form, lines, check = read("stripe/dbt_balance_transaction_data.csv")
        self.assertEqual((form, len(lines), check.flaws), ("stripe_transactions", 9, []))
        complete = check.sums.pop("po_0IV4rIig6peNXzgD51VFKdaB")
        self.assertEqual((str(complete.moved), str(complete.paid)), ("187.59", "-187.59"))
        self.assertEqual({known.settlement and known.settlement.state for known in check.sums.values()}, {"open", None})

    def test_the_table_of_stripe_payouts_states_fifteen_and_what_none_is_made_of(self):
        _form, lines, check = read("stripe/dbt_payout_data.csv")
        self.assertEqual((lines, len(check.sums)), ([], 15))
        self.assertEqual(sum(known.amount < 0 for known in check.sums.values()), 1)
        self.assertEqual({flaw.code for flaw in check.flaws}, {"empty"})

    def test_a_table_without_money_is_no_report(self):
        for name in NO_MONEY:
            with self.assertRaises(Unreadable):
                read(name)

    def test_the_etsy_months_are_chained_by_what_was_carried(self):
        _form, _lines, october = read("etsy/etsy_statement_2025_10.csv")
        _form, lines, november = read("etsy/etsy_statement_2025_11.csv")
        before, after = october.sums["2025-10/USD"], november.sums["2025-11/USD"]
        carried = before.moved + before.paid
        self.assertEqual((str(carried), str(carried + after.moved + after.paid)), ("110.37", "722.46"))
        rows = [(line.at, line.kind, line.name, line.net) for line in lines]
        self.assertEqual(len(rows) - len(set(rows)), 23, "rows that look alike are all real")

    def test_the_negative_amazon_settlement_is_taken_up_and_charged_in_the_next(self):
        _form, lines, _check = read("amazon/v1_ca_50018020314.txt")
        chain = {line.kind: (line.family, line.net) for line in lines if line.family in ("carried", "charged")}
        self.assertEqual(
            chain,
            {
                "Payable to Amazon": ("carried", Decimal("-321.69")),
                "Successful charge": ("charged", Decimal("321.69")),
            },
        )

    def test_no_file_was_forgotten(self):
        files = {str(path.relative_to(SAMPLES)) for path in SAMPLES.glob("*/*")}
        self.assertEqual(files, {*ADDS_UP, *TOLD, *APART, *NO_MONEY})
