"""Refunds of WooCommerce: those made in the shop, and those we write down there.

A refund never changes. What it was for stands in its lines with negative amounts, each naming the line of the order in
`_refunded_item_id`; its `amount` rules, and may be a cent off its lines, or have none at all (all recorded).

The shop's own defaults are dangerous: `api_refund` has its payment provider move the money at once, `api_restock` puts
the units back on sale. Both are always sent, and both are off unless the refund says otherwise. Refusals such as a
refund that is too high come as HTTP 500 (research/contracts.md); `answers` tells them from a crash.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from ..errors import Gone, Rejected, Unreadable
from ..records import Page, Raw, Refund, RefundLine, Tax
from . import fields, paging, versions

_KEY = "_ecom_refund_key"
_LINE = "_refunded_item_id"
_LINES = ("line_items", "shipping_lines", "fee_lines")


def parse_refund(body: bytes) -> Refund:
    """The order's id stands in it only where it comes from the list of all refunds."""
    row = fields.load_row(body)
    external_id = fields.identifier(row.get("id"))
    if not external_id or "amount" not in row:
        raise Unreadable("This is not a refund: its number or its amount is missing.")
    return Refund(
        external_id=external_id,
        order_id=fields.identifier(row.get("parent_id")),
        version=versions.stamp(row),
        key=_key(row),
        created_at=fields.moment(row.get("date_created_gmt")),
        amount=abs(fields.number(row.get("amount"))),
        reason=fields.text(row.get("reason")),
        lines=tuple(_lines(row)),
        pays=row.get("refunded_payment") is True,
    )


def _key(row: Mapping[str, Any]) -> str:
    """Ours, on a refund that we made."""
    key = fields.meta(row).get(_KEY)
    return key if isinstance(key, str) else ""


def _lines(row: Mapping[str, Any]) -> Iterator[RefundLine]:
    for kind in _LINES:
        for item in fields.rows(row.get(kind)):
            yield RefundLine(
                external_id=fields.identifier(item.get("id")),
                line_id=fields.identifier(fields.meta(item).get(_LINE)),
                quantity=-fields.number(item.get("quantity")),
                amount=-fields.number(item.get("total")),
                taxes=tuple(_taxes(item)),
                still_ordered=True,  # a line keeps its quantity, whatever was refunded of it (recorded)
            )


def _taxes(item: Mapping[str, Any]) -> Iterator[Tax]:
    for tax in fields.rows(item.get("taxes")):
        if fields.text(tax.get("total")):
            yield Tax(code=fields.text(tax.get("id")), amount=-fields.number(tax.get("total")))


def fetch_refunds(client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Refunds of all orders, oldest first; of a shop too old to list them (specs: 9.9.5 does) those that its orders
    name are all."""
    params = paging.params(client, since, until, token, by="date", bounds=("after", "before"))
    try:
        answer = client.get("refunds", params, what="Fetching refunds")
    except Rejected as error:
        if error.code != "rest_no_route":
            raise
        return Page()
    items = tuple(_raw(row, body) for row, body in fields.slices(answer.body))
    return Page(items=items, next=paging.following(client, items, token, since, answer))


def fetch_order_refunds(client, order_id: str) -> tuple[Raw, ...]:
    """All refunds of one order with their lines, oldest first."""
    return tuple(reversed([_raw(row, body) for row, body in _of_order(client, order_id)]))


def _of_order(client, order_id: str) -> Iterator[tuple[dict, bytes]]:
    if not (order_id.isascii() and order_id.isdigit()):
        raise Gone(f"The shop has no order {order_id}: its ids are whole numbers.")
    for answer in paging.every(client, f"orders/{order_id}/refunds", what=f"Fetching the refunds of order {order_id}"):
        yield from fields.slices(answer.body)


def _raw(row: Mapping[str, Any], body: bytes) -> Raw:
    external_id = fields.identifier(row.get("id"))
    if not external_id:
        raise Unreadable("The shop sent a refund without a number.")
    moment = fields.moment(row.get("date_created_gmt"))
    return Raw(external_id=external_id, version=versions.stamp(row), body=body, updated_at=moment)


def send_refund(client, refund: Refund) -> str:
    """Write the refund down in the shop; with `pays` its payment provider moves the money in the same moment."""
    asked: dict[str, Any] = {
        "amount": _written(refund.amount),
        "reason": refund.reason,
        "api_refund": refund.pays,
        "api_restock": refund.restocks,
        "line_items": [_line(line) for line in refund.lines],
    }
    if refund.key:
        asked["meta_data"] = [{"key": _KEY, "value": refund.key}]
    what = f"Refunding order {refund.order_id}"
    answer = client.post(f"orders/{refund.order_id}/refunds", asked, what=what)
    return fields.identifier(fields.load_row(answer.body).get("id"))


def find_refund(client, refund: Refund) -> str | None:
    """The shop's id of the refund with our key."""
    for row, _body in _of_order(client, refund.order_id):
        if refund.key and _key(row) == refund.key:
            return fields.identifier(row.get("id"))
    return None


def _line(line: RefundLine) -> dict[str, Any]:
    """As the shop's own back office writes it: numbers, each rate of tax by its id (recorded)."""
    row: dict[str, Any] = {"id": int(line.line_id), "refund_total": float(line.amount)}
    if line.quantity:
        row["quantity"] = int(line.quantity)
    if line.taxes:
        row["refund_tax"] = [{"id": int(tax.code), "refund_total": float(tax.amount)} for tax in line.taxes]
    return row


def _written(amount: Decimal) -> str:
    return format(amount, "f")
