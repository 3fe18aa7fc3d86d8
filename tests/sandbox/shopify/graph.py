"""What the schema's types hold in this shop: every function makes one object that a document may ask for."""

from decimal import Decimal

from tests.sandbox.shopify import goods, papers, totals
from tests.sandbox.shopify.money import add, buyers
from tests.sandbox.shopify.node import Node, connection, first_of, gid

ADDRESSES = {
    "US": {
        "address1": "1 Main Street",
        "city": "Springfield",
        "zip": "62701",
        "provinceCode": "IL",
        "province": "Illinois",
    },
    "CA": {
        "address1": "2 King Street",
        "city": "Toronto",
        "zip": "M5H 1A1",
        "provinceCode": "ON",
        "province": "Ontario",
    },
    "DE": {"address1": "Hauptstr. 3", "city": "Berlin", "zip": "10115", "provinceCode": None, "province": None},
    "AT": {"address1": "Ring 4", "city": "Wien", "zip": "1010", "provinceCode": None, "province": None},
}
# What a fulfilment service was asked and did not answer yet.
UNANSWERED = ("SUBMITTED", "CANCELLATION_REQUESTED")
_FINANCIAL = ("PENDING", "PARTIALLY_PAID", "PAID")


def moment(when):
    return when.strftime("%Y-%m-%dT%H:%M:%SZ") if when else None


def bag(value):
    return Node({side: Node(money) for side, money in value.items()})


def order(shop, row):
    said, purse = row["said"], row["purse"]
    return Node(
        {
            "__typename": "Order",
            "id": gid("Order", row["id"]),
            "name": row["name"],
            "confirmationNumber": f"C{row['id']}",
            "poNumber": said.get("po"),
            "sourceName": said.get("source", "web"),
            "sourceIdentifier": None,
            "checkoutToken": f"checkout-{row['id']}",
            "createdAt": moment(row["created"]),
            "processedAt": moment(row["created"]),
            "updatedAt": moment(row["updated"]),
            "cancelledAt": moment(row["cancelled"]),
            "cancelReason": "OTHER" if row["cancelled"] else None,
            "closedAt": None,
            "confirmed": True,
            "test": bool(said.get("test")),
            "edited": row["edited"],
            "note": row["note"] or None,
            "tags": list(said.get("tags", ())),
            "email": said.get("email", f"buyer{row['id']}@example.com"),
            "phone": None,
            "customerLocale": "en",
            "currencyCode": purse.shop_currency,
            "presentmentCurrencyCode": purse.currency,
            "taxesIncluded": bool(said.get("included")),
            "taxExempt": False,
            "dutiesIncluded": False,
            "displayFinancialStatus": financial(row),
            "displayFulfillmentStatus": fulfilment(row),
            "fullyPaid": financial(row) == "PAID",
            "returnStatus": return_status(row),
            "requiresShipping": True,
            "discountCodes": list(said.get("codes", ())),
            "paymentGatewayNames": list(dict.fromkeys(entry["gateway"] for entry in row["transactions"])),
            "customAttributes": [Node(key=key, value=value) for key, value in said.get("attributes", ())],
            "localizedFields": connection([]),
            "billingAddress": address(row, "bill_to"),
            "shippingAddress": address(row, "ship_to"),
            "customer": customer(row),
            "purchasingEntity": entity(shop, row),
            "retailLocation": None,
            "publication": None,
            "staffMember": None,
            "risk": risk(said),
            "totalPriceSet": bag(add(totals.value(row, line) for line in (*row["lines"], *row["shipping"]))),
            "currentTotalPriceSet": bag(totals.current_total(row)),
            "currentTotalTaxSet": bag(totals.current_tax(row)),
            "totalTipReceivedSet": bag(purse.bag(row["tip"])),
            "totalRefundedSet": bag(add([*papers.paid_back(row), purse.bag(Decimal(0))])),
            "totalCashRoundingAdjustment": Node(paymentSet=bag(purse.bag(Decimal(0)))),
            "additionalFees": [],
            "fulfillmentsCount": Node(count=len(row["parcels"])),
            "metafield": lambda _info, namespace, key: metafield(row, namespace, key),
            "transactions": first_of(lambda: [papers.transaction(row, entry) for entry in row["transactions"]]),
            "transactionsCount": Node(count=len(row["transactions"])),
            "lineItems": connection(lambda: [line(row, entry) for entry in row["lines"]]),
            "shippingLines": connection(lambda: [shipping(entry) for entry in row["shipping"]]),
            "fulfillmentOrders": connection(lambda: [place(shop, row, entry) for entry in row["places"]]),
            "fulfillments": first_of(lambda: [papers.parcel(shop, row, entry) for entry in row["parcels"]]),
            "refunds": first_of(lambda: [papers.refund(row, entry) for entry in row["refunds"]]),
            "agreements": connection(lambda: [agreement(row, entry) for entry in [row, *row["refunds"]]]),
            "returns": connection(lambda: [papers.return_(shop, row, entry) for entry in row["returns"]]),
        }
    )


def agreement(row, entry):
    """What was agreed with the buyer: first the order, later what was given back."""
    if entry is row:
        return Node(__typename="OrderAgreement", id=gid("OrderAgreement", row["id"]))
    return Node(__typename="RefundAgreement", id=gid("RefundAgreement", entry["id"]), refund=papers.refund(row, entry))


def financial(row):
    paid, back = papers.taken(row), papers.given(row)
    if back and back >= paid:
        return "REFUNDED"
    if back:
        return "PARTIALLY_REFUNDED"
    total = buyers(totals.current_total(row))
    return _FINANCIAL[2 if paid >= total else 1 if paid else 0]


def fulfilment(row):
    left = sum(entry["left"] for place_ in row["places"] for entry in place_["lines"])
    if any(place_["status"] == "ON_HOLD" for place_ in row["places"]):
        return "ON_HOLD"
    if not row["parcels"]:
        return "UNFULFILLED"
    return "PARTIALLY_FULFILLED" if left else "FULFILLED"


def return_status(row):
    if not row["returns"]:
        return "NO_RETURN"
    return "RETURN_REQUESTED" if row["returns"][-1]["status"] == "REQUESTED" else "RETURNED"


def metafield(row, namespace, key):
    value = row["metafields"].get((namespace, key))
    return Node(value=value) if value is not None else None


def address(row, which):
    """`which`: "bill_to" or "ship_to", which may have been said when the order was placed."""
    place_ = ADDRESSES.get(row["country"], ADDRESSES["US"])
    return Node(
        {
            **place_,
            "firstName": "Ada",
            "lastName": f"Buyer{row['id']}",
            "name": f"Ada Buyer{row['id']}",
            "company": row["said"].get("company"),
            "address2": None,
            "countryCodeV2": row["country"],
            "phone": None,
            **row["said"].get(which, {}),
        }
    )


def customer(row):
    mail = Node(emailAddress=row["said"].get("email", f"buyer{row['id']}@example.com"), marketingState="SUBSCRIBED")
    return Node(
        id=gid("Customer", row["customer"]),
        displayName=f"Ada Buyer{row['id']}",
        tags=["regular"],
        locale="en",
        defaultEmailAddress=mail,
        defaultPhoneNumber=None,
    )


def entity(shop, row):
    company = row["said"].get("company")
    if not company:
        return Node(__typename="Customer")
    return Node(
        __typename="PurchasingCompany",
        company=Node(id=gid("Company", row["customer"]), name=company, externalId=None),
        location=Node(
            id=gid("CompanyLocation", row["customer"]),
            name="Head office",
            externalId=None,
            taxSettings=Node(taxRegistrationId=row["said"].get("vat")),
        ),
    )


def risk(said):
    level = said.get("risk")
    facts = [Node(description="The card's country is another one", sentiment="NEGATIVE")] if level else []
    return Node(
        recommendation="INVESTIGATE" if level else "ACCEPT",
        assessments=[Node(riskLevel=level or "LOW", facts=facts)],
    )


def taxes(entry):
    return [
        Node(
            title=title,
            rate=float(rate),
            ratePercentage=float(rate * 100),
            channelLiable=remitted,
            priceSet=bag(amount),
        )
        for title, rate, amount, remitted in entry["taxes"]
    ]


def line(row, entry):
    known = entry["variant"]
    off = [Node(allocatedAmountSet=bag(entry["off"]))] if buyers(entry["off"]) else []
    return Node(
        id=gid("LineItem", entry["id"]),
        name=entry["title"],
        title=entry["title"],
        variantTitle=None,
        sku=known["sku"] if known else None,
        quantity=entry["quantity"],
        currentQuantity=entry["current"],
        isGiftCard=bool(known and known["gift_card"]),
        requiresShipping=entry["ships"],
        taxable=entry["taxable"],
        variant=Node(id=gid("ProductVariant", known["id"]), barcode=known["barcode"] or None) if known else None,
        product=Node(id=gid("Product", known["product"])) if known else None,
        customAttributes=[],
        sellingPlan=None,
        lineItemGroup=None,
        originalTotalSet=bag(entry["total"]),
        discountAllocations=off,
        taxLines=lambda _info, **_args: taxes(entry),
        duties=[duty(*entry["duty"])] if entry.get("duty") else [],
    )


def duty(number, bag_):
    return Node(id=gid("Duty", number), price=bag(bag_), taxLines=[])


def shipping(entry):
    return Node(
        id=gid("ShippingLine", entry["id"]),
        title=entry["title"],
        code=entry["title"],
        source="shopify",
        isRemoved=False,
        originalPriceSet=bag(entry["total"]),
        discountedPriceSet=bag(entry["total"]),
        taxLines=taxes(entry),
    )


def place(shop, row, entry):
    """A fulfilment order. One on hold, cancelled or done cannot be fulfilled."""
    where = shop.locations[entry["location"]]
    asked = entry.get("request", "UNSUBMITTED")
    actions = ["CREATE_FULFILLMENT", "MOVE", "HOLD"] if entry["status"] == "OPEN" else ["RELEASE_HOLD"]
    done = entry["status"] == "OPEN" and not any(item["left"] for item in entry["lines"])
    return Node(
        __typename="FulfillmentOrder",
        id=gid("FulfillmentOrder", entry["id"]),
        order=lambda _info: order(shop, row),
        status="CLOSED" if done else entry["status"],
        requestStatus=asked,
        fulfillBy=row["said"].get("fulfil_by"),
        supportedActions=[Node(action=action) for action in actions if asked not in UNANSWERED],
        assignedLocation=Node(name=where["name"], location=goods.location(where)),
        fulfillmentHolds=[
            Node(
                id=gid("FulfillmentHold", one["id"]),
                reason=one["reason"],
                reasonNotes=one["said"],
                displayReason=one["reason"],
            )
            for one in entry["holds"]
        ],
        lineItems=connection(lambda: [to_ship(item) for item in entry["lines"]]),
        fulfillments=connection(
            lambda: [papers.parcel(shop, row, one) for one in row["parcels"] if _is_of(one, entry)]
        ),
    )


def _is_of(parcel, place_):
    """A parcel takes lines of a place."""
    lines = [item["line"]["id"] for item in place_["lines"]]
    return any(one["line"]["id"] in lines for one in parcel["lines"])


def to_ship(item):
    return Node(
        id=gid("FulfillmentOrderLineItem", item["id"]),
        remainingQuantity=item["left"],
        lineItem=Node(id=gid("LineItem", item["line"]["id"])),
    )
