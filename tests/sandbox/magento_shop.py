"""A Magento 1.9 that remembers, over SOAP v2 in either mode, filled with the orders a real one was recorded saying.

What it is asked must fit the real server's WSDL, or it is a surprise. Known tricks of the real one are kept: of two
conditions on one field only the first counts, unless its name is in other letters; faults come with 200; a session runs
out after `calls_a_session` calls; a configurable is shipped and refunded by its first line.
"""

import copy
import re
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from urllib.parse import urlsplit

from lxml import etree

from tests.sandbox.local_server import LocalServer
from tests.sandbox.magento_rows import listed, listed_records, passes, product, record, said, value_of
from tests.sandbox.magento_wsdl import Description, path
from tests.sandbox.replayed_magento import PATH, XML, soap_exchanges

SOAP, MAGENTO = "{http://schemas.xmlsoap.org/soap/envelope/}", "{urn:Magento}"
USER, KEY = "odoo", "odoo-api-key-1"
STOCK = {"MUG-300": "1", "TOWEL-01": "2", "BOOK-C1": "3", "CHEAP": "4", "SKU WITH SPACE/&": "5", "SHIRT-RED": "20"}
CARRIERS = {"custom": "Custom Value", "ups": "United Parcel Service", "usps": "United States Postal Service"}


class Fault(Exception):
    def __init__(self, code, words):
        super().__init__(words)
        self.code, self.words = code, words


class MagentoShop(LocalServer):
    def __init__(self, wsi=False):
        super().__init__()
        self.wsi = wsi
        self.description = Description(wsi)
        self.surprises = []
        self.asked = []  # (operation, values) of each call that was understood
        self.calls_a_session = 1000
        self._sessions = {}
        self.orders, self.shipments, self.memos = {}, {}, {}
        self.stock = {sku: [id, Decimal(10)] for sku, id in STOCK.items()}
        self.prices = {}
        self._moment = datetime(2026, 11, 20, 17, 0, tzinfo=timezone.utc)

    def holds(self, *files):
        """Orders stand as these recordings say, the last of each counts."""
        for exchange in soap_exchanges():
            if exchange.file.startswith(files):
                row = etree.fromstring(exchange.answer)[0][0][0]
                self.orders[row.findtext("increment_id")] = row
        return self

    # -------------------------------------------------------------------- answering
    def answer(self, method, target, headers, body):
        if method == "GET" and urlsplit(target).query == "wsdl=1":
            return 200, {"Content-Type": XML}, path(self.wsi).read_bytes()
        asked = etree.fromstring(body)[0][0]
        problem = self.description.problem(asked)
        operation = etree.QName(asked).localname.removesuffix("RequestParam").removesuffix("Param")
        if method != "POST" or urlsplit(target).path != PATH or problem:
            self.surprises.append(f"{operation}: {problem}")
            return 501, {"Content-Type": XML}, b""
        values = [value_of(part) for part in asked]
        try:
            result = self._login(*values) if operation == "login" else self._called(operation, *values)
        except Fault as fault:
            fault_said = f"<f><faultcode>{fault.code}</faultcode><faultstring>{fault.words}</faultstring></f>"
            row = etree.fromstring(fault_said)
            row.tag = f"{SOAP}Fault"
            return self._envelope(row)
        flaw = self.description.flaw(operation, result)
        if flaw:
            self.surprises.append(f"the answer to {operation}: {flaw}")
        row = etree.Element(f"{MAGENTO}{operation}Response{'Param' if self.wsi else ''}")
        row.append(result)
        return self._envelope(row)

    def _envelope(self, row):
        if self.wsi:
            for listed in row.iter("item"):
                listed.tag = "complexObjectArray"
        root = etree.Element(f"{SOAP}Envelope")
        etree.SubElement(root, f"{SOAP}Body").append(row)
        return 200, {"Content-Type": XML}, etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    def _login(self, user, key):
        if (user, key) != (USER, KEY):
            raise Fault("2", "Access denied.")
        session = f"session-{len(self._sessions)}"
        self._sessions[session] = 0
        return said(session)

    def _called(self, operation, session, *values):
        if session not in self._sessions or self._sessions[session] >= self.calls_a_session:
            raise Fault("5", "Session expired. Try to relogin.")
        self._sessions[session] += 1
        self.asked.append((operation, values))
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", operation).lower()
        return getattr(self, f"_{name}")(*values)

    # ----------------------------------------------------------------------- orders
    def _store_list(self):
        place = {"website_id": "1", "group_id": "1", "sort_order": "0", "is_active": "1"}
        return listed_records([{"store_id": "1", "code": "default", "name": "Default Store View", **place}])

    def _magento_info(self):
        return record({"magento_version": "1.9.4.5", "magento_edition": "Community"})

    def _sales_order_list(self, filters=None):
        """An order in a list has no lines, addresses and history."""
        found = [copy.deepcopy(row) for row in self.orders.values() if passes(row, filters)]
        for inner in [inner for row in found for inner in row if len(inner)]:
            inner.getparent().remove(inner)
        return listed(found)

    def _sales_order_info(self, number):
        if number not in self.orders:
            raise Fault("100", "Requested order not exists.")
        return copy.deepcopy(self.orders[number])

    def _sales_order_cancel(self, number):
        self._sales_order_info(number)
        if self.orders[number].findtext("state") not in ("new", "pending_payment"):
            raise Fault("103", "Order status not changed. Details in error message.")
        for item in self.orders[number].iterfind("items/item"):
            item.find("qty_canceled").text = item.findtext("qty_ordered")
        self._change(number, "canceled", "canceled")
        return said("1")

    def _sales_order_add_comment(self, number, status, comment, notify):
        self._sales_order_info(number)
        self._change(number, self.orders[number].findtext("state"), status, comment)
        return said("1")

    def _change(self, number, state, status, comment=""):
        order = self.orders[number]
        self._moment += timedelta(seconds=1)
        order.find("updated_at").text = f"{self._moment:%Y-%m-%d %H:%M:%S}"
        order.find("state").text, order.find("status").text = state, status
        order.find("status_history").insert(0, record({"status": status, "comment": comment}, "item"))

    # -------------------------------------------------------------------- shipments
    def _sales_order_shipment_get_carriers(self, number):
        return listed_records([{"key": code, "value": name} for code, name in CARRIERS.items()])

    def _sales_order_shipment_list(self, filters=None):
        return listed(copy.deepcopy(row) for row in self.shipments.values() if passes(row, filters))

    def _sales_order_shipment_info(self, number):
        if number not in self.shipments:
            raise Fault("100", "Requested shipment not exists.")
        return copy.deepcopy(self.shipments[number])

    def _sales_order_shipment_create(self, number, items, comment=None, email=None, include=None):
        order = self._count(number, items, "qty_shipped", "qty_ordered", "102")
        made = {"increment_id": str(100000001 + len(self.shipments)), "order_id": order.findtext("order_id")}
        row = self.shipments[made["increment_id"]] = record(made)
        packed = [{"order_item_id": wish["order_item_id"], "qty": wish["qty"]} for wish in items]
        etree.SubElement(row, "items").extend(record(wish, "item") for wish in packed)
        etree.SubElement(row, "tracks")
        etree.SubElement(row, "comments").append(record({"comment": comment or ""}, "item"))
        goods = [item for item in order.iterfind("items/item") if Decimal(item.findtext("price") or 0)]
        done = all(Decimal(item.findtext("qty_shipped")) >= Decimal(item.findtext("qty_ordered")) for item in goods)
        paid = order.findtext("total_paid") is not None
        self._change(number, *(("complete", "complete") if done and paid else ("processing", "processing")))
        return said(made["increment_id"], "shipmentIncrementId")

    def _count(self, number, items, field, limit, fault):
        self._sales_order_info(number)
        order = self.orders[number]
        by_id = {item.findtext("item_id"): item for item in order.iterfind("items/item")}
        for wish in items:
            item = by_id[str(wish["order_item_id"])]
            counted = Decimal(item.findtext(field)) + Decimal(wish["qty"])
            if counted > Decimal(item.findtext(limit)):
                raise Fault(fault, "Cannot do this for order.")
            item.find(field).text = f"{counted:.4f}"
        return order

    def _sales_order_shipment_add_track(self, number, carrier, title, track):
        self._sales_order_shipment_info(number)
        assert carrier in CARRIERS
        tracks = self.shipments[number].find("tracks")
        tracks.append(
            record({"carrier_code": carrier, "title": title, "number": track, "track_id": str(len(tracks) + 1)}, "item")
        )
        return said(str(len(tracks)))

    def _sales_order_shipment_remove_track(self, number, track):
        tracks = self.shipments[number].find("tracks")
        tracks.remove(next(row for row in tracks if row.findtext("track_id") == track))
        return said("1")

    # ---------------------------------------------------------------------- refunds
    def _sales_order_creditmemo_list(self, filters=None):
        return listed(copy.deepcopy(row) for row in self.memos.values() if passes(row, filters))

    def _sales_order_creditmemo_info(self, number):
        return copy.deepcopy(self.memos[number])

    def _sales_order_creditmemo_create(self, number, data=None, comment="", notify=None, include=None, credit=None):
        order = self._count(number, data["qtys"], "qty_refunded", "qty_ordered", "102")
        self._change(number, order.findtext("state"), order.findtext("status"))
        up, down, shipping = (
            Decimal(data[name]) for name in ("adjustment_positive", "adjustment_negative", "shipping_amount")
        )
        lines, total = [], up - down + shipping
        for wish in data["qtys"]:
            (item,) = [
                row for row in order.iterfind("items/item") if row.findtext("item_id") == str(wish["order_item_id"])
            ]
            share = Decimal(wish["qty"]) / Decimal(item.findtext("qty_ordered"))
            row, tax = (round(Decimal(item.findtext(name)) * share, 2) for name in ("row_total", "tax_amount"))
            total += row + tax
            values = {"order_item_id": item.findtext("item_id"), "qty": wish["qty"]}
            lines.append(record({**values, "row_total": str(row), "tax_amount": str(tax)}, "item"))
        if order.find("total_refunded") is None:
            etree.SubElement(order, "total_refunded").text = "0"
        order.find("total_refunded").text = f"{Decimal(order.findtext('total_refunded')) + total:.4f}"
        made = {"increment_id": str(100000001 + len(self.memos)), "order_id": order.findtext("order_id")}
        made |= {"created_at": order.findtext("updated_at"), "updated_at": order.findtext("updated_at")}
        made |= {"grand_total": f"{total:.4f}", "shipping_amount": str(shipping), "order_currency_code": "USD"}
        memo = self.memos[made["increment_id"]] = record(made)
        etree.SubElement(memo, "items").extend(lines)
        etree.SubElement(memo, "comments").append(record({"comment": comment or ""}, "item"))
        return said(made["increment_id"])

    # ---------------------------------------------------------------------- catalog
    def _catalog_product_list(self, filters=None, store=None):
        rows = [product(id, sku, sku, "simple") for sku, (id, _q) in self.stock.items()]
        rows.append(product("21", "SHIRT", "Shirt", "configurable"))
        return listed(row for row in rows if passes(row, filters))

    def _catalog_product_update(self, sku, data, store=None, kind=None):
        if kind is None:  # in WS-I mode the store may be left out
            kind = store
        if kind != "sku" or sku not in self.stock:
            raise Fault("101", "Product not exists.")
        self.prices[sku] = data
        return said("1")

    def _catalog_inventory_stock_item_list(self, skus):
        known = [(sku, *self.stock[sku]) for sku in skus if sku in self.stock]
        return listed_records([{"product_id": id, "sku": sku, "qty": f"{quantity:.4f}"} for sku, id, quantity in known])

    def _catalog_inventory_stock_item_update(self, sku, data):
        if sku not in self.stock:
            raise Fault("101", "Product not exists.")
        self.stock[sku][1] = Decimal(data["qty"])
        return said("1")

    def _catalog_inventory_stock_item_multi_update(self, skus, data):
        for sku, row in zip(skus, data, strict=True):
            self._catalog_inventory_stock_item_update(sku, row)
        return said("1")
