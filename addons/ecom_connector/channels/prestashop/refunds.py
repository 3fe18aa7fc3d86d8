"""Refunds of PrestaShop: credit slips. They do not change what the order says was paid (research/contracts.md).

A slip names lines of the order with amounts per line, with and without tax, and a part of the shipping. The web service
writes one down; it moves no money, and there is no field for a key of ours: one that may have been written already is
known again by what it says. Slips were not recorded: their fields are those of the shop's own schema.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from lxml import etree

from ..errors import Gone, Rejected, Unreadable
from ..records import ZERO, Page, Raw, Refund, RefundLine, Tax
from . import clock, fields, paging
from .fields import Row

SHIPPING = "shipping"


def parse_refund(body: bytes) -> Refund:
    root = fields.parse(body)
    slip = root.find("order_slip")
    if root.tag != "papers" or slip is None or not fields.identifier(slip):
        raise Unreadable("This is not a refund: its number is missing.")
    try:
        return read_slip(slip, ZoneInfo(root.get("zone") or ""))
    except (ValueError, OSError, KeyError) as error:
        raise Unreadable("The time zone of the refund is not known.") from error


def read_slip(slip: Row, zone: ZoneInfo) -> Refund:
    lines = [_line(row) for row in fields.associated(slip, "order_slip_details")]
    shipping = _amounts(slip, "total_shipping")
    if shipping[1]:
        lines.append(_part(SHIPPING, SHIPPING, ZERO, *shipping))
    amount = _amounts(slip, "total_products")[1] + shipping[1]
    return Refund(
        external_id=fields.identifier(slip),
        order_id=fields.identifier(slip, "id_order"),
        version=fields.text(slip, "date_upd") or fields.text(slip, "date_add"),
        created_at=clock.read(fields.text(slip, "date_add"), zone),
        amount=amount or fields.number(slip, "amount") + fields.number(slip, "shipping_cost_amount"),
        lines=tuple(lines),
    )


def _line(row: Row) -> RefundLine:
    excluded, included = fields.number(row, "amount_tax_excl"), fields.number(row, "amount_tax_incl")
    line = fields.identifier(row, "id_order_detail")
    return _part(fields.identifier(row) or line, line, fields.number(row, "product_quantity"), excluded, included)


def _part(external_id: str, line: str, quantity: Decimal, excluded: Decimal, included: Decimal) -> RefundLine:
    """A slip does not say which tax it was; that of its line, then."""
    taxes = (Tax(code="", amount=included - excluded),) if included != excluded else ()
    return RefundLine(external_id=external_id, line_id=line, quantity=quantity, amount=excluded, taxes=taxes)


def _amounts(slip: Row, name: str) -> tuple[Decimal, Decimal]:
    return fields.number(slip, f"{name}_tax_excl"), fields.number(slip, f"{name}_tax_incl")


# ----------------------------------------------------------------------------- asking
def fetch_refunds(client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Slips of all orders, oldest change first."""
    rows, following = paging.turn(client, "order_slip", since, until, token, {}, what="Fetching refunds")
    return Page(items=tuple(_raw(client, row) for row in rows), next=following)


def fetch_order_refunds(client, order_id: str) -> tuple[Raw, ...]:
    return tuple(_raw(client, row) for row in _of_order(client, order_id))


def _of_order(client, order_id: str) -> list[Row]:
    if not (order_id.isascii() and order_id.isdigit()):
        raise Gone(f"The shop has no order {order_id}: its ids are whole numbers.")
    return client.of("order_slip", "id_order", [order_id], what=f"Fetching the refunds of order {order_id}")


def _raw(client, slip: Row) -> Raw:
    number = fields.identifier(slip)
    if not number:
        raise Unreadable("The shop sent a refund without a number.")
    stated = fields.text(slip, "date_upd") or fields.text(slip, "date_add")
    opening = b"<papers xmlns:xlink='http://www.w3.org/1999/xlink' zone='%s'>" % str(client.zone).encode()
    body = opening + fields.written(slip) + b"</papers>"
    return Raw(external_id=number, version=stated, body=body, updated_at=clock.read(stated, client.zone))


# ---------------------------------------------------------------------------- writing
def send_refund(client, refund: Refund) -> str:
    """Write the slip. The shop moves no money for it, and puts nothing back on sale."""
    if refund.pays:
        raise Rejected("PrestaShop cannot send money back by itself: refund it with the payment provider.")
    if not refund.lines:
        raise Rejected("PrestaShop needs to know which lines are refunded.")
    what = f"Refunding order {refund.order_id}"
    order = fields.record(client.get(f"orders/{refund.order_id}", what=what).body, "order")
    answer = client.post("order_slip", _slip(refund, order), what=what)
    return fields.identifier(fields.record(answer.body, "refund"))


def find_refund(client, refund: Refund) -> str | None:
    """A slip that says the same. One that is older than the refund is another one."""
    for row in reversed(_of_order(client, refund.order_id)):
        held = read_slip(row, client.zone)
        if refund.created_at and held.created_at and held.created_at < refund.created_at - timedelta(minutes=5):
            continue
        if held.amount == refund.amount and _told(held) == _told(refund):
            return held.external_id
    return None


def _told(refund: Refund) -> dict[str, tuple[Decimal, Decimal]]:
    return {line.line_id: (line.quantity, line.amount) for line in refund.lines if line.amount}


def _slip(refund: Refund, order: Row) -> Row:
    goods = [line for line in refund.lines if line.line_id != SHIPPING]
    shipping = [line for line in refund.lines if line.line_id == SHIPPING]
    slip = etree.Element("order_slip")
    values = {
        "id_customer": fields.identifier(order, "id_customer"),
        "id_order": refund.order_id,
        "conversion_rate": fields.text(order, "conversion_rate") or "1",
        **_totals("total_products", goods),
        **_totals("total_shipping", shipping),
        "amount": _written(sum((_included(line) for line in goods), ZERO)),
        "shipping_cost": "1" if shipping else "0",
        "shipping_cost_amount": _written(sum((_included(line) for line in shipping), ZERO)),
        "partial": "1",
    }
    for name, value in values.items():
        etree.SubElement(slip, name).text = value
    details = etree.SubElement(etree.SubElement(slip, "associations"), "order_slip_details")
    for line in goods:
        row = etree.SubElement(details, "order_slip_detail")
        etree.SubElement(row, "id_order_detail").text = line.line_id
        etree.SubElement(row, "product_quantity").text = str(int(line.quantity))
        etree.SubElement(row, "amount_tax_excl").text = _written(line.amount)
        etree.SubElement(row, "amount_tax_incl").text = _written(_included(line))
    return slip


def _totals(name: str, lines: list[RefundLine]) -> dict[str, str]:
    excluded, included = sum((line.amount for line in lines), ZERO), sum((_included(line) for line in lines), ZERO)
    return {f"{name}_tax_excl": _written(excluded), f"{name}_tax_incl": _written(included)}


def _included(line: RefundLine) -> Decimal:
    return line.amount + sum((tax.amount for tax in line.taxes), ZERO)


def _written(amount: Decimal) -> str:
    return format(amount, "f")
