"""The refunds that an order carries: of the order as a whole, and of its lines, each with a number (contract)."""

from collections.abc import Mapping
from typing import Any

from .. import rows
from ..records import ZERO, Refund, RefundLine
from .values import money

_STATES = {"PENDING": "pending", "FAILED": "failed"}


def read_refunds(row: Mapping[str, Any]) -> tuple[Refund, ...]:
    """Of lines first told by their own numbers; a refund of the order has the same number on its lines."""
    lines = _by_refund(row)
    found = []
    for refund in rows.rows(rows.record(row.get("paymentSummary")).get("refunds")):
        number = _number(refund)
        if number:
            found.append(_refund(number, row, refund, money(refund.get("amount")), lines.pop(number, [])))
    for number, parts in lines.items():
        amount = sum((line.amount for line, _refund in parts), ZERO)
        found.append(_refund(number, row, parts[0][1], amount, parts))
    return tuple(found)


def _number(refund: Mapping[str, Any]) -> str:
    return rows.identifier(refund.get("refundId")) or rows.identifier(refund.get("refundReferenceId"))


def _by_refund(row: Mapping[str, Any]) -> dict[str, list[tuple[RefundLine, Mapping[str, Any]]]]:
    found: dict[str, list[tuple[RefundLine, Mapping[str, Any]]]] = {}
    for item in rows.rows(row.get("lineItems")):
        id = rows.identifier(item.get("lineItemId"))
        for refund in rows.rows(item.get("refunds")):
            number = _number(refund)
            if number:
                line = RefundLine(external_id=f"{number}-{id}", line_id=id, amount=money(refund.get("amount")))
                found.setdefault(number, []).append((line, refund))
    return found


def _refund(number: str, row: Mapping[str, Any], refund: Mapping[str, Any], amount, parts) -> Refund:
    """eBay refunds money, not units: it does not say how many of a line it was for."""
    return Refund(
        external_id=number,
        order_id=rows.identifier(row.get("orderId")),
        version=rows.version(rows.moment(refund.get("refundDate")), refund),
        currency=rows.text(rows.record(refund.get("amount")).get("currency")),
        created_at=rows.moment(refund.get("refundDate")),
        amount=amount,
        state=_STATES.get(rows.text(refund.get("refundStatus")), "done"),
        lines=tuple(line for line, _refund in parts),
    )
