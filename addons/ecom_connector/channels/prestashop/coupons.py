"""Vouchers of PrestaShop ("cart rules") that have a code; those without one come into force by themselves."""

from decimal import Decimal

from ..records import ZERO, Coupon, Page
from . import clock, fields
from .fields import Row


def fetch_coupons(client, token: str = "") -> Page:
    filters = {"id": f">[{token}]"} if token else {}
    limit = {"sort": "[id_ASC]", "limit": str(client.page_size)}
    rows = client.find("cart_rules", filters, what="Fetching vouchers", **limit)
    items = tuple(_coupon(row, client.zone) for row in rows if fields.text(row, "code"))
    return Page(items=items, next=fields.identifier(rows[-1]) if len(rows) >= client.page_size else "")


def _coupon(row: Row, zone) -> Coupon:
    kind, amount = _worth(row)
    return Coupon(
        external_id=fields.identifier(row),
        code=fields.text(row, "code"),
        name=fields.text(row, "name"),
        kind=kind,
        amount=amount,
        active=fields.truth(row, "active") and fields.number(row, "quantity") > ZERO,
        expires_at=clock.read(fields.text(row, "date_to"), zone),
    )


def _worth(row: Row) -> tuple[str, Decimal]:
    """An amount off one product of the order, or a present, is nothing that a percentage or a sum could say."""
    percent, amount = fields.number(row, "reduction_percent"), fields.number(row, "reduction_amount")
    if fields.text(row, "reduction_product").lstrip("0") or fields.identifier(row, "gift_product"):
        return "other", percent or amount
    if percent:
        return "percent", percent
    if amount:
        return "order", amount
    return ("shipping" if fields.truth(row, "free_shipping") else "other"), ZERO
