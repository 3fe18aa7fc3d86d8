"""Refunds of Walmart: those made there come with their order; those made here are paid by Walmart in the same moment.

Walmart cannot merely write a refund down, so one that does not say `pays` is refused. It is made of charges of lines.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from .. import carried_refunds
from ..errors import Rejected
from ..records import ZERO, Page, Raw, Refund
from . import order_answers, order_lines, orders

_REASON = "General adjustment"


def parse_refund(body: bytes) -> Refund:
    return carried_refunds.parse(body, order_lines.read_refunds)


def fetch_refunds(client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Refunds of orders that were changed in that time: an order carries its own."""
    page = orders.fetch_orders(client, since, until, token)
    return Page(items=tuple(refund for raw in page.items for refund in _of(raw)), next=page.next)


def fetch_order_refunds(client, order_id: str) -> tuple[Raw, ...]:
    return tuple(_of(orders.fetch_order(client, order_id)))


def _of(order: Raw) -> Iterator[Raw]:
    return carried_refunds.raws(order, order_lines.read_refunds)


def send_refund(client, refund: Refund) -> str:
    if not refund.pays:
        raise Rejected(
            "Walmart pays a refund when it is told of it. Pay it through Walmart, or write nothing down there."
        )
    what = f"Refunding order {refund.order_id}"
    client.post(order_answers.path(refund.order_id, "refund"), build_refund(refund), what=what)
    return find_refund(client, refund) or refund.key


def find_refund(client, refund: Refund) -> str | None:
    """The refund with our key in its comments."""
    what = f"Looking at the refunds of order {refund.order_id}"
    for known in order_lines.read_refunds(order_answers.read(client, refund.order_id, what)):
        if refund.key and known.reason.endswith(f"[{refund.key}]"):
            return known.external_id
    return None


def build_refund(refund: Refund) -> dict[str, Any]:
    lines: dict[str, list[dict[str, Any]]] = {}
    told = ZERO
    for line in refund.lines:
        number, _dash, kind = line.line_id.partition("-")
        taxes = sum((tax.amount for tax in line.taxes), ZERO)
        told += line.amount + taxes
        shipping = kind == order_lines.SHIPPING
        charge: dict[str, Any] = {
            "chargeType": "SHIPPING" if shipping else "PRODUCT",
            "chargeName": "Shipping" if shipping else "ItemPrice",
            "chargeAmount": _money(-line.amount, refund.currency),
        }
        if taxes:
            charge["tax"] = {"taxName": "Tax", "taxAmount": _money(-taxes, refund.currency)}
        lines.setdefault(number, []).append({"refundReason": _REASON, "charge": charge})
    if not lines or told != refund.amount:
        raise Rejected("Walmart refunds lines of an order: say of which line the whole amount is given back.")
    said = f"{refund.reason} [{refund.key}]".strip()
    order_line = [
        {
            "lineNumber": number,
            "isFullRefund": False,
            "refunds": {"refund": [{"refundComments": said, "refundCharges": {"refundCharge": charges}}]},
        }
        for number, charges in lines.items()
    ]
    return {"orderRefund": {"purchaseOrderId": refund.order_id, "orderLines": {"orderLine": order_line}}}


def _money(amount, currency: str) -> dict[str, Any]:
    return {"currency": currency or "USD", "amount": amount}
