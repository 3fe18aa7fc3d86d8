"""Orders of WooCommerce: reading one, fetching one, finding one by its number, listing what changed."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from ..errors import Gone, Unreadable
from ..records import Address, Buyer, Order, Page, Payment, Raw, Refund
from . import fields, order_lines, order_plugins, order_state, paging, versions
from .address import read_address, read_vat
from .order_answers import cancel_order, find_note, send_note  # noqa: F401 the rest of this noun
from .order_kinds import read_kinds

# "Still to do" of a shop that goes live with open orders only.
_OPEN_STATUSES = "pending,on-hold,processing"
# Other names of a payment, cited by settlement reports: PayPal's order and Stripe's intent.
_PAYMENT_FIELDS = ("_ppcp_paypal_order_id", "_stripe_intent_id")


def parse_order(body: bytes) -> Order:
    """The order as the shop states it now; amounts keep the digits it gave."""
    row = fields.load_row(body)
    external_id = fields.identifier(row.get("id"))
    if not external_id or "line_items" not in row or "currency" not in row:
        raise Unreadable("This is not an order: its number, its currency or its lines are missing.")
    return _order(external_id, row)


def _order(external_id: str, row: Mapping[str, Any]) -> Order:
    created, changed = fields.moment(row.get("date_created_gmt")), fields.moment(row.get("date_modified_gmt"))
    total, currency = fields.number(row.get("total")), _currency(row)
    bill_to = read_address(row.get("billing"), vat=read_vat(row))
    shipping = next(iter(fields.rows(row.get("shipping_lines"))), {})
    meta = fields.meta(row)
    other_currency, other_total = order_plugins.read_other_total(meta, currency, total)
    if not (created or changed):
        raise Unreadable("The order has no date.")
    return Order(
        external_id=external_id,
        number=fields.text(row.get("number")) or external_id,
        version=versions.of_order(row),
        created_at=created or changed,
        updated_at=changed or created,
        currency=currency,
        status=order_state.read_status(row),
        payment=order_state.read_payment(row, total),
        fulfilment=order_state.read_fulfilment(row),
        prices_include_tax=row.get("prices_include_tax") is True,
        buyer=_buyer(row, bill_to),
        bill_to=bill_to,
        ship_to=_ship_to(row, bill_to),
        lines=order_lines.read_lines(row),
        payments=_payments(external_id, row, total, currency),
        refunds=_refunds(row),
        total=total,
        tax_total=fields.number(row.get("total_tax")),
        tax_totals=order_lines.read_tax_totals(row),
        shipping_method=order_lines.shipping_method(shipping),
        shipping_method_name=fields.text(shipping.get("method_title")),
        payment_method=fields.text(row.get("payment_method")),
        payment_method_name=fields.text(row.get("payment_method_title")),
        note=fields.text(row.get("customer_note")),
        coupons=tuple(filter(None, (fields.text(entry.get("code")) for entry in fields.rows(row.get("coupon_lines"))))),
        other_currency=other_currency,
        other_total=other_total,
        kinds=read_kinds(row),
        test=order_plugins.is_test(meta),
        references=_references(external_id, row),
        extra=_extra(row),
    )


def _currency(row: Mapping[str, Any]) -> str:
    currency = fields.text(row.get("currency")).upper()
    if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
        raise Unreadable("The order names no currency.")
    return currency


def _ship_to(row: Mapping[str, Any], bill_to: Address) -> Address:
    """A checkout without "ship to a different address" leaves it empty, except for a country it may have guessed."""
    ship_to = read_address(row.get("shipping"))
    stated = ship_to.street or ship_to.city or ship_to.postcode or ship_to.name or ship_to.company
    return ship_to if stated else bill_to


def _buyer(row: Mapping[str, Any], bill_to: Address) -> Buyer:
    """customer_id 0 is a guest (recorded)."""
    return Buyer(
        external_id=fields.identifier(row.get("customer_id")),
        email=bill_to.email,
        name=bill_to.name,
        phone=bill_to.phone,
        company=bill_to.company,
        vat=bill_to.vat,
    )


def _payments(external_id: str, row: Mapping[str, Any], total: Decimal, currency: str) -> tuple[Payment, ...]:
    """WooCommerce keeps one payment an order: when it was made, by which method, and the provider's number of it."""
    paid_at = fields.moment(row.get("date_paid_gmt"))
    if paid_at is None:
        return ()
    payment = Payment(
        external_id=fields.text(row.get("transaction_id")) or f"order-{external_id}",
        method=fields.text(row.get("payment_method")),
        method_name=fields.text(row.get("payment_method_title")),
        amount=total,
        currency=currency,
        paid_at=paid_at,
    )
    return (payment,)


def _refunds(row: Mapping[str, Any]) -> tuple[Refund, ...]:
    """Only number, reason and negative total stand in the order (recorded); lines are with the refund itself."""
    return tuple(
        Refund(
            external_id=fields.identifier(refund.get("id")),
            amount=-fields.number(refund.get("total")),
            reason=fields.text(refund.get("reason")),
        )
        for refund in fields.rows(row.get("refunds"))
    )


def _references(external_id: str, row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    meta = fields.meta(row)
    named = [
        ("number", fields.text(row.get("number")) or external_id),
        ("order_key", fields.text(row.get("order_key"))),
        ("transaction", fields.text(row.get("transaction_id"))),
    ]
    for name in _PAYMENT_FIELDS:
        value = meta.get(name)
        named.append(("transaction", fields.text(value) if isinstance(value, str) else ""))
    return tuple(dict.fromkeys(pair for pair in named if pair[1]))


def _extra(row: Mapping[str, Any]) -> dict[str, Any]:
    """The shop's own status, coupons and plug-ins' fields. The buyer's IP address and browser are left out."""
    return {
        "status": fields.text(row.get("status")),
        "created_via": fields.text(row.get("created_via")),
        "coupons": tuple(
            {
                "code": fields.text(coupon.get("code")),
                "discount": fields.number(coupon.get("discount")),
                "discount_tax": fields.number(coupon.get("discount_tax")),
            }
            for coupon in fields.rows(row.get("coupon_lines"))
        ),
        "meta": fields.meta(row),
    }


def fetch_order(client, external_id: str) -> Raw:
    """The order as it is now; a trashed one can still be read (status "trash"), a deleted one is Gone."""
    if not (external_id.isascii() and external_id.isdigit()):
        raise Gone(f"The shop has no order {external_id}: its ids are whole numbers.")
    body = client.get(f"orders/{external_id}", what=f"Fetching order {external_id}").body
    return _raw(fields.load_row(body), body)


def _raw(row: Mapping[str, Any], body: bytes) -> Raw:
    """Filed without being understood: one odd order must not hold up the page it stands on."""
    external_id = fields.identifier(row.get("id"))
    if not external_id:
        raise Unreadable("The shop sent an order without a number.")
    try:
        version, changed = versions.of_order(row), versions.changed_at(row)
    except Unreadable:
        version, changed = versions.of_body(body), None
    return Raw(external_id=external_id, version=version, body=body, updated_at=changed)


def find_order(client, number: str) -> Raw | None:
    """By the number the buyer sees. It is the id, unless a plug-in counts orders in its own way."""
    number = number.strip().lstrip("#")
    if not number:
        return None
    if number.isascii() and number.isdigit():
        try:
            found = fetch_order(client, number)
        except Gone:
            found = None
        if found and fields.text(fields.load_row(found.body).get("number")) == number:
            return found
    answer = client.get("orders", {"search": number, "per_page": client.page_size}, what=f"Looking for order {number}")
    for row, body in fields.slices(answer.body):
        if fields.text(row.get("number")) == number:
            return _raw(row, body)
    return None


def fetch_orders(
    client, since: datetime | None, until: datetime | None = None, token: str = "", open_only: bool = False
) -> Page:
    """Orders changed since then, oldest change first."""
    params = paging.params(client, since, until, token, by="modified", bounds=("modified_after", "modified_before"))
    if open_only:
        params["status"] = _OPEN_STATUSES
    answer = client.get("orders", params, what="Fetching changed orders")
    items = tuple(_raw(row, body) for row, body in fields.slices(answer.body))
    return Page(items=items, next=paging.following(client, items, token, since, answer))
