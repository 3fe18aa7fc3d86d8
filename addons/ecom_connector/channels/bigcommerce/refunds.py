"""Refunds of BigCommerce: a quote first, which says what it comes to and how it can be paid, then the refund itself.

One that does not say `pays` takes a way of paying that the quote calls offline: it is written down, no money moves.
Where what the store makes of the lines is not the amount, the amount of the order as a whole is refunded instead.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from .. import rows
from ..errors import Rejected, Unreadable
from ..records import Page, Raw, Refund, RefundLine
from .moments import moment

_MARK = "Odoo "


def parse_refund(body: bytes) -> Refund:
    row = rows.load(body)
    if not rows.identifier(row.get("id")) or "total_amount" not in row:
        raise Unreadable("This is not a refund: its number or its amount is missing.")
    return read_refund(row, rows.text(row.get("ecomCurrency")))


def read_refund(row: Mapping[str, Any], currency: str) -> Refund:
    declined = [payment.get("is_declined") is True for payment in rows.rows(row.get("payments"))]
    reason = rows.text(row.get("reason"))
    return Refund(
        external_id=rows.identifier(row.get("id")),
        order_id=rows.identifier(row.get("order_id")),
        version=rows.version(moment(row.get("created")), row),
        currency=currency,
        key=reason.rpartition(_MARK)[2].strip() if _MARK in reason else "",
        created_at=moment(row.get("created")),
        amount=rows.amount(row.get("total_amount")),
        state="failed" if declined and all(declined) else "done",
        reason=reason.rpartition(_MARK)[0].rstrip(" /") if _MARK in reason else reason,
        lines=tuple(_lines(row)),
    )


def _lines(row: Mapping[str, Any]):
    """What it was for; `requested_amount` contains the tax, which is stated for the whole only."""
    for item in rows.rows(row.get("items")):
        kind, number = rows.text(item.get("item_type")), rows.identifier(item.get("item_id"))
        line = {"PRODUCT": number, "SHIPPING": f"shipping-{number}", "HANDLING": f"handling-{number}"}.get(kind)
        if line:
            yield RefundLine(
                external_id=f"{kind.lower()}-{number}",
                line_id=line,
                quantity=Decimal(rows.whole(item.get("quantity"))) if kind == "PRODUCT" else Decimal(0),
                amount=rows.amount(item.get("requested_amount")),
                still_ordered=True,
            )


# ----------------------------------------------------------------------------- asking
def fetch_refunds(client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Refunds of all orders made in that time; a refund never changes."""
    page = int(token or 1)
    params: dict[str, Any] = {"page": page, "limit": 50}
    if since:
        params["created:min"] = rows.written(since)
    if until:
        params["created:max"] = rows.written(until)
    found, pages = client.data("/orders/payment_actions/refunds", params, what="Fetching refunds")
    items = tuple(sorted(map(_raw, found), key=lambda raw: raw.updated_at or rows.NEVER))
    return Page(items=items, next=str(page + 1) if found and page < pages else "")


def fetch_order_refunds(client, order_id: str) -> tuple[Raw, ...]:
    return tuple(_raw(row) for row in _of_order(client, order_id))


def _of_order(client, order_id: str) -> list[dict]:
    what = f"Fetching the refunds of order {order_id}"
    return client.data(f"/orders/{order_id}/payment_actions/refunds", what=what)[0]


def _raw(row: Mapping[str, Any]) -> Raw:
    return rows.raw(rows.identifier(row.get("id")), row, lambda held: moment(held.get("created")))


# ---------------------------------------------------------------------------- writing
def send_refund(client, refund: Refund) -> str:
    what = f"Refunding order {refund.order_id}"
    items = build_items(refund)
    quote = _quote(client, refund, items, what) if items else {}
    if rows.amount(quote.get("total_refund_amount")) != refund.amount:
        items = [{"item_type": "ORDER", "item_id": int(refund.order_id), "amount": refund.amount}]
        quote = _quote(client, refund, items, what)
    reason = " / ".join(filter(None, (refund.reason, f"{_MARK}{refund.key}" if refund.key else "")))
    payload = {"items": [{**item, "reason": reason} for item in items], "payments": _payments(refund, quote, what)}
    path = f"/v3/orders/{refund.order_id}/payment_actions/refunds"
    made = rows.load(client.post(path, payload, what=what).body)
    return rows.identifier(rows.record(made.get("data")).get("id"))


def find_refund(client, refund: Refund) -> str | None:
    """The refund with our key in its reason, or in that of one of its items."""
    for row in _of_order(client, refund.order_id):
        reasons = [rows.text(held.get("reason")) for held in (row, *rows.rows(row.get("items")))]
        if refund.key and any(said.endswith(f"{_MARK}{refund.key}") for said in reasons):
            return rows.identifier(row.get("id"))
    return None


def build_items(refund: Refund) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for line in refund.lines:
        kind, _dash, number = line.line_id.rpartition("-")
        amount = line.amount + sum(tax.amount for tax in line.taxes)
        if line.line_id.isdigit() and line.quantity > 0:
            found.append({"item_type": "PRODUCT", "item_id": int(line.line_id), "quantity": int(line.quantity)})
        elif kind in ("shipping", "handling") and number.isdigit():
            found.append({"item_type": kind.upper(), "item_id": int(number), "amount": amount})
    return found


def _quote(client, refund: Refund, items: list[dict[str, Any]], what: str) -> Mapping[str, Any]:
    """A question, though it is a POST."""
    path = f"/v3/orders/{refund.order_id}/payment_actions/refund_quotes"
    answer = client.post(path, {"items": items}, what=what, reads=True)
    return rows.record(rows.load(answer.body).get("data"))


def _payments(refund: Refund, quote: Mapping[str, Any], what: str) -> list[dict[str, Any]]:
    """The first way of paying that is of the wanted kind throughout."""
    methods = quote.get("refund_methods")
    for method in methods if isinstance(methods, list) else ():
        parts = rows.rows(method)
        if parts and all((part.get("offline") is True) != refund.pays for part in parts):
            return [
                {
                    "provider_id": rows.text(part.get("provider_id")),
                    "amount": rows.amount(part.get("amount")),
                    "offline": part.get("offline") is True,
                }
                for part in parts
            ]
    if refund.pays:
        raise Rejected(f"{what}: the store's payment provider cannot send the money back. Refund it there by hand.")
    raise Rejected(
        f"{what}: the store offers only to pay it through its provider. Say so on the refund, or do it there."
    )
