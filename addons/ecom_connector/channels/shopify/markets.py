"""Markets: the countries that a shop sells to alike. An order does not name its market; the country it goes to does."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import Refused, Rejected
from ..records import Site
from . import fields, ids
from .documents import access

KEEP_SECONDS = 3600.0


def read_markets(client) -> Iterator[tuple[Site, tuple[str, ...]]]:
    """(site, codes of its countries) of every market that is on and made of regions."""
    after = None
    while True:
        data = client.ask(access.MARKETS, {"after": after}, what="Reading the markets")
        page = fields.record(data.get("markets"))
        for row in fields.rows(page):
            if fields.text(row.get("status")) == "ACTIVE" and fields.text(row.get("type")) in ("REGION", ""):
                yield _site(row), _countries(row)
        after = fields.following(page)
        if not after:
            return


def of_country(client) -> Mapping[str, str]:
    """{country: market's id}; empty where our app may not read markets. Asked once an hour."""
    kept = client.markets
    if kept is None or client.clock() - kept[0] > KEEP_SECONDS:
        kept = client.markets = (client.clock(), _by_country(client))
    return kept[1]


def _by_country(client) -> dict[str, str]:
    """Of a country in two markets the first one counts."""
    found: dict[str, str] = {}
    try:
        for site, countries in read_markets(client):
            for country in countries:
                found.setdefault(country, site.external_id)
    except (Refused, Rejected):
        return {}
    return found


def _site(row: Mapping[str, Any]) -> Site:
    base = fields.record(fields.record(row.get("currencySettings")).get("baseCurrency"))
    return Site(
        external_id=ids.number(row.get("id")),
        name=fields.text(row.get("name")),
        currency=fields.text(base.get("currencyCode")),
    )


def _countries(row: Mapping[str, Any]) -> tuple[str, ...]:
    regions = fields.record(fields.record(row.get("conditions")).get("regionsCondition")).get("regions")
    codes = (fields.text(region.get("code")) for region in fields.rows(regions))
    return tuple(filter(None, codes))
