"""All that was asked of a real PrestaShop 1.6, asked again over HTTP: nothing more, nothing less.

Where our nouns make a recorded request, they make it; what only a person's set-up asked for (test carts, lists of
zones) our client puts on the wire. Tracking numbers and states were recorded for order 6, which nobody recorded
reading: they are written as they were.
"""

import unittest
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from tests.contract import recorded
from tests.contract.prestashop_wire import ERRORS, NEVER_ASKED, connect
from tests.sandbox.replayed_presta import ReplayedPrestaShop, key_of

from channels import errors, records  # isort: skip
from channels.prestashop import orders, stock, transitions  # isort: skip
from channels.prestashop.products import fetch_products  # isort: skip

COUNTED = recorded.COUNTED["PrestaShop, replayed over HTTP"]
ORDERS = {"040": "1", "042": "3", "044": "5", "076": "7", "090": "1"}


def setUpModule():
    recorded.folder("prestashop")


class EverythingRecorded(unittest.TestCase):
    def test_every_recorded_exchange_is_asked_and_nothing_else(self):
        with ReplayedPrestaShop(supplies=True) as self.shop:
            self.reached = connect(self.shop.url)
            self.check_the_shop()
            self.ask_for_orders()
            self.ask_for_stock()
            COUNTED["exchanges used by our nouns"] = len(self.shop.used)
            for exchange in self.shop.exchanges:
                if exchange.file in self.shop.unused() - NEVER_ASKED.keys():
                    with self.subTest(file=exchange.file):
                        self.repeat(exchange)
        self.assertEqual(self.shop.surprises, [])
        self.assertEqual(self.shop.unused(), set(NEVER_ASKED))
        COUNTED["exchanges used in all"] = len(self.shop.used)
        for file, reason in NEVER_ASKED.items():
            COUNTED[f"expected exception {file}: {reason}"] = 1

    def check_the_shop(self):
        shop = self.reached.check()
        self.assertEqual((shop.name, shop.missing_scopes), ("LocalTest", ()))

    def ask_for_orders(self):
        """Each order as it was recorded, with the lines, payments, history and parcels recorded of order 7."""
        for external_id in ORDERS.values():
            raw = orders.fetch_order(self.reached, external_id)
            order = orders.parse_order(raw.body)
            self.assertEqual((order.external_id, order.version), (external_id, raw.version))
        self.assertEqual(transitions.move(self.reached, "1", "6", mail=False), "12")
        with self.assertRaises(errors.ChannelError):
            orders.fetch_order(self.reached, "6")
        self.assertRegex(self.shop.surprises.pop(), "GET /api/orders/6")

    def ask_for_stock(self):
        combinations = [records.StockLevel(variant_id=f"1/{number}", quantity=0) for number in range(1, 7)]
        held = stock.read_stock(self.reached, combinations)
        self.assertEqual([held[level.variant_id, ""] for level in combinations], [299, 300, 300, 300, 300, 300])

    # ------------------------------------------------------------- all the rest
    def repeat(self, exchange):
        """As our client puts it on the wire; the answer arrives to the letter, or as the error that it means."""
        request, parts = exchange.request, urlsplit(exchange.request["url"])
        reached = connect(self.shop.url, key_of(request["headers"]))
        path, params = parts.path.removeprefix("/api/"), dict(parse_qsl(parts.query))
        row = etree.fromstring(request["body"].encode())[0] if request["body"] else None
        if exchange.file in ERRORS:
            with self.assertRaises(ERRORS[exchange.file]) as caught:
                self.ask(reached, request["method"], path, params, row)
            self.assertIs(type(caught.exception), ERRORS[exchange.file])
            COUNTED["  errors of them, each what it means"] += 1
            return
        self.assertEqual(self.ask(reached, request["method"], path, params, row).body, exchange.answer)

    @staticmethod
    def ask(reached, method, path, params, row):
        if method == "GET":
            return reached.get(path, params, what="x")
        return {"POST": reached.post, "PUT": reached.put}[method](path, row, what="x")


class RecordedOrders(unittest.TestCase):
    """Total, taxes and lines of every recorded order, to the cent."""

    def test_every_order_adds_up_to_the_cent(self):
        with ReplayedPrestaShop(supplies=True) as shop:
            reached = connect(shop.url)
            for external_id in ("1", "3", "5", "7"):
                order = orders.parse_order(orders.fetch_order(reached, external_id).body)
                (stated, *_later) = [
                    e for e in shop.exchanges if e.request["url"].endswith(f"/api/orders/{external_id}")
                ]
                row = etree.fromstring(stated.answer)[0]
                with self.subTest(order=external_id):
                    self.assertEqual(str(order.total), row.findtext("total_paid_tax_incl"))
                    self.assertEqual(sum(line.total + line.tax_total for line in order.lines), order.total)
                    goods = sum(line.total for line in order.lines if line.kind == "product")
                    self.assertEqual(goods, Decimal(row.findtext("total_products")))
                    self.assertEqual(order.number, row.findtext("reference"))
                    COUNTED["orders parsed, total and lines exact"] += 1

    def test_the_versions_of_an_order_grow_with_its_states(self):
        with ReplayedPrestaShop(supplies=True) as shop:
            reached = connect(shop.url)
            first, second = (orders.fetch_order(reached, "1").version for _time in range(2))
        self.assertLess(first, second)


class Strictness(unittest.TestCase):
    def test_what_nobody_recorded_is_a_surprise(self):
        with ReplayedPrestaShop() as shop:
            reached = connect(shop.url, timezone="UTC")
            for ask in (
                lambda: orders.find_order(reached, "XKBKNABJK"),
                lambda: transitions.move(reached, "1", "4", mail=False),
                lambda: reached.get("products", {"limit": "7"}, what="x"),
                lambda: fetch_products(reached),
            ):
                with self.assertRaises(errors.ChannelError):
                    ask()
        self.assertEqual(len(shop.surprises), 4)
        self.assertEqual(shop.used, set())


if __name__ == "__main__":
    unittest.main()
