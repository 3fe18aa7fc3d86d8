"""What lies in Walmart's own warehouses (WFS): what is on hand there, units of orders that have not left among them
(contract)."""

from collections.abc import Mapping
from typing import Any

from .. import rows
from ..records import KeptStock, Page

_PATH = "/v3/fulfillment/inventory"
_AT_ONCE = 100


def fetch_kept(client, token: str = "") -> Page:
    offset = int(token or 0)
    asked = {"limit": _AT_ONCE, "offset": offset}
    answer = client.get(_PATH, asked, what="Reading what lies at Walmart")
    found = rows.load(answer.body)
    listed = rows.rows(rows.record(found.get("payload")).get("inventory"))
    more = listed and offset + len(listed) < rows.whole(rows.record(found.get("headers")).get("totalCount") or 0)
    items = tuple(_kept(row) for row in listed if rows.identifier(row.get("sku")))
    return Page(items=items, next=str(offset + len(listed)) if more else "")


def _kept(row: Mapping[str, Any]) -> KeptStock:
    nodes = rows.rows(row.get("shipNodes"))
    return KeptStock(
        variant_id=rows.identifier(row.get("sku")),
        quantity=sum(rows.whole(node.get("onHandQty") or 0) for node in nodes),
    )
