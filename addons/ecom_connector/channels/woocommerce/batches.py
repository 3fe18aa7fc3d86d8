"""Many products changed by few calls.

Variations are written through their parent, so it is one call for all products and one more for each parent. A row
that fails stands as an error inside a 200 (research/contracts.md). A place names an item as our records do in
`stock_id`: "11" a product, "20/21" a variation of product 20.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..errors import Rejected
from . import answers, fields

_SILENT = "The shop did not say what became of this product."
_REFUSED = "The shop refused it."


def update(client, rows: Sequence[tuple[str, Mapping[str, Any]]], *, what: str) -> dict[str, Mapping[str, Any]]:
    """Write (place, values) rows; returns the shop's row for each place it said something of, see `problem`."""
    values = dict(rows)
    answered: dict[str, Mapping[str, Any]] = {}
    for parent, places in by_parent(values).items():
        asked = {item(place): place for place in places if item(place).isdigit()}
        for number, row in _write(client, parent, asked, values, what).items():
            if number in asked:
                answered[asked[number]] = row
    return answered


def problem(row: Mapping[str, Any] | None) -> str:
    """Why a row was not taken, in the shop's words; empty where it was."""
    if row is None:
        return _SILENT
    if "error" not in row:
        return ""
    return answers.plain(fields.text(fields.record(row["error"]).get("message"))) or _REFUSED


def by_parent(places: Iterable[str]) -> dict[str, list[str]]:
    """The places by the product they are written through; "" for products themselves."""
    groups: dict[str, list[str]] = {}
    for place in places:
        parent, slash, _item = place.partition("/")
        groups.setdefault(parent if slash else "", []).append(place)
    return groups


def item(place: str) -> str:
    return place.rpartition("/")[2]


def _write(
    client, parent: str, asked: Mapping[str, str], values: Mapping[str, Mapping[str, Any]], what: str
) -> dict[str, Mapping[str, Any]]:
    """The shop's row for each id; a whole call that it will not accept is an error of each of its rows."""
    if not asked:
        return {}
    rows = [{"id": int(number), **values[place]} for number, place in asked.items()]
    path = f"products/{parent}/variations/batch" if parent else "products/batch"
    try:
        answer = client.post(path, {"update": rows}, what=what)
    except Rejected as error:
        return {number: {"error": {"message": str(error)}} for number in asked}
    return {fields.identifier(row.get("id")): row for row in fields.rows(fields.load_row(answer.body).get("update"))}
