import json
import unittest
from datetime import datetime, timezone

from ...errors import Gone, Unreadable
from .. import orders
from .pretend import PretendShop, answer, listed, pages, problem, sample


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
