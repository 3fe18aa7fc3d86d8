"""Orders of BigCommerce: an order with its consignments in one answer, and what hangs on it beside.

What is kept as one order is the answer and, under `ecom`, its taxes, parcels, refunds and coupons, each asked for only
where the order says that it has some:

    {... the order ..., "ecom": {"taxes": [...], "shipments": [...], "refunds": [...], "coupons": [...]}}

    status_id   0 incomplete, 1 pending, 6 declined, 12 manual verification     -> keep waiting
                7 awaiting payment: placed, paid some other way                 -> open, unpaid
                5 cancelled                                                     -> cancelled
                4 refunded: what was shipped before has left                    -> cancelled, or open and refunded
                2 shipped, 10 completed                                         -> open, fulfilled

A store also tells of orders whose payment failed (`store/order/created`): they wait until they are paid.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from typing import Any

from .. import rows
from ..errors import Gone, Rejected, Unreadable
from ..records import ZERO, Address, Buyer, Cancellation, Order, Page, Payment, Raw
from . import order_lines, order_parcels, refunds
from .moments import changed_at, moment

_INCLUDE = {"include": "consignments,consignments.line_items,fees", "consignment_structure": "object"}
_WAITING = (0, 1, 6, 12)
_CANCELLED, _REFUNDED, _SHIPPED, _PARTLY = 5, 4, (2, 10), 3
_OPEN = (1, 3, 7, 8, 9, 11, 12)
_PAID = ("captured", "paid", "partially refunded", "refunded")
_FAILED = ("declined", "void")


def parse_order(body: bytes) -> Order:
    """The order as the store states it now; amounts keep the digits it gave."""
    row = rows.load(body)
    if not rows.identifier(row.get("id")) or "total_inc_tax" not in row or "consignments" not in row:
        raise Unreadable("This is not an order: its number, its total or its goods are missing.")
    return _order(rows.identifier(row["id"]), row)


def _order(id: str, row: Mapping[str, Any]) -> Order:
    created, changed = moment(row.get("date_created")), changed_at(row)
    if created is None:
        raise Unreadable("The order has no date.")
    beside, bill_to = rows.record(row.get("ecom")), read_address(row.get("billing_address"))
    lines = order_lines.read_lines(row)
    used = rows.amount(row.get("store_credit_amount")) + rows.amount(row.get("gift_certificate_amount"))
    total, stated = sum((line.total + line.tax_total for line in lines), ZERO), rows.amount(row["total_inc_tax"])
    currency = rows.currency(row.get("currency_code"), row.get("default_currency_code"))
    shipping = next(iter(order_lines.consignments(row, "shipping")), {})
    # Whether what the buyer used up is still part of the total shows in the lines.
    paid_in_all = stated + used if used and abs(total - stated - used) < abs(total - stated) else stated
    return Order(
        external_id=id,
        number=id,
        version=rows.version(changed, row),
        created_at=created,
        updated_at=changed,
        currency=currency,
        status=_status(row, lines),
        payment=_payment_state(row),
        fulfilment=_fulfilment(row),
        prices_include_tax=row.get("is_tax_inclusive_pricing") is True,
        buyer=_buyer(row, bill_to),
        bill_to=bill_to,
        ship_to=read_address(shipping) or bill_to,
        lines=lines,
        payments=_payments(id, row, currency, paid_in_all),
        refunds=tuple(refunds.read_refund(refund, currency) for refund in rows.rows(beside.get("refunds"))),
        shipments=order_parcels.read_parcels(id, beside),
        total=paid_in_all,
        tax_total=sum((line.tax_total for line in lines), ZERO),
        shipping_method=rows.text(shipping.get("shipping_method")),
        shipping_method_name=rows.text(shipping.get("shipping_method")),
        payment_method=rows.text(row.get("payment_method")),
        payment_method_name=rows.text(row.get("payment_method")),
        site=rows.identifier(row.get("channel_id")),
        note=rows.text(row.get("customer_message")),
        coupons=tuple(filter(None, (rows.text(c.get("code")) for c in rows.rows(beside.get("coupons"))))),
        references=_references(id, row),
        extra={"status": rows.text(row.get("status")), "staff_notes": rows.text(row.get("staff_notes"))},
    )


def _status_id(row: Mapping[str, Any]) -> int:
    return rows.whole(row.get("status_id"))


def _status(row: Mapping[str, Any], lines) -> str:
    status = _status_id(row)
    if status == _CANCELLED or row.get("is_deleted") is True:
        return "cancelled"
    if status == _REFUNDED:
        return "open" if rows.whole(row.get("items_shipped")) else "cancelled"
    failed = rows.text(row.get("payment_status")) in _FAILED
    return "pending" if status in _WAITING or failed else "open"


def _payment_state(row: Mapping[str, Any]) -> str:
    status, total = rows.text(row.get("payment_status")), rows.amount(row.get("total_inc_tax"))
    refunded = rows.amount(row.get("refunded_amount"))
    if _status_id(row) == _REFUNDED or (refunded and refunded >= total):
        return "refunded"
    if status in _PAID:
        return "paid"
    return "authorized" if status == "authorized" else "unpaid"


def _fulfilment(row: Mapping[str, Any]) -> str:
    shipped, total = rows.whole(row.get("items_shipped")), rows.whole(row.get("items_total"))
    if _status_id(row) in _SHIPPED or (total and shipped >= total):
        return "fulfilled"
    return "partial" if shipped or _status_id(row) == _PARTLY else "open"


def read_address(value: Any) -> Address:
    row = rows.record(value)
    return Address(
        name=f"{rows.text(row.get('first_name'))} {rows.text(row.get('last_name'))}".strip(),
        company=rows.text(row.get("company")),
        street=rows.text(row.get("street_1")),
        street2=rows.text(row.get("street_2")),
        city=rows.text(row.get("city")),
        postcode=rows.text(row.get("zip")),
        state=rows.text(row.get("state")),
        country=rows.text(row.get("country_iso2")).upper(),
        phone=rows.text(row.get("phone")),
        email=rows.text(row.get("email")),
    )


def _buyer(row: Mapping[str, Any], bill_to: Address) -> Buyer:
    """customer_id 0 is a guest (contract)."""
    id = rows.identifier(row.get("customer_id"))
    return Buyer(
        external_id="" if id == "0" else id,
        email=bill_to.email,
        name=bill_to.name,
        phone=bill_to.phone,
        company=bill_to.company,
        language=rows.text(row.get("customer_locale")),
    )


def _payments(id: str, row: Mapping[str, Any], currency: str, total) -> tuple[Payment, ...]:
    """What the provider took, and what the buyer used up."""
    found, left = [], total
    for name, tender, words in (
        ("store_credit_amount", "store_credit", "Store credit"),
        ("gift_certificate_amount", "gift_card", "Gift certificate"),
    ):
        amount = rows.amount(row.get(name))
        if amount:
            left -= amount
            known = {"method": tender, "method_name": words, "tender": tender, "currency": currency}
            found.append(Payment(external_id=f"order-{id}-{tender}", amount=amount, **known))
    if rows.text(row.get("payment_status")) in _PAID and left > 0:
        provider = rows.identifier(row.get("payment_provider_id"))
        method = rows.text(row.get("payment_method"))
        paid = Payment(
            external_id=provider or f"order-{id}",
            method=method,
            method_name=method,
            amount=left,
            currency=currency,
            paid_at=moment(row.get("date_created")),
        )
        found.insert(0, paid)
    return tuple(found)


def _references(id: str, row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    named = [("number", id), ("checkout", rows.identifier(row.get("cart_id")))]
    named += [("alias", rows.identifier(row.get(name))) for name in ("external_id", "external_order_id")]
    named += [("alias", rows.identifier(row.get("ebay_order_id")))]
    named.append(("transaction", rows.identifier(row.get("payment_provider_id"))))
    return tuple(dict.fromkeys(pair for pair in named if pair[1] not in ("", "0")))


# ----------------------------------------------------------------------------- asking
def fetch_order(client, external_id: str) -> Raw:
    _is_number(external_id)
    what = f"Fetching order {external_id}"
    row = rows.load(client.get(f"/v2/orders/{external_id}", _INCLUDE, what=what).body)
    return _raw(_whole(client, row))


def _is_number(external_id: str) -> None:
    if not (external_id.isascii() and external_id.isdigit()):
        raise Gone(f"The store has no order {external_id}: its numbers are whole numbers.")


def _raw(row: Mapping[str, Any]) -> Raw:
    return rows.raw(rows.identifier(row.get("id")), row, changed_at)


def _whole(client, row: Mapping[str, Any]) -> dict[str, Any]:
    id = rows.identifier(row.get("id"))
    return {**row, "ecom": dict(_beside(client, id, row))}


def _beside(client, id: str, row: Mapping[str, Any]) -> Iterator[tuple[str, list[dict]]]:
    what = f"Fetching what belongs to order {id}"
    if rows.amount(row.get("total_tax")):
        yield "taxes", client.listed(f"/orders/{id}/taxes", {"details": "true", "limit": 250}, what=what)
    if rows.whole(row.get("items_shipped")):
        yield "shipments", client.listed(f"/orders/{id}/shipments", {"limit": 250}, what=what)
    if rows.amount(row.get("refunded_amount")):
        yield "refunds", client.data(f"/orders/{id}/payment_actions/refunds", what=what)[0]
    if rows.amount(row.get("coupon_discount")):
        yield "coupons", client.listed(f"/orders/{id}/coupons", what=what)


def find_order(client, number: str) -> Raw | None:
    try:
        return fetch_order(client, number.strip().lstrip("#"))
    except Gone:
        return None


def fetch_orders(
    client, since: datetime | None, until: datetime | None = None, token: str = "", open_only: bool = False
) -> Page:
    """Orders changed since then, oldest change first. The next page begins where this one ended: an order that changes
    meanwhile leaves its place, and page numbers would pass over the one behind it."""
    begin, _bar, number = token.partition("|")
    begin, page = begin or (rows.written(since) if since else ""), int(number or 1)
    params = {**_INCLUDE, "sort": "date_modified", "limit": client.page_size, "page": page}
    if begin:
        params["min_date_modified"] = begin
    if until:
        params["max_date_modified"] = rows.written(until)
    found = client.listed("/orders", params, what="Fetching changed orders")
    wanted = [row for row in found if not open_only or _status_id(row) in _OPEN]
    items = tuple(_raw(_whole(client, row)) for row in wanted)
    if len(found) < client.page_size:
        return Page(items=items)
    last = rows.written(changed_at(found[-1]) or datetime.now(timezone.utc))
    return Page(items=items, next=f"{last}|1" if last > begin else f"{begin}|{page + 1}")


def cancel_order(client, cancellation: Cancellation) -> str:
    """The store puts the units back on sale by itself, where its settings say so."""
    number = cancellation.order_id
    if cancellation.lines:
        raise Rejected("BigCommerce cancels whole orders only. Refund the lines that are not sent.")
    _is_number(number)
    client.put(f"/v2/orders/{number}", {"status_id": _CANCELLED}, what=f"Cancelling order {number}")
    return number
