"""Stock of PrestaShop: one whole number a product or combination, in a list of its own (`stock_availables`).

A record is always written whole, so it is read first; one whose number is right already is not written. A fraction is
refused, a negative number is taken (both recorded). A combination that draws on PrestaShop's own warehouses
(`depends_on_stock`) is not written to: what is told to it would be lost.
"""

from collections.abc import Sequence

from ..errors import Rejected
from ..one_by_one import one_by_one
from ..records import StockLevel, StockResult
from . import fields
from .fields import Row
from .order_lines import variant_id

_ABSENT = "The shop has no stock record of this product. Was it deleted there?"
_ELSEWHERE = "The shop counts this product in its own warehouses (advanced stock management): switch that off there."


def push_stock(client, levels: Sequence[StockLevel]) -> list[StockResult]:
    """Write absolute quantities: the same push twice is the same as once."""
    held = _held(client, [level.variant_id for level in levels])
    return one_by_one(levels, lambda level: _push(client, level, held.get(level.variant_id)))


def read_stock(client, levels: Sequence[StockLevel]) -> dict[tuple[str, str], int]:
    held = _held(client, [level.variant_id for level in levels])
    return {
        (level.variant_id, level.location_id): int(fields.number(held[level.variant_id], "quantity"))
        for level in levels
        if level.variant_id in held
    }


def _held(client, variants: Sequence[str]) -> dict[str, Row]:
    """{variant: its record}. Where shops of one PrestaShop share products, the first record is this shop's."""
    products = {variant.partition("/")[0] for variant in variants}
    found: dict[str, Row] = {}
    for row in client.of("stock_availables", "id_product", products, what="Reading stock"):
        named = variant_id(fields.identifier(row, "id_product"), fields.identifier(row, "id_product_attribute"))
        found.setdefault(named, row)
    return found


def _push(client, level: StockLevel, row: Row | None) -> StockResult:
    problem, shown = "", None
    if row is None:
        problem = _ABSENT
    elif fields.truth(row, "depends_on_stock"):
        problem = _ELSEWHERE
    else:
        shown, problem = _write(client, level, row)
    return StockResult.of(level, problem, shown)


def _write(client, level: StockLevel, row: Row) -> tuple[int | None, str]:
    """(what the shop shows now, why it was not taken). A row that is refused is its own problem only."""
    shown = int(fields.number(row, "quantity"))
    if shown == level.quantity:
        return shown, ""
    fields.put(row, "quantity", str(level.quantity))
    try:
        answer = client.put(f"stock_availables/{fields.identifier(row)}", row, what="Updating stock")
    except Rejected as error:
        return None, str(error)
    shown = int(fields.number(fields.record(answer.body, "stock record"), "quantity"))
    said = "" if shown == level.quantity else f"The shop shows {shown} after we wrote {level.quantity}."
    return shown, said
