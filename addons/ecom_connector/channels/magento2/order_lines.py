"""The lines of an order with their taxes.

What Magento states (contract): of each line `row_total` without tax and before the discount, `discount_amount`,
`tax_amount`, and `discount_tax_compensation_amount`: what of the discount was tax, where prices include it. So a line
comes to row_total - discount + compensation, without tax. Which taxes it was stands in `item_applied_taxes`.

A configurable is two lines: its own has the money, the one below it says what was really sold. Of a bundle either its
own line has the money, or its parts have, and it states their sum once more.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from .. import rows
from ..records import ZERO, Line, Tax

_CENT = Decimal("0.01")
# What of the discount on shipping was tax; Magento cuts the one name short (contract).
_COMPENSATION = {
    "": "shipping_discount_tax_compensation_amount",
    "base_": "base_shipping_discount_tax_compensation_amnt",
}


def read_lines(row: Mapping[str, Any], base: str = "") -> tuple[Line, ...]:
    """`base`: "base_" for the amounts in the shop's own currency."""
    items = [item for item in rows.rows(row.get("items")) if rows.identifier(item.get("item_id"))]
    below: dict[str, list[dict]] = {}
    for item in items:
        below.setdefault(rows.identifier(item.get("parent_item_id")), []).append(item)
    taxes = _Taxes(row, base)
    found = []
    for item in below.get("", []):
        parts = below.get(rows.identifier(item.get("item_id")), [])
        found += _with_parts(item, parts, taxes, base)
    return (*found, *_fixed_taxes(items, base), *_extras(row, taxes, base))


class _Taxes:
    """Which taxes were charged on what, by their codes; a rate alone where the shop does not say."""

    def __init__(self, row: Mapping[str, Any], base: str):
        extra = rows.record(row.get("extension_attributes"))
        self.base, self.held = base, {}
        for entry in rows.rows(extra.get("item_applied_taxes")):
            kind, id = rows.text(entry.get("type")), rows.identifier(entry.get("item_id"))
            self.held[id if kind == "product" else kind] = rows.rows(entry.get("applied_taxes"))

    def of(self, key: str, amount: Decimal, percent: Decimal = ZERO) -> tuple[Tax, ...]:
        """They come to `amount`: what is rounded apart falls to the last one."""
        stated = [
            Tax(
                code=rows.text(tax.get("code")),
                name=rows.text(tax.get("title")) or rows.text(tax.get("code")),
                rate=rows.amount(tax.get("percent")),
                amount=rows.amount(tax.get(f"{self.base}amount")),
            )
            for tax in self.held.get(key, [])
        ]
        left = amount - sum((tax.amount for tax in stated), ZERO)
        if stated and abs(left) <= _CENT * len(stated):
            return (*stated[:-1], replace(stated[-1], amount=stated[-1].amount + left))
        if not amount:
            return ()
        code = f"{format(percent.normalize(), 'f')}%" if percent else "tax"
        return (Tax(code=code, name=code, rate=percent or None, amount=amount),)


def _with_parts(item: Mapping[str, Any], parts: list[dict], taxes: _Taxes, base: str) -> list[Line]:
    line, kind = _product(item, taxes, base), rows.text(item.get("product_type"))
    if kind == "configurable" and parts:
        return [replace(line, variant_id=_product_id(parts[0]), sku=rows.text(parts[0].get("sku")) or line.sku)]
    inner = [replace(_product(part, taxes, base), part_of=line.external_id) for part in parts]
    if any(part.total or part.taxes for part in inner):
        # The parts have the money: what the first line says is their sum.
        line = replace(line, gross=ZERO, discount=ZERO, taxes=())
    return [line, *inner]


def _product(item: Mapping[str, Any], taxes: _Taxes, base: str) -> Line:
    id = rows.identifier(item.get("item_id"))
    discount = _money(item, base, "discount_amount") - _money(item, base, "discount_tax_compensation_amount")
    gift = rows.record(rows.record(item.get("extension_attributes")).get("gift_message"))
    return Line(
        external_id=id,
        name=rows.text(item.get("name")),
        variant_id=_product_id(item),
        sku=rows.text(item.get("sku")),
        quantity=rows.amount(item.get("qty_ordered")) - rows.amount(item.get("qty_canceled")),
        gross=_money(item, base, "row_total"),
        discount=discount,
        taxes=taxes.of(id, _money(item, base, "tax_amount"), rows.amount(item.get("tax_percent"))),
        note=rows.text(gift.get("message")),
        extra={
            "shipped": rows.amount(item.get("qty_shipped")),
            "virtual": bool(rows.amount(item.get("is_virtual"))),
            "kind": rows.text(item.get("product_type")),
        },
    )


def _product_id(item: Mapping[str, Any]) -> str:
    return rows.identifier(item.get("product_id"))


def _money(row: Mapping[str, Any], base: str, name: str) -> Decimal:
    return rows.amount(row.get(f"{base}{name}"))


def _fixed_taxes(items: list[dict], base: str) -> list[Line]:
    """Charges by the piece, for batteries or waste ("fixed product tax"): in the total, and in no row total."""
    name = "base_weee_tax_applied_row_amnt" if base else "weee_tax_applied_row_amount"
    found = []
    for item in items:
        amount = rows.amount(item.get(name))
        if amount:
            id = f"{rows.identifier(item.get('item_id'))}-fpt"
            found.append(Line(external_id=id, kind="fee", name="Fixed product tax", gross=amount))
    return found


def _extras(row: Mapping[str, Any], taxes: _Taxes, base: str) -> list[Line]:
    amount = _money(row, base, "shipping_amount")
    compensation = rows.amount(row.get(_COMPENSATION[base]))
    lines = []
    if amount or row.get("shipping_description"):
        line = Line(
            external_id="shipping",
            kind="shipping",
            name=rows.text(row.get("shipping_description")),
            method=shipping_method(row),
            gross=amount,
            discount=_money(row, base, "shipping_discount_amount") - compensation,
            taxes=taxes.of("shipping", _money(row, base, "shipping_tax_amount")),
        )
        lines.append(line)
    return lines + _wrapping(row, taxes, base)


def _wrapping(row: Mapping[str, Any], taxes: _Taxes, base: str) -> list[Line]:
    """Of the order, of its items, and a printed card (Adobe Commerce)."""
    extra, found = rows.record(row.get("extension_attributes")), []
    for prefix, words in (("gw", "Gift wrapping"), ("gw_items", "Gift wrapping of items"), ("gw_card", "Printed card")):
        price = rows.amount(extra.get(f"{prefix}_{base}price"))
        tax = rows.amount(extra.get(f"{prefix}_{base}tax_amount"))
        if price:
            found.append(Line(external_id=prefix, kind="fee", name=words, gross=price, taxes=taxes.of(prefix, tax)))
    return found


def shipping_method(row: Mapping[str, Any]) -> str:
    assignments = rows.rows(rows.record(row.get("extension_attributes")).get("shipping_assignments"))
    return rows.text(rows.record(assignments[0].get("shipping")).get("method")) if assignments else ""
