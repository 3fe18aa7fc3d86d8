"""The lines of an eBay order: each item, what its delivery cost, and what was charged for the order as a whole.

Costs are before tax. `total` of a line is item + delivery + the taxes listed in `taxes`, less what was taken off; a tax
that eBay collects and remits is in it if it stands in `taxes`, too (contract, asked with TAX_BREAKDOWN). VAT that
is part of the price is stated nowhere: it is taken out of it where the merchant said how much it is.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from .. import rows
from ..records import ZERO, Line, Tax
from .values import money

_CENT = Decimal("0.01")
_EXTRAS = (("handlingCost", "Handling"), ("importCharges", "Import charges"))


def read_lines(row: Mapping[str, Any], vat: Decimal | None) -> tuple[Line, ...]:
    """`vat`: percent that prices contain, None: they contain none, or tax is stated."""
    country = _country(row)
    found = [line for item in rows.rows(row.get("lineItems")) for line in _of_item(item, row, country)]
    found += _of_order(row, found)
    if vat and not any(line.taxes for line in found):
        return tuple(_taken_out(line, vat, country) for line in found)
    return tuple(found)


def _of_item(item: Mapping[str, Any], row: Mapping[str, Any], country: str) -> list[Line]:
    id, cost = rows.identifier(item.get("lineItemId")), money(item.get("lineItemCost"))
    reduced = money(item["discountedLineItemCost"]) if item.get("discountedLineItemCost") else cost
    gift = rows.record(item.get("giftDetails"))
    product = Line(
        external_id=id,
        name=rows.text(item.get("title")),
        variant_id=rows.identifier(item.get("sku")) or _legacy(item),
        sku=rows.identifier(item.get("sku")),
        quantity=Decimal(rows.whole(item.get("quantity"))),
        gross=cost,
        discount=cost - reduced,
        taxes=_taxes(item, country, reduced),
        note=rows.text(gift.get("message")),
        attributes=tuple(
            (rows.text(a.get("name")), rows.text(a.get("value"))) for a in rows.rows(item.get("variationAspects"))
        ),
        extra={"legacy_item": rows.text(item.get("legacyItemId"))},
    )
    return [product, *_delivery(id, item, row, product)]


def _legacy(item: Mapping[str, Any]) -> str:
    """A listing without a SKU is known by its number, and by that of its variation."""
    parts = (rows.identifier(item.get(name)) for name in ("legacyItemId", "legacyVariationId"))
    return "-".join(part for part in parts if part not in ("", "0"))


def _delivery(id: str, item: Mapping[str, Any], row: Mapping[str, Any], product: Line) -> list[Line]:
    held = rows.record(item.get("deliveryCost"))
    shipping, off = money(held.get("shippingCost")), abs(money(held.get("discountAmount")))
    extras = [(name, words, money(held.get(name))) for name, words in _EXTRAS]
    before = product.total + product.tax_total + shipping + sum((value for _n, _w, value in extras), ZERO)
    # Whether the discount is taken off `shippingCost` already shows in the total.
    still_to_take = off if off and before != money(item.get("total")) else ZERO
    lines = []
    if shipping:
        method = service(row)
        lines.append(
            Line(
                external_id=f"{id}-shipping",
                kind="shipping",
                name="Shipping",
                method=method,
                gross=shipping,
                discount=min(still_to_take, shipping),
            )
        )
    for name, words, value in extras:
        if value:
            lines.append(Line(external_id=f"{id}-{name}", kind="fee", name=words, gross=value))
    return lines


def service(row: Mapping[str, Any]) -> str:
    for instruction in rows.rows(row.get("fulfillmentStartInstructions")):
        step = rows.record(instruction.get("shippingStep"))
        if step.get("shippingServiceCode"):
            return rows.text(step["shippingServiceCode"])
    return ""


def _country(row: Mapping[str, Any]) -> str:
    for instruction in rows.rows(row.get("fulfillmentStartInstructions")):
        place = rows.record(instruction.get("finalDestinationAddress")) or rows.record(
            rows.record(rows.record(instruction.get("shippingStep")).get("shipTo")).get("contactAddress")
        )
        if place.get("countryCode"):
            return rows.text(place["countryCode"]).upper()
    return ""


def _taxes(item: Mapping[str, Any], country: str, net: Decimal) -> tuple[Tax, ...]:
    """eBay names a kind, no rate. What it collects and remits is never owed by the seller."""
    remitted = {rows.text(tax.get("taxType")) for tax in rows.rows(item.get("ebayCollectAndRemitTaxes"))}
    found = []
    for tax in rows.rows(item.get("taxes")):
        kind, amount = rows.text(tax.get("taxType")) or "TAX", money(tax.get("amount"))
        if amount:
            collected = kind in remitted
            code = f"{country}-{kind}".removeprefix("-") + ("-ebay" if collected else "")
            words = kind.replace("_", " ").capitalize()
            name = f"{country} {words}{', paid by eBay' if collected else ''}".strip()
            found.append(Tax(code=code, name=name, amount=amount, remitted=collected))
    return tuple(found)


def _of_order(row: Mapping[str, Any], lines: list[Line]) -> list[Line]:
    """An adjustment agreed on after the purchase, and fees by law, where the lines do not have them yet."""
    summary = rows.record(row.get("pricingSummary"))
    left = money(summary.get("total")) - sum((line.total + line.tax_total for line in lines), ZERO)
    named = [(name, money(summary.get(name))) for name in ("adjustment", "fee")]
    named = [(name, value) for name, value in named if value]
    for some in (named, named[:1], named[1:]):
        if some and sum((value for _name, value in some), ZERO) == left:
            return [Line(external_id=name, kind="fee", name=name.capitalize(), gross=value) for name, value in some]
    return []


def _taken_out(line: Line, rate: Decimal, country: str) -> Line:
    """The same line without the tax that its amounts contain; together they are what was paid, to the cent."""
    share = rate / (100 + rate)
    tax = (line.total * share).quantize(_CENT, ROUND_HALF_UP)
    discount = line.discount - (line.discount * share).quantize(_CENT, ROUND_HALF_UP)
    code = f"{country}-{format(rate.normalize(), 'f')}%"
    taxes = (Tax(code=code, name=code.replace("-", " "), rate=rate, amount=tax),) if tax else ()
    return replace(line, gross=line.total - tax + discount, discount=discount, taxes=taxes)
