"""Something that must not go there: a country that is not served, a product that no carrier takes across a border."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .facts import Facts, Goods, Limits, Restriction
from .finding import Reason

if TYPE_CHECKING:
    from ...channels.records import Address, Order


def find(order: Order, facts: Facts, limits: Limits) -> Iterator[Reason]:
    address = order.ship_to or order.bill_to
    for restriction in facts.restrictions:
        if not _is_there(address, restriction):
            continue
        if not restriction.products and not restriction.categories:
            where = " ".join(filter(None, (address.postcode, address.country.upper())))
            yield Reason(
                code="restricted_place",
                values={"name": restriction.name, "where": where},
                about=(restriction.name, where),
            )
            continue
        for line in order.lines:
            goods = facts.goods.get(line.external_id)
            if goods and line.quantity and _is_it(goods, restriction):
                values = {"name": restriction.name, "item": goods.name}
                yield Reason(code="restricted_item", values=values, about=(restriction.name, str(goods.product)))


def _is_there(address: Address, restriction: Restriction) -> bool:
    country, state = address.country.upper(), address.state.casefold()
    postcode = address.postcode.replace(" ", "").upper()
    if restriction.countries and country not in restriction.countries:
        return False
    if restriction.states and state not in restriction.states:
        return False
    return not restriction.postcodes or any(postcode.startswith(start) for start in restriction.postcodes)


def _is_it(goods: Goods, restriction: Restriction) -> bool:
    return goods.product in restriction.products or bool(goods.categories & restriction.categories)
