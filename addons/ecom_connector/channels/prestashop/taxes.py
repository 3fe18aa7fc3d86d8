"""The taxes that a merchant entered into PrestaShop, for the mapping; lines of orders cite them by number."""

from ..records import Tax
from . import fields


def fetch_taxes(client) -> tuple[Tax, ...]:
    """Those that were deleted stay in old orders, but nobody pays them any more."""
    rows = client.find("taxes", {}, what="Fetching tax rates")
    return tuple(
        Tax(code=fields.identifier(row), name=fields.text(row, "name"), rate=fields.number(row, "rate"))
        for row in rows
        if not fields.truth(row, "deleted")
    )
