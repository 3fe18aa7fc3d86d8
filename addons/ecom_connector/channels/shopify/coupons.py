"""Discount codes of Shopify. One discount there may have many codes: each is a coupon here."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from ..errors import Refused
from ..records import ZERO, Coupon, Page
from . import fields, ids
from .documents import people

_WHAT = "Fetching coupons"


def fetch_coupons(client, token: str = "") -> Page:
    """Nothing where the app may not read discounts: no order needs them, and the rest of the shop goes on."""
    try:
        told = client.ask(people.COUPONS, {"after": token or None}, what=_WHAT)
    except Refused as error:
        if error.code != "ACCESS_DENIED":
            raise
        return Page()
    page = fields.record(told.get("discountNodes"))
    found = tuple(coupon for row in fields.rows(page) for coupon in _coupons(client, row))
    return Page(items=found, next=fields.following(page))


def _coupons(client, row: Mapping[str, Any]) -> Iterator[Coupon]:
    discount = fields.record(row.get("discount"))
    kind, amount = _kind(discount)
    for code in _codes(client, row, discount):
        if fields.text(code.get("code")):
            yield Coupon(
                external_id=ids.number(code.get("id")),
                code=fields.text(code.get("code")),
                name=fields.text(discount.get("title")),
                kind=kind,
                amount=amount,
                active=fields.text(discount.get("status")) == "ACTIVE",
                expires_at=fields.moment(discount.get("endsAt")),
            )


def _kind(discount: Mapping[str, Any]) -> tuple[str, Decimal]:
    """(kind, amount). Shopify writes 15 % as 0.15."""
    if discount.get("__typename") == "DiscountCodeFreeShipping":
        return "shipping", ZERO
    value = fields.record(fields.record(discount.get("customerGets")).get("value"))
    if value.get("__typename") == "DiscountPercentage":
        return "percent", fields.amount(value.get("percentage")) * 100
    if value.get("__typename") == "DiscountAmount":
        each = value.get("appliesOnEachItem") is True
        return "item" if each else "order", fields.amount(fields.record(value.get("amount")).get("amount"))
    return "other", ZERO


def _codes(client, row: Mapping[str, Any], discount: Mapping[str, Any]) -> Iterator[dict]:
    page = fields.record(discount.get("codes"))
    yield from fields.rows(page)
    after = fields.following(page)
    while after:
        told = client.ask(people.COUPON_CODES, {"id": row["id"], "after": after}, what=_WHAT)
        node = fields.record(told.get("discountNode"))
        page = fields.record(fields.record(node.get("owner")).get("page"))
        yield from fields.rows(page)
        after = fields.following(page)
