"""Customers and discounts, as the schema's types hold them."""

from tests.sandbox.shopify import graph
from tests.sandbox.shopify.node import Node, connection, gid


def customer(row):
    """Where the shop knows no name it shows the mail address, and knows no address to send to."""
    mail = Node(emailAddress=row["mail"], marketingState="NOT_SUBSCRIBED") if row["mail"] else None
    place = graph.ADDRESSES[row["country"]]
    first, _blank, last = row["name"].partition(" ")
    address = Node(
        {**place, "firstName": first, "lastName": last, "name": row["name"], "countryCodeV2": row["country"]}
    )
    return Node(
        id=gid("Customer", row["id"]),
        displayName=row["name"],
        createdAt=graph.moment(row["at"]),
        locale="en",
        tags=list(row.get("tags", ())),
        defaultEmailAddress=mail,
        defaultPhoneNumber=None,
        defaultAddress=None
        if "@" in row["name"]
        else Node({**address, "company": None, "address2": None, "phone": None}),
    )


def discount(row):
    codes = [Node(id=gid("DiscountRedeemCode", number), code=code) for number, code in row["codes"]]
    said = {
        **{"__typename": row["kind"], "title": row["title"], "status": row["status"]},
        **{"endsAt": graph.moment(row["ends"]), "codes": connection(codes), "customerGets": Node(value=_value(row))},
    }
    return Node(id=gid("DiscountNode", row["id"]), discount=Node(said))


def _value(row):
    value = row["value"] or {}
    if "percentage" in value:
        return Node(__typename="DiscountPercentage", percentage=value["percentage"])
    if "amount" in value:
        amount = Node(amount=value["amount"], currencyCode="USD")
        return Node(__typename="DiscountAmount", amount=amount, appliesOnEachItem=value["each"])
    return Node(__typename="DiscountOnQuantity")
