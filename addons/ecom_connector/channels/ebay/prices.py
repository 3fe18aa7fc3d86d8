"""Prices of eBay: of each offer of an item, in the currency of its marketplace, with VAT where buyers pay it.

There is no lower price for a time: promotions are another API. So an offer of ours is the price itself.
"""

from collections.abc import Sequence
from typing import Any

from .. import rows
from ..records import ItemResult, Price
from . import offers
from .values import stated


def push_prices(client, prices: Sequence[Price]) -> list[ItemResult]:
    """Write absolute prices of the offers on the seller's own marketplace. Others may have another currency: theirs is
    left as it is."""
    asked, without = [], set()
    for price in prices:
        row = _row(client, price)
        if row["offers"]:
            asked.append(row)
        else:
            without.add(price.variant_id)
    problems = offers.update(client, asked, what="Updating prices") if asked else {}
    return [_result(client, price, problems.get(price.variant_id, ""), without) for price in prices]


def _row(client, price: Price) -> dict[str, Any]:
    amount = price.amount if price.offer is None else price.offer
    told = []
    for offer in offers.of_sku(client, price.variant_id):
        if rows.text(offer.get("marketplaceId")) == client.marketplace:
            told.append({"offerId": rows.identifier(offer.get("offerId")), "price": stated(amount, client.currency)})
    return {"sku": price.variant_id, "offers": told}


def _result(client, price: Price, problem: str, without: set[str]) -> ItemResult:
    if price.variant_id in without:
        problem = f"It is not on sale on {client.marketplace}."
    return ItemResult(variant_id=price.variant_id, problem=problem, price=None if problem else price.amount)
