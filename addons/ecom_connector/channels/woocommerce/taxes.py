"""The tax rates a merchant entered into WooCommerce, for the mapping; orders cite them by id."""

from ..records import Tax
from . import fields, paging


def fetch_taxes(client) -> tuple[Tax, ...]:
    """Rates of different places may share name and percentage: the place is put behind the name."""
    found = []
    for answer in paging.every(client, "taxes", what="Fetching tax rates"):
        found += [_tax(row) for row, _body in fields.slices(answer.body)]
    return tuple(found)


def _tax(row: dict) -> Tax:
    place = " ".join(filter(None, (fields.text(row.get("country")), fields.text(row.get("state")))))
    name = fields.text(row.get("name"))
    return Tax(
        code=fields.identifier(row.get("id")),
        name=f"{name} ({place})" if place else name,
        rate=fields.number(row.get("rate")),
        compound=row.get("compound") is True,
    )
