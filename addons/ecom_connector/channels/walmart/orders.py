"""Orders of Walmart: a purchase order is what is sent to a seller, a part of what the customer ordered.

Its lines have states of their own, each for some of their units (contract): Created, Acknowledged, Shipped, Delivered,
Cancelled, Refund. One that is merely Created has to be acknowledged within four hours, and before it is shipped. What
Walmart's own warehouses ship ("WFSFulfilled") is "elsewhere", and is asked for by itself.

An order says nowhere when it changed as a whole; it is as new as the newest state of its lines.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from .. import rows
from ..errors import Gone, Unreadable
from ..records import ZERO, Address, Buyer, Order, Page, Payment, Raw
from . import order_answers, order_lines
from .order_answers import acknowledge_order, cancel_order  # noqa: F401 the rest of this noun

_PATH = "/v3/orders"
_NODES = ("SellerFulfilled", "WFSFulfilled")
_ELSEWHERE = ("WFSFulfilled", "3PLFulfilled")
_ACKNOWLEDGE = timedelta(hours=4)
_REACH = timedelta(days=179)
_COUNTRIES = {"USA": "US", "CAN": "CA", "MEX": "MX", "PRI": "PR"}


def parse_order(body: bytes) -> Order:
    """The order as Walmart states it now."""
    row = rows.load(body)
    id, created = rows.identifier(row.get("purchaseOrderId")), moment(row.get("orderDate"))
    if not id or created is None or "orderLines" not in row:
        raise Unreadable("This is not an order: its number, its date or its lines are missing.")
    lines, shipping = order_lines.read_lines(row), rows.record(row.get("shippingInfo"))
    address, items = _address(row, shipping), order_lines.items(row)
    node = rows.record(row.get("shipNode"))
    elsewhere = rows.text(node.get("type")) in _ELSEWHERE
    total = sum((line.total + line.tax_total for line in lines), ZERO)
    method = rows.text(shipping.get("methodCode"))
    return Order(
        external_id=id,
        number=rows.identifier(row.get("customerOrderId")) or id,
        version=rows.version(changed_at(row), row),
        created_at=created,
        updated_at=changed_at(row),
        currency=order_lines.currency(row),
        status="cancelled" if items and all(_is_over(item) for item in items) else "open",
        payment="paid" if total else "unpaid",
        fulfilment="elsewhere" if elsewhere else _fulfilment(items),
        buyer=Buyer(email=address.email, name=address.name, phone=address.phone),
        bill_to=address,
        ship_to=address,
        lines=lines,
        payments=_payments(id, row, created, total),
        refunds=order_lines.read_refunds(row),
        shipments=order_lines.read_parcels(id, row),
        total=total,
        tax_total=sum((line.tax_total for line in lines), ZERO),
        shipping_method=method,
        shipping_method_name=method,
        payment_method="walmart",
        payment_method_name="Walmart",
        site="WALMART_US",
        location=("WFS" if elsewhere else rows.identifier(node.get("id"))),
        ship_by=moment(shipping.get("estimatedShipDate")),
        acknowledge_by=created + _ACKNOWLEDGE if is_new(row) and not elsewhere else None,
        kinds=("marketplace",),
        references=_references(id, row),
        extra={"cancel_requested": order_lines.is_cancel_requested(row), "type": rows.text(row.get("orderType"))},
    )


def moment(value: Any) -> datetime | None:
    """Milliseconds since 1970; some answers have ISO 8601 in its place."""
    stated = rows.text(value)
    if not stated:
        return None
    if not (stated.isascii() and stated.isdigit()):
        return rows.moment(stated)
    try:
        return datetime.fromtimestamp(int(stated) / 1000, timezone.utc)
    except (OverflowError, ValueError, OSError) as error:
        raise Unreadable("Walmart sent a date that cannot be.") from error


def changed_at(row: Mapping[str, Any]) -> datetime | None:
    stated = [moment(item.get("statusDate")) for item in order_lines.items(row)]
    return max(filter(None, [moment(row.get("orderDate")), *stated]), default=None)


def is_new(row: Mapping[str, Any]) -> bool:
    """Whether anything of it has not been acknowledged."""
    return any(order_lines.in_state(item, "Created") for item in order_lines.items(row))


def _is_over(item: Mapping[str, Any]) -> bool:
    return order_lines.in_state(item, "Cancelled") >= order_lines.ordered(item)


def _fulfilment(items: list[dict]) -> str:
    sent = sum((order_lines.in_state(item, "Shipped", "Delivered", "Refund") for item in items), ZERO)
    wanted = sum((order_lines.ordered(item) - order_lines.in_state(item, "Cancelled") for item in items), ZERO)
    return "open" if not sent else "fulfilled" if sent >= wanted else "partial"


def _address(row: Mapping[str, Any], shipping: Mapping[str, Any]) -> Address:
    place = rows.record(shipping.get("postalAddress"))
    country = rows.text(place.get("country")).upper()
    return Address(
        name=rows.text(place.get("name")),
        street=rows.text(place.get("address1")),
        street2=rows.text(place.get("address2")),
        city=rows.text(place.get("city")),
        postcode=rows.text(place.get("postalCode")),
        state=rows.text(place.get("state")),
        country=_COUNTRIES.get(country, country[:2]),
        phone=rows.text(shipping.get("phone")),
        email=rows.text(row.get("customerEmailId")),
    )


def _payments(id: str, row: Mapping[str, Any], created: datetime, total) -> tuple[Payment, ...]:
    """Whatever the buyer paid with, Walmart owes it to the seller: settled by its reports."""
    if not total:
        return ()
    common = {"method": "walmart", "method_name": "Walmart", "currency": order_lines.currency(row)}
    return (Payment(external_id=f"walmart-{id}", amount=total, paid_at=created, **common),)


def _references(id: str, row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    named = [
        ("number", rows.identifier(row.get("customerOrderId"))),
        ("purchase_order", id),
        ("replaces", rows.identifier(row.get("originalCustomerOrderID"))),
    ]
    return tuple(dict.fromkeys(pair for pair in named if pair[1]))


# ----------------------------------------------------------------------------- asking
def fetch_order(client, external_id: str) -> Raw:
    what = f"Fetching order {external_id}"
    return _raw(order_answers.read(client, external_id, what))


def _raw(row: Mapping[str, Any]) -> Raw:
    return rows.raw(rows.identifier(row.get("purchaseOrderId")), row, changed_at)


def find_order(client, number: str) -> Raw | None:
    """By the number of the purchase order, or by that which the customer sees."""
    number = number.strip()
    for name in ("customerOrderId", "purchaseOrderId"):
        try:
            answer = client.get(_PATH, {name: number, "limit": 1}, what=f"Looking for order {number}")
        except Gone:
            continue
        found = _listed(rows.load(answer.body))
        if found:
            return _raw(found[0])
    return None


def fetch_orders(
    client, since: datetime | None, until: datetime | None = None, token: str = "", open_only: bool = False
) -> Page:
    """Orders changed since then. Those that we ship come first, then those that Walmart ships. The token of a page is
    the question for it, as Walmart words it."""
    node, _bar, cursor = token.partition("|")
    node = node or _NODES[0]
    what = "Fetching changed orders"
    try:
        if cursor:
            answer = client.get(f"{_PATH}{cursor}", what=what)
        else:
            answer = client.get(_PATH, _window(client, since, until, node), what=what)
        found = rows.record(rows.load(answer.body).get("list"))
    except Gone:
        found = {}  # no order of that time is "not found" (guide)
    held = _listed({"list": found})
    wanted = [row for row in held if not open_only or _is_open(row)]
    items = sorted(map(_raw, wanted), key=lambda raw: raw.updated_at or rows.NEVER)
    onward = rows.text(rows.record(found.get("meta")).get("nextCursor"))
    if held and onward:
        return Page(items=tuple(items), next=f"{node}|{onward}")
    return Page(items=tuple(items), next=f"{_NODES[1]}|" if node == _NODES[0] else "")


def _window(client, since: datetime | None, until: datetime | None, node: str) -> dict[str, Any]:
    now = datetime.now(timezone.utc)
    return {
        "lastModifiedStartDate": rows.written(max(since or now - _REACH, now - _REACH)),
        "lastModifiedEndDate": rows.written(until or now),
        "shipNodeType": node,
        "limit": client.page_size,
    }


def _listed(found: Mapping[str, Any]) -> list[dict]:
    return rows.rows(rows.record(rows.record(found.get("list")).get("elements")).get("order"))


def _is_open(row: Mapping[str, Any]) -> bool:
    return any(order_lines.in_state(item, "Created", "Acknowledged") for item in order_lines.items(row))
