"""All that was asked of a real Magento 1.9 over SOAP v2, asked again over HTTP: nothing more, nothing less.

Where our nouns make a recorded request, they make it, save for orders that were refunded: of these the list of credit
memos is wanted, which nobody recorded. What they ask in another way (without a filter, with a comment)
our client puts on the wire as it was recorded: envelope by envelope to the letter, types and all, in both modes.
"""

import unittest
from decimal import Decimal

from tests.contract import recorded
from tests.contract.magento_wire import FAULTS, NEVER_ASKED, OTHER, connect, order_answers, other_exchanges, soap
from tests.sandbox.replayed_magento import ReplayedMagento, body_of, operation_of, session_of, soap_exchanges

from channels import errors, records  # isort: skip
from channels.magento1 import faults, fields, operations, orders, stock  # isort: skip

COUNTED = recorded.COUNTED["Magento 1, replayed over HTTP"]
SESSION = "0ddc9be7207b33ca085894423a2b1c2a"


def setUpModule():
    recorded.folder("magento1")


class EverythingRecorded(unittest.TestCase):
    def test_every_recorded_exchange_is_asked_and_nothing_else(self):
        with ReplayedMagento() as self.shop:
            self.ask_with_our_nouns()
            COUNTED["exchanges used by our nouns"] = len(self.shop.used)
            never = {e.file for e in self.shop.exchanges if operation_of(e) in NEVER_ASKED}
            for exchange in self.shop.exchanges:
                if exchange.file in self.shop.unused() - never:
                    with self.subTest(file=exchange.file):
                        self.repeat(exchange)
        self.assertEqual(self.shop.surprises, [])
        self.assertEqual(self.shop.unused(), never)
        self.assertLessEqual(
            {operation_of(e) for e in self.shop.exchanges} - operations.PARTS.keys() - {"login"}, NEVER_ASKED.keys()
        )
        COUNTED["exchanges used in all"] = len(self.shop.used)
        self.count_exceptions(never)

    def count_exceptions(self, never):
        for exchange in self.shop.exchanges:
            if exchange.file in never:
                COUNTED[f"expected exception {exchange.file}: {NEVER_ASKED[operation_of(exchange)]}"] = 1
        for exchange in other_exchanges():
            COUNTED[f"expected exception {exchange.file}: {OTHER}"] = 1

    def ask_with_our_nouns(self):
        reached = connect(self.shop.url)  # signs in by itself, as it was recorded
        states = [orders.parse_order(orders.fetch_order(reached, "100000001").body) for _time in range(3)]
        self.assertEqual([order.fulfilment for order in states], ["open", "partial", "fulfilled"])
        self.assertEqual([order.payment for order in states], ["unpaid", "paid", "paid"])
        self.assertEqual(sorted(order.version for order in states), [order.version for order in states])
        self.assertIsNone(orders.find_order(reached, "#999999999"))
        for number, total in (("100000003", "66.9100"), ("100000005", "204.8300")):
            self.assertEqual(orders.parse_order(orders.find_order(reached, number).body).total, Decimal(total))
        wanted = [
            records.StockLevel(variant_id="x", stock_id=sku, quantity=0) for sku in ("MUG-300", "TOWEL-01", "NOPE")
        ]
        self.assertEqual(stock.read_stock(reached, wanted), {("x", ""): 13})
        self.assertEqual(orders.cancel_order(reached, records.Cancellation(key="k", order_id="100000007")), "100000007")
        self.in_ws_i()

    def in_ws_i(self):
        reached = connect(self.shop.url, wsi=True)
        wanted = [records.StockLevel(variant_id=sku, quantity=0) for sku in ("MUG-300", "BOOK-C1")]
        self.assertEqual(stock.read_stock(reached, wanted), {("MUG-300", ""): 56, ("BOOK-C1", ""): 67})
        self.assertIsNone(orders.find_order(reached, "nope"))

    # ------------------------------------------------------------- all the rest
    def repeat(self, exchange):
        wsi, operation = exchange.request["headers"]["SOAPAction"] == '""', operation_of(exchange)
        reached = connect(self.shop.url, wsi, session_of(exchange) or "")
        values = [value_of(part) for part in body_of(exchange.request["body"].encode())[1:]]
        if exchange.file in FAULTS:
            with self.assertRaises(FAULTS[exchange.file]) as caught:
                reached.ask(operation, *values, what="x")
            self.assertIs(type(caught.exception), FAULTS[exchange.file])
            return
        self.assertEqual(reached.ask(operation, *values, what="x"), exchange.answer)


def value_of(part):
    """What our client is given to write this part: text, a list, a record, or nothing."""
    if part.get("{http://www.w3.org/2001/XMLSchema-instance}nil"):
        return None
    inner = list(part)
    is_list = any("arrayType" in name for name in part.attrib) or {row.tag for row in inner} == {"complexObjectArray"}
    if is_list:
        return [value_of(row) for row in inner]
    return {row.tag: value_of(row) for row in inner} if inner else (part.text or "")


class RecordedOrders(unittest.TestCase):
    def test_every_order_adds_up_to_the_cent(self):
        for file, answer in order_answers():
            with self.subTest(file=file):
                order, row = orders.parse_order(answer), soap.result(answer)
                self.assertEqual(str(order.total), fields.text(row, "grand_total"))
                self.assertEqual(str(order.tax_total), fields.text(row, "tax_amount"))
                self.assertEqual(sum(line.total + line.tax_total for line in order.lines), order.total)
                self.assertEqual(sum(tax.amount for tax in order.tax_totals), order.tax_total)
                self.assertEqual(sum(line.discount for line in order.lines), -fields.number(row, "discount_amount"))
                COUNTED["orders parsed: total, taxes and discounts exact"] += 1
        self.assertEqual(COUNTED["orders parsed: total, taxes and discounts exact"], 13)

    def test_a_configurable_is_one_line_of_the_product_that_was_sold(self):
        (answer,) = [answer for file, answer in order_answers() if file.startswith("cfg-001")]
        (shirt, shipping) = orders.parse_order(answer).lines
        self.assertEqual((shirt.external_id, shirt.variant_id, shirt.sku), ("17", "20", "SHIRT-RED"))
        self.assertEqual((shirt.quantity, shirt.total), (2, Decimal("83.0000")))
        self.assertEqual(shipping.total, Decimal("15.0000"))


class RecordedFaults(unittest.TestCase):
    def test_every_recorded_fault_says_what_to_do_next(self):
        seen = set()
        for exchange in soap_exchanges():
            try:
                soap.result(exchange.answer)
            except soap.Fault as fault:
                seen.add(exchange.file)
                error = faults.error_of(fault, operation_of(exchange), what="x", writes=True)
                self.assertIs(type(error), FAULTS[exchange.file], exchange.file)
                self.assertIn(fault.words, str(error))
                COUNTED["faults mapped"] += 1
        self.assertEqual(seen, set(FAULTS))


class Strictness(unittest.TestCase):
    def test_what_nobody_recorded_is_a_surprise(self):
        with ReplayedMagento() as shop:
            reached = connect(shop.url, session=SESSION)
            for ask in (
                lambda: orders.fetch_order(reached, "100000002"),
                lambda: orders.fetch_orders(reached, None),
                lambda: connect(shop.url, session="x").call("magentoInfo", what="x"),
            ):
                with self.assertRaises(errors.ChannelError):
                    ask()
        self.assertEqual(len(shop.surprises), 3)
        self.assertEqual(shop.used, set())


if __name__ == "__main__":
    unittest.main()
