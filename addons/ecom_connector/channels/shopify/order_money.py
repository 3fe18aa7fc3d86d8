"""What an order comes to, what was paid, and what was given back.

The total here is what stays on the order: what Shopify calls current, and what it subtracted for units that had left
before they were refunded. Refunds are records of their own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from ..errors import Unreadable
from ..records import ZERO, Payment, Refund, RefundLine, Tax
from . import fields, ids, order_lines, order_units

_KINDS = {
    "SALE": "capture",
    "CAPTURE": "capture",
    "AUTHORIZATION": "authorization",
    "EMV_AUTHORIZATION": "authorization",
    "REFUND": "refund",
    "VOID": "void",
}
_STATES = {"SUCCESS": "done", "FAILURE": "failed", "ERROR": "failed"}
_TENDERS = {"gift_card": "gift_card", "shopify_store_credit": "store_credit"}
OPENING, CLOSING = "[odoo-", "]"
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True, slots=True)
class Money:
    currency: str
    total: Decimal
    tax_total: Decimal


def read_money(row: Mapping[str, Any], which: str) -> Money:
    included = row.get("taxesIncluded") is True
    standing = order_units.read_units(row).values()
    goods = sum((order_units.kept(units, which, "subtotalSet") for units in standing), ZERO)
    tax = sum((order_units.kept(units, which, "totalTaxSet") for units in standing), ZERO)
    for refund in fields.rows(row.get("refunds")):
        for line in fields.rows(refund.get("refundShippingLines")):
            goods += fields.side(line, "subtotalAmountSet", which)
            tax += fields.side(line, "taxAmountSet", which)
        goods += sum((fields.side(duty, "amountSet", which) for duty in fields.rows(refund.get("duties"))), ZERO)
    rounding = fields.side(fields.record(row.get("totalCashRoundingAdjustment")), "paymentSet", which)
    back = goods if included else goods + tax
    return Money(
        currency=_currency(row, which),
        total=fields.side(row, "currentTotalPriceSet", which) + back + rounding,
        tax_total=fields.side(row, "currentTotalTaxSet", which) + tax,
    )


def _currency(row: Mapping[str, Any], which: str) -> str:
    code = fields.text(row.get("currencyCode" if which == "shopMoney" else "presentmentCurrencyCode")).upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise Unreadable("The order names no currency.")
    return code


# ------------------------------------------------------------------- payments
def read_payments(row: Mapping[str, Any], which: str) -> tuple[Payment, ...]:
    """Change given at a till is no payment of its own: the buyer paid that much less."""
    transactions = fields.rows(row.get("transactions"))
    change = {
        fields.record(entry.get("parentTransaction")).get("id"): fields.side(entry, "amountSet", which)
        for entry in transactions
        if entry.get("kind") == "CHANGE"
    }
    currency = _currency(row, which)
    return tuple(
        _payment(entry, currency, which, change.get(entry.get("id"), ZERO))
        for entry in transactions
        if entry.get("kind") in _KINDS
    )


def _payment(entry: Mapping[str, Any], currency: str, which: str, change: Decimal) -> Payment:
    gateway = fields.text(entry.get("gateway"))
    return Payment(
        external_id=ids.number(entry.get("id")),
        kind=_KINDS[entry["kind"]],
        state=_STATES.get(fields.text(entry.get("status")), "pending"),
        method=gateway,
        method_name=fields.text(entry.get("formattedGateway")) or gateway,
        amount=abs(fields.side(entry, "amountSet", which)) - change,
        currency=currency,
        paid_at=fields.moment(entry.get("processedAt")) or fields.moment(entry.get("createdAt")),
        tender=_TENDERS.get(gateway, "money"),
    )


# -------------------------------------------------------------------- refunds
def read_refunds(row: Mapping[str, Any], which: str) -> tuple[Refund, ...]:
    """An edit that took lines off leaves a refund of nothing: that is no refund. What was taken in exchange, and what a
    return costs, is on the first refund of that return, as negative lines: what is paid back is what is left."""
    lines = {str(line.get("id")): line for line in fields.rows(row.get("lineItems"))}
    exchanged = {str(entry.get("id")): entry for entry in fields.rows(row.get("returns"))}
    found = []
    for refund in fields.rows(row.get("refunds")):
        given = exchanged.pop(str(fields.record(refund.get("return")).get("id")), {})
        found.append(_refund(row, refund, lines, given, which))
    return tuple(filter(None, found))


def _refund(row, refund, lines, given, which) -> Refund | None:
    transactions = fields.rows(refund.get("transactions"))
    state, amount = _paid_back(refund, transactions, which)
    parts = tuple(_refund_lines(row, refund, lines, given, which))
    if not amount and (not parts or not _had_left(row, refund)):
        return None
    note = fields.text(refund.get("note"))
    return Refund(
        external_id=ids.number(refund.get("id")),
        version=fields.stamp(
            fields.moment(refund.get("updatedAt")) or fields.moment(refund.get("createdAt")) or _EPOCH
        ),
        currency=_currency(row, which),
        key=key_in(note),
        created_at=fields.moment(refund.get("processedAt")) or fields.moment(refund.get("createdAt")),
        amount=amount,
        state=state,
        reason=note.partition(OPENING)[0].strip(),
        lines=parts,
    )


def _had_left(row: Mapping[str, Any], refund: Mapping[str, Any]) -> bool:
    """Whether anything of it was given back, rather than taken off before it was sent."""
    own = [str(line.get("id")) for line in fields.rows(refund.get("refundLineItems"))]
    return any(
        part.kept and str(part.row.get("id")) in own
        for units in order_units.read_units(row).values()
        for part in units.taken
    )


def key_in(note: str) -> str:
    """The key of a refund that we made stands in its note, for Shopify has no other place."""
    _before, opening, rest = note.rpartition(OPENING)
    return f"odoo-{rest.partition(CLOSING)[0]}" if opening and CLOSING in rest else ""


def _paid_back(refund: Mapping[str, Any], transactions: list[dict], which: str) -> tuple[str, Decimal]:
    """(state, amount). Money that is not on its way yet must not be booked."""
    amounts: dict[str, Decimal] = {"done": ZERO, "pending": ZERO, "failed": ZERO}
    for entry in transactions:
        if entry.get("kind") == "REFUND":
            state = _STATES.get(fields.text(entry.get("status")), "pending")
            amounts[state] += abs(fields.side(entry, "amountSet", which))
    if amounts["pending"]:
        return "pending", amounts["pending"] + amounts["done"]
    if amounts["done"] or not amounts["failed"]:
        return "done", amounts["done"] or fields.side(refund, "totalRefundedSet", which)
    return "failed", amounts["failed"]


def _refund_lines(row, refund, lines, given, which) -> Iterator[RefundLine]:
    for entry in fields.rows(refund.get("refundLineItems")):
        line = lines.get(str(fields.record(entry.get("lineItem")).get("id")), {})
        stated, tax = (fields.side(entry, name, which) for name in ("subtotalSet", "totalTaxSet"))
        quantity = Decimal(fields.count(entry.get("quantity")))
        number = ids.number(fields.record(entry.get("lineItem")).get("id"))
        yield _part(row, ids.number(entry.get("id")), number, line, quantity, stated, tax, which)
    for entry in fields.rows(refund.get("refundShippingLines")):
        stated, tax = (fields.side(entry, name, which) for name in ("subtotalAmountSet", "taxAmountSet"))
        number = ids.number(fields.record(entry.get("shippingLine")).get("id"))
        shipping = _by_id(row, "shippingLines", number)
        yield _part(row, ids.number(entry.get("id")), f"shipping-{number}", shipping, ZERO, stated, tax, which)
    for entry in fields.rows(refund.get("duties")):
        number = ids.number(fields.record(entry.get("originalDuty")).get("id"))
        yield RefundLine(
            external_id=f"duty-{number}", line_id=f"duty-{number}", amount=fields.side(entry, "amountSet", which)
        )
    yield from _exchanged(row, given, lines, which)
    yield from _kept_back(given, which)


def _kept_back(given, which) -> Iterator[RefundLine]:
    """What the return cost its buyer: taken off what he gets back."""
    fees = [
        (fields.record(line.get("restockingFee")), "Restocking fee")
        for line in fields.rows(given.get("returnLineItems"))
    ]
    fees += [(fee, "Return shipping fee") for fee in fields.rows(given.get("returnShippingFees"))]
    for fee, name in fees:
        amount = fields.side(fee, "amountSet", which)
        if amount:
            yield RefundLine(external_id=f"fee-{ids.number(fee.get('id'))}", line_id="", name=name, amount=-amount)


def _by_id(row: Mapping[str, Any], name: str, number: str) -> dict:
    return next((line for line in fields.rows(row.get(name)) if ids.number(line.get("id")) == number), {})


def _exchanged(row, given, lines, which) -> Iterator[RefundLine]:
    sold = {line.external_id: line for line in order_lines.read_lines(row, which)} if given else {}
    for entry in fields.rows(given.get("exchangeLineItems")):
        for taken in fields.rows(entry.get("lineItems")):
            line = sold.get(ids.number(taken.get("id")))
            if line:
                yield RefundLine(
                    external_id=f"exchange-{line.external_id}",
                    line_id=line.external_id,
                    quantity=-line.quantity,
                    amount=-line.total,
                    taxes=tuple(replace(tax, amount=-tax.amount) for tax in line.taxes),
                )


def _part(row, external_id, line_id, line, quantity, stated, tax, which) -> RefundLine:
    """A refund states the sum of its taxes only: each rate has the share that it had on the line."""
    sold = [order_lines.read_tax(row, one, which) for one in fields.rows(line.get("taxLines"))]
    whole = sum((one.amount for one in sold), ZERO)
    taxes = tuple(replace(one, amount=(tax * one.amount / whole).quantize(order_units.DIGITS)) for one in sold if whole)
    return RefundLine(
        external_id=external_id,
        line_id=line_id,
        quantity=quantity,
        amount=stated - tax if row.get("taxesIncluded") is True else stated,
        taxes=taxes or ((Tax(code="", amount=tax),) if tax else ()),
    )
