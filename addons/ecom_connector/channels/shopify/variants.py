"""Variants changed, product by product: Shopify takes those of one product at a time, several products in one call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from . import fields, ids
from .documents import goods

GONE = "The product does not exist in the shop any more."


@dataclass(frozen=True, slots=True)
class Told:
    """What the shop said of one variant; `price`: what it costs there now."""

    problem: str = ""
    price: Decimal | None = None


NOTHING = Told()


def products_of(client, numbers: Sequence[str]) -> dict[str, dict]:
    """{variant: its product}; those that are gone are left out."""
    asked = [ids.gid("ProductVariant", number) for number in dict.fromkeys(numbers)]
    if not asked:
        return {}
    nodes = client.ask(goods.PRODUCTS_OF, {"ids": asked}, what="Looking for products").get("nodes")
    found = (row for row in nodes or () if isinstance(row, dict) and row.get("product"))
    return {ids.number(row.get("id")): fields.record(row.get("product")) for row in found}


def change(client, rows: Mapping[str, dict[str, Any]], owners: Mapping[str, dict], what: str) -> dict[str, Told]:
    """`rows`: {variant: ProductVariantsBulkInput}. A row that is refused does not keep back the others."""
    told = {number: Told(GONE) for number in rows if number not in owners}
    groups: dict[str, list[str]] = {}
    for number in rows:
        if number in owners:
            groups.setdefault(owners[number]["id"], []).append(number)
    products = list(groups)
    for start in range(0, len(products), goods.MOST_PRODUCTS):
        some = products[start : start + goods.MOST_PRODUCTS]
        asked: dict[str, Any] = {}
        for place, product in enumerate(some, 1):
            asked[f"product{place}"] = product
            asked[f"variants{place}"] = [rows[number] for number in groups[product]]
        data = client.ask(goods.CHANGE_VARIANTS[len(some)], asked, what=what)
        for place, product in enumerate(some, 1):
            told.update(_read(fields.record(data.get(f"change{place}")), groups[product]))
    return told


def _read(answer: Mapping[str, Any], numbers: Sequence[str]) -> dict[str, Told]:
    """`field` names the row: ["variants", "2", "price"]; without one it is about all of them."""
    problems: dict[str, str] = {}
    for problem in fields.rows(answer.get("userErrors")):
        path = problem.get("field") or ()
        places = [int(part) for part in path if isinstance(part, str) and part.isascii() and part.isdigit()]
        about = [numbers[places[0]]] if places and places[0] < len(numbers) else numbers
        problems.update({number: fields.text(problem.get("message")) or "Shopify refused it." for number in about})
    prices = {ids.number(row.get("id")): row.get("price") for row in fields.rows(answer.get("productVariants"))}
    return {
        number: Told(
            problems.get(number, ""),
            None if prices.get(number) is None else fields.amount(prices[number]),
        )
        for number in numbers
    }
