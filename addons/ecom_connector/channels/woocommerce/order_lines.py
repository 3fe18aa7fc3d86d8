"""The lines of an order with their taxes, and the taxes of the whole order.

What WooCommerce states (recorded): `subtotal` before and `total` after coupons, both without tax, also where prices
include it; `taxes` per rate with up to six digits; `tax_lines` per rate, rounded as the shop's settings say.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from ..records import ZERO, Line, Tax
from . import fields

Rates = Mapping[str, Mapping[str, Any]]


def read_lines(row: Mapping[str, Any]) -> tuple[Line, ...]:
    rates = {fields.text(rate.get("rate_id")): rate for rate in fields.rows(row.get("tax_lines"))}
    return (
        *(_product(item, rates) for item in fields.rows(row.get("line_items"))),
        *(_shipping(item, rates) for item in fields.rows(row.get("shipping_lines"))),
        *(_fee(item, rates) for item in fields.rows(row.get("fee_lines"))),
    )


def read_tax_totals(row: Mapping[str, Any]) -> tuple[Tax, ...]:
    """One tax a rate, goods and shipping together, as rounded by the shop; these add up to `total_tax`."""
    return tuple(
        _tax(
            fields.text(rate.get("rate_id")),
            rate,
            fields.number(rate.get("tax_total")) + fields.number(rate.get("shipping_tax_total")),
        )
        for rate in fields.rows(row.get("tax_lines"))
    )


def _product(item: Mapping[str, Any], rates: Rates) -> Line:
    """The product of a line may be gone since: product_id 0, sku null, only the name is left (recorded)."""
    gross, discount = _before_and_off(fields.number(item.get("subtotal")), fields.number(item.get("total")))
    product = fields.identifier(item.get("product_id"))
    variation = fields.identifier(item.get("variation_id"))
    return Line(
        external_id=fields.identifier(item.get("id")),
        kind="product",
        name=fields.text(item.get("name")),
        variant_id=variation or product,
        sku=fields.text(item.get("sku")),
        barcode=fields.text(item.get("global_unique_id")),
        quantity=fields.number(item.get("quantity")),
        gross=gross,
        discount=discount,
        taxes=_taxes(item, rates),
        note=_note(item),
        extra=_extra(item, product_id=product, tax_class=fields.text(item.get("tax_class"))),
    )


def _shipping(item: Mapping[str, Any], rates: Rates) -> Line:
    return Line(
        external_id=fields.identifier(item.get("id")),
        kind="shipping",
        name=fields.text(item.get("method_title")),
        gross=fields.number(item.get("total")),
        taxes=_taxes(item, rates),
        method=shipping_method(item),
        extra=_extra(item),
    )


def _fee(item: Mapping[str, Any], rates: Rates) -> Line:
    """A surcharge, or with a negative total a reduction that some plug-in or person entered (recorded)."""
    return Line(
        external_id=fields.identifier(item.get("id")),
        kind="fee",
        name=fields.text(item.get("name")),
        gross=fields.number(item.get("total")),
        taxes=_taxes(item, rates),
        extra=_extra(item),
    )


def shipping_method(item: Mapping[str, Any]) -> str:
    """Two flat rates of one zone differ only by their instance, which orders made over the API do not have."""
    method, instance = fields.text(item.get("method_id")), fields.identifier(item.get("instance_id"))
    return f"{method}:{instance}" if method and instance else method


def _before_and_off(subtotal: Decimal, total: Decimal) -> tuple[Decimal, Decimal]:
    """Gross and discount. A price that a person raised by hand is a price, not a negative discount."""
    if ZERO <= total <= subtotal:
        return subtotal, subtotal - total
    return total, ZERO


def _taxes(item: Mapping[str, Any], rates: Rates) -> tuple[Tax, ...]:
    return tuple(_line_taxes(item, rates))


def _line_taxes(item: Mapping[str, Any], rates: Rates) -> Iterator[Tax]:
    """An empty total is how a shop says that this rate of the order is not charged on this line."""
    for tax in fields.rows(item.get("taxes")):
        if fields.text(tax.get("total")):
            code = fields.text(tax.get("id"))
            yield _tax(code, rates.get(code, {}), fields.number(tax.get("total")))


def _tax(code: str, rate: Mapping[str, Any], amount: Decimal) -> Tax:
    percent = rate.get("rate_percent")
    return Tax(
        code=code,
        name=fields.text(rate.get("label")) or fields.text(rate.get("rate_code")),
        rate=None if percent is None or percent == "" else fields.number(percent),
        amount=amount,
        compound=rate.get("compound") is True,
    )


def _note(item: Mapping[str, Any]) -> str:
    """What the buyer chose or wrote: attributes, engravings, gift messages. Names with an underscore are internal."""
    lines = []
    for entry in fields.rows(item.get("meta_data")):
        key, shown = fields.text(entry.get("key")), entry.get("display_value", entry.get("value"))
        if key and not key.startswith("_") and isinstance(shown, str) and shown.strip():
            label = entry.get("display_key")
            lines.append(f"{fields.text(label) if isinstance(label, str) else key}: {fields.text(shown)}")
    return "\n".join(lines)


def _extra(item: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """`total_tax` is the tax of the line as the shop itself rounded it."""
    return {"total_tax": fields.number(item.get("total_tax")), "meta": fields.meta(item), **more}
