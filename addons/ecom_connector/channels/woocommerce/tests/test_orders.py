import json
import unittest
from datetime import datetime, timezone
from decimal import Decimal

from ...errors import Gone, Unreadable
from ...records import Order
from .. import orders, versions
from .pretend import PretendShop, answer, pages, problem, sample


def changed(name, **values):
    row = json.loads(sample(name))
    row.update(values)
    return json.dumps(row).encode()


def listed(external_id, moment="2026-05-01T10:00:00", **values):
    return {
        "id": external_id,
        "number": str(external_id),
        "status": "processing",
        "date_modified_gmt": moment,
        **values,
    }


class ReadingAnOrder(unittest.TestCase):
    def setUp(self):
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
                try:
                    self.assertIsInstance(orders.parse_order(json.dumps(whole).encode()), Order)
                except Unreadable:
                    pass
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


class TellingVersionsApart(unittest.TestCase):
    def version(self, **values):
        row = json.loads(sample("order_checkout"))
        row.update(values)
        return versions.of_order(row)

    def test_an_identical_redelivery_has_the_same_version(self):
        self.assertEqual(self.version(), self.version(_links={"self": []}, payment_url="http://other"))

    def test_a_later_second_sorts_behind(self):
        self.assertLess(self.version(), self.version(date_modified_gmt="2026-03-02T08:15:05", status="pending"))

    def test_within_one_second_the_way_of_an_order_decides(self):
        way = [self.version(status=status) for status in ("pending", "on-hold", "processing", "completed", "cancelled")]
        self.assertEqual(way, sorted(set(way)))

    def test_within_one_second_an_addition_sorts_behind(self):
        refunds = json.loads(sample("order_checkout"))["refunds"]
        more = [*refunds, {"id": 7010, "total": "-1.00"}]
        self.assertLess(self.version(refunds=[]), self.version())
        self.assertLess(self.version(), self.version(refunds=more))

    def test_within_one_second_an_edit_is_another_version(self):
        row = json.loads(sample("order_checkout"))
        row["line_items"][0]["quantity"] = 5
        self.assertNotEqual(versions.of_order(row), self.version())

    def test_deleting_the_product_of_a_line_is_no_change_of_the_order(self):
        row = json.loads(sample("order_checkout"))
        row["line_items"][1].update(product_id=0, sku=None)
        self.assertEqual(versions.of_order(row), self.version())


class FetchingOrders(unittest.TestCase):
    since = datetime(2026, 5, 1, 9, 0, 0, tzinfo=timezone.utc)

    def test_one_order_comes_with_the_very_bytes_of_the_shop(self):
        shop = PretendShop({("GET", "orders/7001"): answer(sample("order_checkout"))})
        raw = orders.fetch_order(shop.client(), "7001")
        self.assertEqual((raw.external_id, raw.body), ("7001", sample("order_checkout")))
        self.assertEqual(raw.version, orders.parse_order(raw.body).version)
        self.assertEqual(raw.updated_at, datetime(2026, 3, 2, 8, 15, 4, tzinfo=timezone.utc))

    def test_a_deleted_order_is_gone(self):
        shop = PretendShop({("GET", "orders/5"): problem(404, "woocommerce_rest_shop_order_invalid_id")})
        with self.assertRaises(Gone):
            orders.fetch_order(shop.client(), "5")
        with self.assertRaises(Gone):
            orders.fetch_order(shop.client(), "../products")

    def test_changes_are_asked_for_in_utc_and_in_order(self):
        shop = PretendShop({("GET", "orders"): pages([], 0)})
        page = orders.fetch_orders(
            shop.client(), self.since, until=datetime(2026, 6, 1, tzinfo=timezone.utc), open_only=True
        )
        self.assertEqual((page.items, page.next), ((), ""))
        self.assertEqual(
            dict(shop.asked[0].params),
            {
                "per_page": 50,
                "page": 1,
                "orderby": "modified",
                "order": "asc",
                "dates_are_gmt": "true",
                "modified_after": "2026-05-01T08:59:59",
                "modified_before": "2026-06-01T00:00:00",
                "status": "pending,on-hold,processing",
            },
        )

    def test_the_next_page_begins_where_this_one_ended(self):
        first = [listed(1), listed(2, "2026-05-01T10:00:07")]
        shop = PretendShop(
            {("GET", "orders"): [pages(first, 2), pages([listed(2, "2026-05-01T10:00:07"), listed(3)], 1)]}
        )
        client = shop.client()
        page = orders.fetch_orders(client, self.since)
        self.assertEqual([raw.external_id for raw in page.items], ["1", "2"])
        last = orders.fetch_orders(client, self.since, token=page.next)
        self.assertEqual(shop.asked[1].params["modified_after"], "2026-05-01T10:00:06")
        self.assertEqual(shop.asked[1].params["page"], 1)
        self.assertEqual(([raw.external_id for raw in last.items], last.next), (["2", "3"], ""))

    def test_a_page_within_one_second_is_followed_by_the_next_number(self):
        same = [pages([listed(number)], 3) for number in (1, 2, 3)]
        shop = PretendShop({("GET", "orders"): same})
        client, token, seen = shop.client(), "", []
        client.page_size = 1
        start = datetime(2026, 5, 1, 10, 0, 0, tzinfo=timezone.utc)
        for _turn in range(3):
            page = orders.fetch_orders(client, start, token=token)
            seen += [raw.external_id for raw in page.items]
            token = page.next
        self.assertEqual((seen, token), (["1", "2", "3"], ""))
        self.assertEqual([request.params["page"] for request in shop.asked], [1, 2, 3])

    def test_an_order_changed_while_pages_are_turned_skips_nobody(self):
        client = _Moving([(number, 10 + number) for number in range(1, 8)], size=3).client()
        client.page_size = 3
        seen, token = [], ""
        while True:
            page = orders.fetch_orders(client, self.since, token=token)
            seen += [raw.external_id for raw in page.items]
            token = page.next
            if not token:
                break
        self.assertEqual(set(seen), {"1", "2", "3", "4", "5", "6", "7"})

    def test_each_order_of_a_list_keeps_its_own_bytes(self):
        body = b'[ {"id": 1, "x": 12.549999999999999, "date_modified_gmt": "2026-05-01T10:00:00"} ,{"id":2}]'
        shop = PretendShop({("GET", "orders"): answer(body)})
        page = orders.fetch_orders(shop.client(), None)
        self.assertEqual(page.items[0].body, body[2:80])
        self.assertEqual(page.items[1].body, b'{"id":2}')

    def test_an_odd_order_does_not_hold_up_its_page(self):
        rows = [listed(1), listed(2, "yesterday"), listed(3, refunds=[7])]
        page = orders.fetch_orders(PretendShop({("GET", "orders"): answer(rows)}).client(), None)
        self.assertEqual([raw.external_id for raw in page.items], ["1", "2", "3"])
        self.assertLess(page.items[2].version, page.items[0].version)
        self.assertIsNone(page.items[1].updated_at)

    def test_a_list_that_is_none_is_unreadable(self):
        for body in (b"{}", b'[{"id":1},]', b'[{"id":1}{"id":2}]', b'[{"id":1}', b"[1]", b"<html>", b'[{"id":0}]'):
            with self.subTest(body=body), self.assertRaises(Unreadable):
                orders.fetch_orders(PretendShop({("GET", "orders"): answer(body)}).client(), None)


class _Moving(PretendShop):
    """Behaves as a shop does, and touches its oldest order after every page."""

    def __init__(self, held, size):
        super().__init__({})
        self.held, self.size, self.clock = dict(held), size, 40

    def send(self, request):
        after = request.params["modified_after"]
        found = sorted((second, number) for number, second in self.held.items())
        rows = [listed(number, f"2026-05-01T10:00:{second:02d}") for second, number in found]
        rows = [row for row in rows if row["date_modified_gmt"] > after]
        start = (request.params["page"] - 1) * self.size
        total = -(-len(rows) // self.size)
        if self.clock < 43:
            self.held[found[0][1]] = self.clock
            self.clock += 1
        return pages(rows[start : start + self.size], total)


class FindingAnOrder(unittest.TestCase):
    def test_the_number_is_usually_the_id(self):
        shop = PretendShop({("GET", "orders/7001"): answer(sample("order_checkout"))})
        self.assertEqual(orders.find_order(shop.client(), " #7001 ").external_id, "7001")

    def test_a_number_of_a_plug_in_is_searched_for(self):
        found = [listed(9, number="XB-2026-17"), json.loads(sample("order_gross"))]
        shop = PretendShop({("GET", "orders"): answer(found)})
        self.assertEqual(orders.find_order(shop.client(), "B-2026-17").external_id, "7002")
        self.assertEqual(shop.asked[0].params["search"], "B-2026-17")

    def test_an_order_with_that_id_but_another_number_is_not_it(self):
        other = json.loads(sample("order_gross"))
        shop = PretendShop({("GET", "orders/7002"): answer(other), ("GET", "orders"): answer([other])})
        self.assertIsNone(orders.find_order(shop.client(), "7002"))

    def test_nothing_found_is_none(self):
        shop = PretendShop(
            {
                ("GET", "orders/8"): problem(404, "woocommerce_rest_shop_order_invalid_id"),
                ("GET", "orders"): answer([]),
            }
        )
        self.assertIsNone(orders.find_order(shop.client(), "8"))
        self.assertIsNone(orders.find_order(shop.client(), "#"))


if __name__ == "__main__":
    unittest.main()
