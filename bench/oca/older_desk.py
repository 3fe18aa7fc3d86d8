"""The same shop asked in the words of the version that OCA's connector speaks: what those ask for more."""

import json
from decimal import Decimal

import graphql

from tests.sandbox.shopify import graph, queries, schema
from tests.sandbox.shopify.desk import Desk
from tests.sandbox.shopify.money import ZERO, add, times
from tests.sandbox.shopify.node import Node, connection, first_of, number
from tests.sandbox.shopify.totals import minus

VERSION = "2026-01"
TOKEN = "shpat_older"


class OlderDesk(Desk):
    """Takes calls that do not name their operation, and a token that never ends."""

    def __post_init__(self):
        keeps = self.shop.keeps_anywhere
        super().__post_init__()
        self.shop.keeps_anywhere = keeps
        # By the published rules their question costs more than a call may: nobody pays here.
        self.most, self.size, self.held = float("inf"), 1e9, 1e9
        self.tokens[TOKEN] = float("inf")

    def answer(self, path, headers, body):
        asked = json.loads(body)
        document, _errors = schema.parsed(self.version, asked["query"])
        named = {"operationName": document.definitions[0].name.value, **asked}
        return super().answer(path, headers, json.dumps(named).encode())

    def root(self, operation):
        if operation != graphql.OperationType.QUERY:
            return super().root(operation)
        root = queries.root(self.shop)
        root["order"] = lambda _info, id: _order(self.shop, self.shop.orders[number(id)])
        return root


def _order(shop, row):
    node = graph.order(shop, row)
    nothing = row["purse"].bag(ZERO)
    goods, sent = [add([_paid(line) for line in row[kind]] or [nothing]) for kind in ("lines", "shipping")]
    node.update(
        number=int(row["name"].lstrip("#")),
        currentSubtotalPriceSet=graph.bag(goods),
        currentTotalDiscountsSet=graph.bag(add([line["off"] for line in row["lines"]] or [nothing])),
        currentShippingPriceSet=graph.bag(sent),
        totalCashRoundingAdjustment=Node(paymentSet=graph.bag(nothing), refundSet=graph.bag(nothing)),
        lineItems=connection(row["lines"], lambda line: _line(row, line)),
        shippingLines=connection(row["shipping"], _shipping),
        refunds=first_of(list),
    )
    return node


def _paid(line):
    return add([line["total"], minus(line["off"])])


def _line(row, line):
    node = graph.line(row, line)
    each = times(line["total"], 1 / Decimal(line["quantity"]), row["purse"])
    node.update(
        refundableQuantity=line["current"],
        originalUnitPriceSet=graph.bag(each),
        discountedUnitPriceAfterAllDiscountsSet=graph.bag(each),
        discountedTotalSet=graph.bag(_paid(line)),
    )
    if line["variant"]:
        node["variant"]["sku"] = line["variant"]["sku"]
        node["product"]["isGiftCard"] = line["variant"]["gift_card"]
    return node


def _shipping(line):
    node = graph.shipping(line)
    node["currentDiscountedPriceSet"] = node["discountedPriceSet"]
    return node
