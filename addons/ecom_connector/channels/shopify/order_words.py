"""What an order says of itself in words: its other names, its kind, what the buyer chose and wrote."""

from collections.abc import Iterator, Mapping
from typing import Any

from . import fields, ids, order_people, order_state

_GIFT = ("gift message", "gift note", "gift card message")
_DELIVERY = ("delivery instructions", "delivery note", "delivery notes")


def read_kinds(row: Mapping[str, Any]) -> tuple[str, ...]:
    source = fields.text(row.get("sourceName")).casefold()
    kinds = ["wholesale"] if order_people.is_company(row) else []
    if source.startswith("subscription_contract"):
        kinds.append("subscription")
    return tuple(kinds)


def read_attributes(row: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes of the cart. Themes keep the gift message and words for the carrier among them."""
    found: dict[str, Any] = {"gift_message": "", "delivery_note": ""}
    others = []
    for name, value in fields.pairs(row.get("customAttributes")):
        plain = name.casefold().replace("_", " ").replace("-", " ")
        kind = "gift_message" if plain in _GIFT else "delivery_note" if plain in _DELIVERY else ""
        if kind and not found[kind]:
            found[kind] = value
        else:
            others.append((name, value))
    return {**found, "attributes": tuple(others)}


def read_methods(row: Mapping[str, Any]) -> dict[str, str]:
    """The way of shipping and of paying that the order goes by: the first of each."""
    shipping = next((line for line in fields.rows(row.get("shippingLines")) if line.get("isRemoved") is not True), {})
    gateways = fields.words(row.get("paymentGatewayNames"))
    gateway = next((name for name in gateways if name not in ("gift_card", "shopify_store_credit")), "")
    return {
        "shipping_method": shipping_method(shipping),
        "shipping_method_name": fields.text(shipping.get("title")),
        "payment_method": gateway or next(iter(gateways), ""),
        "payment_method_name": (gateway or next(iter(gateways), "")).replace("_", " ").capitalize(),
    }


def shipping_method(line: Mapping[str, Any]) -> str:
    return fields.text(line.get("code")) or fields.text(line.get("title"))


def read_references(row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((kind, value) for kind, value in _references(row) if value)


def _references(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Payout reports cite the name, banks the transaction, buyers the confirmation number."""
    yield "number", fields.text(row.get("name"))
    yield "confirmation", fields.text(row.get("confirmationNumber"))
    yield "purchase_order", fields.text(row.get("poNumber"))
    yield "checkout", fields.text(row.get("checkoutToken"))
    yield "source", fields.text(row.get("sourceIdentifier"))
    for transaction in fields.rows(row.get("transactions")):
        yield "transaction", ids.number(transaction.get("id"))
        yield "payment", fields.text(transaction.get("paymentId"))


def read_extra(row: Mapping[str, Any]) -> dict[str, Any]:
    """For add-ons of a customer: nothing of it changes the order here."""
    location = fields.record(fields.record(row.get("purchasingEntity")).get("location"))
    return {
        "source": fields.text(row.get("sourceName")),
        "staff": fields.text(fields.record(row.get("staffMember")).get("name")),
        "company_location": fields.text(location.get("name")),
        "holds": order_state.read_holds(row),
        "edited": row.get("edited") is True,
        "tax_exempt": row.get("taxExempt") is True,
        "closed": bool(row.get("closedAt")),
    }
