"""Prices of Amazon: what buyers pay, with tax as the marketplace shows it.

A lower price with its old one crossed out needs the day on which it ends, which nobody here knows: while there is an
offer, it is the price. The attribute is merged, so quantity discounts and prices for companies beside it stay.
"""

from collections.abc import Sequence
from decimal import Decimal

from ..errors import Unreadable
from ..records import ItemResult, Price
from . import account, listings

_BUYERS = "ALL"


def push_prices(client, prices: Sequence[Price]) -> list[ItemResult]:
    """Write absolute prices: the same push twice is the same as once."""
    site = client.marketplaces[0]
    currency = next((found.currency for found in account.read_sites(client) if found.external_id == site), "")
    if not currency:
        raise Unreadable("Amazon does not say in which currency this marketplace sells.")
    return [_push(client, price, site, currency) for price in prices]


def _push(client, price: Price, site: str, currency: str) -> ItemResult:
    amount = price.amount if price.offer is None else price.offer
    said = {
        "marketplace_id": site,
        "currency": currency,
        "audience": _BUYERS,
        "our_price": [{"schedule": [{"value_with_tax": _number(amount)}]}],
    }
    problem = listings.change(
        client, price.variant_id, {"purchasable_offer": [said]}, what=f"Updating the price of {price.variant_id}"
    )
    return ItemResult(variant_id=price.variant_id, problem=problem, price=None if problem else amount)


def _number(amount: Decimal) -> int | float:
    """As JSON has it; the shortest notation of the nearest double is the amount again."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)
