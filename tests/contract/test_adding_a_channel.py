"""docs/ADDING_A_CHANNEL.md says the truth: its code is a channel, a short one, and what it names is there."""

import ast
import io
import json
import re
import tempfile
import tokenize
import unittest
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

from tests.contract import wharf_wire
from tests.contract.wharf_wire import KEYS, PAGE, ROOT, Wharf, order

from channels import contract, errors  # isort: skip
from channels.records import Shipment, ShipmentLine, StockLevel, StockResult  # isort: skip
from channels.tests import test_contract  # isort: skip

FIRST, SECOND, THIRD = (f"2026-03-02T{hour:02d}:00:00Z" for hour in (10, 11, 12))
NOON = datetime(2026, 3, 2, 11, 30, tzinfo=timezone.utc)
LAYOUT = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)


def code_lines(source: str) -> int:
    """Lines of code, without blank ones, comments and docstrings."""
    found = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in LAYOUT:
            found.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            found.difference_update(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    return len(found)


class TestPage(unittest.TestCase):
    def test_the_channel_on_the_page_takes_under_200_lines_of_code(self):
        counted = {name: code_lines(code) for name, code in wharf_wire.files().items()}
        self.assertLessEqual({"__init__.py", "client.py", "orders.py", "stock.py", "shipments.py"}, {*counted})
        self.assertLess(sum(counted.values()), 200, counted)

    def test_what_the_page_names_is_there(self):
        named = re.findall(r"`((?:channels|tests|addons|docs|flow)/[\w/.]+)`", PAGE.read_text("utf-8"))
        self.assertGreater(len(named), 10)
        for path in (path for path in named if "channels/wharf/" not in path):
            places = (ROOT / path, ROOT / "addons" / "ecom_connector" / path)
            self.assertTrue(any(place.exists() for place in places), path)


class TestWharf(unittest.TestCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.channel = wharf_wire.load(Path(folder.name))
        self.addCleanup(wharf_wire.unload, Path(folder.name))
        self.shop = Wharf(order(1, FIRST), order(3, THIRD), order(2, SECOND))
        self.client = self.connect()

    def connect(self, **keys):
        return self.channel.noun("client").connect({**KEYS, **keys}, self.shop)

    def __getattr__(self, noun):
        if noun not in contract.NOUNS:
            raise AttributeError(noun)
        return self.channel.noun(noun)

    def all_orders(self, **asked):
        """Of all pages; no more are asked for than there are orders."""
        found, token = [], ""
        for _page in self.shop.orders:
            page = self.orders.fetch_orders(self.client, asked.get("since"), asked.get("until"), token)
            found += [self.orders.parse_order(raw.body) for raw in page.items]
            token = page.next
            if not token:
                return found
        raise AssertionError(f"The pages do not end: {token}")

    def test_it_keeps_the_contract(self):
        nouns = {Path(name).stem for name in wharf_wire.files()} - {"__init__"}
        self.assertLessEqual(nouns, {*contract.NOUNS})
        for noun in nouns:
            for name, written, optional in test_contract.promises()[noun]:
                function = getattr(self.channel.noun(noun), name, None)
                self.assertTrue(optional or function, f"{noun}: {name}")
                if function:
                    stated = test_contract.parameters(written)
                    self.assertEqual(test_contract.signature_of(function), stated, f"{noun}: {name}")

    def test_the_connection_says_which_shop_it_is_or_why_it_is_refused(self):
        found = self.client.check()
        self.assertEqual((found.name, found.url, found.currency), ("Wharf & Sons", "https://wharf.example", "EUR"))
        with self.assertRaisesRegex(errors.Refused, "does not fit"):
            self.connect(secret="another").check()

    def test_orders_come_page_by_page_oldest_change_first(self):
        self.assertEqual([order.number for order in self.all_orders()], ["W-1", "W-2", "W-3"])
        self.assertEqual([order.number for order in self.all_orders(since=NOON)], ["W-3"])
        self.assertEqual([order.number for order in self.all_orders(until=NOON)], ["W-1", "W-2"])

    def test_an_order_is_read_to_the_cent(self):
        found = self.orders.parse_order(self.orders.fetch_order(self.client, "o1").body)
        amounts = [(line.gross, line.discount, line.total, line.tax_total) for line in found.lines]
        figures = [("20.00", "3.00", "17.00", "3.23"), ("1.00", "0.00", "1.00", "0.07"), ("5.00", "0", "5.00", "0.95")]
        self.assertEqual(amounts, [tuple(map(Decimal, row)) for row in figures])
        self.assertEqual(found.total, sum(line.total + line.tax_total for line in found.lines))
        self.assertEqual((found.total, found.tax_total), (Decimal("27.25"), Decimal("4.25")))
        self.assertEqual((found.status, found.payment, found.fulfilment), ("open", "paid", "open"))
        self.assertEqual((found.ship_to.name, found.ship_to.street2, found.ship_to.country), ("Ada Berg", "Yard", "DE"))

    def test_an_order_is_found_by_the_number_that_the_buyer_knows(self):
        self.assertEqual(self.orders.find_order(self.client, "W-2").external_id, "o2")
        self.assertIsNone(self.orders.find_order(self.client, "W-9"))
        with self.assertRaises(errors.Gone):
            self.orders.fetch_order(self.client, "o9")

    def test_an_order_in_a_state_that_nobody_knows_is_unreadable_and_named(self):
        odd = json.dumps(order(7, FIRST, state="lost_at_sea")).encode()
        with self.assertRaisesRegex(errors.Unreadable, "W-7"):
            self.orders.parse_order(odd)

    def test_a_later_change_is_a_later_version(self):
        before = self.orders.fetch_order(self.client, "o1").version
        self.shop.orders["o1"] |= {"modified": THIRD, "state": "void"}
        after = self.orders.fetch_order(self.client, "o1")
        self.assertLess(before, after.version)
        self.assertEqual(self.orders.parse_order(after.body).status, "cancelled")

    def test_it_waits_as_long_as_the_shop_asks_for(self):
        self.shop.answers.append((429, {"Retry-After": "7"}, b"slow down"))
        with self.assertRaises(errors.Busy) as caught:
            self.all_orders()
        self.assertEqual(caught.exception.retry_after, 7)

    def test_all_that_is_listed_can_be_told_its_stock(self):
        found = self.products.fetch_products(self.client).items
        self.assertEqual([product.sku for product in found], ["ROPE", "HOOK"])
        levels = [StockLevel(variant_id=product.variant_id, stock_id=product.stock_id, quantity=5) for product in found]
        unknown = StockLevel(variant_id="ANCHOR", quantity=1)
        told = self.stock.push_stock(self.client, [*levels, unknown])
        refused = StockResult.of(unknown, "This SKU is not listed.")
        self.assertEqual(told, [*(StockResult.of(level) for level in levels), refused])
        shown = {(level.variant_id, ""): 5 for level in levels}
        self.assertEqual(self.stock.read_stock(self.client, [*levels, unknown]), shown)

    def test_a_parcel_is_told_once_found_by_our_key_and_corrected(self):
        units = (ShipmentLine(line_id="1", quantity=Decimal(2)),)
        parcel = Shipment(key="our-key", order_id="o1", lines=units, carrier="dhl", tracking_number="T1")
        self.assertIsNone(self.shipments.find_shipment(self.client, parcel))
        self.assertEqual(self.shipments.send_shipment(self.client, parcel), "k0")
        self.assertEqual(self.shipments.find_shipment(self.client, parcel), "k0")
        corrected = Shipment(key="our-key", order_id="o1", external_id="k0", tracking_number="T2")
        self.assertEqual(self.shipments.send_shipment(self.client, corrected), "k0")
        (shown,) = self.orders.parse_order(self.orders.fetch_order(self.client, "o1").body).shipments
        self.assertEqual((shown.key, shown.lines, shown.tracking_number), ("our-key", units, "T2"))

    def test_a_parcel_whose_answer_makes_no_sense_may_have_been_taken(self):
        self.shop.answers.append((200, {}, b"<html>"))
        with self.assertRaises(errors.Unanswered):
            self.shipments.send_shipment(self.client, Shipment(key="k", order_id="o1"))
