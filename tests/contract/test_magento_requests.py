"""Every call our Magento 1 nouns make, in both modes, held to the WSDL that a real 1.9 gave out.

`magento_shop.py` refuses what does not fit that WSDL: in WS-I mode by the schema inside it, in encoded mode part by
part and type by type. In WS-I mode zeep, which reads the same WSDL in its own way, writes the same envelopes.
"""

import unittest
from datetime import datetime, timezone
from decimal import Decimal

import zeep
from lxml import etree

from tests.contract import recorded
from tests.contract.magento_wire import connect
from tests.sandbox.magento_shop import MagentoShop
from tests.sandbox.magento_wsdl import path
from tests.sandbox.replayed_magento import said

from channels import errors, records  # isort: skip
from channels.magento1 import (  # isort: skip
    operations,
    orders,
    prices,
    products,
    refunds,
    shipments,
    soap,
    stock,
)

COUNTED = recorded.COUNTED["Magento 1"]
DAY = datetime(2026, 11, 20, tzinfo=timezone.utc)
ORDERS = ("051", "053", "cfg-001", "cfg-003")


def setUpModule():
    recorded.folder("magento1")


class Nouns(unittest.TestCase):
    """In encoded mode, which a shop has as it is installed."""

    wsi = False

    def setUp(self):
        self.shop = MagentoShop(self.wsi).holds(*ORDERS)
        self.shop.__enter__()
        self.addCleanup(self.shop.__exit__)
        self.reached = connect(self.shop.url, self.wsi)

    def tearDown(self):
        self.assertEqual(self.shop.surprises, [])
        for operation, _values in self.shop.asked:
            COUNTED[f"calls the WSDL understands{' in WS-I mode' if self.wsi else ''}: {operation}"] += 1

    def operations(self, suffix):
        return [operation for operation, _values in self.shop.asked if operation.endswith(suffix)]

    def test_the_shop_says_who_it_is_and_which_mode_it_speaks(self):
        self.reached._wsi = None
        shop = self.reached.check()
        self.assertEqual((shop.version, shop.missing_scopes), ("1.9.4.5", ()))
        self.assertEqual([site.external_id for site in shop.sites], ["1"])
        self.assertIs(self.reached.wsi, self.wsi)

    def test_a_session_that_ran_out_is_opened_again(self):
        self.shop.calls_a_session = 2
        for _time in range(5):
            orders.fetch_order(self.reached, "100000001")
        self.assertEqual(len(self.operations("Info")), 5)

    def test_a_wrong_key_is_refused(self):
        self.reached._key = "wrong"
        with self.assertRaisesRegex(errors.Refused, "its key is wrong"):
            orders.fetch_order(self.reached, "100000001")

    def test_orders_changed_come_page_by_page_and_none_is_skipped(self):
        self.reached.page_size = 1
        found, token = [], ""
        while True:
            page = orders.fetch_orders(self.reached, DAY, token=token)
            found += [raw.external_id for raw in page.items]
            token = page.next
            if not token:
                break
        self.assertEqual(found, ["100000001", "100000003", "100000011", "100000013"])

    def test_both_ends_of_a_span_count_although_only_the_first_of_two_conditions_does(self):
        until = datetime(2026, 11, 20, 16, 12, 10, tzinfo=timezone.utc)
        page = orders.fetch_orders(self.reached, DAY, until)
        self.assertEqual([raw.external_id for raw in page.items], ["100000001"])

    def test_an_order_reads_alike_in_both_modes(self):
        order = orders.parse_order(orders.fetch_order(self.reached, "100000013").body)
        self.assertEqual(order.total, sum(line.total + line.tax_total for line in order.lines))
        self.assertEqual([line.sku for line in order.lines], ["MUG-300", "BOOK-C1", "SHIRT-BLUE", ""])

    def test_an_order_is_cancelled_once_and_a_shipped_one_is_not(self):
        wish = records.Cancellation(key="k", order_id="100000003")
        for _time in range(2):
            self.assertEqual(orders.cancel_order(self.reached, wish), "100000003")
        order = orders.parse_order(orders.fetch_order(self.reached, "100000003").body)
        self.assertEqual((order.status, [line.quantity for line in order.lines[:2]]), ("cancelled", [0, 0]))
        self.shop.holds("084")
        with self.assertRaises(errors.Rejected):
            orders.cancel_order(self.reached, records.Cancellation(key="k", order_id="100000001"))
        with self.assertRaises(errors.Gone):
            orders.cancel_order(self.reached, records.Cancellation(key="k", order_id="1"))

    def test_a_note_is_found_again_by_its_words(self):
        note = records.Note(key="k", order_id="100000001", text="In the ERP as S00042", to_buyer=True)
        self.assertIsNone(orders.find_note(self.reached, note))
        self.assertEqual(orders.send_note(self.reached, note), orders.find_note(self.reached, note))

    def test_two_parcels_of_a_configurable_and_one_more_box(self):
        self.shop.holds("cfg-013")  # paid, one of two was shipped
        line = records.ShipmentLine(line_id="17", quantity=Decimal(1))
        first = records.Shipment(key="a", order_id="100000011", lines=(line,), carrier="ups", tracking_number="1Z1")
        self.assertIsNone(shipments.find_shipment(self.reached, first))
        id = shipments.send_shipment(self.reached, first)
        self.assertEqual(shipments.send_shipment(self.reached, first), id)
        self.assertEqual(shipments.find_shipment(self.reached, first), id)
        box = records.Shipment(key="b", order_id="100000011", carrier_name="My courier", tracking_number="C2")
        self.assertEqual(shipments.send_shipment(self.reached, box), id)
        tracks = [(t.findtext("carrier_code"), t.findtext("number")) for t in self.shop.shipments[id].find("tracks")]
        self.assertEqual(tracks, [("ups", "1Z1"), ("custom", "C2")])
        self.assertEqual(len(self.operations("ShipmentCreate")), 1)
        order = orders.parse_order(orders.fetch_order(self.reached, "100000011").body)
        self.assertEqual(order.fulfilment, "fulfilled")
        corrected = records.Shipment(key="a", order_id="100000011", external_id=id, tracking_number="1Z9")
        shipments.send_shipment(self.reached, corrected)
        self.assertEqual([t.findtext("number") for t in self.shop.shipments[id].find("tracks")], ["1Z9"])
        with self.assertRaises(errors.Rejected):
            shipments.send_shipment(self.reached, records.Shipment(key="c", order_id="100000011", lines=(line,)))

    def test_a_refund_comes_to_its_amount_and_is_made_once(self):
        self.shop.holds("084")
        tax = records.Tax(code="15.5%", amount=Decimal("2.02"))
        line = records.RefundLine(external_id="", line_id="1", quantity=Decimal(1), amount=Decimal("13"), taxes=(tax,))
        refund = records.Refund(external_id="", order_id="100000001", key="r1", amount=Decimal("16.52"), lines=(line,))
        self.assertIsNone(refunds.find_refund(self.reached, refund))
        id = refunds.send_refund(self.reached, refund)
        self.assertEqual(refunds.find_refund(self.reached, refund), id)
        (raw,) = refunds.fetch_order_refunds(self.reached, "100000001")
        read = refunds.parse_refund(raw.body)
        # A tax of 4.03 on two is 2.015 on one; what the shop rounds it to is its own.
        self.assertLessEqual(abs(read.amount - refund.amount), Decimal("0.01"))
        self.assertEqual((read.order_id, [held.line_id for held in read.lines]), ("100000001", ["1"]))
        goodwill = records.Refund(external_id="", order_id="100000001", key="r2", amount=Decimal("5"))
        refunds.send_refund(self.reached, goodwill)
        order = orders.parse_order(orders.fetch_order(self.reached, "100000001").body)
        self.assertEqual([r.external_id for r in order.refunds], ["100000001", "100000002"])
        self.assertEqual(order.refunds[1].amount, Decimal(5))
        page = refunds.fetch_refunds(self.reached, DAY)
        amounts = [refunds.parse_refund(found.body).amount for found in page.items]
        self.assertEqual((len(amounts), amounts[1]), (2, Decimal("5.0000")))
        self.assertEqual({refunds.parse_refund(found.body).order_id for found in page.items}, {"100000001"})
        with self.assertRaises(errors.Rejected):
            refunds.send_refund(self.reached, records.Refund(external_id="", order_id="1", pays=True))

    def test_stock_goes_out_in_one_call_and_one_missing_product_stops_no_other(self):
        wanted = [("1", "MUG-300", 7), ("2", "TOWEL-01", 0)]
        levels = [records.StockLevel(variant_id=v, stock_id=sku, quantity=q) for v, sku, q in wanted]
        self.assertEqual([r.outcome for r in stock.push_stock(self.reached, levels)], ["applied", "applied"])
        self.assertEqual(self.operations("Update"), ["catalogInventoryStockItemMultiUpdate"])
        levels.insert(0, records.StockLevel(variant_id="9", stock_id="NOPE", quantity=3))
        results = stock.push_stock(self.reached, levels)
        self.assertEqual([r.outcome for r in results], ["rejected", "applied", "applied"])
        self.assertEqual([r.held for r in results], [None, 7, 0])

    def test_products_are_listed_over_gaps_and_configurables_are_not(self):
        self.shop.stock["FAR"] = ["900", Decimal(1)]
        found, token = [], ""
        while True:
            page = products.fetch_products(self.reached, token)
            found += [item.variant_id for item in page.items]
            token = page.next
            if not token:
                break
        self.assertEqual(found, ["1", "2", "3", "4", "5", "20", "900"])

    def test_prices_and_names_are_written_by_sku(self):
        price = records.Price(variant_id="1", stock_id="MUG-300", amount=Decimal("13.00"), offer=Decimal("9.99"))
        gone = records.Price(variant_id="9", stock_id="NOPE", amount=Decimal("1"))
        results = prices.push_prices(self.reached, [price, gone])
        self.assertEqual([bool(result.problem) for result in results], [False, True])
        self.assertEqual(self.shop.prices["MUG-300"], {"price": "13.00", "special_price": "9.99"})
        change = records.ItemChange(variant_id="1", stock_id="MUG-300", name="Mug", active=False)
        self.assertEqual([r.problem for r in products.change_products(self.reached, [change])], [""])
        self.assertEqual(self.shop.prices["MUG-300"], {"name": "Mug", "status": "2"})


class NounsInWsi(Nouns):
    wsi = True


class Zeep(unittest.TestCase):
    """Another reader of the same WSDL writes what we write."""

    SAMPLES = {
        "filters": {"complex_filter": [{"key": "updated_at", "value": {"key": "from", "value": "2026-01-01"}}]},
        "orderItemIdQtyArray": [{"order_item_id": "1", "qty": "2"}],
        "salesOrderCreditmemoData": {"qtys": [{"order_item_id": "1", "qty": "1"}], "shipping_amount": "0"},
        "catalogProductCreateEntity": {"price": "13.00"},
        "ArrayOfString": ["MUG-300", "A & B"],
        "catalogInventoryStockItemUpdateEntity": {"qty": "4", "is_in_stock": 1},
        "catalogInventoryStockItemUpdateEntityArray": [{"qty": "4", "is_in_stock": 1}, {"qty": "0"}],
        "string": "a & b",
        "int": 1,
    }

    def test_every_call_is_written_as_zeep_writes_it(self):
        written = zeep.Client(str(path(True)))
        for operation, parts in operations.PARTS.items():
            values = [self.SAMPLES[part.kind] for part in parts]
            ours = soap.call(operation, "s", values, True)
            named = {part.wsi_name or part.name: _for_zeep(value) for part, value in zip(parts, values, strict=True)}
            theirs = written.create_message(written.service, operation, sessionId="s", **named)
            with self.subTest(operation=operation):
                self.assertEqual(_plain(said(ours)), _plain(said(etree.tostring(theirs))))
            COUNTED["calls written as zeep writes them"] += 1
        self.assertEqual(COUNTED["calls written as zeep writes them"], len(operations.PARTS))


def _for_zeep(value):
    if isinstance(value, list):
        return {"complexObjectArray": [_for_zeep(row) for row in value]}
    if isinstance(value, dict):
        return {name: _for_zeep(inner) for name, inner in value.items()}
    return value


def _plain(told):
    """Numbers may be written in more than one way."""
    tag, text, attributes, inner = told
    return (
        tag,
        str(float(text)) if text.replace(".", "").isdigit() else text,
        attributes,
        [_plain(row) for row in inner],
    )


if __name__ == "__main__":
    unittest.main()
