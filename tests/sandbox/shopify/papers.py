"""Objects of the schema that come after a sale: transactions, refunds, returns, parcels, payouts, markets."""

from decimal import Decimal

from tests.sandbox.shopify import goods, graph
from tests.sandbox.shopify.money import ZERO, buyers, money
from tests.sandbox.shopify.node import Node, connection, first_of, gid


def taken(row):
    """What the buyer paid, in his currency."""
    return sum((buyers(entry["bag"]) for entry in row["transactions"] if _counts(entry, "SALE")), ZERO)


def given(row):
    return sum((buyers(entry["bag"]) for entry in row["transactions"] if _counts(entry, "REFUND")), ZERO)


def paid_back(row):
    return [entry["bag"] for entry in row["transactions"] if _counts(entry, "REFUND")]


def _counts(entry, kind):
    return entry["kind"] == kind and entry["status"] == "SUCCESS"


def transaction(row, entry):
    left = buyers(entry["bag"]) - given(row) if entry["kind"] == "SALE" else ZERO
    parent = entry["parent"]
    return Node(
        id=gid("OrderTransaction", entry["id"]),
        kind=entry["kind"],
        status=entry["status"],
        gateway=entry["gateway"],
        formattedGateway=entry["gateway"].replace("_", " ").title(),
        manualPaymentGateway=entry["gateway"] == "manual",
        test=False,
        createdAt=graph.moment(entry["at"]),
        processedAt=graph.moment(entry["at"]),
        paymentId=f"pay-{entry['id']}",
        amountSet=graph.bag(entry["bag"]),
        amountRoundingSet=None,
        maximumRefundableV2=Node(money(max(left, ZERO), row["purse"].currency)),
        parentTransaction=Node(id=gid("OrderTransaction", parent["id"])) if parent else None,
    )


def refund(row, entry):
    back = [one["bag"] for one in entry["transactions"] if one["status"] == "SUCCESS"]
    total = sum((buyers(one) for one in back), ZERO)
    return Node(
        {
            "__typename": "Refund",
            "id": gid("Refund", entry["id"]),
            "createdAt": graph.moment(entry["at"]),
            "processedAt": graph.moment(entry["at"]),
            "updatedAt": graph.moment(entry["at"]),
            "note": entry["note"] or None,
            "totalRefundedSet": graph.bag(row["purse"].bag(total)),
            "duties": [],
            "return": Node(id=gid("Return", entry["return"]["id"])) if entry["return"] else None,
            "refundLineItems": connection([_refund_line(one) for one in entry["lines"]]),
            "refundShippingLines": connection([_refund_shipping(one) for one in entry["shipping"]]),
            "transactions": connection([transaction(row, one) for one in entry["transactions"]]),
        }
    )


def _refund_line(one):
    return Node(
        id=gid("RefundLineItem", one["id"]),
        quantity=one["units"],
        restockType=one["restock"],
        restocked=one["restock"] != "NO_RESTOCK",
        location=None,
        lineItem=Node(id=gid("LineItem", one["line"]["id"])),
        subtotalSet=graph.bag(one["subtotal"]),
        totalTaxSet=graph.bag(one["tax"]),
    )


def _refund_shipping(one):
    return Node(
        id=gid("RefundShippingLine", one["id"]),
        shippingLine=Node(id=gid("ShippingLine", one["line"]["id"])),
        subtotalAmountSet=graph.bag(one["subtotal"]),
        taxAmountSet=graph.bag(one["tax"]),
    )


def return_(shop, row, entry):
    return Node(
        {
            "__typename": "Return",
            "id": gid("Return", entry["id"]),
            "name": entry["name"],
            "status": entry["status"],
            "createdAt": graph.moment(entry["at"]),
            "closedAt": graph.moment(entry["at"]) if entry["status"] == "CLOSED" else None,
            "requestApprovedAt": None,
            "decline": None,
            "reverseFulfillmentOrders": connection([_reverse(entry)] if entry["status"] != "REQUESTED" else []),
            "order": Node(id=gid("Order", row["id"]), updatedAt=graph.moment(row["updated"])),
            "returnShippingFees": [_fee("ReturnShippingFee", *fee) for fee in entry.get("shipping", ())],
            "returnLineItems": connection([_return_line(shop, entry, *one) for one in entry["lines"]]),
            "exchangeLineItems": connection([_exchange_line(*one) for one in entry["exchange"]]),
        }
    )


def _return_line(shop, entry, line, units):
    done = units if entry["status"] == "CLOSED" else entry.get("processed", {}).get(line["id"], 0)
    return Node(
        __typename="ReturnLineItem",
        id=gid("ReturnLineItem", line["id"]),
        quantity=units,
        processedQuantity=done,
        refundedQuantity=done,
        customerNote=entry.get("reason"),
        returnReasonNote="",
        returnReasonDefinition=Node(name="Size"),
        fulfillmentLineItem=Node(
            id=gid("FulfillmentLineItem", line["id"]), lineItem=Node(id=gid("LineItem", line["id"]))
        ),
        withCodeDiscountedTotalPriceSet=graph.bag(line["total"]),
        restockingFee=_fee("RestockingFee", *entry["restocking"]) if entry.get("restocking") else None,
    )


def _fee(kind, number, bag):
    return Node(id=gid(kind, number), amountSet=graph.bag(bag))


def _reverse(entry):
    """What waits to be looked at; its lines are there once the return was agreed to."""
    lines = [
        Node(
            id=gid("ReverseFulfillmentOrderLineItem", line["id"]),
            totalQuantity=units,
            fulfillmentLineItem=Node(id=gid("FulfillmentLineItem", line["id"])),
        )
        for line, units in entry["lines"]
    ]
    return Node(id=gid("ReverseFulfillmentOrder", entry["id"]), status="OPEN", lineItems=connection(lines))


def _exchange_line(number, line, units):
    return Node(
        id=gid("ExchangeLineItem", number),
        quantity=units,
        variantId=gid("ProductVariant", line["variant"]["id"]),
        lineItems=[Node(id=gid("LineItem", line["id"]))],
    )


def parcel(shop, row, entry):
    tracking = [Node(company=entry["company"], number=one, url=None) for one in entry["numbers"]] or (
        [Node(company=entry["company"], number=None, url=None)] if entry["company"] else []
    )
    return Node(
        id=gid("Fulfillment", entry["id"]),
        status=entry["status"],
        createdAt=graph.moment(entry["at"]),
        location=goods.location(shop.locations[entry["location"]]),
        trackingInfo=first_of(tracking),
        fulfillmentLineItems=connection(
            [
                Node(
                    id=gid("FulfillmentLineItem", one["line"]["id"]),
                    quantity=one["units"],
                    lineItem=Node(id=gid("LineItem", one["line"]["id"])),
                )
                for one in entry["lines"]
            ]
        ),
    )


def market(row):
    regions = [
        Node(__typename="MarketRegionCountry", id=gid("MarketRegionCountry", index), name=code, code=code)
        for index, code in enumerate(row["countries"], 1)
    ]
    return Node(
        id=gid("Market", row["id"]),
        name=row["name"],
        handle=row["name"].lower(),
        status="ACTIVE",
        type="REGION",
        currencySettings=Node(baseCurrency=Node(currencyCode=row["currency"])),
        catalogs=connection([_catalog(row)] if row.get("list") else []),
        conditions=Node(regionsCondition=Node(regions=connection(regions))),
    )


def _catalog(row):
    shown = Node(id=gid("PriceList", row["list"]["id"]), currency=row["currency"])
    return Node(id=gid("MarketCatalog", row["list"]["catalog"]), status="ACTIVE", priceList=shown)


def price_list(row):
    """Only its fixed prices are played."""
    found = [fixed_price(row, variant) for variant in row["list"]["fixed"]]
    return Node(id=gid("PriceList", row["list"]["id"]), prices=connection(found))


def fixed_price(row, variant):
    price, before = row["list"]["fixed"][variant]
    return Node(
        price=Node(money(price, row["currency"])),
        compareAtPrice=None if before is None else Node(money(before, row["currency"])),
        variant=Node(id=gid("ProductVariant", variant)),
    )


def payments_account(shop):
    def lines(_info, query="", **page):
        wanted = int(query.rpartition(":")[2])
        (found,) = [payout for payout in shop.payouts if payout["id"] == wanted]
        return connection([_balance_line(found, one) for one in found["lines"]])(_info, **page)

    return Node(
        id=gid("ShopifyPaymentsAccount", 1),
        payouts=connection([_payout(shop, one) for one in shop.payouts]),
        balanceTransactions=lines,
    )


def _payout(shop, row):
    net = sum((one["amount"] - one["fee"] for one in row["lines"]), ZERO)
    return Node(
        id=gid("ShopifyPaymentsPayout", row["id"]),
        legacyResourceId=str(row["id"]),
        issuedAt=graph.moment(row["at"]),
        status=row["status"],
        transactionType="WITHDRAWAL" if net < 0 else "DEPOSIT",
        externalTraceId=None,
        net=Node(money(net, shop.currency)),
    )


def _balance_line(payout, one):
    currency = one["entry"]["bag"]["shopMoney"]["currencyCode"]
    amounts = {"amount": one["amount"], "fee": one["fee"], "net": one["amount"] - one["fee"]}
    return Node(
        {
            "id": gid("ShopifyPaymentsBalanceTransaction", one["id"]),
            "type": one["type"],
            "test": False,
            "transactionDate": graph.moment(one["at"]),
            "sourceId": str(one["id"]),
            "sourceType": "REFUND" if one["type"] == "REFUND" else "CHARGE",
            "sourceOrderTransactionId": str(one["entry"]["id"]),
            "adjustmentReason": None,
            "associatedOrder": Node(id=gid("Order", one["order"]["id"]), name=one["order"]["name"]),
            "associatedPayout": Node(id=gid("ShopifyPaymentsPayout", payout["id"]), status="PAID"),
            **{name: Node(money(Decimal(value), currency)) for name, value in amounts.items()},
        }
    )
