"""Stock told to the shop, with compare-and-set and an idempotency key for each level, and asked from it."""

from collections.abc import Sequence

from ..records import StockLevel, StockResult
from .client import Client
from .reading import count, expecting, word

OUTCOMES = ("applied", "stale", "rejected")


def push_stock(client: Client, levels: Sequence[StockLevel]) -> list[StockResult]:
    """One call for up to 50 levels; an answer for each, in the order asked. Unanswered: `read_stock` tells."""
    asked = [
        {
            "variant_id": level.variant_id,
            "location_id": level.location_id,
            "quantity": level.quantity,
            "expected": level.expected,
            "key": level.key,
        }
        for level in levels
    ]
    return client.post("/stock", {"levels": asked}, what="Publishing stock", read=lambda told: _results(told, levels))


def _results(told: dict, levels: Sequence[StockLevel]) -> list[StockResult]:
    return [_result(result, level) for result, level in zip(told["results"], levels, strict=True)]


def _result(result: dict, level: StockLevel) -> StockResult:
    if result["variant_id"] != level.variant_id or result["outcome"] not in OUTCOMES:
        raise ValueError
    return StockResult(
        variant_id=level.variant_id,
        location_id=level.location_id,
        outcome=result["outcome"],
        held=None if result["held"] is None else count(result["held"]),
        problem=word(result["problem"]),
    )


def read_stock(client: Client, levels: Sequence[StockLevel]) -> dict[tuple[str, str], int]:
    """What the shop shows for these: (variant_id, location_id) -> units. Unknown items are left out."""
    wanted = ",".join(f"{level.variant_id}@{level.location_id}" for level in levels)
    told = client.get("/stock", what="Reading stock", of=wanted)
    with expecting("The shop's stock"):
        return {
            (word(level["variant_id"]), word(level["location_id"])): count(level["available"])
            for level in told["levels"]
        }
