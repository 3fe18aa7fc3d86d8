"""The lines of an order with what was taken off them and their taxes.

Shopify states amounts with their taxes in them where `taxesIncluded`, and every tax rounded on its line. A line's
discounts are its allocations: what code, automatic and order-wide discounts each took off it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ..records import ZERO, Line, Tax
from . import fields, ids, order_units, order_words
from .order_units import DIGITS, Units


def read_lines(row: Mapping[str, Any], which: str) -> tuple[Line, ...]:
    """`which`: the side of every amount, "presentmentMoney" or "shopMoney"."""
    return tuple(_lines(row, which))


def _lines(row: Mapping[str, Any], which: str) -> Iterator[Line]:
    tip = fields.side(row, "totalTipReceivedSet", which)
    tip_line, standing = _tip_line(row, tip, which), order_units.read_units(row)
    for item in fields.rows(row.get("lineItems")):
        units = standing[str(item.get("id"))]
        if units.on_order > 0:
            yield _item(row, item, units, which, is_tip=item is tip_line)
            yield from _duties(row, item, units, which)
    for item in fields.rows(row.get("shippingLines")):
        if item.get("isRemoved") is not True:
            yield _shipping(row, item, which)
    for item in fields.rows(row.get("additionalFees")):
        yield _charge(row, item, which, "fee", fields.text(item.get("name")))
    if tip and tip_line is None:
        yield Line(external_id="tip", kind="tip", name="Tip", gross=tip)
    rounding = fields.side(fields.record(row.get("totalCashRoundingAdjustment")), "paymentSet", which)
    if rounding:
        yield Line(external_id="rounding", kind="rounding", name="Cash rounding", gross=rounding)


def _tip_line(row: Mapping[str, Any], tip: Decimal, which: str) -> Mapping[str, Any] | None:
    """A tip given at the checkout is a line without a product; one given at a till is only in the order's total."""
    for item in fields.rows(row.get("lineItems")):
        is_plain = not item.get("variant") and not item.get("product") and item.get("requiresShipping") is not True
        if tip and is_plain and fields.side(item, "originalTotalSet", which) == tip:
            return item
    return None


def _item(row: Mapping[str, Any], item: Mapping[str, Any], units: Units, which: str, is_tip: bool) -> Line:
    original = fields.side(item, "originalTotalSet", which)
    allocated = (
        fields.side(part, "allocatedAmountSet", which) for part in fields.rows(item.get("discountAllocations"))
    )
    off = sum(allocated, ZERO)
    taxes = _taxes(row, item, which)
    tax = sum((one.amount for one in taxes), ZERO)
    paid = original - off
    if units.on_order != units.sold:
        paid -= order_units.gone(units, which, paid, "subtotalSet")
        off = (off * units.on_order / units.sold).quantize(DIGITS)
        taxes = _scaled(taxes, tax, tax - order_units.gone(units, which, tax, "totalTaxSet"))
    net, off = _without_tax(row, paid, off, taxes)
    variant, kind = fields.record(item.get("variant")), _kind(item, is_tip)
    return Line(
        external_id=ids.number(item.get("id")),
        kind=kind,
        name=fields.text(item.get("name")) or fields.text(item.get("title")),
        variant_id=ids.number(variant.get("id")) if kind == "product" else "",
        sku=fields.text(item.get("sku")),
        barcode=fields.text(variant.get("barcode")),
        quantity=Decimal(units.on_order),
        gross=net + off,
        discount=off,
        taxes=taxes,
        attributes=_attributes(item),
        extra={"product_id": ids.number(fields.record(item.get("product")).get("id"))},
    )


def _kind(item: Mapping[str, Any], is_tip: bool) -> str:
    """What somebody typed into an order by hand, with no product, no SKU and nothing to send, is a charge."""
    if is_tip:
        return "tip"
    if item.get("isGiftCard") is True:
        return "gift_card"
    typed = not item.get("variant") and not item.get("product") and not fields.text(item.get("sku"))
    return "fee" if typed and item.get("requiresShipping") is False else "product"


def _attributes(item: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What the buyer chose for this line; the plan he subscribed to, the bundle it is a part of."""
    plan = fields.text(fields.record(item.get("sellingPlan")).get("name"))
    bundle = fields.text(fields.record(item.get("lineItemGroup")).get("title"))
    more = (("Plan", plan), ("Part of", bundle))
    return (*fields.pairs(item.get("customAttributes")), *(pair for pair in more if pair[1]))


def _duties(row: Mapping[str, Any], item: Mapping[str, Any], units: Units, which: str) -> Iterator[Line]:
    """Where duties are part of the prices they are on the lines already."""
    if row.get("dutiesIncluded") is not True and units.on_order == units.sold:
        for duty in fields.rows(item.get("duties")):
            yield _charge(row, duty, which, "duty", "Duties")


def _charge(row: Mapping[str, Any], item: Mapping[str, Any], which: str, kind: str, name: str) -> Line:
    taxes = _taxes(row, item, which)
    net, _off = _without_tax(row, fields.side(item, "price", which), ZERO, taxes)
    return Line(external_id=f"{kind}-{ids.number(item.get('id'))}", kind=kind, name=name, gross=net, taxes=taxes)


def _shipping(row: Mapping[str, Any], item: Mapping[str, Any], which: str) -> Line:
    paid = fields.side(item, "discountedPriceSet", which)
    off = max(fields.side(item, "originalPriceSet", which) - paid, ZERO)
    taxes = _taxes(row, item, which)
    net, off = _without_tax(row, paid, off, taxes)
    return Line(
        external_id=f"shipping-{ids.number(item.get('id'))}",
        kind="shipping",
        name=fields.text(item.get("title")),
        gross=net + off,
        discount=off,
        taxes=taxes,
        method=order_words.shipping_method(item),
    )


def _without_tax(
    row: Mapping[str, Any], paid: Decimal, off: Decimal, taxes: tuple[Tax, ...]
) -> tuple[Decimal, Decimal]:
    """(net, discount) of an amount and what was taken off it, both with their taxes in them where prices have them."""
    tax = sum((one.amount for one in taxes), ZERO)
    if row.get("taxesIncluded") is not True or not tax:
        return paid, off
    net = paid - tax
    return net, (off * net / paid).quantize(DIGITS) if paid else off


def _scaled(taxes: tuple[Tax, ...], before: Decimal, after: Decimal) -> tuple[Tax, ...]:
    if not before:
        return taxes
    return tuple(replace(tax, amount=(tax.amount * after / before).quantize(DIGITS)) for tax in taxes)


def _taxes(row: Mapping[str, Any], item: Mapping[str, Any], which: str) -> tuple[Tax, ...]:
    return tuple(read_tax(row, tax, which) for tax in fields.rows(item.get("taxLines")))


def read_tax(row: Mapping[str, Any], tax: Mapping[str, Any], which: str) -> Tax:
    """Shopify's taxes have no ids. Title, rate and country tell them apart: "VAT" of 20 % is another tax in France than
    in Austria. `channelLiable`: Shopify or the marketplace collects and remits it."""
    title, rate = fields.text(tax.get("title")), read_rate(tax)
    name = " ".join(filter(None, (title, None if rate is None else f"{rate:f}%", _country(row))))
    return Tax(
        code=name,
        name=name,
        rate=rate,
        amount=fields.side(tax, "priceSet", which),
        remitted=tax.get("channelLiable") is True,
    )


def read_rate(tax: Mapping[str, Any]) -> Decimal | None:
    """Percent; a float there, so digits beyond any law's are cut."""
    stated = tax.get("ratePercentage")
    if stated is None:
        part = tax.get("rate")
        if part is None:
            return None
        stated = fields.amount(part) * 100
    rate = round(fields.amount(stated), 4)
    return Decimal(f"{rate.normalize():f}")


def _country(row: Mapping[str, Any]) -> str:
    address = fields.record(row.get("shippingAddress")) or fields.record(row.get("billingAddress"))
    return fields.text(address.get("countryCodeV2"))
