"""Refunds of Magento 2: credit memos, with lines, a part of the shipping, and an adjustment of their own, up or down.

Left out, the shipping would be refunded whole, and without a line the whole order (source): both are always sent. One
that does not say `pays` is made of the order and moves no money ("offline"); one that does is made of its invoice, and
the shop's payment provider sends the money back.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from .. import rows
from ..errors import Rejected, Unreadable
from ..records import ZERO, Page, Raw, Refund, RefundLine, Tax
from . import search
from .shipments import comment

SHIPPING = "shipping"
_CANCELLED = 3


def parse_refund(body: bytes) -> Refund:
    row = rows.load(body)
    id = rows.identifier(row.get("entity_id"))
    if not id or "grand_total" not in row:
        raise Unreadable("This is not a refund: its number or its amount is missing.")
    return Refund(
        external_id=id,
        order_id=rows.identifier(row.get("order_id")),
        version=rows.version(search.changed_at(row), row),
        currency=rows.text(row.get("order_currency_code")).upper(),
        key=_key(row),
        created_at=search.moment(row.get("created_at")),
        amount=rows.amount(row.get("grand_total")),
        state="failed" if rows.text(row.get("state")) == str(_CANCELLED) else "done",
        reason=next((said for said in _comments(row) if not said.startswith(comment(""))), ""),
        lines=tuple(_lines(row)),
    )


def _comments(row: Mapping[str, Any]) -> list[str]:
    return [rows.text(entry.get("comment")) for entry in rows.rows(row.get("comments"))]


def _key(row: Mapping[str, Any]) -> str:
    """Ours, on a refund that we made."""
    marked = (said.rpartition(comment(""))[2] for said in _comments(row) if comment("") in said)
    return next(marked, "").strip()


def _lines(row: Mapping[str, Any]) -> list[RefundLine]:
    found = []
    for item in rows.rows(row.get("items")):
        total = rows.amount(item.get("row_total")) - rows.amount(item.get("discount_amount"))
        total += rows.amount(item.get("discount_tax_compensation_amount"))
        if total:
            line, tax = rows.identifier(item.get("order_item_id")), rows.amount(item.get("tax_amount"))
            found.append(_line(line, rows.amount(item.get("qty")), total, tax))
    shipping = rows.amount(row.get("shipping_amount"))
    if shipping:
        found.append(_line(SHIPPING, ZERO, shipping, rows.amount(row.get("shipping_tax_amount"))))
    return found


def _line(line: str, quantity: Decimal, amount: Decimal, tax: Decimal) -> RefundLine:
    taxes = (Tax(code="", amount=tax),) if tax else ()
    return RefundLine(external_id=line, line_id=line, quantity=quantity, amount=amount, taxes=taxes, still_ordered=True)


# ----------------------------------------------------------------------------- asking
def fetch_refunds(client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Memos of all orders, oldest change first."""
    found, following = search.turn(client, "/V1/creditmemos", since, until, token, what="Fetching refunds")
    return Page(items=tuple(_raw(row) for row in found), next=following)


def fetch_order_refunds(client, order_id: str) -> tuple[Raw, ...]:
    return tuple(_raw(row) for row in _of_order(client, order_id))


def _of_order(client, order_id: str) -> list[dict]:
    what = f"Fetching the refunds of order {order_id}"
    return list(search.every(client, "/V1/creditmemos", [("order_id", "eq", order_id)], what=what))


def _raw(row: Mapping[str, Any]) -> Raw:
    return rows.raw(rows.identifier(row.get("entity_id")), row, search.changed_at)


# ---------------------------------------------------------------------------- writing
def send_refund(client, refund: Refund) -> str:
    what = f"Refunding order {refund.order_id}"
    order = rows.load(client.get(f"/V1/orders/{refund.order_id}", what=what).body)
    payload = build_refund(refund, order)
    if refund.pays:
        path = f"/V1/invoice/{_invoice(client, refund)}/refund"
        payload["isOnline"] = True
    else:
        path = f"/V1/order/{refund.order_id}/refund"
    return rows.identifier(rows.load_any(client.post(path, payload, what=what).body))


def find_refund(client, refund: Refund) -> str | None:
    """The memo with our key in its comment."""
    for row in _of_order(client, refund.order_id):
        if refund.key and _key(row) == refund.key:
            return rows.identifier(row.get("entity_id"))
    return None


def _invoice(client, refund: Refund) -> str:
    """The first with a payment that its provider knows."""
    filters = [("order_id", "eq", refund.order_id)]
    for row in search.every(client, "/V1/invoices", filters, what="Looking at the invoices of the order"):
        if rows.text(row.get("transaction_id")):
            return rows.identifier(row.get("entity_id"))
    raise Rejected("The shop knows no payment that it could send back. Refund it with the payment provider.")


def build_refund(refund: Refund, order: Mapping[str, Any]) -> dict[str, Any]:
    """What it comes to beyond its lines and the shipping is its adjustment."""
    goods = [line for line in refund.lines if line.line_id.isdigit() and line.quantity]
    shipping = [line for line in refund.lines if line.line_id == SHIPPING]
    more = refund.amount - sum((_included(line) for line in (*goods, *shipping)), ZERO)
    arguments: dict[str, Any] = {
        "shipping_amount": sum((line.amount for line in shipping), ZERO),
        "adjustment_positive": max(more, ZERO),
        "adjustment_negative": max(-more, ZERO),
    }
    if refund.restocks:
        arguments["extension_attributes"] = {"return_to_stock_items": [int(line.line_id) for line in goods]}
    said = " / ".join(filter(None, (refund.reason, comment(refund.key) if refund.key else "")))
    return {
        "items": [{"order_item_id": int(line.line_id), "qty": line.quantity} for line in goods]
        or [{"order_item_id": _first(order), "qty": 0}],
        "notify": False,
        "appendComment": False,
        "comment": {"comment": said, "is_visible_on_front": 0},
        "arguments": arguments,
    }


def _first(order: Mapping[str, Any]) -> int:
    return next((int(rows.identifier(item.get("item_id"))) for item in rows.rows(order.get("items"))), 0)


def _included(line: RefundLine) -> Decimal:
    return line.amount + sum((tax.amount for tax in line.taxes), ZERO)
