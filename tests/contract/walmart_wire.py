"""A Walmart account that remembers one order and its stock, held to Walmart's own contracts in what it is asked and in
what it answers."""

import json
import sys
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "addons" / "ecom_connector"))

from channels.walmart import client  # noqa: E402

from tests.contract import openapi, recorded  # noqa: E402
from tests.contract.openapi import said  # noqa: E402

SAMPLE = Path(client.__file__).parent / "samples" / "order.json"
FILES = (
    *("orders", "inventory", "items", "prices", "returns", "reports", "notifications", "authentication", "settings"),
)


def spec(name):
    return openapi.load(recorded.specs("walmart") / f"walmart-marketplace-{name}-openapi-original.yml")


@cache
def contracts():
    return tuple(_contracts())


def _contracts():
    for name in FILES:
        found = spec(name)
        for template in [path for path in found["paths"] if "?" in path]:
            # A path that is written with its parameter: one operation of the path alone.
            path, _mark, _query = template.partition("?")
            methods = found["paths"].pop(template)
            for method in [name for name in methods if name in openapi.METHODS]:
                known = {p.get("name") for p in methods[method].get("parameters", [])}
                if "reportVersion" not in known:
                    methods[method].setdefault("parameters", []).append(VERSION)
                found["paths"].setdefault(path, {})[method] = methods[method]
        if name == "orders":
            # What it says of one order contradicts its own example; that is what the other answers are like.
            paths = found["paths"]
            one = paths["/v3/orders/{purchaseOrderId}"]["get"]
            one["responses"] = paths["/v3/orders/{purchaseOrderId}/acknowledge"]["post"]["responses"]
        yield openapi.Contract(found)


VERSION = {"name": "reportVersion", "in": "query", "schema": {"type": "string"}}


class Account:
    def __init__(self):
        self.order = json.loads(SAMPLE.read_bytes())
        self.acknowledged = 0
        # What Walmart calls input, and what of it is sold and not shipped.
        self.stock, self.reserved = {("MUG-300", "N-1"): 5, ("TOWEL-01", "N-1"): 9, ("TOWEL-01", "N-2"): 2}, {}
        self.reserved[("MUG-300", "N-1")] = 2
        self.wire = openapi.Held(contracts(), self.answers(), {("POST", "/v3/token"): TOKEN})

    def connect(self):
        return client.connect({"client_id": "id", "client_secret": "secret"}, self.wire)

    @property
    def lines(self):
        return self.order["orderLines"]["orderLine"]

    def answers(self):
        return {
            "GET /v3/orders": lambda *_asked: self.listed([self.order]),
            "GET /v3/orders/{purchaseOrderId}": lambda *_asked: said({"order": self.order}),
            "POST /v3/orders/{purchaseOrderId}/acknowledge": self.acknowledge,
            "POST /v3/orders/{purchaseOrderId}/shipping": self.ship,
            "POST /v3/orders/{purchaseOrderId}/cancel": self.cancel,
            "POST /v3/orders/{purchaseOrderId}/refund": self.refund,
            "GET /v3/inventories/{sku}": self.nodes,
            "PUT /v3/inventories/{sku}": self.set_stock,
        }

    @staticmethod
    def listed(orders, cursor=""):
        meta = {"totalCount": len(orders), "limit": 100, **({"nextCursor": cursor} if cursor else {})}
        return said({"list": {"meta": meta, "elements": {"order": orders}}})

    # ------------------------------------------------------------------- orders
    def acknowledge(self, *_asked):
        self.acknowledged += 1
        for line in self.lines:
            for state in line["orderLineStatuses"]["orderLineStatus"]:
                state["status"] = "Acknowledged" if state["status"] == "Created" else state["status"]
        return said({"order": self.order})

    def _move(self, number, amount, state):
        """Units of a line that are open go into another state."""
        (line,) = [row for row in self.lines if row["lineNumber"] == number]
        states = line["orderLineStatuses"]["orderLineStatus"]
        (held,) = [row for row in states if row["status"] == "Acknowledged"]
        left = int(held["statusQuantity"]["amount"]) - int(amount)
        assert left >= 0, "more than there is"
        held["statusQuantity"]["amount"] = str(left)
        line["orderLineStatuses"]["orderLineStatus"] = [*(row for row in states if row is not held or left), state]

    def ship(self, request, _operation):
        for row in json.loads(request.body)["orderShipment"]["orderLines"]["orderLine"]:
            for state in row["orderLineStatuses"]["orderLineStatus"]:
                current = state.pop("currentTrackingInfo", None)
                if current:
                    self._correct(row["lineNumber"], current["trackingNumber"], state["trackingInfo"])
                else:
                    self._move(row["lineNumber"], state["statusQuantity"]["amount"], state)
        return said({"order": self.order})

    def _correct(self, number, before, tracking):
        (line,) = [row for row in self.lines if row["lineNumber"] == number]
        for state in line["orderLineStatuses"]["orderLineStatus"]:
            if state.get("trackingInfo", {}).get("trackingNumber") == before:
                state["trackingInfo"] = tracking

    def cancel(self, request, _operation):
        for row in json.loads(request.body)["orderCancellation"]["orderLines"]["orderLine"]:
            for state in row["orderLineStatuses"]["orderLineStatus"]:
                self._move(row["lineNumber"], state["statusQuantity"]["amount"], state)
        return said({"order": self.order})

    def refund(self, request, _operation):
        for row in json.loads(request.body)["orderRefund"]["orderLines"]["orderLine"]:
            (line,) = [held for held in self.lines if held["lineNumber"] == row["lineNumber"]]
            (refund,) = row["refunds"]["refund"]
            line["refund"] = {"refundId": "R2", **refund}
        return said({"order": self.order})

    # -------------------------------------------------------------------- stock
    def available(self, sku, node):
        return self.stock[sku, node] - self.reserved.get((sku, node), 0)

    def nodes(self, _request, operation):
        sku, found = operation.values[0], []
        for (held, node), quantity in self.stock.items():
            if held == sku:
                amounts = (("inputQty", quantity), ("availToSellQty", self.available(sku, node)))
                amounts = (*amounts, ("reservedQty", self.reserved.get((sku, node), 0)))
                found.append({"shipNode": node, **{n: {"unit": "EACH", "amount": a} for n, a in amounts}})
        return said({"sku": sku, "nodes": found})

    def set_stock(self, request, operation):
        sku, told = operation.values[0], []
        for row in json.loads(request.body)["inventories"]["nodes"]:
            good = row["shipNode"] in ("N-1", "N-2")
            if good:
                self.stock[sku, row["shipNode"]] = row["inputQty"]["amount"]
            error = {"code": "INVALID_SHIPNODE", "description": "Wrong ship node"}
            told.append(
                {"shipNode": row["shipNode"], "status": "Success" if good else "Failure", "errors": [error][good:]}
            )
        return said({"sku": sku, "nodes": told})


TOKEN = said({"access_token": "t", "token_type": "Bearer", "expires_in": 900})
