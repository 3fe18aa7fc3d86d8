"""All that was asked of a real WooCommerce, asked again over HTTP: nothing more, nothing less.

Where our nouns make a recorded request, they make it; what only a person's set-up asked for (categories, shipping
zones, test orders) our client puts on the wire. Recorded webhooks are posted to a running Odoo in `tests/story`. No
batch of stock was ever recorded: what our batches rely on is held to the server's own schema in `tests/sandbox`.
"""

import json
import unittest
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

from tests.contract import recorded
from tests.contract.test_woocommerce_requests import ERRORS
from tests.contract.woocommerce_wire import basic, full_key
from tests.sandbox.replayed_shop import ReplayedShop

from channels import errors, records  # isort: skip
from channels.woocommerce import client, items, orders, products, refunds, taxes  # isort: skip

COUNTED = recorded.COUNTED["WooCommerce, replayed over HTTP"]
# Recordings that no request of ours can use, with the reason.
NEVER_ASKED = {
    "003-auth-basic-over-plain-http-is-refused.json": "our client never sends a key over plain http",
    "197-product-trash.json": "nothing of ours deletes a product",
}
# What our requests say beyond the recorded ones, because the shop's own defaults would move money or stock.
ADDED = {
    "065-product-create-dup-sku.json": {"manage_stock": True, "stock_quantity": 0, "status": "draft"},
    "213-refund-shipping-only.json": {"reason": "", "api_restock": False},
    "216-refund-second-partial.json": {"api_restock": False, "line_items": []},
}


def setUpModule():
    recorded.folder("woocommerce")


class EverythingRecorded(unittest.TestCase):
    def test_every_recorded_exchange_is_asked_and_nothing_else(self):
        with ReplayedShop() as self.shop:
            self.reached = self.connect(*full_key())
            self.ask_for_orders()
            self.ask_for_refunds()
            self.ask_for_products()
            self.ask_for_tax_rates()
            COUNTED["exchanges used by our nouns"] = len(self.shop.used)
            for exchange in self.shop.exchanges:
                if exchange.file in self.shop.unused() - NEVER_ASKED.keys():
                    with self.subTest(file=exchange.file):
                        self.repeat(exchange)
        self.assertEqual(self.shop.surprises, [])
        self.assertEqual(self.shop.unused(), set(NEVER_ASKED))
        self.assertEqual(self.shop.added, ADDED)
        COUNTED["exchanges used in all"] = len(self.shop.used)
        for file, reason in NEVER_ASKED.items():
            COUNTED[f"expected exception {file}: {reason}"] = 1

    def connect(self, key, secret):
        return client.connect({"url": self.shop.url, "consumer_key": key, "consumer_secret": secret})

    def stated(self, number):
        (exchange,) = [exchange for exchange in self.shop.exchanges if exchange.file.startswith(f"{number}-")]
        return exchange.response["json"]

    # ------------------------------------------------------------------- nouns
    def ask_for_orders(self):
        for number in ("198", "236", "239", "240", "242"):
            row = self.stated(number)
            order = orders.parse_order(orders.fetch_order(self.reached, str(row["id"])).body)
            self.assertEqual((str(order.total), str(order.tax_total)), (row["total"], row["total_tax"]))
        told = self.stated("206")
        note = records.Note(key="k", order_id="30", text=told["note"], to_buyer=True)
        self.assertEqual(orders.send_note(self.reached, note), str(told["id"]))
        self.assertEqual(orders.find_note(self.reached, note), str(told["id"]))

    def ask_for_refunds(self):
        """Made again from what is read of them, with the unrounded taxes that were entered."""
        for number, order_id, restocks in (("210", "30", True), ("213", "36", False), ("216", "30", False)):
            row = self.stated(number)
            read = refunds.parse_refund(json.dumps(row).encode())
            self.assertEqual(str(read.amount), row["amount"])
            made = records.Refund(
                external_id="",
                order_id=order_id,
                amount=read.amount,
                reason=read.reason,
                lines=read.lines,
                restocks=restocks,
            )
            self.assertEqual(refunds.send_refund(self.reached, made), read.external_id)
        listed = refunds.fetch_order_refunds(self.reached, "30")
        self.assertEqual([raw.external_id for raw in listed], ["49", "54"])

    def ask_for_products(self):
        self.reached.page_size = 5
        page = products.fetch_products(self.reached)
        self.assertEqual([item.sku for item in page.items], ["MUG-300", "TOWEL/É-01", "", "EBOOK-1"])
        taken = products.make_product(self.reached, records.ItemChange(name="dup", sku="MUG-300"))
        self.assertEqual((taken.variant_id, taken.price), ("11", Decimal("12.50")))

    def ask_for_tax_rates(self):
        found = [(tax.code, tax.rate, tax.compound) for tax in taxes.fetch_taxes(self.reached)]
        stated = [(str(row["id"]), Decimal(row["rate"]), row["compound"]) for row in self.stated("043")]
        self.assertEqual(found, stated)

    # ------------------------------------------------------------- all the rest
    def repeat(self, exchange):
        """As our client puts it on the wire; the answer arrives to the letter, or as the error that it means."""
        parts = urlsplit(exchange.request["url"])
        reached = self.connect(*(basic(exchange) if parts.scheme == "https" else full_key()))
        path, params = parts.path.removeprefix("/wp-json/wc/v3/"), dict(parse_qsl(parts.query))
        if exchange.file in ERRORS:
            with self.assertRaises(errors.ChannelError) as caught:
                self.ask(reached, exchange, path, params)
            self.assertIs(type(caught.exception), ERRORS[exchange.file])
            self.assertEqual(caught.exception.code, exchange.response["json"]["code"])
            COUNTED["  errors of them, each what it means"] += 1
            return
        answer = self.ask(reached, exchange, path, params)
        self.assertEqual(json.loads(answer.body), exchange.response["json"])
        self.read(exchange.response["json"])

    @staticmethod
    def ask(reached, exchange, path, params):
        method = exchange.request["method"]
        if method == "GET":
            return reached.get(path, params, what="x")
        return {"POST": reached.post, "PUT": reached.put}[method](path, json.loads(exchange.request["body"]), what="x")

    def read(self, answered):
        """Every order and product of an answer is one that we understand."""
        for row in answered if isinstance(answered, list) else [answered]:
            if "order_key" in row:
                order = orders.parse_order(json.dumps(row).encode())
                self.assertEqual((order.external_id, str(order.total)), (str(row["id"]), row["total"]))
                COUNTED["  orders of them, read"] += 1
            elif "regular_price" in row:
                item = items.read_item(row)
                self.assertEqual((item.variant_id, item.sku), (str(row["id"]), (row["sku"] or "").strip()))
                COUNTED["  products of them, read"] += 1


class Strictness(unittest.TestCase):
    """The shop that all depends on notices what it should."""

    def test_what_nobody_recorded_is_a_surprise(self):
        with ReplayedShop() as shop:
            reached = client.connect({"url": shop.url, "consumer_key": full_key()[0], "consumer_secret": full_key()[1]})
            note = records.Note(key="k", order_id="30", text="Other words", to_buyer=True)
            for ask in (
                lambda: orders.fetch_order(reached, "31"),
                lambda: orders.send_note(reached, note),
                lambda: reached.get("products", {"per_page": 7}, what="x"),
            ):
                with self.assertRaises(errors.ChannelError):
                    ask()
        self.assertEqual(len(shop.surprises), 3)
        self.assertEqual(shop.used, set())


if __name__ == "__main__":
    unittest.main()
