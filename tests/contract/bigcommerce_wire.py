"""A BigCommerce store that remembers an order and its papers, held to BigCommerce's own contracts in what it is asked
and in what it answers."""

import json
import sys
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "addons" / "ecom_connector"))

from channels.bigcommerce import client  # noqa: E402

from tests.contract import openapi, recorded  # noqa: E402
from tests.contract.openapi import said  # noqa: E402

SAMPLE = Path(client.__file__).parent / "samples" / "order.json"
VERSION_2 = ("orders.v2.oas2.yml", "store_information.v2.yml")
VERSION_3 = (
    *("orders.v3.yml", "inventory.v3.yml", "webhooks.v3.yml", "locations.v3.yml", "customers.v3.yml"),
    *("channels.v3.yml", "catalog/products_catalog.v3.yml", "catalog/product-variants_catalog.v3.yml"),
)


@cache
def contracts():
    return tuple(_contracts())


def _contracts():
    folder = recorded.specs("bigcommerce")
    for version, files in (("v2", VERSION_2), ("v3", VERSION_3)):
        for name in files:
            spec = openapi.load(folder / name)
            _with_variants(spec)
            yield openapi.Contract(spec, f"/stores/abc123/{version}")


def _with_variants(spec):
    """`include=variants` may be asked for, and what then comes is described nowhere but in words."""
    found = [spec["components"].get("schemas", {})]
    while found:
        node = found.pop()
        found += [
            inner for inner in (node.values() if isinstance(node, dict) else node) if isinstance(inner, dict | list)
        ]
        if isinstance(node, dict) and "base_variant_id" in node.get("properties", {}):
            node["properties"]["variants"] = {"type": "array", "items": {"type": "object"}}


def data(rows, pages=1):
    return said({"data": rows, "meta": {"pagination": {"total_pages": pages}}})


class Store:
    def __init__(self):
        self.order = json.loads(SAMPLE.read_bytes())
        self.beside = self.order.pop("ecom")
        self.shipments, self.refunds, self.stock = self.beside["shipments"], self.beside["refunds"], {}
        self.wire = openapi.Held(contracts(), self.answers())

    def connect(self):
        return client.connect({"store": "abc123", "access_token": "t"}, self.wire)

    def answers(self):
        products = self.order["consignments"]["shipping"][0]["line_items"]
        return {
            "GET /orders": lambda *_asked: said([self.order]),
            "GET /orders/{order_id}": lambda *_asked: said(self.order),
            "PUT /orders/{order_id}": self.change,
            "GET /orders/{order_id}/taxes": said(self.beside["taxes"]),
            "GET /orders/{order_id}/coupons": said(self.beside["coupons"]),
            "GET /orders/{order_id}/products": said(products),
            "GET /orders/{order_id}/shipments": self.parcels,
            "POST /orders/{order_id}/shipments": self.ship,
            "PUT /orders/{order_id}/shipments/{shipment_id}": self.correct,
            "GET /orders/{order_id}/payment_actions/refunds": lambda *_asked: data(self.refunds),
            "GET /orders/payment_actions/refunds": lambda *_asked: data(self.refunds),
            "POST /orders/{order_id}/payment_actions/refund_quotes": self.quote,
            "POST /orders/{order_id}/payment_actions/refunds": self.refund,
            "PUT /inventory/adjustments/absolute": self.adjust,
            "GET /inventory/items": self.items,
        }

    # ------------------------------------------------------------------- orders
    def change(self, request, _operation):
        self.order |= json.loads(request.body)
        return said(self.order)

    def parcels(self, *_asked):
        return said(self.shipments) if self.shipments else said(None, 204)

    def ship(self, request, _operation):
        row = {"id": 10 + len(self.shipments), "order_id": 250, **json.loads(request.body)}
        self.shipments.append(row)
        return said(row, 201)

    def correct(self, request, operation):
        (row,) = [held for held in self.shipments if str(held["id"]) == operation.values[1]]
        row |= json.loads(request.body)
        return said(row)

    # ------------------------------------------------------------------ refunds
    def quote(self, request, _operation):
        """A unit of the mug is 21.42 with tax; the towel, 11.90."""
        prices, total = {101: 21.42, 102: 11.9}, 0
        for item in json.loads(request.body)["items"]:
            total += item["amount"] if "amount" in item else prices[item["item_id"]] * item["quantity"]
        ways = [
            [{"provider_id": "stripe", "amount": round(total, 2), "offline": False}],
            [{"provider_id": "custom", "amount": round(total, 2), "offline": True}],
        ]
        return said({"data": {"order_id": 250, "total_refund_amount": round(total, 2), "refund_methods": ways}}, 201)

    def refund(self, request, _operation):
        asked = json.loads(request.body)
        items = [{k: v for k, v in item.items() if k != "amount"} for item in asked["items"]]
        row = {"id": 4 + len(self.refunds), "order_id": 250, "created": "2026-07-02T10:00:00+00:00", "items": items}
        row |= {"total_amount": sum(part["amount"] for part in asked["payments"]), "payments": asked["payments"]}
        row["reason"] = asked["items"][0]["reason"]
        self.refunds.append(row)
        return said({"data": row, "meta": {}}, 201)

    # -------------------------------------------------------------------- stock
    def adjust(self, request, _operation):
        rows = json.loads(request.body)["items"]
        if any(row["variant_id"] == 404 for row in rows):
            return said(
                {"status": 422, "title": "Unknown variant", "errors": {"variant_id": "404 does not exist"}}, 422
            )
        self.stock |= {(row["variant_id"], row["location_id"]): row["quantity"] for row in rows}
        return said({"transaction_id": "t-1"})

    def items(self, request, _operation):
        wanted = {int(id) for id in request.params["variant_id:in"].split(",")}
        return data(
            [
                {
                    "identity": {"variant_id": variant},
                    "locations": [{"location_id": place, "available_to_sell": quantity}],
                }
                for (variant, place), quantity in self.stock.items()
                if variant in wanted
            ]
        )
