"""Stock of Magento 1: one number a product. Fractions and negative numbers are taken without a word (recorded).

Many are written by one call and read back by another: the first only says that it was carried out. A product that is
not there stops the call at its place (fault 101, recorded for one), so then each is written by itself.
"""

from collections.abc import Sequence

from ..errors import Rejected
from ..markup import elements
from ..records import StockLevel, StockResult
from . import fields

_ABSENT = "The shop has no product of this SKU."


def push_stock(client, levels: Sequence[StockLevel]) -> list[StockResult]:
    """Write absolute quantities: the same push twice is the same as once."""
    what, problems = "Updating stock", {}
    places = [_place(level) for level in levels]
    try:
        client.call("catalogInventoryStockItemMultiUpdate", places, [_row(level) for level in levels], what=what)
    except Rejected:
        for level in levels:
            try:
                client.call("catalogInventoryStockItemUpdate", _place(level), _row(level), what=what)
            except Rejected as error:
                problems[level.variant_id] = str(error)
    held = _held(client, places)
    return [_result(level, held.get(_place(level)), problems.get(level.variant_id, "")) for level in levels]


def read_stock(client, levels: Sequence[StockLevel]) -> dict[tuple[str, str], int]:
    held = _held(client, [_place(level) for level in levels])
    return {(level.variant_id, level.location_id): held[_place(level)] for level in levels if _place(level) in held}


def _place(level: StockLevel) -> str:
    return level.stock_id or level.variant_id


def _row(level: StockLevel) -> dict[str, str | int]:
    """What was sold out stays so, however many there are, until somebody says that it is not. At 0 the shop decides: it
    may sell to order."""
    row: dict[str, str | int] = {"qty": str(level.quantity)}
    return {**row, "is_in_stock": 1} if level.quantity else row


def _held(client, places: list[str]) -> dict[str, int]:
    """{SKU, and number: what the shop shows}; what it does not know is left out (recorded)."""
    found: dict[str, int] = {}
    for row in elements(client.call("catalogInventoryStockItemList", places, what="Reading stock")):
        quantity = int(fields.number(row, "qty"))
        found[fields.text(row, "sku")] = quantity
        found.setdefault(fields.identifier(row, "product_id"), quantity)
    return found


def _result(level: StockLevel, shown: int | None, problem: str) -> StockResult:
    if shown is None:
        problem = problem or _ABSENT
    elif shown != level.quantity:
        problem = problem or f"The shop shows {shown} after we wrote {level.quantity}."
    return StockResult.of(level, problem, shown)
