"""The lines of a purchase order: charges with their taxes, the states of their units, parcels and refunds.

A line comes to its charges (contract): PRODUCT the goods, negative ones a discount, SHIPPING, and others a fee. Walmart
collects the tax and pays it to the state, so it is never owed by the seller.
"""

from collections.abc import Mapping
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from .. import rows
from ..records import ZERO, Line, Refund, RefundLine, Shipment, ShipmentLine, Tax

SHIPPING = "shipping"


def items(row: Mapping[str, Any]) -> list[dict]:
    return rows.rows(rows.record(row.get("orderLines")).get("orderLine"))


def ordered(item: Mapping[str, Any]) -> Decimal:
    return rows.amount(rows.record(item.get("orderLineQuantity")).get("amount"))


def states(item: Mapping[str, Any]) -> list[dict]:
    return rows.rows(rows.record(item.get("orderLineStatuses")).get("orderLineStatus"))


def in_state(item: Mapping[str, Any], *names: str) -> Decimal:
    """How many of its units are in one of these states."""
    found = (state for state in states(item) if rows.text(state.get("status")) in names)
    return sum((rows.amount(rows.record(state.get("statusQuantity")).get("amount")) for state in found), ZERO)


def is_cancel_requested(row: Mapping[str, Any]) -> bool:
    return any(rows.text(item.get("intentToCancel")) for item in items(row))


def currency(row: Mapping[str, Any]) -> str:
    stated = [
        rows.record(charge.get("chargeAmount")).get("currency") for item in items(row) for charge in charges(item)
    ]
    return rows.currency(*stated, "USD")


def charges(item: Mapping[str, Any]) -> list[dict]:
    return rows.rows(rows.record(item.get("charges")).get("charge"))


def read_lines(row: Mapping[str, Any]) -> tuple[Line, ...]:
    return tuple(line for item in items(row) for line in _of_item(item))


def _of_item(item: Mapping[str, Any]) -> list[Line]:
    number, product = rows.identifier(item.get("lineNumber")), rows.record(item.get("item"))
    sku, lines = rows.identifier(product.get("sku")), []
    goods = [charge for charge in charges(item) if rows.text(charge.get("chargeType")) == "PRODUCT"]
    amounts = [_amount(charge) for charge in goods]
    remaining = ordered(item) - in_state(item, "Cancelled")
    lines.append(
        Line(
            external_id=number,
            name=rows.text(product.get("productName")),
            variant_id=sku,
            sku=sku,
            # Of a line that is over, what it was.
            quantity=remaining if remaining > 0 else ordered(item),
            gross=sum((amount for amount in amounts if amount > 0), ZERO),
            discount=-sum((amount for amount in amounts if amount < 0), ZERO),
            taxes=_taxes(goods),
            extra={"states": tuple(rows.text(state.get("status")) for state in states(item))},
        )
    )
    for place, charge in enumerate(charges(item)):
        if charge not in goods and (_amount(charge) or charge.get("tax")):
            lines.append(_beside(number, place, charge, item))
    return lines


def _beside(number: str, place: int, charge: Mapping[str, Any], item: Mapping[str, Any]) -> Line:
    shipping = rows.text(charge.get("chargeType")) == "SHIPPING"
    method = rows.text(rows.record(item.get("fulfillment")).get("shipMethod"))
    return Line(
        external_id=f"{number}-{SHIPPING if shipping else f'fee{place}'}",
        kind="shipping" if shipping else "fee",
        name=rows.text(charge.get("chargeName")) or "Charge",
        method=method if shipping else "",
        gross=_amount(charge),
        taxes=_taxes([charge]),
    )


def _amount(charge: Mapping[str, Any]) -> Decimal:
    return rows.amount(rows.record(charge.get("chargeAmount")).get("amount"))


def _taxes(listed: list[dict]) -> tuple[Tax, ...]:
    found = []
    for tax in (rows.record(charge.get("tax")) for charge in listed):
        amount = rows.amount(rows.record(tax.get("taxAmount")).get("amount"))
        if amount:
            name = rows.text(tax.get("taxName")) or "Tax"
            found.append(Tax(code=f"{name}-walmart", name=f"{name}, paid by Walmart", amount=amount, remitted=True))
    return tuple(found)


# -------------------------------------------------------------------------- what left
def read_parcels(order_id: str, row: Mapping[str, Any]) -> tuple[Shipment, ...]:
    """Known by their tracking numbers: what has the same one is in one parcel."""
    found: dict[str, dict[str, Any]] = {}
    for item in items(row):
        for state in states(item):
            told = rows.record(state.get("trackingInfo"))
            number = rows.identifier(told.get("trackingNumber"))
            if not number:
                continue
            carrier = rows.record(told.get("carrierName"))
            name = rows.text(carrier.get("carrier")) or rows.text(carrier.get("otherCarrier"))
            held = found.setdefault(number, {"carrier": name, "lines": [], "told": told})
            quantity = rows.amount(rows.record(state.get("statusQuantity")).get("amount"))
            held["lines"].append(ShipmentLine(line_id=rows.identifier(item.get("lineNumber")), quantity=quantity))
    return tuple(
        Shipment(
            key="",
            order_id=order_id,
            external_id=number,
            lines=tuple(held["lines"]),
            carrier=held["carrier"],
            carrier_name=held["carrier"],
            tracking_number=number,
            tracking_url=rows.text(held["told"].get("trackingURL")),
            shipped_at=_moment(held["told"].get("shipDateTime")),
        )
        for number, held in found.items()
    )


def _moment(value: Any) -> datetime | None:
    stated = rows.text(value)
    if not (stated.isascii() and stated.isdigit() and len(stated) <= 14):
        return rows.moment(stated)
    return datetime.fromtimestamp(int(stated) / 1000, timezone.utc)


# ------------------------------------------------------------------ what was given back
def read_refunds(row: Mapping[str, Any]) -> tuple[Refund, ...]:
    """A line states its refund, if it has one; several lines may share a number."""
    found: dict[str, list[tuple[RefundLine, Decimal, str]]] = {}
    for item in items(row):
        refund = rows.record(item.get("refund"))
        number = rows.identifier(item.get("lineNumber"))
        listed = rows.rows(rows.record(refund.get("refundCharges")).get("refundCharge"))
        parts = [rows.record(entry.get("charge")) for entry in listed]
        if not parts:
            continue
        amount, taxes = sum((abs(_amount(part)) for part in parts), ZERO), _taxes(parts)
        taxes = tuple(Tax(code=t.code, name=t.name, amount=abs(t.amount), remitted=True) for t in taxes)
        key = rows.identifier(refund.get("refundId")) or f"{rows.identifier(row.get('purchaseOrderId'))}-{number}"
        line = RefundLine(external_id=f"{key}-{number}", line_id=number, amount=amount, taxes=taxes, still_ordered=True)
        whole = amount + sum((tax.amount for tax in taxes), ZERO)
        found.setdefault(key, []).append((line, whole, rows.text(refund.get("refundComments"))))
    return tuple(
        Refund(
            external_id=key,
            order_id=rows.identifier(row.get("purchaseOrderId")),
            currency=currency(row),
            amount=sum((whole for _line, whole, _said in parts), ZERO),
            reason=next((said for _line, _whole, said in parts if said), ""),
            lines=tuple(line for line, _whole, _said in parts),
        )
        for key, parts in found.items()
    )
