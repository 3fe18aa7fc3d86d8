"""Prices of one market of Shopify: the fixed prices in the price list of its catalogue, in its own currency.

What has no fixed price there costs what the shop asks, changed by the rate and the percentage that the market states.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import Rejected
from ..records import ItemResult, Page, Price
from . import answers, fields, ids
from .documents import goods


def fetch_site_prices(client, site: str, token: str = "") -> Page:
    """Fixed prices only."""
    what = "Reading the prices of a market"
    asked = {"id": _price_list(client, site, what)["id"], "after": token or None}
    page = fields.record(fields.record(client.ask(goods.FIXED_PRICES, asked, what=what).get("owner")).get("page"))
    found = tuple(_price(row) for row in fields.rows(page) if row.get("variant"))
    return Page(items=found, next=fields.following(page))


def push_site_prices(client, site: str, prices: Sequence[Price]) -> list[ItemResult]:
    """At most 250. The same prices twice are the same as once; a price that is refused keeps no other back."""
    what = "Publishing the prices of a market"
    held = _price_list(client, site, what)
    currency = fields.text(held.get("currency"))
    problems = {
        price.variant_id: f"This market sells in {currency}, and the price is in {price.currency}."
        for price in prices
        if price.currency != currency
    }
    rows = {price.variant_id: build_fixed(price) for price in prices if price.variant_id not in problems}
    shown = _fixed(client, held["id"], rows, problems, what)
    return [
        ItemResult(
            variant_id=price.variant_id,
            problem=problems.get(price.variant_id, ""),
            price=shown.get(price.variant_id),
        )
        for price in prices
    ]


def build_fixed(price: Price) -> dict[str, Any]:
    now = price.amount if price.offer is None else price.offer
    row: dict[str, Any] = {
        "variantId": ids.gid("ProductVariant", price.variant_id),
        "price": {"amount": f"{now:f}", "currencyCode": price.currency},
    }
    if price.offer is not None:
        row["compareAtPrice"] = {"amount": f"{price.amount:f}", "currencyCode": price.currency}
    return row


def _price_list(client, site: str, what: str) -> dict:
    """Rejected where the market has none: then it has no prices of its own that could be written."""
    told = client.ask(goods.PRICE_LIST, {"id": ids.gid("Market", site)}, what=what)
    market = fields.record(told.get("market"))
    for catalog in fields.rows(market.get("catalogs")):
        if fields.text(catalog.get("status")) == "ACTIVE" and catalog.get("priceList"):
            return fields.record(catalog["priceList"])
    name = fields.text(market.get("name")) or site
    raise Rejected(f"{what}: {name} has no catalog with prices of its own. Make one in Shopify admin > Markets.")


def _fixed(client, price_list: str, rows: dict[str, dict], problems: dict[str, str], what: str) -> dict:
    """{variant: what it costs there now}. What single rows are refused for is put into `problems`, and the others are
    written without them."""
    while rows:
        asked = {"id": price_list, "prices": list(rows.values())}
        told = fields.record(client.ask(goods.FIX_PRICES, asked, what=what).get("priceListFixedPricesAdd"))
        refused = _refused(told, list(rows))
        if not refused:
            answers.payload({"told": told}, "told", what)
            return {price.variant_id: price.amount for price in map(_price, fields.rows(told.get("prices")))}
        problems.update(refused)
        rows = {number: row for number, row in rows.items() if number not in refused}
    return {}


def _refused(told: Mapping[str, Any], numbers: Sequence[str]) -> dict[str, str]:
    """`field` names the row: ["prices", "2", "variantId"]."""
    found: dict[str, str] = {}
    for problem in fields.rows(told.get("userErrors")):
        path = [part for part in problem.get("field") or () if isinstance(part, str)]
        places = [int(part) for part in path if part.isascii() and part.isdigit()]
        if places and places[0] < len(numbers):
            found[numbers[places[0]]] = fields.text(problem.get("message")) or "Shopify refused it."
    return found


def _price(row: Mapping[str, Any]) -> Price:
    """What the buyer pays is the offer where a price is struck out beside it."""
    price, before = fields.record(row.get("price")), row.get("compareAtPrice")
    now = fields.amount(price.get("amount"))
    return Price(
        variant_id=ids.number(fields.record(row.get("variant")).get("id")),
        amount=fields.amount(fields.record(before).get("amount")) if before else now,
        offer=now if before else None,
        currency=fields.text(price.get("currencyCode")),
    )
