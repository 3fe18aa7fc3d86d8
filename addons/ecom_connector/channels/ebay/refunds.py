"""Refunds of eBay: those made there come with their order; those made here are paid by eBay in the same moment.

eBay cannot merely write a refund down: its `issue_refund` moves the money. So one that does not say `pays` is refused.
Our key goes into the comment, but eBay does not show it again: one with our amount that is younger than a day is taken
for ours after an answer that never came.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote

from .. import carried_refunds, rows
from ..errors import Rejected
from ..records import Page, Raw, Refund
from . import order_refunds, orders
from .values import stated

_PATH = "/sell/fulfillment/v1/order"
_SAME_DAY = timedelta(days=1)
_REASON = "SELLER_CANCEL"
_COMMENT = 100


def parse_refund(body: bytes) -> Refund:
    return carried_refunds.parse(body, order_refunds.read_refunds)


def fetch_refunds(client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Refunds of orders that were changed in that time: an order carries its own."""
    page = orders.fetch_orders(client, since, until, token)
    items = [refund for raw in page.items for refund in _of(raw)]
    return Page(items=tuple(items), next=page.next)


def fetch_order_refunds(client, order_id: str) -> tuple[Raw, ...]:
    return tuple(_of(orders.fetch_order(client, order_id)))


def _of(order: Raw) -> Iterator[Raw]:
    return carried_refunds.raws(order, order_refunds.read_refunds)


def send_refund(client, refund: Refund) -> str:
    if not refund.pays:
        raise Rejected("eBay pays a refund when it is told of it. Pay it through eBay, or write nothing down there.")
    what = f"Refunding order {refund.order_id}"
    path = f"{_PATH}/{quote(refund.order_id, safe='')}/issue_refund"
    made = rows.load(client.post(path, build_refund(refund, client.currency), what=what).body)
    return rows.identifier(made.get("refundId"))


def build_refund(refund: Refund, currency: str) -> dict[str, Any]:
    """By line where lines say what it is for and make up the whole; else of the order. An amount contains its tax."""
    currency = refund.currency or currency
    asked: dict[str, Any] = {"reasonForRefund": _REASON, "comment": f"{refund.reason} [{refund.key}]"[:_COMMENT]}
    parts: dict[str, Any] = {}
    for line in refund.lines:
        id = line.line_id.partition("-")[0]  # a line of delivery or of a fee is a part of its item's
        parts[id] = parts.get(id, 0) + line.amount + sum(tax.amount for tax in line.taxes if not tax.remitted)
    if parts and sum(parts.values()) == refund.amount and all(parts):
        asked["refundItems"] = [{"lineItemId": id, "refundAmount": stated(a, currency)} for id, a in parts.items() if a]
    else:
        asked["orderLevelRefundAmount"] = stated(refund.amount, currency)
    return asked


def find_refund(client, refund: Refund) -> str | None:
    since = datetime.now(timezone.utc) - _SAME_DAY
    for known in order_refunds.read_refunds(rows.load(orders.fetch_order(client, refund.order_id).body)):
        recent = known.created_at is None or known.created_at >= since
        if recent and known.amount == refund.amount and known.state != "failed":
            return known.external_id
    return None
