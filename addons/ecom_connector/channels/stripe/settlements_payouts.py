"""Stripe's list of payouts: what was paid out when, without its lines. As the API lists it, or as a table of it."""

from collections.abc import Iterator

from ..reports.formats import Format, Item
from ..reports.papers import of_json
from ..reports.source import Source
from ..reports.table import Table, heading
from .settlements import _settlement

NEEDED = ("id", "amount", "arrival_date", "currency", "status", "balance_transaction_id")


@of_json
def read(source: Source) -> Iterator[Item]:
    """Unreadable."""
    rows = source.json["data"] if source.is_json else (row for _number, row in Table(source, *NEEDED).records())
    for row in rows:
        yield _settlement(row)


def _recognises(source: Source) -> bool:
    if not source.is_json:
        return heading(source, *NEEDED) is not None
    rows = source.json.get("data") if isinstance(source.json, dict) else None
    return isinstance(rows, list) and bool(rows) and isinstance(rows[0], dict) and rows[0].get("object") == "payout"


FORMAT = Format(code="stripe_payouts", name="Stripe payouts", recognises=_recognises, read=read)
