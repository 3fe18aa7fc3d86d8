"""Stock of Magento 2: quantities of sources, less what open orders have reserved.

    salable = what lies in the sources of a stock - reservations of orders that are not shipped yet (source)

What is published from here has those orders taken off already, so writing it as it is would take them off twice
(magento/inventory 2725, 2130). What is written is therefore the wanted quantity and the units reserved there. Which
source they will leave from, Magento does not know either: they are counted on the first source of the stock.

A shop that has inventory management switched off counts one number a product: `stock_items.py`.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from .. import rows
from ..errors import Gone, Rejected, Unreachable
from ..records import StockLevel, StockResult
from . import search, stock_items

_ITEMS = "/V1/inventory/source-items"
_NO_SUCH_ADDRESS = "does not match any route"
_UNTRACKED = "The shop does not have this product in the source, or does not track its stock."


def push_stock(client, levels: Sequence[StockLevel]) -> list[StockResult]:
    """Write absolute quantities, all rows in one call; the same push twice is the same as once."""
    if not _has_sources(client):
        return stock_items.push_stock(client, levels)
    state = _State(client, [_sku(level) for level in levels])
    rows_of = [state.row(level) for level in levels]
    wanted = [row for row in rows_of if row]
    if wanted:
        client.post(_ITEMS, {"sourceItems": wanted}, what="Updating stock")
    return [_result(level, row) for level, row in zip(levels, rows_of, strict=True)]


def _sku(level: StockLevel) -> str:
    return level.stock_id or level.variant_id


def _result(level: StockLevel, row: Mapping[str, Any] | None) -> StockResult:
    return StockResult.of(level, "" if row else _UNTRACKED)


def read_stock(client, levels: Sequence[StockLevel]) -> dict[tuple[str, str], int]:
    """What of each source is salable; products that are not in it are left out."""
    if not _has_sources(client):
        return stock_items.read_stock(client, levels)
    state = _State(client, [_sku(level) for level in levels])
    found = {}
    for level in levels:
        held = state.held(_sku(level), level.location_id)
        if held is not None:
            found[level.variant_id, level.location_id] = int(held - state.reserved_on(_sku(level), level.location_id))
    return found


class _State:
    """What lies in the sources, and what is reserved, of some products."""

    def __init__(self, client, skus: Sequence[str]):
        self.sources = _sources(client)
        names = ",".join(dict.fromkeys(skus))
        filters = [("sku", "in", names)]
        found = search.every(client, _ITEMS, filters, what="Reading stock", size=500)
        self.items = {(rows.text(r.get("sku")), rows.identifier(r.get("source_code"))): r for r in found}
        path = f"/V1/inventory/export-stock-salable-qty/website/{quote(client.website, safe='')}"
        sold = search.every(client, path, filters, what="Reading what can be sold", size=500)
        self.salable = {rows.text(row.get("sku")): rows.amount(row.get("qty")) for row in sold}

    def held(self, sku: str, location: str) -> Decimal | None:
        row = self.items.get((sku, location or self.sources[0]))
        return None if row is None else rows.amount(row.get("quantity"))

    def reserved_on(self, sku: str, location: str) -> Decimal:
        """Of the first source that has the product: all that its orders wait for. Never less than nothing."""
        having = [source for source in self.sources if (sku, source) in self.items]
        if sku not in self.salable or not having or (location or self.sources[0]) != having[0]:
            return Decimal(0)
        lying = sum(
            (rows.amount(self.items[sku, s].get("quantity")) for s in having if self._counts(sku, s)), Decimal(0)
        )
        return max(lying - self.salable[sku], Decimal(0))

    def _counts(self, sku: str, source: str) -> bool:
        """A row that is switched to "out of stock" is not salable, whatever lies there (source)."""
        return rows.text(self.items[sku, source].get("status")) != "0"

    def row(self, level: StockLevel) -> dict[str, Any] | None:
        sku, source = _sku(level), level.location_id or self.sources[0]
        if (sku, source) not in self.items or sku not in self.salable:
            return None
        quantity = level.quantity + self.reserved_on(sku, source)
        return {"sku": sku, "source_code": source, "quantity": quantity, "status": 1}


def _has_sources(client) -> bool:
    """Not where inventory management (MSI) is switched off: then it has no such address."""
    try:
        _sources(client)
    except Rejected as error:
        if _NO_SUCH_ADDRESS not in str(error.__cause__):
            raise
        return False
    return True


def _sources(client) -> list[str]:
    """Of the stock of our website, the first one first; kept, for they hardly ever change."""
    if client.sources is None:
        what = "Looking at the sources"
        try:
            path = f"/V1/inventory/stock-resolver/website/{quote(client.website, safe='')}"
            stock = rows.identifier(rows.load(client.get(path, what=what).body).get("stock_id"))
            path = f"/V1/inventory/get-sources-assigned-to-stock-ordered-by-priority/{stock}"
            found = rows.rows(rows.load_any(client.get(path, what=what).body))
        except (Gone, Unreachable) as error:
            if error.status != 404:
                raise
            raise Rejected(f"The shop has no stock for the website “{client.website}”.") from error
        client.sources = [rows.identifier(r.get("source_code")) for r in found if r.get("enabled") is not False]
    if not client.sources:
        raise Rejected(f"No source is assigned to the stock of the website “{client.website}”.")
    return client.sources
