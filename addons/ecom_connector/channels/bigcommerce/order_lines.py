"""The lines of an order with their taxes.

Every amount is stated with tax, without, and the tax alone (contract). `total_ex_tax` of a product is before discounts,
`discounted_total_inc_tax` after them; what was charged as tax, name by name, is the list of taxes of the order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from .. import rows
from ..records import ZERO, Line, Tax

_CENT = Decimal("0.01")


def consignments(row: Mapping[str, Any], kind: str) -> list[dict]:
    held = rows.record(row.get("consignments")).get(kind)
    if kind == "email":
        held = rows.record(held).get("gift_certificates")
        held = [held] if isinstance(held, dict) else held
    return rows.rows(held)


def read_lines(row: Mapping[str, Any]) -> tuple[Line, ...]:
    taxes = _Taxes(rows.rows(rows.record(row.get("ecom")).get("taxes")))
    found: list[Line] = []
    for kind in ("shipping", "pickups", "downloads", "email"):
        for held in consignments(row, kind):
            for item in rows.rows(held.get("line_items")):
                found += _of_item(item, taxes)
            if kind == "shipping":
                found += _carriage(held, taxes)
    found += [_fee(fee) for fee in rows.rows(row.get("fees") if isinstance(row.get("fees"), list) else [])]
    return _with_discounts(row, found)


class _Taxes:
    """What was charged on what: {(kind of line, its number): taxes}."""

    def __init__(self, listed: list[dict]):
        self.held: dict[tuple[str, str], list[Tax]] = {}
        for entry in listed:
            kind, product = rows.text(entry.get("line_item_type")), rows.identifier(entry.get("order_product_id"))
            address = rows.identifier(entry.get("order_address_id"))
            amount = rows.amount(entry.get("line_amount"))
            if amount:
                key = (kind, address if kind in ("shipping", "handling") else product)
                rate, name = rows.amount(entry.get("rate")), rows.text(entry.get("name"))
                code = f"{name} {format(rate.normalize(), 'f')}%"
                self.held.setdefault(key, []).append(Tax(code=code, name=code, rate=rate, amount=amount))

    def of(self, kind: str, id: str, stated: Decimal, base: Decimal) -> tuple[Tax, ...]:
        """By name; where the store does not list them, what it states in all."""
        if self.held:
            return tuple(self.held.get((kind, id), ()))
        if not stated:
            return ()
        rate = (stated / base * 100).quantize(Decimal("0.1")) if base else None
        code = f"{format(rate.normalize(), 'f')}%" if rate else "tax"
        return (Tax(code=code, name=code, rate=rate, amount=stated),)


def _of_item(item: Mapping[str, Any], taxes: _Taxes) -> Iterator[Line]:
    id, gross = rows.identifier(item.get("id")), rows.amount(item.get("total_ex_tax"))
    charged = taxes.of("item", id, rows.amount(item.get("total_tax")), gross)
    variant = rows.identifier(item.get("variant_id"))
    yield Line(
        external_id=id,
        kind="gift_card" if rows.text(item.get("type")) == "giftcertificate" else "product",
        name=rows.text(item.get("name")),
        variant_id=variant if variant != "0" else "",
        sku=rows.text(item.get("sku")),
        barcode=rows.text(item.get("upc")),
        quantity=Decimal(rows.whole(item.get("quantity"))),
        gross=gross,
        discount=_discount(item, gross, charged),
        taxes=charged,
        attributes=_options(item),
        extra={"address": rows.identifier(item.get("order_address_id"))},
    )
    wrapping = rows.amount(item.get("wrapping_cost_ex_tax"))
    if wrapping:
        wrapped = taxes.of("gift-wrapping", id, rows.amount(item.get("wrapping_cost_tax")), wrapping)
        name, note = rows.text(item.get("wrapping_name")), rows.text(item.get("wrapping_message"))
        yield Line(
            external_id=f"{id}-wrapping",
            kind="fee",
            name=name or "Gift wrapping",
            gross=wrapping,
            taxes=wrapped,
            note=note,
        )


def _discount(item: Mapping[str, Any], gross: Decimal, charged: tuple[Tax, ...]) -> Decimal:
    """What a line comes to after discounts, with tax, is stated; else the discounts themselves are."""
    after = item.get("discounted_total_inc_tax")
    if after not in (None, ""):
        return gross - (rows.amount(after) - sum((tax.amount for tax in charged), ZERO))
    return sum((rows.amount(entry.get("amount")) for entry in rows.rows(item.get("applied_discounts"))), ZERO)


def _options(item: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    found = ((rows.text(o.get("display_name")), rows.text(o.get("display_value"))) for o in _chosen(item))
    return tuple(pair for pair in found if all(pair))


def _chosen(item: Mapping[str, Any]) -> list[dict]:
    return rows.rows(item.get("product_options"))


def _carriage(held: Mapping[str, Any], taxes: _Taxes) -> Iterator[Line]:
    id, method = rows.identifier(held.get("id")), rows.text(held.get("shipping_method"))
    cost, handling = rows.amount(held.get("cost_ex_tax")), rows.amount(held.get("handling_cost_ex_tax"))
    charged = taxes.of("shipping", id, rows.amount(held.get("cost_tax")), cost)
    yield Line(
        external_id=f"shipping-{id}",
        kind="shipping",
        name=method or "Shipping",
        method=method,
        gross=cost,
        taxes=charged,
    )
    if handling:
        charged = taxes.of("handling", id, rows.amount(held.get("handling_cost_tax")), handling)
        yield Line(external_id=f"handling-{id}", kind="fee", name="Handling", gross=handling, taxes=charged)


def _fee(fee: Mapping[str, Any]) -> Line:
    amount, tax = rows.amount(fee.get("cost_ex_tax")), rows.amount(fee.get("cost_tax"))
    name = rows.text(fee.get("display_name_customer")) or "Fee"
    charged = (Tax(code="fee tax", name="Tax on fees", amount=tax),) if tax else ()
    return Line(external_id=f"fee-{rows.identifier(fee.get('id'))}", kind="fee", name=name, gross=amount, taxes=charged)


def _with_discounts(row: Mapping[str, Any], lines: list[Line]) -> tuple[Line, ...]:
    """Discounts of the order that no line states: where what is missing is just that, a line of its own."""
    total = rows.amount(row.get("total_inc_tax"))
    more = sum((line.total + line.tax_total for line in lines), ZERO) - total
    stated = rows.amount(row.get("discount_amount")), rows.amount(row.get("coupon_discount"))
    for amount in (sum(stated), *stated):
        if amount and abs(more - amount) <= _CENT:
            line = Line(external_id="discount", kind="discount", name="Discount", gross=-more)
            return (*lines, replace(line))
    return tuple(lines)
