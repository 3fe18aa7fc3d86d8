"""Orders of Magento 2: reading one, fetching one, finding one by its number, listing what changed.

    state           means                                                     -> order, payment, shipping
    new             placed, not paid; the shop has reserved the stock         -> open
    processing      something was invoiced or shipped                         -> open
    complete        all was shipped                                           -> open, fulfilled
    closed          all money is back; what was shipped before has left       -> cancelled, or open and refunded
    canceled        given up                                                  -> cancelled
    pending_payment, payment_review, holded                                   -> keep waiting

One that was edited in the back office is cancelled and made again: the new one names the old.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from .. import rows
from ..errors import Gone, Unreadable
from ..records import ZERO, Address, Buyer, Order, Page, Raw
from . import order_lines, order_payments, search
from .order_answers import cancel_order, find_note, send_note  # noqa: F401 the rest of this noun

_WAITING = ("pending_payment", "payment_review", "holded")
_OPEN = "new,processing,payment_review,pending_payment,holded"


def parse_order(body: bytes) -> Order:
    """The order as the shop states it now; amounts keep the digits it gave."""
    row = rows.load(body)
    if not rows.identifier(row.get("entity_id")) or "items" not in row:
        raise Unreadable("This is not an order: its number or its lines are missing.")
    order = _order(row, "")
    base = rows.text(row.get("base_currency_code")).upper()
    if len(base) == 3 and base != order.currency:
        in_base = _order(row, "base_")
        return replace(order, in_shop_currency=in_base, other_currency=base, other_total=in_base.total)
    return order


def _order(row: Mapping[str, Any], base: str) -> Order:
    created, changed = search.moment(row.get("created_at")), search.changed_at(row)
    if not (created or changed):
        raise Unreadable("The order has no date.")
    id, number = rows.identifier(row.get("entity_id")), rows.identifier(row.get("increment_id"))
    currency = rows.currency(row.get("base_currency_code" if base else "order_currency_code"))
    lines = order_lines.read_lines(row, base)
    bill_to, extra = _address(row, row.get("billing_address")), rows.record(row.get("extension_attributes"))
    payment = rows.record(row.get("payment"))
    company = rows.record(extra.get("company_order_attributes"))
    return Order(
        external_id=id,
        number=number or id,
        version=rows.version(changed, row),
        created_at=created or changed,
        updated_at=changed or created,
        currency=currency,
        status=_status(row, lines),
        payment=_payment_state(row),
        fulfilment=_fulfilment(row, lines),
        buyer=_buyer(row, bill_to, company),
        bill_to=bill_to,
        ship_to=_ship_to(row, extra) or bill_to,
        lines=lines,
        payments=order_payments.read_payments(row, id, currency, base),
        total=rows.amount(row.get(f"{base}grand_total")) + order_payments.used_up(row, base),
        tax_total=sum((line.tax_total for line in lines), ZERO),
        tax_totals=_tax_totals(lines, rows.amount(row.get(f"{base}tax_amount"))),
        shipping_method=order_lines.shipping_method(row),
        shipping_method_name=rows.text(row.get("shipping_description")),
        payment_method=rows.text(payment.get("method")),
        payment_method_name=_payment_name(extra) or rows.text(payment.get("method")),
        site=rows.identifier(row.get("store_id")),
        note=rows.text(row.get("customer_note")),
        gift_message=rows.text(rows.record(extra.get("gift_message")).get("message")),
        coupons=tuple(filter(None, (rows.text(row.get("coupon_code")),))),
        kinds=("wholesale",) if company.get("company_id") else (),
        references=_references(row, number, payment),
        extra={"state": rows.text(row.get("state")), "status": rows.text(row.get("status"))},
    )


def _tax_totals(lines, tax_total: Decimal):
    """One tax a code; Magento rounds each line, so they add up to that of the order, or are left out."""
    found = {}
    for tax in (tax for line in lines for tax in line.taxes):
        held = found.get(tax.code)
        found[tax.code] = replace(tax, amount=tax.amount + held.amount) if held else tax
    return tuple(found.values()) if sum((tax.amount for tax in found.values()), ZERO) == tax_total else ()


# ------------------------------------------------------------------------ what it says
def _status(row: Mapping[str, Any], lines) -> str:
    state = rows.text(row.get("state"))
    if state == "canceled":
        return "cancelled"
    if state == "closed":
        return "open" if _shipped(lines) else "cancelled"
    return "pending" if state in _WAITING else "open"


def _payment_state(row: Mapping[str, Any]) -> str:
    total, paid = rows.amount(row.get("grand_total")), rows.amount(row.get("total_paid"))
    refunded = rows.amount(row.get("total_refunded"))
    if rows.text(row.get("state")) == "closed" or (refunded and refunded >= total):
        return "refunded"
    if paid >= total:
        return "paid"
    authorized = rows.amount(rows.record(row.get("payment")).get("amount_authorized"))
    return "partial" if paid else "authorized" if authorized and authorized >= total else "unpaid"


def _shipped(lines) -> Decimal:
    return sum((line.extra.get("shipped", ZERO) for line in lines if line.kind == "product"), ZERO)


def _fulfilment(row: Mapping[str, Any], lines) -> str:
    shippable = [line for line in lines if line.kind == "product" and not line.extra["virtual"] and not line.part_of]
    done = shippable and all(line.extra["shipped"] >= line.quantity for line in shippable)
    if rows.text(row.get("state")) == "complete" or done:
        return "fulfilled"
    return "partial" if _shipped(lines) else "open"


def _address(row: Mapping[str, Any], value: Any) -> Address:
    found = rows.record(value)
    streets = [line for line in rows.texts(found.get("street")) if line]
    return Address(
        name=f"{rows.text(found.get('firstname'))} {rows.text(found.get('lastname'))}".strip(),
        company=rows.text(found.get("company")),
        vat=rows.text(found.get("vat_id")),
        street=streets[0] if streets else "",
        street2=", ".join(streets[1:]),
        city=rows.text(found.get("city")),
        postcode=rows.text(found.get("postcode")),
        state=rows.text(found.get("region_code")) or rows.text(found.get("region")),
        country=rows.text(found.get("country_id")).upper(),
        phone=rows.text(found.get("telephone")),
        email=rows.text(found.get("email")) or rows.text(row.get("customer_email")),
    )


def _ship_to(row: Mapping[str, Any], extra: Mapping[str, Any]) -> Address:
    assignments = rows.rows(extra.get("shipping_assignments"))
    shipping = rows.record(assignments[0].get("shipping")) if assignments else {}
    return _address(row, shipping["address"]) if shipping.get("address") else Address()


def _buyer(row: Mapping[str, Any], bill_to: Address, company: Mapping[str, Any]) -> Buyer:
    name = f"{rows.text(row.get('customer_firstname'))} {rows.text(row.get('customer_lastname'))}".strip()
    group = rows.identifier(row.get("customer_group_id"))
    return Buyer(
        external_id=rows.identifier(row.get("customer_id")),
        email=rows.text(row.get("customer_email")),
        name=name or bill_to.name,
        phone=bill_to.phone,
        company=rows.text(company.get("company_name")) or bill_to.company,
        vat=rows.text(row.get("customer_taxvat")) or bill_to.vat,
        tags=(group,) if group else (),
    )


def _payment_name(extra: Mapping[str, Any]) -> str:
    """A method's title stands among what it says of itself."""
    for entry in rows.rows(extra.get("payment_additional_info")):
        if rows.text(entry.get("key")) == "method_title":
            return rows.text(entry.get("value"))
    return ""


def _references(row: Mapping[str, Any], number: str, payment: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    named = [
        ("number", number),
        ("replaces", rows.identifier(row.get("relation_parent_real_id"))),
        ("replaced_by", rows.identifier(row.get("relation_child_real_id"))),
        ("purchase_order", rows.identifier(payment.get("po_number"))),
        ("transaction", rows.identifier(payment.get("last_trans_id"))),
        ("checkout", rows.identifier(row.get("quote_id"))),
    ]
    return tuple(dict.fromkeys(pair for pair in named if pair[1]))


# ----------------------------------------------------------------------------- asking
def fetch_order(client, external_id: str) -> Raw:
    if not (external_id.isascii() and external_id.isdigit()):
        raise Gone(f"The shop has no order {external_id}: its ids are whole numbers.")
    body = client.get(f"/V1/orders/{external_id}", what=f"Fetching order {external_id}").body
    return _raw(rows.load(body), body)


def _raw(row: Mapping[str, Any], body: bytes | None = None) -> Raw:
    return rows.raw(rows.identifier(row.get("entity_id")), row, search.changed_at, body)


def find_order(client, number: str) -> Raw | None:
    """By the number that buyers see."""
    number = number.strip().lstrip("#")
    if not number:
        return None
    asked = search.criteria([("increment_id", "eq", number)], size=1)
    found, _total = client.records("/V1/orders", asked, what=f"Looking for order {number}")
    return _raw(found[0]) if found else None


def fetch_orders(
    client, since: datetime | None, until: datetime | None = None, token: str = "", open_only: bool = False
) -> Page:
    """Orders changed since then, oldest change first."""
    filters = [("state", "in", _OPEN)] if open_only else []
    what = "Fetching changed orders"
    found, following = search.turn(client, "/V1/orders", since, until, token, filters, what=what)
    return Page(items=tuple(_raw(row) for row in found), next=following)
