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
# Refunds and parcels come in plain lists, which have no further pages.
LISTED_AT_ONCE = 100
REFUNDS_AT_ONCE = 5


def complete(client, row: dict) -> dict:
    """The order with everything it has. Changes `row`."""
    what = f"Fetching order {fields.text(row.get('name'))}"
    for name, document in (
        ("lineItems", orders.ORDER_LINES),
        ("shippingLines", orders.ORDER_SHIPPING),
        ("fulfillmentOrders", orders.ORDER_PLACES),
    ):
        fill(client, row, name, document, what)
    if fields.count(fields.record(row.get("transactionsCount")).get("count")) > TRANSACTIONS_AT_ONCE:
        told = client.ask(orders.ORDER_TRANSACTIONS, {"id": row["id"]}, what=what)
        row["transactions"] = fields.record(told.get("order")).get("transactions")
    row["refunds"] = refunds_of(client, row["id"], what) if fields.rows(row.get("refunds")) else []
    has_returns = fields.text(row.get("returnStatus")) not in ("", "NO_RETURN")
    row["returns"] = returns_of(client, row["id"], what) if has_returns else []
    has_parcels = fields.count(fields.record(row.get("fulfillmentsCount")).get("count"))
    row["fulfillments"] = parcels_of(client, row, what) if has_parcels else []
    return row


def refunds_of(client, order_gid: str, what: str) -> list[dict]:
    told = client.ask(money.ORDER_REFUNDS, {"id": order_gid}, what=what)
    found = fields.rows(fields.record(told.get("order")).get("refunds"))
    if len(found) >= LISTED_AT_ONCE:
        found += _further_refunds(client, order_gid, {row.get("id") for row in found}, what)
    for row in found:
        fill(client, row, "refundLineItems", money.REFUND_LINES, what)
        fill(client, row, "refundShippingLines", money.REFUND_SHIPPINGS, what)
        fill(client, row, "transactions", money.REFUND_TRANSACTIONS, what)
    return found


def _further_refunds(client, order_gid: str, known: set, what: str) -> list[dict]:
    pages = client.pages(money.REFUND_IDS, {"id": order_gid}, what=what)
    named = (fields.record(row.get("refund")).get("id") for page in pages for row in fields.rows(page))
    left = [gid for gid in dict.fromkeys(named) if gid and gid not in known]
    found = []
    for start in range(0, len(left), REFUNDS_AT_ONCE):
        some = left[start : start + REFUNDS_AT_ONCE]
        nodes = client.ask(money.REFUNDS_BY_ID, {"ids": some}, what=what).get("nodes")
        found += [row for row in nodes or () if isinstance(row, dict) and row.get("id")]
    return found


def returns_of(client, order_gid: str, what: str) -> list[dict]:
    pages = client.pages(money.ORDER_RETURNS, {"id": order_gid}, what=what)
    found = [row for page in pages for row in fields.rows(page)]
    for row in found:
        fill(client, row, "returnLineItems", money.RETURN_LINES, what)
        fill(client, row, "exchangeLineItems", money.EXCHANGE_LINES, what)
    return found


def parcels_of(client, row: Mapping[str, Any], what: str) -> list[dict]:
    """`row`: an order with all its fulfilment orders."""
    told = client.ask(fulfilment.ORDER_PARCELS, {"id": row["id"]}, what=what)
    return with_further_parcels(client, row, fields.rows(fields.record(told.get("order")).get("fulfillments")), what)


def with_further_parcels(client, row: Mapping[str, Any], found: list[dict], what: str) -> list[dict]:
    """All parcels of an order of which the list holds `found`, each with all its lines."""
    if fields.count(fields.record(row.get("fulfillmentsCount")).get("count")) > len(found):
        by_id = {parcel.get("id"): parcel for parcel in found}
        for place in fields.rows(row.get("fulfillmentOrders")):
            for page in client.pages(fulfilment.PLACE_PARCELS, {"id": place["id"]}, what=what):
                by_id.update({parcel.get("id"): parcel for parcel in fields.rows(page)})
        found = list(by_id.values())
    for parcel in found:
        fill(client, parcel, "fulfillmentLineItems", fulfilment.PARCEL_LINES, what)
    return found


def fill(client, row: dict, name: str, document: Document, what: str) -> None:
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


def orders_of_places(client, names: Iterable[str], what: str) -> dict[str, str]:
    """{name of a fulfilment order: its order's number}, of those names that are such and are known there."""
    asked = {ids.gid("FulfillmentOrder", place): name for name in names if (place := ids.place_number(name))}
    if not asked:
        return {}
    nodes = client.ask(fulfilment.ORDERS_OF_PLACES, {"ids": list(asked)}, what=what).get("nodes")
    found = (row for row in nodes or () if isinstance(row, dict) and row.get("id") in asked)
    return {asked[row["id"]]: ids.number(fields.record(row.get("order")).get("id")) for row in found}


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
