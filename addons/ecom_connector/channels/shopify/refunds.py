"""Refunds of Shopify: those made there, and those we make there.

An order carries its refunds whole, so mostly they come with it. What is kept of one apart is the order it belongs to,
with that refund alone: its lines and taxes can only be read beside the order's.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from ..errors import Gone, Rejected, Unreadable
from ..records import ZERO, Page, Raw, Refund
from . import answers, fields, ids, order_money, whole
from .documents import money
from .orders import BUYER

PAID = ("SALE", "CAPTURE")


def parse_refund(body: bytes) -> Refund:
    row = fields.load(body)
    found = order_money.read_refunds({**row, "refunds": fields.rows(row.get("refunds"))[:1]}, BUYER)
    if not found:
        raise Unreadable("This is not a refund, or nothing was paid back.")
    return replace(found[0], order_id=ids.number(row.get("id")))


def fetch_refunds(client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Refunds of orders that were changed in that time, those longest unchanged first."""
    page = fields.record(
        client.ask(
            money.CHANGED_MONEY,
            {"query": changed_between(since, until), "after": token or None},
            what="Fetching refunds",
        ).get("orders")
    )
    numbers = [ids.number(row.get("id")) for row in fields.rows(page) if fields.rows(row.get("refunds"))]
    orders = whole.by_id(client, numbers, what="Fetching refunds")
    items = [raw for found in orders.values() if isinstance(found, Raw) for raw in _raws(found)]
    return Page(items=tuple(items), next=fields.following(page))


def changed_between(since: datetime | None, until: datetime | None) -> str:
    terms = [f"updated_at:>='{fields.stamp(since)}'"] if since else []
    terms += [f"updated_at:<='{fields.stamp(until)}'"] if until else []
    return " AND ".join(terms)


def _raws(found: Raw) -> Iterator[Raw]:
    order = fields.load(found.body)
    for refund in fields.rows(order.get("refunds")):
        body = fields.dump({**order, "refunds": [refund]})
        yield Raw(
            external_id=ids.number(refund.get("id")),
            version=whole.version(refund, body),
            body=body,
            updated_at=found.updated_at,
        )


# --------------------------------------------------------------------- ours
def send_refund(client, refund: Refund) -> str:
    """Write the refund down in the shop; with `pays` the buyer's own payment gives the money back."""
    what = f"Refunding order {refund.order_id}"
    order = _order(client, refund, what)
    known = _known(order, refund)
    if known:
        return known
    asked = build_refund(order, refund)
    told = client.ask(
        money.CREATE_REFUND, {"input": asked, "key": refund.key or f"refund-{refund.order_id}"}, what=what
    )
    made = answers.payload(told, "refundCreate", what)
    return ids.number(fields.record(made.get("refund")).get("id"))


def find_refund(client, refund: Refund) -> str | None:
    return _known(_order(client, refund, f"Looking at order {refund.order_id}"), refund)


def _order(client, refund: Refund, what: str) -> dict:
    found = fields.record(
        client.ask(money.REFUNDABLE, {"id": ids.gid("Order", refund.order_id)}, what=what).get("order")
    )
    if not found:
        raise Gone(f"{what}: the shop does not have the order any more.")
    return found


def _known(order: dict, refund: Refund) -> str | None:
    for row in fields.rows(order.get("refunds")):
        if refund.key and order_money.key_in(fields.text(row.get("note"))) == refund.key:
            return ids.number(row.get("id"))
    return None


def build_refund(order: dict, refund: Refund) -> dict[str, Any]:
    """A key of ours begins with "odoo-"; it goes into the note, behind the reason."""
    mark = f"[{refund.key}]" if refund.key.startswith("odoo-") else ""
    return {
        "orderId": order["id"],
        "note": " ".join(filter(None, (refund.reason, mark))),
        "notify": False,
        "currency": refund.currency or None,
        "refundLineItems": [
            {
                "lineItemId": ids.gid("LineItem", line.line_id),
                "quantity": int(line.quantity),
                "restockType": "RETURN" if refund.restocks else "NO_RESTOCK",
            }
            for line in refund.lines
            if line.line_id.isdigit() and line.quantity > 0
        ],
        **_shipping(refund),
        "transactions": _transactions(order, refund),
    }


def _shipping(refund: Refund) -> dict[str, Any]:
    """What of the shipping is paid back, with its tax; which of several lines it was, Shopify does not ask."""
    lines = [line for line in refund.lines if line.line_id.startswith("shipping-")]
    amount = sum((line.amount + sum(tax.amount for tax in line.taxes) for line in lines), ZERO)
    return {"shipping": {"amount": f"{amount:f}"}} if amount > 0 else {}


def _transactions(order: dict, refund: Refund) -> list[dict[str, Any]]:
    """Out of the payments that the buyer made, as much of each as can be given back; or by hand, where the money went
    back another way already."""
    common = {"orderId": order["id"], "kind": "REFUND"}
    if not refund.pays:
        return [{**common, "gateway": "manual", "amount": f"{refund.amount:f}"}]
    left, parts = refund.amount, []
    for row in fields.rows(order.get("transactions")):
        if row.get("kind") in PAID and row.get("status") == "SUCCESS":
            most = fields.amount(fields.record(row.get("maximumRefundableV2")).get("amount"))
            share = min(left, most)
            if share > 0:
                left -= share
                gateway = fields.text(row.get("gateway"))
                parts.append({**common, "gateway": gateway, "amount": f"{share:f}", "parentId": row["id"]})
    if left > 0:
        raise Rejected(f"Only {refund.amount - left:f} of {refund.amount:f} can still be paid back by the shop.")
    return parts
