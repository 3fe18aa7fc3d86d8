"""The tax rates a merchant entered, for the mapping; orders cite them by their code."""

from .. import rows
from ..records import Tax
from . import search


def fetch_taxes(client) -> tuple[Tax, ...]:
    found = []
    for row in search.every(client, "/V1/taxRates/search", what="Fetching tax rates"):
        code, country = rows.text(row.get("code")), rows.text(row.get("tax_country_id"))
        name = code if not country or country in code else f"{code} ({country})"
        found.append(Tax(code=code, name=name, rate=rows.amount(row.get("rate"))))
    return tuple(found)
