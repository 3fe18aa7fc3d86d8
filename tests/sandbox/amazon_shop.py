"""An Amazon that remembers, filled with the orders, listings and accounts of Amazon's own sandbox answers.

What it is asked must fit Amazon's models, or it is a surprise; so must what it answers. It knows no order but those of
the sandbox, throttles when told to, and its access tokens end after `calls_a_token` calls.
"""

import copy
import gzip
import json
from datetime import datetime, timezone
from urllib.parse import parse_qsl

from jsonschema import ValidationError

from tests.contract import recorded
from tests.sandbox.amazon_model import Operation
from tests.sandbox.local_server import LocalServer

CREDENTIALS = {
    "seller": "A1SELLER",
    "client_id": "amzn1.client",
    "client_secret": "cs-secret",
    "refresh_token": "Atzr|r",
}
_STORE = "/store/"
US, BR, UK, JP = "ATVPDKIKX0DER", "A2Q3Y263D00KWC", "A1F83G8C2ARO7P", "A1VC38T7YXB528"


def sandbox(name):
    return json.loads((recorded.folder("amazon") / "sandbox" / f"{name}.json").read_bytes())


def orders():
    """{number: order} of all answers."""
    found = {}
    for pair in sandbox("orders_2026-01-01"):
        answer = pair.get("response") or {}
        for order in [*answer.get("orders", []), *filter(None, [answer.get("order")])]:
            found[order["orderId"]] = order
    return found


class AmazonShop(LocalServer):
    def __init__(self):
        super().__init__()
        self.surprises = []
        self.asked = []  # (method, path template) of each request that was understood
        self.orders = copy.deepcopy(orders())
        self.listings = {sku: self._listing(sku, 5) for sku in ("MUG-300", "A/B & C", "TOWEL-01")}
        self.listings["IN-FBA"] = self._listing("IN-FBA", 9, "AMAZON_NA")
        self.refunds = []  # events of Finances v0
        self.refused = {}  # {sku: why no change of it is valid}
        self.kept = {}  # {sku: what lies in Amazon's warehouses}
        self.destinations, self.subscriptions = [], {}
        self.reports = {}  # {id: (kind, created, content)}
        self.asked_for = {}  # {id: kind} of reports that are being made
        self.makes = {}  # {kind: content, None: there is nothing to report}
        self.throttled = 0
        self.calls_a_token = 1000
        self._tokens = {}

    @staticmethod
    def _listing(sku, quantity, channel="DEFAULT"):
        (found,) = (p for p in sandbox("listingsItems_2021-08-01") if (p.get("response") or {}).get("numberOfResults"))
        row = copy.deepcopy(found["response"]["items"][0])
        availability = [{"fulfillmentChannelCode": channel, "quantity": quantity}]
        return {**row, "sku": sku, "fulfillmentAvailability": availability}

    # ------------------------------------------------------------------- answering
    def answer(self, method, target, headers, body):
        if target == "/auth/o2/token":
            return self._sign_in(dict(parse_qsl(body.decode())))
        if target.startswith(_STORE):
            return self._hand_out(target.removeprefix(_STORE), headers)
        token = headers.get("x-amz-access-token")
        if self._tokens.get(token, self.calls_a_token) >= self.calls_a_token:
            words = "The access token you provided has expired."
            return self._problem(403, "Unauthorized", "Access to requested resource is denied.", words)
        self._tokens[token] += 1
        if ("/destinations" in target) != token.startswith("Atza|a"):
            return self._problem(403, "Unauthorized", "Access to requested resource is denied.")
        if self.throttled:
            self.throttled -= 1
            status, _headers, said = self._problem(429, "QuotaExceeded", "You exceeded your quota.")
            return status, {"x-amzn-RateLimit-Limit": "0.0056"}, said
        try:
            operation = Operation(method, target, body)
            self.asked.append((method, operation.template))
            name = operation.said["operationId"]
            status, answer = getattr(self, f"_{name}")(operation)
            operation.answers(answer, status)
        except (AssertionError, AttributeError, KeyError, ValidationError) as error:
            self.surprises.append(f"{method} {target} {body.decode()[:200]}: {error!r}"[:600])
            return 501, {}, b"{}"
        return status, {}, b"" if status == 204 else json.dumps(answer).encode()

    def _sign_in(self, form):
        stated = {name: value for name, value in CREDENTIALS.items() if name != "seller"}
        application = {name: stated[name] for name in ("client_id", "client_secret")}
        grantless = {**application, "grant_type": "client_credentials", "scope": "sellingpartnerapi::notifications"}
        if form not in ({"grant_type": "refresh_token", **stated}, grantless):
            said = {"error": "invalid_grant", "error_description": "The request has an invalid grant parameter"}
            return 400, {}, json.dumps(said).encode()
        token = f"Atza|{'a' if form == grantless else 's'}{len(self._tokens)}"
        self._tokens[token] = 0
        return 200, {}, json.dumps({"access_token": token, "token_type": "bearer", "expires_in": 3600}).encode()

    @staticmethod
    def _problem(status, code, message, details=""):
        return status, {}, json.dumps({"errors": [{"code": code, "message": message, "details": details}]}).encode()

    # ---------------------------------------------------------------------- orders
    def _searchOrders(self, asked):
        query = asked.query
        assert ("createdAfter" in query) != ("lastUpdatedAfter" in query), "exactly one of the two"
        low, high = query["lastUpdatedAfter"], query.get("lastUpdatedBefore", "9")
        statuses = query.get("fulfillmentStatuses", "").split(",")
        found = [
            order
            for order in self.orders.values()
            if low <= order["lastUpdatedTime"] <= high
            and order["salesChannel"]["marketplaceId"] in query["marketplaceIds"].split(",")
            and (statuses == [""] or order["fulfillment"]["fulfillmentStatus"] in statuses)
        ]
        skip, size = int(query.get("paginationToken", 0)), int(query.get("maxResultsPerPage", 100))
        answer = {"orders": found[skip : skip + size], "lastUpdatedBefore": high}
        if skip + size < len(found):
            answer["pagination"] = {"nextToken": str(skip + size)}
        return 200, answer

    def _getOrder(self, asked):
        order = self.orders.get(asked.values["orderId"])
        if order is None:
            return 404, {"errors": [{"code": "NotFound", "message": "No such order"}]}
        return 200, {"order": order}

    def _confirmShipment(self, asked):
        order, package = self.orders[asked.values["orderId"]], asked.body["packageDetail"]
        assert asked.body["marketplaceId"] == order["salesChannel"]["marketplaceId"]
        assert int(package["packageReferenceId"]) > 0
        assert package["carrierCode"] != "Other" or package["carrierName"]
        kept = [p for p in order.get("packages", []) if p["packageReferenceId"] != package["packageReferenceId"]]
        shown = {
            "packageReferenceId": package["packageReferenceId"],
            "carrier": package.get("carrierName") or package["carrierCode"],
            "trackingNumber": package["trackingNumber"],
            "shipTime": package["shipDate"],
            "packageItems": package["orderItems"],
        }
        order["packages"] = [*kept, shown]
        self._count(order)
        return 204, None

    @staticmethod
    def _count(order):
        left = 0
        for item in order["orderItems"]:
            shown = [line for package in order["packages"] for line in package.get("packageItems", [])]
            sent = sum(line["quantity"] for line in shown if line["orderItemId"] == item["orderItemId"])
            item["fulfillment"] |= {"quantityFulfilled": sent, "quantityUnfulfilled": item["quantityOrdered"] - sent}
            left += item["quantityOrdered"] - sent
        order["fulfillment"]["fulfillmentStatus"] = "PARTIALLY_SHIPPED" if left else "SHIPPED"
        order["lastUpdatedTime"] = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

    # -------------------------------------------------------------------- listings
    def _searchListingsItems(self, asked):
        wanted = asked.query.get("identifiers")
        found = [row for sku, row in sorted(self.listings.items()) if wanted is None or sku in wanted.split(",")]
        skip, size = int(asked.query.get("pageToken", 0)), int(asked.query.get("pageSize", 10))
        answer = {"numberOfResults": len(found), "items": found[skip : skip + size]}
        if skip + size < len(found):
            answer["pagination"] = {"nextToken": str(skip + size)}
        return 200, answer

    def _patchListingsItem(self, asked):
        sku = asked.values["sku"]
        tried = "mode" in asked.query
        answer = {"sku": sku, "status": "VALID" if tried else "ACCEPTED", "submissionId": "s", "issues": []}
        if sku not in self.listings:
            issue = {"code": "4000001", "message": "The SKU does not exist.", "severity": "ERROR", "categories": []}
            return 200, {**answer, "status": "INVALID", "issues": [issue]}
        if sku in self.refused:
            issue = {"code": "90220", "message": self.refused[sku], "severity": "ERROR", "categories": []}
            return 200, {**answer, "status": "INVALID", "issues": [issue]}
        for patch in [] if tried else asked.body["patches"]:
            assert patch["op"] == "merge", "replacing an attribute drops what stands beside it"
            (said,) = patch["value"]
            if patch["path"] == "/attributes/purchasable_offer":
                self.listings[sku]["offers"] = [self._offer(said)]
            if patch["path"] == "/attributes/fulfillment_availability":
                self.listings[sku]["fulfillmentAvailability"] = [
                    {"fulfillmentChannelCode": said["fulfillment_channel_code"], "quantity": said["quantity"]}
                ]
        return 200, answer

    @staticmethod
    def _offer(said):
        (price,) = said["our_price"][0]["schedule"]
        money = {"currencyCode": said["currency"], "amount": f"{price['value_with_tax']:.2f}"}
        return {"marketplaceId": said["marketplace_id"], "offerType": "B2C", "price": money}

    # --------------------------------------------------------- in its own warehouses
    def _getInventorySummaries(self, asked):
        query, rows = asked.query, sorted(self.kept.items())
        assert query["granularityId"] == query["marketplaceIds"] and query["details"] == "true"
        if query.get("nextToken") == "late":
            return 400, {"errors": [{"code": "InvalidInput", "message": "Next token is invalid"}]}
        skip = int(query.get("nextToken", 0))
        place = {"granularityType": "Marketplace", "granularityId": query["granularityId"]}
        answer = {"payload": {"granularity": place, "inventorySummaries": [row for _sku, row in rows[skip : skip + 2]]}}
        if skip + 2 < len(rows):
            answer["pagination"] = {"nextToken": str(skip + 2)}
        return 200, answer

    def keep(self, sku, fulfillable, reserved=0, shipped=0, receiving=0, announced=0):
        """So many units of it lie in Amazon's warehouses, or are on the way there."""
        details = {
            "fulfillableQuantity": fulfillable,
            "inboundWorkingQuantity": announced,
            "inboundShippedQuantity": shipped,
            "inboundReceivingQuantity": receiving,
            "reservedQuantity": {"totalReservedQuantity": reserved, "pendingCustomerOrderQuantity": reserved},
        }
        self.kept[sku] = {"sellerSku": sku, "condition": "NewItem", "inventoryDetails": details}

    # -------------------------------------------------------------------- finances
    def _listFinancialEvents(self, asked):
        query = asked.query
        low, high = query["PostedAfter"], query["PostedBefore"]
        found = [row for row in self.refunds if low <= row["PostedDate"] < high]
        skip = int(query.get("NextToken", 0))
        payload = {"FinancialEvents": {"ShipmentEventList": [], "RefundEventList": found[skip : skip + 1]}}
        if skip + 1 < len(found):
            payload["NextToken"] = str(skip + 1)
        return 200, {"payload": payload}

    # --------------------------------------------------------------- notifications
    def _getDestinations(self, asked):
        return 200, {"payload": self.destinations}

    def _createDestination(self, asked):
        made = {"name": asked.body["name"], "destinationId": f"d{len(self.destinations)}"}
        self.destinations.append({**made, "resource": asked.body["resourceSpecification"]})
        return 200, {"payload": self.destinations[-1]}

    def _getSubscription(self, asked):
        found = self.subscriptions.get(asked.values["notificationType"])
        if not found:
            return 404, {"errors": [{"code": "NotFound", "message": "Subscription does not exist"}]}
        return 200, {"payload": found}

    def _createSubscription(self, asked):
        kind = asked.values["notificationType"]
        assert kind not in self.subscriptions and asked.body["payloadVersion"] == "1.0"
        assert asked.body["destinationId"] in [row["destinationId"] for row in self.destinations]
        self.subscriptions[kind] = {**asked.body, "subscriptionId": f"s-{kind}"}
        return 200, {"payload": self.subscriptions[kind]}

    # --------------------------------------------------------------------- reports
    def _getReports(self, asked):
        query = asked.query
        if "nextToken" in query:
            assert list(query) == ["nextToken"], "the token is the only parameter"
            query = json.loads(query["nextToken"])
        kinds, skip, size = query["reportTypes"].split(","), query.get("skip", 0), int(query.get("pageSize", 10))
        found = [
            self._report(key, kind, made)
            for key, (kind, made, _content) in sorted(self.reports.items())
            if kind in kinds and query["createdSince"] <= made <= query.get("createdUntil", "9")
        ]
        answer = {"reports": found[skip : skip + size]}
        if skip + size < len(found):
            answer["nextToken"] = json.dumps({**query, "skip": skip + size})
        return 200, answer

    @staticmethod
    def _report(key, kind, made):
        shown = {"reportId": key, "reportType": kind, "createdTime": made, "processingStatus": "DONE"}
        return {**shown, "reportDocumentId": f"amzn1.spdoc.1.4.na.{key}"}

    def _createReport(self, asked):
        assert asked.body["reportType"] in self.makes, "nobody said what this report contains"
        assert asked.body["dataStartTime"] < asked.body["dataEndTime"]
        key = f"made{len(self.asked_for)}"
        self.asked_for[key] = asked.body["reportType"]
        return 202, {"reportId": key}

    def _getReport(self, asked):
        """It is made while somebody waits: asked for the first time it is in the queue, and then ready."""
        key, now = asked.values["reportId"], datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        if key in self.reports:
            kind, made, _content = self.reports[key]
            return 200, self._report(key, kind, made)
        kind = self.asked_for[key]
        shown = {"reportId": key, "reportType": kind, "createdTime": now}
        if self.makes[kind] is None:
            return 200, {**shown, "processingStatus": "CANCELLED"}
        self.reports[key] = (kind, now, self.makes[kind])
        return 200, {**shown, "processingStatus": "IN_QUEUE"}

    def _getReportDocument(self, asked):
        document = asked.values["reportDocumentId"]
        place = f"{self.url}{_STORE}{document.rpartition('.')[2]}"
        return 200, {"reportDocumentId": document, "url": place, "compressionAlgorithm": "GZIP"}

    def _hand_out(self, key, headers):
        """From a store that would refuse our access, as the real one does with two kinds at once."""
        if "x-amz-access-token" in headers:
            return 400, {}, b"<Error><Code>InvalidArgument</Code></Error>"
        return 200, {}, gzip.compress(self.reports[key][2])

    def _getMarketplaceParticipations(self, asked):
        answers = [pair.get("response") for pair in sandbox("sellers") if pair["path"] == asked.path]
        (row,) = [row for answer in answers if answer for row in answer.get("payload", [])]
        others = []
        for id, country, currency in ((BR, "BR", "BRL"), (UK, "GB", "GBP"), (JP, "JP", "JPY")):
            other = copy.deepcopy(row)
            other["marketplace"] |= {"id": id, "countryCode": country, "defaultCurrencyCode": currency}
            others.append(other)
        return 200, {"payload": [row, *others]}
