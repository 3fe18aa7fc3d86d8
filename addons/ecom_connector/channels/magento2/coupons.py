"""Coupons of Magento 2: codes, and the price rules that say what each is worth."""

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from .. import rows
from ..records import Coupon, Page
from . import search

# `simple_action` of a rule (source); "buy x get y" is something else.
_KINDS = {"by_percent": "percent", "by_fixed": "item", "cart_fixed": "order"}


def fetch_coupons(client, token: str = "") -> Page:
    found, following = search.pages(client, "/V1/coupons/search", token, "coupon_id", what="Fetching coupons")
    numbers = ",".join(dict.fromkeys(rows.identifier(row.get("rule_id")) for row in found))
    rules = {}
    if numbers:
        wanted = search.every(
            client, "/V1/salesRules/search", [("rule_id", "in", numbers)], what="Fetching price rules"
        )
        rules = {rows.identifier(rule.get("rule_id")): rule for rule in wanted}
    items = (_coupon(row, rules.get(rows.identifier(row.get("rule_id")), {})) for row in found if row.get("code"))
    return Page(items=tuple(items), next=following)


def _coupon(row: Mapping[str, Any], rule: Mapping[str, Any]) -> Coupon:
    expires = search.moment(row.get("expiration_date"))
    limit, amount = rows.whole(row.get("usage_limit")), rows.amount(rule.get("discount_amount"))
    used_up = bool(limit) and rows.whole(row.get("times_used")) >= limit
    over = expires is not None and expires <= datetime.now(timezone.utc)
    free = rows.text(rule.get("simple_free_shipping")) not in ("", "0") and not amount
    kind = _KINDS.get(rows.text(rule.get("simple_action")), "other")
    return Coupon(
        external_id=rows.identifier(row.get("coupon_id")),
        code=rows.text(row.get("code")),
        name=rows.text(rule.get("name")),
        kind="shipping" if free else kind,
        amount=amount,
        active=rule.get("is_active") is not False and not used_up and not over,
        expires_at=expires,
    )
