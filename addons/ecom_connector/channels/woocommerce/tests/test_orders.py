import contextlib
import json
import unittest
from datetime import datetime, timezone
from decimal import Decimal

from ...errors import Unreadable
from ...records import Order
from .. import orders
from .pretend import changed, sample


class ReadingAnOrder(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.order = orders.parse_order(sample("order_checkout"))

    def test_lines_and_taxes_add_up_to_the_total(self):
        self.assertEqual(self.order.total, Decimal("54.53"))
        self.assertEqual(sum(line.total for line in self.order.lines), Decimal("51.47"))
        self.assertEqual(self.order.tax_total, Decimal("3.06"))
        self.assertEqual(sum(tax.amount for tax in self.order.tax_totals), Decimal("3.06"))

    def test_taxes_of_the_order_are_stated_by_rate_with_shipping(self):
        state, city = self.order.tax_totals
        self.assertEqual((state.code, state.name, state.rate, state.amount), ("1", "State", 5, Decimal("2.58")))
        self.assertEqual((city.code, city.rate, city.amount), ("2", Decimal("1.25"), Decimal("0.48")))
        self.assertEqual((state.compound, city.compound), (False, True))

    def test_taxes_of_a_line_keep_the_digits_of_the_shop(self):
        filters = self.order.lines[1]
        self.assertEqual([tax.amount for tax in filters.taxes], [Decimal("0.4035"), Decimal("0.084735")])
        self.assertEqual(filters.extra["total_tax"], Decimal("0.48"))

    def test_a_coupon_is_a_discount_on_its_lines(self):
        kettle, filters = self.order.lines[:2]
        self.assertEqual((kettle.gross, kettle.discount, kettle.total), (40, 4, 36))
        self.assertEqual((filters.gross, filters.discount), (Decimal("8.97"), Decimal("0.90")))
        self.assertEqual(self.order.extra["coupons"][0]["code"], "ten")

    def test_a_price_raised_by_hand_is_no_negative_discount(self):
        row = json.loads(sample("order_gross"))
        row["line_items"][0]["total"] = "25.00"
        line = orders.parse_order(json.dumps(row).encode()).lines[0]
        self.assertEqual((line.gross, line.discount), (25, 0))

    def test_fees_are_lines_and_may_be_negative(self):
        fees = [line for line in self.order.lines if line.kind == "fee"]
        self.assertEqual([(fee.name, fee.total) for fee in fees], [("Gift box", Decimal("2.5")), ("Club bonus", -1)])
        self.assertEqual(fees[1].tax_total, Decimal("-0.0605"))

    def test_a_rate_that_is_not_charged_on_a_line_leaves_no_tax(self):
        parcel = self.order.lines[2]
        self.assertEqual((parcel.kind, parcel.method, parcel.total), ("shipping", "flat_rate:4", Decimal("5.90")))
        self.assertEqual([tax.code for tax in parcel.taxes], ["1"])

    def test_a_variation_is_the_sellable_item(self):
        kettle, filters = self.order.lines[:2]
        self.assertEqual((kettle.variant_id, kettle.sku, kettle.quantity), ("81", "KETTLE-R", 2))
        self.assertEqual((filters.variant_id, filters.sku), ("82", "FILTER"))
        self.assertEqual(kettle.note, "Color: Red")

    def test_buyer_addresses_and_note(self):
        self.assertEqual((self.order.buyer.external_id, self.order.buyer.email), ("12", "ines@example.com"))
        self.assertEqual((self.order.bill_to.company, self.order.bill_to.vat), ("Okafor Ltd", "XX123"))
        self.assertEqual((self.order.ship_to.name, self.order.ship_to.city), ("Tom Okafor", "Chicago"))
        self.assertEqual(self.order.note, "Ring twice")
        self.assertNotIn("192.0.2.7", repr(self.order))

    def test_payment_refund_and_references(self):
        (payment,) = self.order.payments
        self.assertEqual(
            (payment.external_id, payment.method, payment.amount), ("ch_sample_1", "stripe", self.order.total)
        )
        self.assertEqual(payment.paid_at, datetime(2026, 3, 2, 8, 15, 3, tzinfo=timezone.utc))
        (refund,) = self.order.refunds
        self.assertEqual((refund.external_id, refund.amount, refund.reason), ("7009", 18, "Scratched"))
        self.assertEqual(
            self.order.references,
            (
                ("number", "7001"),
                ("order_key", "wc_order_sample1"),
                ("transaction", "ch_sample_1"),
                ("transaction", "pi_sample_1"),
            ),
        )

    def test_prices_with_tax_are_read_without_it(self):
        order = orders.parse_order(sample("order_gross"))
        self.assertTrue(order.prices_include_tax)
        self.assertEqual([line.total for line in order.lines], [20, 5])
        self.assertEqual((order.total, order.tax_totals[0].amount), (Decimal("30.25"), Decimal("5.25")))
        self.assertEqual(order.number, "B-2026-17")

    def test_a_guest_without_shipping_address_gets_it_sent_home(self):
        order = orders.parse_order(sample("order_gross"))
        self.assertEqual(order.buyer.external_id, "")
        self.assertEqual(order.ship_to, order.bill_to)

    def test_a_currency_without_cents_keeps_whole_amounts(self):
        order = orders.parse_order(sample("order_yen"))
        self.assertEqual((order.currency, order.total, order.tax_total), ("JPY", Decimal("3623"), Decimal("323")))
        self.assertEqual(sum(line.total for line in order.lines) + order.tax_totals[0].amount, order.total)
        self.assertEqual(order.total.as_tuple().exponent, 0)
        self.assertEqual(order.lines[0].taxes[0].amount, Decimal("263.25"))

    def test_lines_of_deleted_products_and_empty_lines_stay(self):
        gone, empty = orders.parse_order(sample("order_yen")).lines[1:]
        self.assertEqual((gone.name, gone.variant_id, gone.sku, gone.total), ("Discontinued cup", "", "", 600))
        self.assertEqual((empty.name, empty.variant_id, empty.total), ("", "", 0))


class ReadingAStatus(unittest.TestCase):
    def states(self, status, **values):
        order = orders.parse_order(changed("order_gross", status=status, **values))
        return order.status, order.payment, order.fulfilment

    def test_every_status_of_the_shop(self):
        paid = {"date_paid_gmt": "2026-03-02T09:05:00"}
        done = {"date_completed_gmt": "2026-03-03T09:05:00", **paid}
        for status, values, expected in (
            ("pending", {}, ("pending", "unpaid", "open")),
            ("failed", {}, ("pending", "unpaid", "open")),
            ("checkout-draft", {}, ("pending", "unpaid", "open")),
            ("on-hold", {}, ("open", "unpaid", "open")),
            ("processing", {}, ("open", "unpaid", "open")),
            ("processing", paid, ("open", "paid", "open")),
            ("completed", done, ("open", "paid", "fulfilled")),
            ("cancelled", {}, ("cancelled", "unpaid", "open")),
            ("trash", paid, ("cancelled", "paid", "open")),
            ("refunded", paid, ("cancelled", "refunded", "open")),
            ("refunded", done, ("open", "refunded", "fulfilled")),
            ("partial-shipped", paid, ("open", "paid", "partial")),
            ("wc-awaiting-pickup", paid, ("open", "paid", "open")),
        ):
            with self.subTest(status=status, values=values):
                self.assertEqual(self.states(status, **values), expected)

    def test_refunds_of_the_whole_amount_are_a_refunded_order(self):
        refunds = [{"id": 1, "total": "-30.00"}, {"id": 2, "total": "-0.25"}]
        self.assertEqual(self.states("processing", refunds=refunds)[1], "refunded")
        self.assertEqual(self.states("processing", refunds=refunds[:1], date_paid_gmt="2026-03-02T09:05:00")[1], "paid")


class RefusingNonsense(unittest.TestCase):
    def test_what_is_no_order_is_unreadable(self):
        for body in (
            b"",
            b"null",
            b"[]",
            b'{"id": 9}',
            b"\xff\xfe{}",
            b'{"id": NaN}',
            b"[" * 100_000,
            sample("order_gross")[:-9],
        ):
            with self.subTest(body=body[:20]), self.assertRaises(Unreadable):
                orders.parse_order(body)

    def test_amounts_that_are_no_amounts_are_unreadable(self):
        for total in ("1,5", "1_000", "NaN", "Infinity", "9e99", "twelve", True, [1], {"a": 1}, "1" * 40):
            with self.subTest(total=total), self.assertRaises(Unreadable):
                orders.parse_order(changed("order_gross", total=total))

    def test_any_value_replaced_by_another_gives_an_order_or_unreadable(self):
        whole = json.loads(sample("order_checkout"))
        strange = (None, "", [], {}, True, -1, 10**30, "\x00\ud800", "0000-00-00T00:00:00", [[]], [{}], {"a": {}})
        tried = 0
        for holder, key in _places(whole):
            kept = holder[key]
            for value in strange:
                holder[key] = value
                tried += 1
                with contextlib.suppress(Unreadable):
                    self.assertIsInstance(orders.parse_order(json.dumps(whole).encode()), Order)
            holder[key] = kept
        self.assertGreater(tried, 1000)

    def test_text_that_a_database_cannot_hold_is_cleaned(self):
        order = orders.parse_order(changed("order_gross", customer_note="a\x00b\ud800c"))
        self.assertEqual(order.note, "abc")


def _places(value):
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(pairs):
        yield value, key
        yield from _places(inner)


if __name__ == "__main__":
    unittest.main()
