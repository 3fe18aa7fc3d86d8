"""The lines of an order with their taxes.

What Magento states (recorded): `row_total` without tax and before the coupon, `discount_amount`, one `tax_percent` and
`tax_amount` a line; of the whole order the tax (that of shipping is what the lines leave of it) and the discount.

SOAP v2 does not say which line belongs to which (recorded). A configurable product is two lines of one SKU: the first
has the price, the second, at 0, the product that was really sold; parcels and refunds go by the first. The parts of a
bundle say in their options that they are parts; where its price is made of theirs, the first line states the sum, too.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ..markup import Row
from ..records import ZERO, Line, Tax
from . import fields

_CENT = Decimal("0.0001")
_PART = "bundle_selection_attributes"


def read_lines(order: Row, base: str = "") -> tuple[Line, ...]:
    """`base`: "base_" for the amounts in the shop's own currency."""
    rows, lines, bundle = fields.rows(order, "items"), [], None
    for place, row in enumerate(rows):
        before = rows[place - 1] if place else None
        if before is not None and _is_what_was_sold(before, row):
            lines[-1] = replace(lines[-1], variant_id=fields.identifier(row, "product_id"))
            continue
        kind = fields.text(row, "product_type")
        if bundle is not None and _PART in fields.text(row, "product_options"):
            lines[bundle] = _with_discount(lines[bundle], row, base)
            lines.append(_part(row, lines[bundle]))
            continue
        bundle = len(lines) if kind == "bundle" else None
        lines.append(_product(row, base))
    lines.append(_shipping(order, lines, base))
    return tuple(_without_hidden_tax(order, lines, base))


def _is_what_was_sold(parent: Row, row: Row) -> bool:
    return (
        fields.text(parent, "product_type") == "configurable"
        and fields.text(row, "sku") == fields.text(parent, "sku")
        and not fields.number(row, "row_total")
    )


def _product(row: Row, base: str) -> Line:
    gross = fields.number(row, f"{base}row_total")
    return Line(
        external_id=fields.identifier(row, "item_id"),
        name=fields.text(row, "name"),
        variant_id=fields.identifier(row, "product_id"),
        sku=fields.text(row, "sku"),
        quantity=fields.number(row, "qty_ordered") - fields.number(row, "qty_canceled"),
        gross=gross,
        discount=fields.number(row, f"{base}discount_amount"),
        taxes=_taxes(fields.number(row, "tax_percent"), fields.number(row, f"{base}tax_amount")),
        note=fields.text(row, "gift_message"),
        extra={
            "ordered": fields.number(row, "qty_ordered"),
            "shipped": fields.number(row, "qty_shipped"),
            "virtual": fields.text(row, "is_virtual") == "1",
        },
    )


def _part(row: Row, bundle: Line) -> Line:
    """The money stands on the bundle."""
    return replace(_product(row, ""), gross=ZERO, discount=ZERO, taxes=(), part_of=bundle.external_id)


def _with_discount(bundle: Line, row: Row, base: str) -> Line:
    """A coupon is stated on the parts of a bundle whose price is made of theirs."""
    return replace(bundle, discount=bundle.discount + fields.number(row, f"{base}discount_amount"))


def _shipping(order: Row, lines: Sequence[Line], base: str) -> Line:
    """Its tax and its discount are what the lines leave of those of the order."""
    amount = fields.number(order, f"{base}shipping_amount")
    tax = fields.number(order, f"{base}tax_amount") - sum((line.tax_total for line in lines), ZERO)
    discount = abs(fields.number(order, f"{base}discount_amount")) - sum((line.discount for line in lines), ZERO)
    rate = (tax / (amount - discount) * 100).quantize(Decimal("0.1")) if amount > discount else ZERO
    known = {t.rate for line in lines for t in line.taxes}
    rate = min(known, key=lambda held: abs(held - rate), default=rate) if tax else rate
    return Line(
        external_id="shipping",
        kind="shipping",
        name=fields.text(order, "shipping_description"),
        gross=amount,
        discount=min(max(discount, ZERO), amount),
        taxes=_taxes(rate, tax) if tax else (),
        method=fields.text(order, "shipping_method"),
    )


def _without_hidden_tax(order: Row, lines: Sequence[Line], base: str) -> list[Line]:
    """A coupon on prices that include tax takes tax off, too: what the order has more than its lines say is that part
    of the discounts, and is given back to each in its share. Anything else that is missing is nobody's guess."""
    total = fields.number(order, f"{base}grand_total")
    more = total - sum((line.total + line.tax_total for line in lines), ZERO)
    shares = [line.discount * _rate(line) / (100 + _rate(line)) for line in lines]
    if more <= 0 or abs(sum(shares, ZERO) - more) > Decimal("0.02") * len(lines):
        return list(lines)
    found, left, last = [], more, max(range(len(lines)), key=lambda place: shares[place])
    for place, line in enumerate(lines):
        share = ZERO if place == last else shares[place].quantize(_CENT)
        left -= share
        found.append(replace(line, discount=line.discount - share))
    found[last] = replace(found[last], discount=found[last].discount - left)
    return found


def _rate(line: Line) -> Decimal:
    return sum((tax.rate or ZERO for tax in line.taxes), ZERO)


def _taxes(rate: Decimal, amount: Decimal) -> tuple[Tax, ...]:
    """SOAP names no tax: it is known by its rate. Several rates on one line come as their sum (recorded: 15.5)."""
    if not amount and not rate:
        return ()
    stated = format(rate.normalize(), "f")
    return (Tax(code=f"{stated}%", name=f"{stated} %", rate=rate, amount=amount),)


def read_tax_totals(lines: Sequence[Line], tax_total: Decimal) -> tuple[Tax, ...]:
    """One tax a rate: Magento rounds each line (recorded), so they add up to that of the order."""
    found: dict[str, Tax] = {}
    for tax in (tax for line in lines for tax in line.taxes):
        held = found.get(tax.code)
        found[tax.code] = replace(tax, amount=tax.amount + held.amount) if held else tax
    return tuple(found.values()) if sum((tax.amount for tax in found.values()), ZERO) == tax_total else ()
