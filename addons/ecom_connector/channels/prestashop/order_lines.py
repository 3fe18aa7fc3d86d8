"""The lines of an order with their taxes.

What PrestaShop states (recorded): per line `total_price_tax_excl` and `_tax_incl`, after what the shop's prices rules
took off, rounded as the shop's `round_type` says; which taxes, by number, without their amounts. Shipping, wrapping and
vouchers stand as sums of the whole order, with and without tax.
"""

from collections.abc import Sequence
from decimal import Decimal

from ..records import ZERO, Line, Tax
from . import fields
from .fields import Row
from .papers import Papers

# How far the tax of a sum, rounded to cents, may be off its rate, in percent points.
_NEAR = Decimal("0.5")
_UNIT = Decimal("0.000001")


def read_lines(papers: Papers) -> tuple[Line, ...]:
    goods = [_product(row, papers) for row in papers.rows("order_details")]
    known = _charged(papers)
    return (*goods, *_sums(papers, known))


def read_tax_totals(papers: Papers, tax_total: Decimal) -> tuple[Tax, ...]:
    """With a single rate its tax is that of the whole order, to the cent; the shop states no more than that."""
    rates = {tax.code: tax for line in read_lines(papers) for tax in line.taxes}
    if len(rates) != 1:
        return ()
    (tax,) = rates.values()
    return (Tax(code=tax.code, name=tax.name, rate=tax.rate, amount=tax_total),)


def variant_id(product: str, combination: str) -> str:
    """Products and combinations are counted apart, so a combination is named with its product."""
    return f"{product}/{combination}" if combination else product


def _product(row: Row, papers: Papers) -> Line:
    excluded, included = fields.number(row, "total_price_tax_excl"), fields.number(row, "total_price_tax_incl")
    taxes = [papers.row("taxes", fields.identifier(tax)) for tax in fields.associated(row, "taxes")]
    return Line(
        external_id=fields.identifier(row),
        name=fields.text(row, "product_name"),
        variant_id=variant_id(fields.identifier(row, "product_id"), fields.identifier(row, "product_attribute_id")),
        sku=fields.text(row, "product_reference"),
        barcode=_barcode(row),
        quantity=fields.number(row, "product_quantity"),
        gross=excluded,
        taxes=_shared([tax for tax in taxes if tax is not None], included - excluded),
        extra={"returned": fields.number(row, "product_quantity_return")},
    )


def _barcode(row: Row) -> str:
    """ "0" is the shop's word for none (recorded)."""
    found = fields.text(row, "product_ean13") or fields.text(row, "product_upc")
    return found if found.strip("0") else ""


def _shared(taxes: Sequence[Row], amount: Decimal) -> tuple[Tax, ...]:
    """The tax of a line on its taxes, by their rates; what rounding leaves over is the last one's."""
    if not taxes:
        return (_of_rate("", "", None, amount),) if amount else ()
    rates = [fields.number(tax, "rate") for tax in taxes]
    total, left, found = sum(rates, ZERO) or Decimal(1), amount, []
    for place, (tax, rate) in enumerate(zip(taxes, rates, strict=True), 1):
        share = left if place == len(taxes) else (amount * rate / total).quantize(_UNIT)
        left -= share
        found.append(_of_rate(fields.identifier(tax), fields.text(tax, "name"), rate, share))
    return tuple(found)


def _of_rate(code: str, name: str, rate: Decimal | None, amount: Decimal) -> Tax:
    return Tax(code=code or "unknown", name=name, rate=rate, amount=amount)


def _charged(papers: Papers) -> list[Tax]:
    """The taxes of the order's goods, without amounts."""
    return [
        _of_rate(fields.identifier(t), fields.text(t, "name"), fields.number(t, "rate"), ZERO) for t in _taxes(papers)
    ]


def _taxes(papers: Papers) -> list[Row]:
    named = {fields.identifier(t) for row in papers.rows("order_details") for t in fields.associated(row, "taxes")}
    return [tax for tax in papers.rows("taxes") if fields.identifier(tax) in named]


def _sums(papers: Papers, known: Sequence[Tax]) -> list[Line]:
    order = papers.order
    carrier = papers.row("carriers", fields.identifier(order, "id_carrier"))
    found = [
        _sum(order, "shipping", "shipping", fields.text(carrier, "name") if carrier is not None else "", known),
        _sum(order, "wrapping", "fee", "Gift wrapping", known),
        _sum(order, "discounts", "discount", _vouchers(papers), known),
    ]
    return [line for line in found if line is not None]


def _vouchers(papers: Papers) -> str:
    return ", ".join(voucher_names(papers)) or "Voucher"


def voucher_names(papers: Papers) -> tuple[str, ...]:
    return tuple(filter(None, (fields.text(row, "name") for row in papers.rows("vouchers"))))


def _sum(order: Row, name: str, kind: str, title: str, known: Sequence[Tax]) -> Line | None:
    """What a sum of the order is as a line; none where it is nothing. Vouchers are stated as positive numbers."""
    excluded, included = (fields.number(order, f"total_{name}_tax_{how}") for how in ("excl", "incl"))
    if not excluded and not included and kind != "shipping":
        return None
    sign = -1 if kind == "discount" else 1
    tax, taxes = included - excluded, ()
    if tax:
        stated = fields.number(order, "carrier_tax_rate") if kind == "shipping" else ZERO
        taxes = (_on_sum(stated or (tax / excluded * 100 if excluded else ZERO), sign * tax, known),)
    return Line(
        external_id=name,
        kind=kind,
        name=title,
        gross=sign * excluded,
        taxes=taxes,
        method=fields.identifier(order, "id_carrier") if kind == "shipping" else "",
    )


def _on_sum(rate: Decimal, amount: Decimal, known: Sequence[Tax]) -> Tax:
    """The order's own tax of that rate; else one that is named by its rate, for the mapping."""
    near = min(known, key=lambda tax: abs(tax.rate - rate), default=None)
    if near is not None and abs(near.rate - rate) <= _NEAR:
        return _of_rate(near.code, near.name, near.rate, amount)
    stated = format(rate.quantize(Decimal("0.1")).normalize(), "f")
    return _of_rate(f"{stated}%", f"{stated} %", rate, amount)
