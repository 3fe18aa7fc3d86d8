"""A Magento 2 that remembers an order, its stock and its papers. What it is asked and answers is held to Adobe's own
contract of 2.4.9; what it does with stock is what the source of Magento does: orders reserve, shipments take away."""

import json
import sys
from decimal import Decimal
from functools import cache
from pathlib import Path
from urllib.parse import unquote

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "addons" / "ecom_connector"))

from channels.magento2 import client  # noqa: E402

from tests.contract import openapi, recorded  # noqa: E402
from tests.contract.openapi import said  # noqa: E402

SAMPLE = Path(client.__file__).parent / "samples" / "order.json"
VERSIONS = ("2.4.6", "2.4.9")
KEYS = {"consumer_key": "ck", "consumer_secret": "cs", "access_token_secret": "ats"}


@cache
def contracts(version):
    spec = openapi.load(recorded.specs("magento2") / f"admin-schema-{version}.yaml")
    return [openapi.Contract(spec, "/rest"), openapi.Contract(spec, "/rest/all")]


# A record of a product's stock, as a shop without inventory management has it (source).
COUNTED = {"product_id": 5, "stock_id": 1, "is_in_stock": True, "is_qty_decimal": False, "min_qty": 1}
COUNTED |= {"show_default_notification_message": False, "use_config_min_qty": False, "use_config_min_sale_qty": 1}
COUNTED |= {"min_sale_qty": 1, "use_config_max_sale_qty": True, "max_sale_qty": 10000, "use_config_backorders": True}
COUNTED |= {"backorders": 0, "use_config_notify_stock_qty": True, "notify_stock_qty": 1, "qty_increments": 0}
COUNTED |= {"use_config_qty_increments": True, "use_config_enable_qty_inc": True, "enable_qty_increments": False}
COUNTED |= {"use_config_manage_stock": True, "manage_stock": True, "low_stock_date": "", "is_decimal_divided": False}
COUNTED |= {"stock_status_changed_auto": 0}


def listed(rows, total=None):
    total = len(rows) if total is None else total
    return said({"items": rows, "search_criteria": {"filter_groups": []}, "total_count": total})


class Shop:
    """`stock` {(sku, source): quantity}, `reserved` {sku: units of orders that are not shipped}."""

    def __init__(self, version=VERSIONS[-1]):
        self.order = json.loads(SAMPLE.read_bytes())
        self.stock = {("SHIRT-M", "default"): 10, ("MUG", "default"): 4, ("MUG", "west"): 6}
        self.reserved = {"SHIRT-M": 2, "MUG": 1}
        self.shipments, self.memos, self.comments = [], [], []
        self.wire = openapi.Held(contracts(version), self.answers())

    def connect(self, **credentials):
        given = {"url": "https://shop.example", "access_token": "at", **KEYS, **credentials}
        return client.connect(given, self.wire)

    def answers(self):
        return {
            "GET /V1/orders": lambda *_asked: listed([self.order]),
            "GET /V1/orders/{id}": lambda *_asked: said(self.order),
            "POST /V1/orders/{id}/cancel": self.cancel,
            "POST /V1/orders/{id}/comments": self.comment,
            "GET /V1/orders/{id}/comments": lambda *_asked: listed(self.comments),
            "POST /V1/order/{orderId}/ship": self.ship,
            "GET /V1/shipments": lambda *_asked: listed(self.shipments),
            "POST /V1/shipment/track": self.track,
            "DELETE /V1/shipment/track/{id}": self.untrack,
            "POST /V1/order/{orderId}/refund": self.refund,
            "POST /V1/invoice/{invoiceId}/refund": self.refund,
            "GET /V1/invoices": listed(
                [{"entity_id": 9, "order_id": 42, "total_qty": 5, "items": [], "transaction_id": "tx-1"}]
            ),
            "GET /V1/creditmemos": lambda *_asked: listed(self.memos),
            "GET /V1/inventory/stock-resolver/{type}/{code}": said({"stock_id": 1, "name": "Default"}),
            "GET /V1/inventory/get-sources-assigned-to-stock-ordered-by-priority/{stockId}": said(SOURCES),
            "GET /V1/inventory/sources": listed(SOURCES),
            "GET /V1/inventory/source-items": self.source_items,
            "POST /V1/inventory/source-items": self.set_stock,
            "GET /V1/inventory/export-stock-salable-qty/{salesChannelType}/{salesChannelCode}": self.salable,
        }

    def without_sources(self):
        """Inventory management (MSI) is switched off: products have a number each, and its addresses are gone."""
        gone = said({"message": "Request does not match any route."}, 404)
        self.wire.answers["GET /V1/inventory/stock-resolver/{type}/{code}"] = gone
        self.counted = {sku: {**COUNTED, "item_id": 70 + n, "qty": 4} for n, sku in enumerate(("SHIRT-M", "MUG"))}
        self.wire.answers["GET /V1/stockItems/{productSku}"] = self.stock_item
        self.wire.answers["PUT /V1/products/{productSku}/stockItems/{itemId}"] = self.set_stock_item

    # ------------------------------------------------------------------- orders
    def cancel(self, _request, _operation):
        can = self.order["state"] in ("new", "processing") and not self.memos
        if can:
            self.order["state"] = "canceled"
        return said(can)

    def comment(self, request, _operation):
        self.comments.append(json.loads(request.body)["statusHistory"])
        return said(True)

    def ship(self, request, _operation):
        asked = json.loads(request.body)
        number = 300 + len(self.shipments)
        common = {"order_id": 42, "parent_id": number, "weight": 0, "qty": 0, "description": ""}
        source = asked.get("arguments", {}).get("extension_attributes", {}).get("source_code", "default")
        for item in asked["items"]:
            (row,) = [r for r in self.order["items"] if r["item_id"] == item["order_item_id"]]
            row["qty_shipped"] += item["qty"]
            self.stock[row["sku"], source] -= item["qty"]
            self.reserved[row["sku"]] -= item["qty"]
        self.shipments.append(
            {
                "entity_id": number,
                "order_id": 42,
                "items": [],
                "tracks": [{**common, "entity_id": number + 50, **track} for track in asked.get("tracks", ())],
                "comments": [{**asked["comment"], "parent_id": number, "is_customer_notified": 0}],
            }
        )
        return said(number)

    def track(self, request, _operation):
        entity = json.loads(request.body)["entity"]
        (held,) = [row for row in self.shipments if row["entity_id"] == entity["parent_id"]]
        held["tracks"].append({**entity, "entity_id": 400 + len(held["tracks"])})
        return said(held["tracks"][-1])

    def untrack(self, _request, operation):
        for held in self.shipments:
            held["tracks"] = [t for t in held["tracks"] if str(t["entity_id"]) != operation.values[0]]
        return said(True)

    def refund(self, request, operation):
        asked = json.loads(request.body)
        number, goods = 500 + len(self.memos), []
        for item in asked["items"]:
            (row,) = [r for r in self.order["items"] if r["item_id"] == item["order_item_id"]]
            share = Decimal(item["qty"]) / row["qty_ordered"]
            goods.append(
                {
                    "entity_id": number,
                    "order_item_id": row["item_id"],
                    "qty": item["qty"],
                    "base_cost": 0,
                    "base_price": 0,
                    "row_total": float(Decimal(str(row["row_total"])) * share),
                    "tax_amount": float(Decimal(str(row["tax_amount"])) * share),
                }
            )
        arguments = asked["arguments"]
        total = sum(row["row_total"] + row["tax_amount"] for row in goods) + arguments["shipping_amount"]
        total += arguments["adjustment_positive"] - arguments["adjustment_negative"]
        self.memos.append(
            {
                "entity_id": number,
                "order_id": 42,
                "items": goods,
                "state": 2,
                "order_currency_code": "EUR",
                "grand_total": round(total, 2),
                "shipping_amount": arguments["shipping_amount"],
                "created_at": "2026-07-02 10:00:00",
                "updated_at": "2026-07-02 10:00:00",
                "transaction_id": "tx-1" if "invoice" in operation.template else "",
                "comments": [{**asked["comment"], "parent_id": number, "is_customer_notified": 0}],
            }
        )
        return said(number)

    # -------------------------------------------------------------------- stock
    def source_items(self, request, _operation):
        wanted = filtered(request).get("sku", "").split(",")
        rows = [
            {"sku": sku, "source_code": source, "quantity": quantity, "status": 1}
            for (sku, source), quantity in self.stock.items()
            if sku in wanted
        ]
        return listed(rows)

    def set_stock(self, request, _operation):
        for row in json.loads(request.body)["sourceItems"]:
            self.stock[row["sku"], row["source_code"]] = row["quantity"]
        return said([])

    def stock_item(self, _request, operation):
        held = self.counted.get(unquote(operation.values[0]))
        return said(held) if held else said({"message": "The product that was requested doesn't exist."}, 404)

    def set_stock_item(self, request, operation):
        sku, number = map(unquote, operation.values)
        if str(self.counted[sku]["item_id"]) != number:
            return said({"message": "Please correct the stock item."}, 400)
        self.counted[sku] |= json.loads(request.body)["stockItem"]
        return said(int(number))

    def salable_of(self, sku):
        return sum(q for (s, _source), q in self.stock.items() if s == sku) - self.reserved.get(sku, 0)

    def salable(self, request, _operation):
        skus = {sku for sku, _source in self.stock} & set(filtered(request).get("sku", "").split(","))
        return listed([{"sku": sku, "qty": self.salable_of(sku), "is_salable": True} for sku in sorted(skus)])


def filtered(request):
    """{field: value} of a question."""
    names = [name for name in request.params if name.endswith("[field]") and "filters" in name]
    return {request.params[n]: unquote(str(request.params[n.replace("[field]", "[value]")])) for n in names}


SOURCES = [
    {"source_code": "default", "name": "Default", "enabled": True},
    {"source_code": "west", "name": "West", "enabled": True},
]
