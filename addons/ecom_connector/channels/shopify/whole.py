"""An order in full: what one answer could not hold is fetched page by page, what few orders have is asked for apart.

The body that is kept is made here of several answers. Its lists are complete, so it needs nobody to be read.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any

from ..errors import ChannelError, Gone, Unreadable
from ..records import Raw
from . import fields, ids, markets
from .documents import fulfilment, money, orders
from .documents.document import Document

_NEVER = datetime(1970, 1, 1, tzinfo=timezone.utc)
TRANSACTIONS_AT_ONCE = 20


def complete(client, row: dict) -> dict:
    """The order with everything it has. Changes `row`."""
    what = f"Fetching order {fields.text(row.get('name'))}"
    for name, document in (
        ("lineItems", orders.ORDER_LINES),
        ("shippingLines", orders.ORDER_SHIPPING),
        ("fulfillmentOrders", orders.ORDER_PLACES),
    ):
        _fill(client, row, name, document, what)
    if fields.count(fields.record(row.get("transactionsCount")).get("count")) > TRANSACTIONS_AT_ONCE:
        told = client.ask(orders.ORDER_TRANSACTIONS, {"id": row["id"]}, what=what)
        row["transactions"] = fields.record(told.get("order")).get("transactions")
    row["refunds"] = refunds_of(client, row["id"], what) if fields.rows(row.get("refunds")) else []
    has_returns = fields.text(row.get("returnStatus")) not in ("", "NO_RETURN")
    row["returns"] = returns_of(client, row["id"], what) if has_returns else []
    has_parcels = fields.count(fields.record(row.get("fulfillmentsCount")).get("count"))
    row["fulfillments"] = parcels_of(client, row["id"], what) if has_parcels else []
    return row


def refunds_of(client, order_gid: str, what: str) -> list[dict]:
    told = client.ask(money.ORDER_REFUNDS, {"id": order_gid}, what=what)
    found = fields.rows(fields.record(told.get("order")).get("refunds"))
    for row in found:
        _fill(client, row, "refundLineItems", money.REFUND_LINES, what)
        _fill(client, row, "refundShippingLines", money.REFUND_SHIPPINGS, what)
        _fill(client, row, "transactions", money.REFUND_TRANSACTIONS, what)
    return found


def returns_of(client, order_gid: str, what: str) -> list[dict]:
    pages = client.pages(money.ORDER_RETURNS, {"id": order_gid}, what=what)
    found = [row for page in pages for row in fields.rows(page)]
    for row in found:
        _fill(client, row, "returnLineItems", money.RETURN_LINES, what)
        _fill(client, row, "exchangeLineItems", money.EXCHANGE_LINES, what)
    return found


def parcels_of(client, order_gid: str, what: str) -> list[dict]:
    told = client.ask(fulfilment.ORDER_PARCELS, {"id": order_gid}, what=what)
    found = fields.rows(fields.record(told.get("order")).get("fulfillments"))
    for row in found:
        _fill(client, row, "fulfillmentLineItems", fulfilment.PARCEL_LINES, what)
    return found


def _fill(client, row: dict, name: str, document: Document, what: str) -> None:
    """Put the further pages of a connection behind its first one."""
    first = fields.record(row.get(name))
    nodes, after = fields.rows(first), fields.following(first)
    if after:
        for page in client.pages(document, {"id": row["id"], "after": after}, what=what):
            nodes = nodes + fields.rows(page)
    row[name] = {"nodes": nodes}


def by_id(client, numbers: Iterable[str], what: str) -> dict[str, Raw | ChannelError]:
    """{number: the order in full, or what is wrong with this one}. Raises what concerns the shop and not an order."""
    found: dict[str, Raw | ChannelError] = {}
    numbers = [number for number in dict.fromkeys(numbers) if _is_number(number, found)]
    for start in range(0, len(numbers), client.orders_at_once):
        some = numbers[start : start + client.orders_at_once]
        asked = {"ids": [ids.gid("Order", number) for number in some], "lines": client.lines_at_once}
        nodes = client.ask(orders.ORDERS_BY_ID, asked, what=what).get("nodes")
        rows = {row["id"]: row for row in nodes or () if isinstance(row, dict) and row.get("id")}
        for number, gid in zip(some, asked["ids"], strict=True):
            found[number] = raw(client, rows[gid]) if gid in rows else Gone(f"The shop has no order {number} any more.")
    return found


def _is_number(number: str, found: dict) -> bool:
    try:
        ids.gid("Order", number)
    except Gone as error:
        found[number] = error
        return False
    return True


def raw(client, row: dict) -> Raw:
    """Filed without being understood; an order that is odd must not hold up the others on its page."""
    try:
        row = {**complete(client, row), "market": _market(client, row)}
    except Unreadable:
        row = {**row, "market": ""}
    body = fields.dump(row)
    moment = changed_at(row)
    return Raw(external_id=ids.number(row.get("id")), version=version(row, body), body=body, updated_at=moment)


def _market(client, row: Mapping[str, Any]) -> str:
    address = fields.record(row.get("shippingAddress")) or fields.record(row.get("billingAddress"))
    country = fields.text(address.get("countryCodeV2"))
    return markets.of_country(client).get(country, "") if country else ""


def changed_at(row: Mapping[str, Any]) -> datetime | None:
    try:
        return fields.moment(row.get("updatedAt"))
    except Unreadable:
        return None


def version(row: Mapping[str, Any], body: bytes) -> str:
    """The second of the last change, and behind the `~` a digest: Shopify counts no revisions, and a checkout changes
    an order several times within a second. Two states of one second are told apart, not put in order."""
    digest = hashlib.sha256(body).hexdigest()[:8]
    return f"{fields.stamp(changed_at(row) or _NEVER)}~{digest}"
