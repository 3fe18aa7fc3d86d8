"""Coupons of WooCommerce: the codes its buyers enter. What one took off an order stands on the order's lines."""

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from ..records import Coupon, Page
from . import fields, paging

# `discount_type`; plug-ins add types of their own (gift cards, subscriptions).
_KINDS = {"percent": "percent", "fixed_cart": "order", "fixed_product": "item"}


def fetch_coupons(client, token: str = "") -> Page:
    page = int(token or 1)
    params = {"per_page": client.page_size, "page": page, "orderby": "id", "order": "asc"}
    answer = client.get("coupons", params, what="Fetching coupons")
    rows = [row for row, _body in fields.slices(answer.body)]
    found = tuple(_coupon(row) for row in rows if fields.identifier(row.get("id")) and fields.text(row.get("code")))
    return Page(items=found, next=str(page + 1) if paging.has_more(answer, page) else "")


def _coupon(row: Mapping[str, Any]) -> Coupon:
    amount, expires = fields.number(row.get("amount")), fields.moment(row.get("date_expires_gmt"))
    kind = _KINDS.get(fields.text(row.get("discount_type")), "other")
    return Coupon(
        external_id=fields.identifier(row.get("id")),
        code=fields.text(row.get("code")),
        name=fields.text(row.get("description")),
        kind="shipping" if row.get("free_shipping") is True and not amount else kind,
        amount=amount,
        active=fields.text(row.get("status")) in ("", "publish") and not _is_over(row, expires),
        expires_at=expires,
    )


def _is_over(row: Mapping[str, Any], expires: datetime | None) -> bool:
    limit = fields.number(row.get("usage_limit"))
    used_up = bool(limit) and fields.number(row.get("usage_count")) >= limit
    return used_up or (expires is not None and expires <= datetime.now(timezone.utc))
