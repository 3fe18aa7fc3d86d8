"""An eBay that remembers: buyers buy, parcels are told, refunds and cancellations change what it shows.

What it is asked must fit eBay's own contracts, or it is a surprise; so must what it answers. It is real HTTP, all of
eBay's hosts in one. A buyer's purchase takes its units off the offer by itself, as eBay does.
"""

import json
from base64 import b64encode
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qsl, urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.contract import ebay_wire, openapi
from tests.sandbox.local_server import LocalServer

from channels.transport import Request, Response  # isort: skip

CREDENTIALS = {
    "client_id": "Odoo-App-PRD-1",
    "client_secret": "cert",
    "refresh_token": "v^1.1#r",
    "marketplace": "EBAY_DE",
    "vat": "DE 19",
}
CARRIAGE = "4.90"


class EbayStore(LocalServer):
    """`prices`: {SKU: price with VAT} of what is on offer. `age`: of an order when it is made; lists are asked for
    those that are two minutes old."""

    def __init__(self, prices, age=timedelta()):
        super().__init__()
        self.age = age
        self.prices = dict(prices)
        self.stock = dict.fromkeys(prices, 7)
        self.orders, self.parcels, self.surprises, self.asked = {}, {}, [], []
        self.contracts = ebay_wire.contracts()

    # ------------------------------------------------------------------ what people do
    def sell(self, units):
        """A buyer pays for {SKU: units}. Returns the number of the order."""
        number = f"12-{len(self.orders) + 1:05d}-00001"
        lines, total = [], 0
        for place, (sku, quantity) in enumerate(units.items(), 1):
            self.stock[sku] -= quantity
            cents = int(round(float(self.prices[sku]) * 100)) * quantity
            carriage = int(round(float(CARRIAGE) * 100)) if place == 1 else 0
            total += cents + carriage
            lines.append(self._line(f"{number}-{place}".replace("-", ""), sku, quantity, cents, carriage))
        self.orders[number] = self._order(number, lines, total, _now(self.age))
        self.parcels[number] = []
        return number

    @staticmethod
    def _line(id, sku, quantity, cents, carriage):
        return {
            "lineItemId": id,
            "legacyItemId": "110",
            "sku": sku,
            "title": sku.title(),
            "quantity": quantity,
            "lineItemCost": _money(cents),
            "total": _money(cents + carriage),
            "deliveryCost": {"shippingCost": _money(carriage)},
            "taxes": [],
            "refunds": [],
            "lineItemFulfillmentStatus": "NOT_STARTED",
        }

    @staticmethod
    def _order(number, lines, total, made):
        person = {
            "fullName": "Erika Muster",
            "contactAddress": {
                "addressLine1": "Hauptstr. 1",
                "city": "Bonn",
                "postalCode": "53111",
                "countryCode": "DE",
            },
            "email": "buyer@members.ebay.com",
        }
        paid = {
            "paymentReferenceId": f"p{number}",
            "paymentDate": made,
            "paymentStatus": "PAID",
            "amount": _money(total),
        }
        step = {"shipTo": person, "shippingServiceCode": "DE_DHLPaket"}
        return {
            "orderId": number,
            "legacyOrderId": number,
            "creationDate": made,
            "lastModifiedDate": made,
            "orderFulfillmentStatus": "NOT_STARTED",
            "orderPaymentStatus": "PAID",
            "buyer": {"username": "erika"},
            "pricingSummary": {"total": _money(total)},
            "paymentSummary": {"payments": [paid], "refunds": []},
            "cancelStatus": {"cancelState": "NONE_REQUESTED", "cancelRequests": []},
            "fulfillmentStartInstructions": [{"shippingStep": step}],
            "lineItems": lines,
        }

    def cancel(self, number):
        """The buyer's wish is fulfilled by the seller in Seller Hub: the units are on offer again."""
        self.orders[number]["cancelStatus"] = {"cancelState": "CANCELED", "cancelRequests": []}
        for line in self.orders[number]["lineItems"]:
            self.stock[line["sku"]] += line["quantity"]
        self._touch(number)

    def refund(self, number, cents):
        row = {"refundId": f"r{number}", "refundDate": _now(), "refundStatus": "REFUNDED", "amount": _money(cents)}
        self.orders[number]["paymentSummary"]["refunds"].append(row)
        self.orders[number]["orderPaymentStatus"] = "PARTIALLY_REFUNDED"
        self._touch(number)

    def tracking_numbers(self, number):
        return [parcel["shipmentTrackingNumber"] for parcel in self.parcels[number]]

    def _touch(self, number):
        self.orders[number]["lastModifiedDate"] = _now()

    # ----------------------------------------------------------------------- answering
    def answer(self, method, target, headers, body):
        if target == "/identity/v1/oauth2/token":
            return 200, {}, json.dumps({"access_token": "v^1.1#t", "expires_in": 7200}).encode()
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        request = Request(method=method, url=f"http://x{parts.path}", params=query, headers=dict(headers), body=body)
        try:
            contract = next(contract for contract in self.contracts if any(contract.fitting(request)))
            operation = contract.understand(request)
            self.asked.append(operation.name)
            answer = self._ways()[operation.name](request, operation)
            if answer.status < 400:
                operation.answered(answer)
        except (AssertionError, KeyError, StopIteration, ValueError) as error:
            self.surprises.append(f"{method} {target} {body.decode()[:200]}: {error!r}"[:600])
            return 501, {}, b"{}"
        return answer.status, dict(answer.headers), answer.body

    def _ways(self):
        return {
            "GET /order": self._list,
            "GET /order/{orderId}": self._one,
            "GET /order/{orderId}/shipping_fulfillment": self._parcels,
            "POST /order/{orderId}/shipping_fulfillment": self._ship,
            "POST /cancellation": self._cancel,
            "GET /inventory_item": self._items,
            "GET /offer": self._offers,
            "POST /bulk_update_price_quantity": self._update,
            "POST /bulk_get_inventory_item": self._read,
            "GET /topic": lambda *_asked: said({"topics": []}),
            "GET /subscription": lambda *_asked: said({"subscriptions": []}),
            "POST /signing_key": self._key,
            "GET /return/search": lambda *_asked: said({"members": [], "paginationOutput": {"totalPages": 1}}),
            "GET /payout": lambda *_asked: said({"payouts": [], "total": 0}),
        }

    def _list(self, request, _operation):
        begin, _dots, end = request.params.get("filter", "").partition("[")[2].partition("]")[0].partition("..")
        found = [row for row in self.orders.values() if begin <= row["lastModifiedDate"] <= (end or "9")]
        skip, size = int(request.params.get("offset", 0)), int(request.params["limit"])
        return said({"orders": found[skip : skip + size], "total": len(found)})

    def _one(self, _request, operation):
        order = self.orders.get(operation.values[0])
        return said(order) if order else said({"errors": [{"errorId": 32100, "message": "Invalid order ID"}]}, 404)

    def _parcels(self, _request, operation):
        return said({"fulfillments": self.parcels[operation.values[0]]})

    def _ship(self, request, operation):
        number, asked = operation.values[0], json.loads(request.body)
        tracking = asked.get("trackingNumber", "999")
        shown = {"shipmentTrackingNumber": tracking, "shippingCarrierCode": asked.get("shippingCarrierCode", "")}
        row = {"fulfillmentId": tracking, "lineItems": asked["lineItems"], "shippedDate": asked["shippedDate"], **shown}
        self.parcels[number].append(row)
        self._count(number)
        return said({}, 201, Location=f"/sell/fulfillment/v1/order/{number}/shipping_fulfillment/{tracking}")

    def _count(self, number):
        left = 0
        for line in self.orders[number]["lineItems"]:
            told = [row for parcel in self.parcels[number] for row in parcel["lineItems"]]
            sent = sum(row["quantity"] for row in told if row["lineItemId"] == line["lineItemId"])
            assert sent <= line["quantity"], "more than was ordered"
            line["lineItemFulfillmentStatus"] = "FULFILLED" if sent == line["quantity"] else "IN_PROGRESS"
            left += line["quantity"] - sent
        self.orders[number]["orderFulfillmentStatus"] = "IN_PROGRESS" if left else "FULFILLED"
        self._touch(number)

    def _cancel(self, request, _operation):
        number = json.loads(request.body)["legacyOrderId"]
        assert self.orders[number]["orderFulfillmentStatus"] == "NOT_STARTED", "it left already"
        self.cancel(number)
        return said({"cancelId": f"c{number}"})

    # -------------------------------------------------------------------- what is on offer
    def _items(self, _request, _operation):
        return said({"inventoryItems": [self._item(sku) for sku in self.stock], "total": len(self.stock)})

    def _item(self, sku):
        held = {"shipToLocationAvailability": {"quantity": self.stock[sku]}}
        return {"sku": sku, "availability": held, "product": {"title": sku.title()}}

    def _offers(self, request, _operation):
        sku = request.params["sku"]
        price = {"value": self.prices[sku], "currency": "EUR"}
        offer = {"offerId": f"o-{sku}", "sku": sku, "marketplaceId": "EBAY_DE", "status": "PUBLISHED"}
        return said({"offers": [{**offer, "pricingSummary": {"price": price}}], "total": 1})

    def _update(self, request, _operation):
        told = []
        for row in json.loads(request.body)["requests"]:
            quantity = row["shipToLocationAvailability"]["quantity"]
            assert [offer["availableQuantity"] for offer in row["offers"]] == [quantity], "item and offer differ"
            self.stock[row["sku"]] = quantity
            told += [{"sku": row["sku"], "statusCode": 200}, {"sku": row["sku"], "statusCode": 200, "offerId": "o"}]
        return said({"responses": told})

    def _read(self, request, _operation):
        skus = [row["sku"] for row in json.loads(request.body)["requests"]]
        return said({"responses": [{"sku": sku, "statusCode": 200, "inventoryItem": self._item(sku)} for sku in skus]})

    def _key(self, _request, _operation):
        form = (serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        private = b64encode(Ed25519PrivateKey.generate().private_bytes(*form)).decode()
        return said({"signingKeyId": "k", "jwe": "jwe", "privateKey": private})


def said(value, status=200, **headers) -> Response:
    return openapi.said(value, status, **headers)


def _money(cents):
    return {"value": f"{cents / 100:.2f}", "currency": "EUR"}


def _now(age=timedelta()):
    return (datetime.now(timezone.utc) - age).strftime("%Y-%m-%dT%H:%M:%S.000Z")
