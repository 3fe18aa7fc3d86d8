"""Refunds of Magento 1: credit memos.

A memo has lines, a part of the shipping, and an adjustment of its own, up or down (recorded). It names its order by an
inner number only, so the order's own number is written around the shop's bytes:

    <memo order="100000001"> the shop's answer </memo>

One that is made over SOAP moves no money. Without any line the shop would take the whole order back (documented), so
one line is always named, if need be with nothing of it.
"""

from datetime import datetime
from decimal import Decimal

from lxml import etree

from ..errors import Rejected, Unreadable
from ..markup import Row, elements, parse
from ..records import ZERO, Page, Raw, Refund, RefundLine, Tax
from . import fields, soap, windows
from .order_rows import fetch_row
from .shipments import comment

SHIPPING = "shipping"


def parse_refund(body: bytes) -> Refund:
    root = parse(body)
    inner = elements(root)
    if root.tag != "memo" or len(inner) != 1:
        raise Unreadable("This is not a refund.")
    try:
        return _refund(soap.result(etree.tostring(inner[0])), root.get("order") or "")
    except soap.Fault as fault:
        raise Unreadable(f"This is not a refund: {fault.words}") from None


def _refund(memo: Row, order: str) -> Refund:
    number = fields.identifier(memo, "increment_id")
    if not number:
        raise Unreadable("This is not a refund: its number is missing.")
    return Refund(
        external_id=number,
        order_id=order,
        version=fields.text(memo, "updated_at") or fields.text(memo, "created_at"),
        currency=fields.text(memo, "order_currency_code").upper(),
        created_at=fields.moment(memo, "created_at"),
        amount=fields.number(memo, "grand_total"),
        reason=next((said for said in _comments(memo) if not said.startswith(comment(""))), ""),
        lines=tuple(_lines(memo)),
    )


def _lines(memo: Row) -> list[RefundLine]:
    """The second line of a configurable is stated, too, with nothing."""
    found = []
    for row in fields.rows(memo, "items"):
        total = fields.number(row, "row_total") - fields.number(row, "discount_amount")
        total += fields.number(row, "hidden_tax_amount")
        if total:
            line = fields.identifier(row, "order_item_id")
            found.append(_line(line, fields.number(row, "qty"), total, fields.number(row, "tax_amount")))
    shipping = fields.number(memo, "shipping_amount")
    if shipping:
        found.append(_line(SHIPPING, ZERO, shipping, fields.number(memo, "shipping_tax_amount")))
    return found


def _line(line: str, quantity: Decimal, amount: Decimal, tax: Decimal) -> RefundLine:
    taxes = (Tax(code="", amount=tax),) if tax else ()
    return RefundLine(external_id=line, line_id=line, quantity=quantity, amount=amount, taxes=taxes)


def _comments(memo: Row) -> list[str]:
    return [fields.text(entry, "comment") for entry in fields.rows(memo, "comments")]


# ----------------------------------------------------------------------------- asking
def fetch_refunds(client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Memos of all orders, oldest change first."""
    what = "Fetching refunds"
    rows, following = windows.turn(client, "salesOrderCreditmemoList", since, until, token, [], what=what)
    numbers = _order_numbers(client, {fields.identifier(row, "order_id") for row in rows})
    items = [_raw(client, row, numbers.get(fields.identifier(row, "order_id"), "")) for row in rows]
    return Page(items=tuple(items), next=following)


def fetch_order_refunds(client, order_id: str) -> tuple[Raw, ...]:
    order = fetch_row(client, order_id)
    return tuple(_raw(client, row, order_id) for row in _of_order(client, order))


def _of_order(client, order: Row) -> list[Row]:
    filters = windows.filtered([("order_id", "eq", fields.identifier(order, "order_id"))])
    return elements(client.call("salesOrderCreditmemoList", filters, what="Looking at the refunds of the order"))


def _order_numbers(client, ids: set[str]) -> dict[str, str]:
    """{inner number of an order: its own}"""
    wanted = ",".join(sorted(filter(None, ids)))
    if not wanted:
        return {}
    filters = windows.filtered([("order_id", "in", wanted)])
    rows = elements(client.call("salesOrderList", filters, what="Looking at the orders of refunds"))
    return {fields.identifier(row, "order_id"): fields.identifier(row, "increment_id") for row in rows}


def _raw(client, row: Row, order: str) -> Raw:
    number = fields.identifier(row, "increment_id")
    body = client.ask("salesOrderCreditmemoInfo", number, what=f"Fetching refund {number}")
    memo = etree.Element("memo", order=order)
    memo.append(parse(body))
    changed = fields.moment(row, "updated_at") or fields.moment(row, "created_at")
    return Raw(
        external_id=number,
        version=fields.text(row, "updated_at") or fields.text(row, "created_at"),
        body=etree.tostring(memo, encoding="utf-8"),
        updated_at=changed,
    )


# ---------------------------------------------------------------------------- writing
def send_refund(client, refund: Refund) -> str:
    """Write the memo. What it comes to beyond its lines and the shipping is its adjustment, up or down."""
    if refund.pays:
        raise Rejected("Magento's SOAP API cannot send money back: refund it with the payment provider, or there.")
    order = fetch_row(client, refund.order_id)
    said = [refund.reason, comment(refund.key)] if refund.key else [refund.reason]
    made = client.call(
        "salesOrderCreditmemoCreate",
        refund.order_id,
        _data(refund, order),
        " / ".join(filter(None, said)),
        0,
        0,
        None,
        what=f"Refunding order {refund.order_id}",
    )
    return "".join(made.itertext()).strip()


def find_refund(client, refund: Refund) -> str | None:
    """The memo with our key in its comment."""
    order = fetch_row(client, refund.order_id)
    for row in _of_order(client, order):
        number = fields.identifier(row, "increment_id")
        memo = client.call("salesOrderCreditmemoInfo", number, what=f"Looking at refund {number}")
        if refund.key and any(said.endswith(comment(refund.key)) for said in _comments(memo)):
            return number
    return None


def _data(refund: Refund, order: Row) -> dict:
    goods = [line for line in refund.lines if line.line_id != SHIPPING and line.quantity]
    shipping = [line for line in refund.lines if line.line_id == SHIPPING]
    items = [{"order_item_id": line.line_id, "qty": format(line.quantity, "f")} for line in goods]
    more = refund.amount - sum((_included(line) for line in (*goods, *shipping)), ZERO)
    return {
        "qtys": items or [{"order_item_id": _first(order), "qty": "0"}],
        "shipping_amount": _written(sum((line.amount for line in shipping), ZERO)),
        "adjustment_positive": _written(max(more, ZERO)),
        "adjustment_negative": _written(max(-more, ZERO)),
    }


def _first(order: Row) -> str:
    return next((fields.identifier(row, "item_id") for row in fields.rows(order, "items")), "0")


def _included(line: RefundLine) -> Decimal:
    return line.amount + sum((tax.amount for tax in line.taxes), ZERO)


def _written(amount: Decimal) -> str:
    return format(amount, "f")
