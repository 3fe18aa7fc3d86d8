"""The lines of an order with their taxes.

Amazon states for each item what the seller receives (`proceeds`, model): a sum, and what it is made of: ITEM, SHIPPING,
GIFT_WRAP, COD_FEE, OTHER, TAX and DISCOUNT, the last two broken down by what they are of. Where the parts with the tax
make the sum, they are without tax (sandbox: 39.99 + 10.00 = 49.99); where they make it without, it is inside of them.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ..records import ZERO, Line, Tax
from . import values

_KINDS = {"SHIPPING": "shipping", "GIFT_WRAP": "fee", "COD_FEE": "fee", "OTHER": "fee"}
_NAMES = {"SHIPPING": "Shipping", "GIFT_WRAP": "Gift wrap", "COD_FEE": "Cash on delivery", "OTHER": "Other"}
_FACILITATOR = "MARKETPLACE_FACILITATOR"
_TENTH = Decimal("0.1")


def read_lines(row: Mapping[str, Any]) -> tuple[Line, ...]:
    country = values.text(values.record(values.record(row.get("recipient")).get("deliveryAddress")).get("countryCode"))
    lines = [line for item in values.rows(row.get("orderItems")) for line in _of_item(item, row, country)]
    return (*lines, *_tip(row))


def _of_item(item: Mapping[str, Any], row: Mapping[str, Any], country: str) -> list[Line]:
    proceeds = values.record(item.get("proceeds"))
    parts = {values.text(p.get("type")): p for p in values.rows(proceeds.get("breakdowns"))}
    sums = {name: values.amount(part.get("subtotal")) for name, part in parts.items()}
    taxes, discounts = _by_subtype(parts.get("TAX")), _by_subtype(parts.get("DISCOUNT"))
    inside = _is_inside(sums, values.amount(proceeds.get("proceedsTotal")))
    found = []
    for name in ("ITEM", *_KINDS):
        if name == "ITEM" or sums.get(name):
            gross, tax = sums.get(name, ZERO), taxes.get(name, ZERO)
            off = abs(discounts.get(name, ZERO))
            line = _line(item, row, name)
            line |= {"gross": gross - tax if inside else gross, "discount": off}
            line["taxes"] = _taxes(item, tax, line["gross"] - off, country)
            found.append(Line(**line))
    return found


def _line(item: Mapping[str, Any], row: Mapping[str, Any], name: str) -> dict[str, Any]:
    id = values.identifier(item.get("orderItemId"))
    if name != "ITEM":
        level = values.text(values.record(row.get("fulfillment")).get("fulfillmentServiceLevel"))
        method = level if name == "SHIPPING" else ""
        return {"external_id": f"{id}-{name.lower()}", "kind": _KINDS[name], "name": _NAMES[name], "method": method}
    product = values.record(item.get("product"))
    sku = values.identifier(product.get("sellerSku"))
    gift = values.record(values.record(values.record(item.get("fulfillment")).get("packing")).get("giftOption"))
    link = values.text(values.record(product.get("customization")).get("customizedUrl"))
    return {
        "external_id": id,
        "name": values.text(product.get("title")),
        "variant_id": sku,
        "sku": sku,
        "quantity": Decimal(_quantity(item, row)),
        "note": values.text(gift.get("giftMessage")),
        "attributes": (("customization", link),) if link else (),
        "extra": {"asin": values.text(product.get("asin")), "gift_wrap": values.text(gift.get("giftWrapLevel"))},
    }


def _quantity(item: Mapping[str, Any], row: Mapping[str, Any]) -> int:
    """What is left of it: what was cancelled is neither shipped nor waiting. Of an order that is over, what it was."""
    ordered = values.whole(item.get("quantityOrdered"))
    held = values.record(item.get("fulfillment"))
    over = values.text(values.record(row.get("fulfillment")).get("fulfillmentStatus")) == "CANCELLED"
    if over or "quantityUnfulfilled" not in held or "quantityFulfilled" not in held:
        return ordered
    return min(ordered, values.whole(held["quantityFulfilled"]) + values.whole(held["quantityUnfulfilled"]))


def _by_subtype(part: Mapping[str, Any] | None) -> dict[str, Decimal]:
    """{ITEM, SHIPPING ..: amount}; not broken down it is all the item's. The tax on a discount is the item's, too."""
    if part is None:
        return {}
    found: dict[str, Decimal] = {}
    for row in values.rows(part.get("detailedBreakdowns")):
        name = values.text(row.get("subtype"))
        name = name if name in _KINDS else "ITEM"
        found[name] = found.get(name, ZERO) + values.amount(row.get("value"))
    left = values.amount(part.get("subtotal")) - sum(found.values(), ZERO)
    found["ITEM"] = found.get("ITEM", ZERO) + left
    return found


def _is_inside(sums: Mapping[str, Decimal], total: Decimal) -> bool:
    tax = sums.get("TAX", ZERO)
    without = sum((amount for name, amount in sums.items() if name not in ("TAX", "DISCOUNT")), ZERO)
    without -= abs(sums.get("DISCOUNT", ZERO))
    return bool(tax) and without == total


def _taxes(item: Mapping[str, Any], amount: Decimal, net: Decimal, country: str) -> tuple[Tax, ...]:
    """Amazon names no rate: the whole or tenth percent that makes this amount, named with the buyer's country. Tax that
    Amazon collects and remits is marked; it is never owed by the seller."""
    if not amount:
        return ()
    collected = values.rows(values.record(item.get("tax")).get("taxCollections"))
    remitted = any(values.text(row.get("model")) == _FACILITATOR for row in collected)
    rate = _rate(amount, net)
    stated = f"{format(rate.normalize(), 'f')}%" if rate is not None else "tax"
    code = f"{country}-{stated}".removeprefix("-")
    name = f"{country} {stated}".strip()
    if remitted:
        return (Tax(code=f"{code}-amazon", name=f"{name}, paid by Amazon", rate=rate, amount=amount, remitted=True),)
    return (Tax(code=code, name=name, rate=rate, amount=amount),)


def _rate(amount: Decimal, net: Decimal) -> Decimal | None:
    """A whole percent if one lies within what half a cent can do, else the nearest tenth."""
    if net <= 0:
        return None
    exact, slack = amount / net * 100, Decimal("0.5") / net
    whole = exact.quantize(Decimal(1))
    return whole if abs(exact - whole) <= slack else exact.quantize(_TENTH)


def _tip(row: Mapping[str, Any]) -> list[Line]:
    """Charged apart, of no item (model)."""
    parts = values.rows(values.record(row.get("proceeds")).get("breakdowns"))
    tips = [values.amount(p.get("subtotal")) for p in parts if values.text(p.get("type")) == "DELIVERY_TIP"]
    return [Line(external_id="tip", kind="tip", name="Delivery tip", gross=sum(tips, ZERO))] if any(tips) else []
