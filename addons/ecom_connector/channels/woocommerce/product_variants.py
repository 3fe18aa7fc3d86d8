"""Variations of WooCommerce, made: a variable product around them, whose attributes list every value they may have.

The product is a draft until somebody puts it on sale there; its variations then are on sale with it. It is known again
by its SKU, so it is made once, also after an answer that never came; so is each variation.
"""

from typing import Any

from ..errors import Rejected
from ..records import ItemChange, ItemParent
from . import fields
from .items import item_id


def make_variation(client, change: ItemChange, values: dict[str, Any]) -> dict:
    """The shop's row of the new variation. `values`: what else is said of it, in the shop's names."""
    parent = _parent(client, change.parent)
    chosen = [{"name": name, "option": value} for name, value in change.options]
    asked = {"manage_stock": True, "stock_quantity": 0, "attributes": chosen, **values}
    number = item_id(parent)
    made = fields.load_row(client.post(f"products/{number}/variations", asked, what=f"Making {change.sku}").body)
    return {**made, "parent_id": made.get("parent_id") or int(number)}


def _parent(client, parent: ItemParent) -> dict:
    """The variable product, with all its options."""
    held = _known(client, parent)
    if held is None:
        asked = {"type": "variable", "status": "draft", "name": parent.name, "sku": parent.key}
        asked |= {"description": parent.description} if parent.description else {}
        asked["attributes"] = _with_options([], parent)
        return fields.load_row(client.post("products", asked, what=f"Making {parent.name}").body)
    attributes = fields.rows(held.get("attributes"))
    wanted = _with_options(attributes, parent)
    if wanted != attributes:
        what = f"Adding options to {parent.name}"
        held = fields.load_row(client.put(f"products/{item_id(held)}", {"attributes": wanted}, what=what).body)
    return held


def _known(client, parent: ItemParent) -> dict | None:
    if parent.product_id:
        held = fields.load_row(client.get(f"products/{parent.product_id}", what=f"Looking for {parent.name}").body)
    else:
        answer = client.get("products", {"sku": parent.key}, what=f"Looking for {parent.name}")
        held = next((row for row, _body in fields.slices(answer.body)), None)
    if held is not None and fields.text(held.get("type")) == "simple":
        raise Rejected(f"{parent.name} is a product without variations in the shop. List its variants there by hand.")
    return held


def _with_options(attributes: list[dict], parent: ItemParent) -> list[dict]:
    """The product's attributes with what is missing of ours; nothing of theirs is taken away."""
    found = [dict(attribute) for attribute in attributes]
    by_name = {fields.text(attribute.get("name")).casefold(): attribute for attribute in found}
    for name, values in parent.options:
        attribute = by_name.get(name.casefold())
        if attribute is None:
            found.append({"name": name, "visible": True, "variation": True, "options": list(values)})
            continue
        options = list(attribute.get("options") or [])
        known = {fields.text(option).casefold() for option in options}
        missing = [value for value in values if value.casefold() not in known]
        if missing or attribute.get("variation") is not True:
            attribute.update(variation=True, options=[*options, *missing])
    return found
