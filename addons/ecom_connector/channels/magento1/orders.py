"""Orders of Magento 1: reading one, fetching one, finding one by its number, listing what changed.

An order is known by its number ("100000001"): that is what every call wants. One that was edited in the back office is
cancelled and made again under its number and "-1", "-2": two orders, of which the new one names the old (documented).

    state           means                                                     -> order, payment, shipping
    new             placed, not paid; the shop has taken the stock            -> open
    processing      something was invoiced or shipped                         -> open
    complete        all was shipped                                           -> open, fulfilled
    closed          all money is back; what was shipped before has left       -> cancelled, or open and refunded
    canceled        given up                                                  -> cancelled
    pending_payment, payment_review, holded                                   -> keep waiting
"""

import hashlib
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal

from lxml import etree

from ..errors import Gone, Unreadable
from ..markup import Row, elements, parse
from ..records import ZERO, Address, Buyer, Order, Page, Payment, Raw, Refund
from . import fields, order_lines, order_rows, soap, windows
from .order_answers import cancel_order, find_note, send_note  # noqa: F401 the rest of this noun

_WAITING = ("pending_payment", "payment_review", "holded")
_OPEN = "new,processing,payment_review,pending_payment,holded"


def parse_order(body: bytes) -> Order:
    """The order as the shop states it now; amounts keep the digits it gave."""
    row, memos = _opened(body)
    order = _order(row, "")
    order = replace(order, refunds=tuple(_refund(memo, number=order.external_id) for memo in memos))
    base = fields.text(row, "base_currency_code").upper()
    if len(base) == 3 and base != order.currency:
        total = fields.number(row, "base_grand_total")
        return _with_base(order, _order(row, "base_"), base, total)
    return order


def _with_base(order: Order, in_base: Order, currency: str, total: Decimal) -> Order:
    return replace(order, in_shop_currency=in_base, other_currency=currency, other_total=total)


def _opened(body: bytes) -> tuple[Row, list[Row]]:
    """The order, and the refunds that were asked for with it; see `fetch_order`."""
    root = parse(body)
    answers = elements(root) if root.tag == "order" else [root]
    try:
        row, *lists = (soap.returned(answer) for answer in answers)
    except soap.Fault as fault:
        raise Unreadable(f"This is not an order: {fault.words}") from None
    except ValueError as error:
        raise Unreadable("This is not an order: there is nothing in it.") from error
    if not fields.identifier(row, "increment_id") or row.find("items") is None:
        raise Unreadable("This is not an order: its number or its lines are missing.")
    return row, [memo for listed in lists for memo in elements(listed)]


def _refund(memo: Row, number: str) -> Refund:
    """Only what it comes to; what it was for is asked of the shop, see `refunds.fetch_order_refunds`."""
    external_id = fields.identifier(memo, "increment_id")
    if not external_id:
        raise Unreadable("The order names a refund without a number.")
    return Refund(
        external_id=external_id,
        order_id=number,
        currency=fields.text(memo, "order_currency_code").upper(),
        created_at=fields.moment(memo, "created_at"),
        amount=fields.number(memo, "grand_total"),
    )


def _order(row: Row, base: str) -> Order:
    number = fields.identifier(row, "increment_id")
    created, changed = fields.moment(row, "created_at"), fields.moment(row, "updated_at")
    if not (created or changed):
        raise Unreadable("The order has no date.")
    lines = order_lines.read_lines(row, base)
    total, tax_total = fields.number(row, f"{base}grand_total"), fields.number(row, f"{base}tax_amount")
    bill_to = _address(row, "billing_address")
    currency = _currency(row, "base_currency_code" if base else "order_currency_code")
    return Order(
        external_id=number,
        number=number,
        version=version_of(row),
        created_at=created or changed,
        updated_at=changed or created,
        currency=currency,
        status=_status(row),
        payment=_payment_state(row),
        fulfilment=_fulfilment(row),
        buyer=_buyer(row, bill_to),
        bill_to=bill_to,
        ship_to=_address(row, "shipping_address") or bill_to,
        lines=lines,
        payments=_payments(row, number, currency, base),
        total=total,
        tax_total=tax_total,
        tax_totals=order_lines.read_tax_totals(lines, tax_total),
        shipping_method=fields.text(row, "shipping_method"),
        shipping_method_name=fields.text(row, "shipping_description"),
        payment_method=_payment(row, "method"),
        site=fields.identifier(row, "store_id"),
        gift_message=fields.text(row, "gift_message"),
        references=_references(row, number),
        extra={"state": fields.text(row, "state"), "status": fields.text(row, "status")},
    )


def _currency(row: Row, name: str) -> str:
    code = fields.text(row, name).upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise Unreadable("The order names no currency.")
    return code


# ------------------------------------------------------------------------ what it says
def _status(row: Row) -> str:
    state = fields.text(row, "state")
    if state == "canceled":
        return "cancelled"
    if state == "closed":
        return "open" if _shipped(row) else "cancelled"
    return "pending" if state in _WAITING else "open"


def _payment_state(row: Row) -> str:
    total, paid = fields.number(row, "grand_total"), fields.number(row, "total_paid")
    refunded = fields.number(row, "total_refunded")
    if fields.text(row, "state") == "closed" or (refunded and refunded >= total):
        return "refunded"
    if paid >= total and paid:
        return "paid"
    return "partial" if paid else "unpaid"


def _shipped(row: Row) -> Decimal:
    return sum((fields.number(item, "qty_shipped") for item in fields.rows(row, "items")), ZERO)


def _fulfilment(row: Row) -> str:
    """Of the lines that goods go by; one that is not taken back any more is no more to ship."""
    lines = [line for line in order_lines.read_lines(row) if line.kind == "product" and not line.part_of]
    shippable = [line for line in lines if not line.extra["virtual"]]
    if fields.text(row, "state") == "complete" or (
        shippable and all(line.extra["shipped"] >= line.quantity for line in shippable)
    ):
        return "fulfilled"
    return "partial" if _shipped(row) else "open"


def _address(row: Row, name: str) -> Address:
    """`street` has a line for each line of the form."""
    found = row.find(name)
    if found is None:
        return Address()
    streets = [line.strip() for line in fields.text(found, "street").splitlines() if line.strip()]
    return Address(
        name=f"{fields.text(found, 'firstname')} {fields.text(found, 'lastname')}".strip(),
        company=fields.text(found, "company"),
        street=streets[0] if streets else "",
        street2=", ".join(streets[1:]),
        city=fields.text(found, "city"),
        postcode=fields.text(found, "postcode"),
        state=fields.text(found, "region"),
        country=fields.text(found, "country_id").upper(),
        phone=fields.text(found, "telephone"),
        email=fields.text(row, "customer_email"),
    )


def _buyer(row: Row, bill_to: Address) -> Buyer:
    name = f"{fields.text(row, 'customer_firstname')} {fields.text(row, 'customer_lastname')}".strip()
    return Buyer(
        external_id=fields.identifier(row, "customer_id"),
        email=fields.text(row, "customer_email"),
        name=name or bill_to.name,
        phone=bill_to.phone,
        company=bill_to.company,
        tags=tuple(filter(None, (fields.identifier(row, "customer_group_id"),))),
    )


def _payment(row: Row, name: str) -> str:
    found = row.find("payment")
    return fields.text(found, name) if found is not None else ""


def _payments(row: Row, number: str, currency: str, base: str) -> tuple[Payment, ...]:
    """Magento tells what was paid in all, not when or how often."""
    paid = fields.number(row, f"{base}total_paid")
    if paid <= ZERO:
        return ()
    payment = Payment(
        external_id=f"order-{number}",
        method=_payment(row, "method"),
        amount=paid,
        currency=currency,
        paid_at=fields.moment(row, "created_at"),
    )
    return (payment,)


def _references(row: Row, number: str) -> tuple[tuple[str, str], ...]:
    edited, _dash, _times = number.partition("-")
    named = [
        ("number", number),
        ("id", fields.identifier(row, "order_id")),
        ("purchase_order", _payment(row, "po_number")),
        ("replaces", edited if edited != number else ""),
    ]
    return tuple(pair for pair in named if pair[1])


def version_of(row: Row) -> str:
    """The second of the last change; an order passes several states within one (recorded), so what only grows follows,
    the entries of its history, and a digest of what it says."""
    changed = fields.moment(row, "updated_at") or datetime(1970, 1, 1, tzinfo=timezone.utc)
    names = ("state", "status", "grand_total", "total_paid", "total_refunded", "shipping_method")
    said = [[fields.text(row, name) for name in names]]
    counted = ("item_id", "qty_ordered", "qty_canceled", "qty_shipped", "qty_refunded", "row_total")
    said += [[fields.text(item, name) for name in counted] for item in fields.rows(row, "items")]
    grown, digest = len(fields.rows(row, "status_history")), hashlib.sha256(repr(said).encode()).hexdigest()[:8]
    return f"{changed.isoformat()[:19]}Z~{grown:06d}.{digest}"


# ----------------------------------------------------------------------------- asking
def fetch_order(client, external_id: str) -> Raw:
    """The order as it is now, in the very bytes of the shop. Of one that something was refunded of it says only how
    much in all, so the list of its credit memos is asked for and kept with it: <order> answer, answer </order>."""
    what = f"Fetching order {external_id}"
    body = order_rows.ask(client, external_id)
    row = soap.result(body)
    try:
        refunded = fields.number(row, "total_refunded")
    except Unreadable:
        refunded = ZERO
    if refunded:
        of_order = windows.filtered([("order_id", "eq", fields.identifier(row, "order_id"))])
        both = etree.Element("order")
        both.extend([parse(body), parse(client.ask("salesOrderCreditmemoList", of_order, what=what))])
        body = etree.tostring(both, encoding="utf-8")
    return _raw(row, body, external_id)


def _raw(row: Row, body: bytes, asked: str) -> Raw:
    """Filed without being understood: one odd order must not hold up the page it stands on."""
    try:
        return Raw(
            external_id=fields.identifier(row, "increment_id") or asked,
            version=version_of(row),
            body=body,
            updated_at=fields.moment(row, "updated_at"),
        )
    except Unreadable:
        version = f"0000-00-00T00:00:00Z~{hashlib.sha256(body).hexdigest()[:8]}"
        return Raw(external_id=asked, version=version, body=body)


def find_order(client, number: str) -> Raw | None:
    number = number.strip().lstrip("#")
    try:
        return fetch_order(client, number)
    except Gone:
        return None


def fetch_orders(
    client, since: datetime | None, until: datetime | None = None, token: str = "", open_only: bool = False
) -> Page:
    """Orders changed since then, oldest change first. A list has no lines (recorded), so each is fetched by itself."""
    conditions = [("state", "in", _OPEN)] if open_only else []
    what = "Fetching changed orders"
    rows, following = windows.turn(client, "salesOrderList", since, until, token, conditions, what=what)
    numbers = [fields.identifier(row, "increment_id") for row in rows]
    return Page(items=tuple(fetch_order(client, number) for number in numbers if number), next=following)
