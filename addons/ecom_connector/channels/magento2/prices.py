"""Prices of Magento 2, many at a time: a base price, and a special one while there is an offer.

The calls answer with those rows that were not taken, and why (contract); an empty list means all were. A special price
needs a time: one that began long ago and ends far away, always the same, so that writing it again changes nothing.
"""

from collections.abc import Sequence
from typing import Any

from .. import rows
from ..records import ItemResult, Price
from . import answers

_ALL_STORES = 0
_FROM, _TO = "2000-01-01 00:00:00", "2099-12-31 23:59:59"


def push_prices(client, prices: Sequence[Price]) -> list[ItemResult]:
    base = [{"price": price.amount, "store_id": _ALL_STORES, "sku": _sku(price)} for price in prices]
    problems = _write(client, "/V1/products/base-prices", base, "Updating prices")
    problems |= _end(client, [_sku(price) for price in prices if price.offer is None])
    offers = [
        {"price": price.offer, "store_id": _ALL_STORES, "sku": _sku(price), "price_from": _FROM, "price_to": _TO}
        for price in prices
        if price.offer is not None
    ]
    problems |= _write(client, "/V1/products/special-price", offers, "Updating offers")
    return [_result(price, problems.get(_sku(price), "")) for price in prices]


def _sku(price: Price) -> str:
    return price.stock_id or price.variant_id


def _result(price: Price, problem: str) -> ItemResult:
    return ItemResult(variant_id=price.variant_id, problem=problem, price=None if problem else price.amount)


def _write(client, path: str, asked: Sequence[dict[str, Any]], what: str) -> dict[str, str]:
    """{SKU: why it was not taken}"""
    if not asked:
        return {}
    found = {}
    for row in rows.rows(rows.load_any(client.post(path, {"prices": list(asked)}, what=what).body)):
        stated = row.get("parameters")
        named = {str(value) for value in (stated.values() if isinstance(stated, dict) else stated or ())}
        for price in asked:
            if price["sku"] in named or len(asked) == 1:
                found[price["sku"]] = answers.words(row) or "The shop did not take it."
    return found


def _end(client, skus: Sequence[str]) -> dict[str, str]:
    """Of products without an offer here: ours over there ends. Those that people made for a season stay."""
    if not skus:
        return {}
    what = "Ending offers"
    asked = {"skus": list(skus)}
    answer = client.post("/V1/products/special-price-information", asked, what=what, reads=True)
    ours = [row for row in rows.rows(rows.load_any(answer.body)) if rows.text(row.get("price_to")).startswith(_TO[:10])]
    names = ("price", "store_id", "sku", "price_from", "price_to")
    return _write(client, "/V1/products/special-price-delete", [{n: row.get(n) for n in names} for row in ours], what)
