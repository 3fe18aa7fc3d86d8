"""Refunds of Amazon, read from its financial events (Finances v0): what buyers got back, guarantee claims among it.

An event names its order, and what changed of each item: charges (Principal, Tax, ShippingCharge, ShippingTax ...) that
were given back as negative amounts, discounts that went with them as positive ones (model). Fees are the payout's
matter. An item is named by its SKU alone, so the order's lines are written beside the event: reading one asks nobody.

    {"event": Amazon's record, "lines": {sku: number of the order's line}}
"""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from .. import rows as shared
from ..errors import Busy, Gone, Unreadable
from ..records import ZERO, Page, Raw, Refund, RefundLine, Tax
from . import answers, orders, values

_PATH = "/finances/v0/financialEvents"
_LISTS = ("RefundEventList", "GuaranteeClaimEventList", "ChargebackEventList")
# Not nearer to now than two minutes (model).
_LAG = timedelta(minutes=3)
_REACH = timedelta(days=179)
_AT_ONCE = 100
# A charge, and the line of ours that it stands on: see order_lines.py.
_PARTS = {"Principal": "", "ShippingCharge": "-shipping", "GiftWrap": "-gift_wrap"}
_TAXES = {"Tax": "", "ShippingTax": "-shipping", "GiftWrapTax": "-gift_wrap"}


def fetch_refunds(client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Refunds posted since then. Refused where the application lacks the role Finance and Accounting."""
    now = datetime.now(timezone.utc)
    begin = max(since or now - _REACH, now - _REACH)
    end = min(until or now, now - _LAG)
    asked: dict[str, Any] = {"PostedAfter": values.written(begin), "MaxResultsPerPage": _AT_ONCE}
    asked["PostedBefore"], _bar, following = token.partition("|") if token else (values.written(end), "", "")
    if asked["PostedAfter"] >= asked["PostedBefore"]:
        return Page()
    if following:
        asked["NextToken"] = following
    found = values.record(answers.load(client.get(_PATH, asked, what="Fetching refunds").body).get("payload"))
    events = values.record(found.get("FinancialEvents"))
    listed = [row for name in _LISTS for row in values.rows(events.get(name)) if values.text(row.get("AmazonOrderId"))]
    onward = values.text(found.get("NextToken"))
    items = sorted((_raw(client, row) for row in listed), key=lambda raw: raw.updated_at or shared.NEVER)
    return Page(items=tuple(items), next=f"{asked['PostedBefore']}|{onward}" if onward else "")


def _raw(client, row: Mapping[str, Any]) -> Raw:
    return shared.raw(_number(row), {"event": row, "lines": _lines_of(client, row)}, lambda _row: _posted(row))


def _number(row: Mapping[str, Any]) -> str:
    """Amazon gives an event no number: its items' own, else when it was."""
    adjusted = values.rows(row.get("ShipmentItemAdjustmentList"))
    numbers = [values.identifier(item.get("OrderAdjustmentItemId")) for item in adjusted]
    return f"{values.text(row.get('AmazonOrderId'))}/{next(filter(None, numbers), values.text(row.get('PostedDate')))}"


def _posted(row: Mapping[str, Any]) -> datetime | None:
    return values.moment(row.get("PostedDate"))


def _lines_of(client, row: Mapping[str, Any]) -> dict[str, str]:
    """Nothing of an order that is older than what Amazon gives out, or where there were too many to ask for: then the
    refund is known by its amount alone."""
    try:
        raw = orders.fetch_order(client, values.text(row.get("AmazonOrderId")))
    except (Gone, Busy):
        return {}
    lines = orders.parse_order(raw.body).lines
    return {line.sku: line.external_id for line in lines if line.sku}


def parse_refund(body: bytes) -> Refund:
    found = answers.load(body)
    row, lines = values.record(found.get("event")), values.record(found.get("lines"))
    order = values.text(row.get("AmazonOrderId"))
    if not order:
        raise Unreadable("This is not a refund: its order is missing.")
    items = values.rows(row.get("ShipmentItemAdjustmentList"))
    parts = [part for item in items for part in _of_item(item, values.text(lines.get(_sku(item))))]
    return Refund(
        external_id=_number(row),
        order_id=order,
        version=values.text(row.get("PostedDate")),
        currency=next(filter(None, map(_currency, items)), ""),
        created_at=_posted(row),
        amount=sum((part.amount + sum((tax.amount for tax in part.taxes), ZERO) for part in parts), ZERO),
        lines=tuple(part for part in parts if part.line_id) if all(part.line_id for part in parts) else (),
    )


def _sku(item: Mapping[str, Any]) -> str:
    return values.identifier(item.get("SellerSKU"))


def _charges(item: Mapping[str, Any]) -> dict[str, Decimal]:
    """{charge: given back}; a discount that went with it is taken off the item."""
    found: dict[str, Decimal] = {}
    for charge in values.rows(item.get("ItemChargeAdjustmentList")):
        name = values.text(charge.get("ChargeType"))
        found[name] = found.get(name, ZERO) - _money(charge.get("ChargeAmount"))
    for promotion in values.rows(item.get("PromotionAdjustmentList")):
        found["Principal"] = found.get("Principal", ZERO) - _money(promotion.get("PromotionAmount"))
    return found


def _of_item(item: Mapping[str, Any], line: str) -> list[RefundLine]:
    charges, found = _charges(item), []
    rest = sum((amount for name, amount in charges.items() if name not in {*_PARTS, *_TAXES}), ZERO)
    for name, ending in _PARTS.items():
        amount = charges.get(name, ZERO) + (ZERO if ending else rest)
        tax = sum((charges.get(kind, ZERO) for kind, place in _TAXES.items() if place == ending), ZERO)
        if amount or tax:
            taxes = (Tax(code="", amount=tax),) if tax else ()
            units = ZERO if ending or not charges.get("Principal") else _units(item)
            id = f"{line}{ending}" if line else ""
            found.append(RefundLine(external_id=id, line_id=id, quantity=units, amount=amount, taxes=taxes))
    return found


def _units(item: Mapping[str, Any]) -> Decimal:
    return Decimal(values.whole(item.get("QuantityShipped") or 0))


def _money(value: Any) -> Decimal:
    return values.amount(values.record(value).get("CurrencyAmount"))


def _currency(item: Mapping[str, Any]) -> str:
    for charge in values.rows(item.get("ItemChargeAdjustmentList")):
        return values.text(values.record(charge.get("ChargeAmount")).get("CurrencyCode")).upper()
    return ""
