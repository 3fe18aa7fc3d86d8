"""The root of what may be asked."""

import re

from tests.sandbox.shopify import accounts, bulk, goods, graph, papers
from tests.sandbox.shopify.node import Node, connection, gid, number

_TERM = re.compile(r"(-?)(\w+):(>=|<=)?'?([^']*?)'?$")


def root(shop):
    return Node(
        shop=lambda _info: _shop(shop),
        currentAppInstallation=lambda _info: Node(accessScopes=[Node(handle=scope) for scope in shop.scopes]),
        locations=lambda info, **page: connection([goods.location(row) for row in shop.locations.values()])(
            info, **page
        ),
        markets=lambda info, **page: connection([papers.market(row) for row in shop.markets])(info, **page),
        market=lambda _info, id: next((papers.market(row) for row in shop.markets if row["id"] == number(id)), None),
        priceList=lambda _info, id: next(
            (papers.price_list(row) for row in _listed(shop) if row["list"]["id"] == number(id)), None
        ),
        bulkOperation=lambda _info, id: bulk.state(shop, number(id)),
        productVariantsCount=lambda _info, **_more: Node(count=len(shop.variants)),
        ordersCount=lambda _info, query="", **_more: Node(count=len(_found(shop, query))),
        orders=lambda info, query="", **page: _orders(shop, info, query, page),
        order=lambda _info, id: _one(shop, id),
        node=lambda _info, id: _node(shop, id),
        nodes=lambda _info, ids: [_node(shop, one) for one in ids],
        refund=lambda _info, id: _within(shop, "refunds", id, papers.refund),
        fulfillment=lambda _info, id: _parcel(shop, id),
        fulfillmentOrder=lambda _info, id: _place(shop, id),
        productVariants=lambda info, query="", **page: _variants(shop, info, query, page),
        productByIdentifier=lambda _info, identifier: _product(shop, identifier),
        customers=lambda info, **page: connection([accounts.customer(row) for row in shop.customers.values()])(
            info, page.get("first"), page.get("after")
        ),
        discountNodes=lambda info, **page: connection([accounts.discount(row) for row in shop.discounts.values()])(
            info, page.get("first"), page.get("after")
        ),
        discountNode=lambda _info, id: accounts.discount(shop.discounts[number(id)]),
        webhookSubscriptions=lambda info, **page: connection([_hook(row) for row in shop.hooks.values()])(info, **page),
        shopifyPaymentsAccount=lambda _info: papers.payments_account(shop),
        **{"return": lambda _info, id: _return(shop, id)},
    )


def _shop(shop):
    return Node(
        id=gid("Shop", 1),
        name=f"Story {shop.name}",
        myshopifyDomain=f"{shop.name}.myshopify.com",
        currencyCode=shop.currency,
        ianaTimezone="America/New_York",
        primaryDomain=Node(url=f"https://{shop.name}.example.com"),
    )


def _orders(shop, info, query, page):
    """By their last change, as the documents ask; only the terms that they use are understood."""
    ask = connection(_found(shop, query), lambda row: graph.order(shop, row))
    return ask(info, **{k: page.get(k) for k in ("first", "after")})


def _found(shop, query):
    rows = sorted(shop.orders.values(), key=lambda row: (row["updated"], row["id"]))
    for term in filter(None, (query or "").split(" AND ")):
        said = _TERM.fullmatch(term).groups()
        rows = [row for row in rows if _fits(row, *said)]
    return rows


def _fits(row, negated, name, comparison, value):
    if name == "updated_at":
        when = graph.moment(row["updated"])
        return when >= value if comparison == ">=" else when <= value
    stated = {
        "name": row["name"],
        "source_name": row["said"].get("source", "web"),
        "status": "cancelled" if row["cancelled"] else "open",
    }[name]
    return (stated.lstrip("#") == value.lstrip("#")) != bool(negated)


def _one(shop, id):
    row = shop.orders.get(number(id))
    return graph.order(shop, row) if row else None


def _node(shop, id):
    kind = id.split("/")[3]
    if kind == "Order":
        return _one(shop, id)
    if kind == "ProductVariant":
        row = shop.variants.get(number(id))
        return goods.variant(shop, row) if row else None
    if kind == "InventoryItem":
        row = shop.by_item(number(id))
        return goods.item(shop, row) if row else None
    if kind == "Refund":
        return _within(shop, "refunds", id, papers.refund)
    if kind == "FulfillmentOrder":
        return _place(shop, id)
    if kind == "CalculatedOrder":
        return _edit(shop, number(id))
    raise AssertionError(f"The sandbox does not look for {kind}.")


def _edit(shop, edit):
    row = shop.orders[shop.edits[edit]["order"]]
    lines = [
        Node(
            id=gid("CalculatedLineItem", line["id"]),
            quantity=shop.edits[edit]["units"].get(line["id"], line["current"]),
            editableQuantity=line["current"],
        )
        for line in row["lines"]
    ]
    return Node(__typename="CalculatedOrder", id=gid("CalculatedOrder", edit), lineItems=connection(lines))


def _within(shop, name, id, make):
    for row in shop.orders.values():
        for entry in row[name]:
            if entry["id"] == number(id):
                return make(row, entry)
    return None


def _return(shop, id):
    return _within(shop, "returns", id, lambda row, entry: papers.return_(shop, row, entry))


def _parcel(shop, id):
    return _within(shop, "parcels", id, lambda row, entry: papers.parcel(shop, row, entry))


def _place(shop, id):
    return _within(shop, "places", id, lambda row, entry: graph.place(shop, row, entry))


def _variants(shop, info, query, page):
    rows = list(shop.variants.values())
    if query:
        rows = [row for row in rows if row["sku"] == _TERM.fullmatch(query)[4]]
    return connection([goods.variant(shop, row) for row in rows])(info, page.get("first"), page.get("after"))


def _listed(shop):
    return [row for row in shop.markets if row.get("list")]


def _product(shop, identifier):
    if "handle" in identifier:
        found = next((row for row in shop.products.values() if row["handle"] == identifier["handle"]), None)
    else:
        found = shop.products.get(number(identifier["id"]))
    return goods.product(found) if found else None


def _hook(row):
    return Node(
        id=gid("WebhookSubscription", row["id"]),
        topic=row["topic"],
        uri=row["uri"],
        format=row["format"],
        includeFields=row["fields"],
        apiVersion=Node(handle="2026-07"),
    )
