"""Orders of eBay, Fulfillment API: those that are paid, up to two years old. Unpaid purchases are not shown (guide).

    orderPaymentStatus   PENDING, FAILED                               -> keep waiting
    cancelState          CANCELED                                      -> cancelled
    anything else                                                      -> open

What eBay's own warehouses ship (`fulfilledBy` EBAY) is "elsewhere". The list leaves `cancelRequests` empty, the single
order has them (research/connector.md); so a message from the list is always followed by a fetch.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote

from .. import rows
from ..errors import Gone, Rejected, Unreadable
from ..records import ZERO, Cancellation, Order, Page, Payment, Raw
from . import order_lines, order_people, order_refunds
from .values import moment as written
from .values import money

_PATH = "/sell/fulfillment/v1/order"
_CANCEL = "/post-order/v2/cancellation"
_FULFILMENT = {"FULFILLED": "fulfilled", "IN_PROGRESS": "partial"}
_WAITING = ("PENDING", "FAILED")
# Changes show after up to two minutes (eBay's knowledge base, article 1788); orders go back two years (contract).
_LAG = timedelta(minutes=2)
# Asked for once more: what showed later than that is not missed.
_AGAIN = timedelta(minutes=5)
_REACH = timedelta(days=729)
VAT = "ecomVat"


def parse_order(body: bytes) -> Order:
    """The order as eBay states it now."""
    row = rows.load(body)
    external_id, created = rows.identifier(row.get("orderId")), rows.moment(row.get("creationDate"))
    if not external_id or created is None or "lineItems" not in row:
        raise Unreadable("This is not an order: its number, its date or its items are missing.")
    return _order(external_id, created, row)


def _order(external_id: str, created: datetime, row: Mapping[str, Any]) -> Order:
    summary, ship_to = rows.record(row.get("pricingSummary")), order_people.ship_to(row)
    total = rows.record(summary.get("total"))
    vat = rows.record(row.get(VAT)).get(ship_to.country)
    lines = order_lines.read_lines(row, rows.amount(vat) if vat else None)
    waiting = rows.text(row.get("orderPaymentStatus")) in _WAITING
    payments, service = _payments(external_id, row), order_lines.service(row)
    return Order(
        external_id=external_id,
        number=external_id,
        version=rows.version(changed_at(row), row),
        created_at=created,
        updated_at=changed_at(row),
        currency=rows.currency(total.get("currency")),
        status=_status(row, waiting),
        payment=_payment(row, waiting),
        fulfilment=_fulfilment(row),
        prices_include_tax=bool(vat),
        buyer=order_people.buyer(row, ship_to),
        bill_to=order_people.bill_to(row) or ship_to,
        ship_to=ship_to,
        lines=lines,
        payments=() if waiting else payments,
        refunds=order_refunds.read_refunds(row),
        total=money(total),
        tax_total=sum((line.tax_total for line in lines), ZERO),
        shipping_method=service,
        shipping_method_name=service.replace("_", " "),
        payment_method="ebay",
        payment_method_name="eBay",
        site=_site(row),
        location="EBAY" if _is_ebays(row) else "",
        ship_by=_ship_by(row),
        note=rows.text(row.get("buyerCheckoutNotes")),
        delivery_note=order_people.hub_reference(row),
        kinds=("marketplace", *(("gift",) if any(line.note for line in lines) else ())),
        other_currency=rows.text(total.get("convertedFromCurrency")),
        other_total=rows.amount(total.get("convertedFromValue")),
        references=_references(external_id, row),
        extra={"cancel_requested": is_cancel_requested(row)},
    )


def changed_at(row: Mapping[str, Any]) -> datetime | None:
    return rows.moment(row.get("lastModifiedDate")) or rows.moment(row.get("creationDate"))


def _status(row: Mapping[str, Any], waiting: bool) -> str:
    cancelled = rows.text(rows.record(row.get("cancelStatus")).get("cancelState")) == "CANCELED"
    return "cancelled" if cancelled else "pending" if waiting else "open"


def _payment(row: Mapping[str, Any], waiting: bool) -> str:
    if rows.text(row.get("orderPaymentStatus")) == "FULLY_REFUNDED":
        return "refunded"
    return "unpaid" if waiting else "paid"


def _fulfilment(row: Mapping[str, Any]) -> str:
    return "elsewhere" if _is_ebays(row) else _FULFILMENT.get(rows.text(row.get("orderFulfillmentStatus")), "open")


def _is_ebays(row: Mapping[str, Any]) -> bool:
    program = rows.record(rows.record(row.get("program")).get("fulfillmentProgram"))
    return rows.text(program.get("fulfilledBy")) == "EBAY"


def _payments(external_id: str, row: Mapping[str, Any]) -> tuple[Payment, ...]:
    """Whatever the buyer paid with, eBay owes it to the seller: settled by its payouts."""
    found = []
    for number, payment in enumerate(rows.rows(rows.record(row.get("paymentSummary")).get("payments")), 1):
        if rows.text(payment.get("paymentStatus")) in _WAITING:
            continue
        amount = rows.record(payment.get("amount"))
        found.append(
            Payment(
                external_id=rows.identifier(payment.get("paymentReferenceId")) or f"ebay-{external_id}-{number}",
                method="ebay",
                method_name="eBay",
                amount=money(amount),
                currency=rows.text(amount.get("currency")),
                paid_at=rows.moment(payment.get("paymentDate")),
            )
        )
    return tuple(found)


def _site(row: Mapping[str, Any]) -> str:
    items = rows.rows(row.get("lineItems"))
    return rows.identifier(items[0].get("listingMarketplaceId")) if items else ""


def _ship_by(row: Mapping[str, Any]) -> datetime | None:
    """The earliest of what is still to be sent."""
    found = [
        rows.moment(rows.record(item.get("lineItemFulfillmentInstructions")).get("shipByDate"))
        for item in rows.rows(row.get("lineItems"))
        if rows.text(item.get("lineItemFulfillmentStatus")) != "FULFILLED"
    ]
    return min(filter(None, found), default=None)


def _references(external_id: str, row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    named = [
        ("number", external_id),
        ("alias", rows.identifier(row.get("legacyOrderId"))),
        ("sales_record", rows.identifier(row.get("salesRecordReference"))),
    ]
    return tuple(dict.fromkeys(pair for pair in named if pair[1]))


def is_cancel_requested(row: Mapping[str, Any]) -> bool:
    return bool(open_request(row))


def open_request(row: Mapping[str, Any]) -> str:
    """The number of the buyer's request to cancel that waits for an answer; empty: there is none."""
    for request in rows.rows(rows.record(row.get("cancelStatus")).get("cancelRequests")):
        if rows.text(request.get("cancelRequestState")) == "REQUESTED":
            return rows.identifier(request.get("cancelRequestId"))
    return ""


# ----------------------------------------------------------------------------- asking
def fetch_order(client, external_id: str) -> Raw:
    path = f"{_PATH}/{quote(external_id, safe='')}"
    params = {"fieldGroups": "TAX_BREAKDOWN"}
    return raw_of(client, rows.load(client.get(path, params, what=f"Fetching order {external_id}").body))


def find_order(client, number: str) -> Raw | None:
    try:
        return fetch_order(client, number.strip()) if number.strip() else None
    except Gone:
        return None
    except Rejected as error:
        if error.status == 400:  # what is no number of an order at all
            return None
        raise


def fetch_orders(
    client, since: datetime | None, until: datetime | None = None, token: str = "", open_only: bool = False
) -> Page:
    """Orders changed since then. A token is the place in the list and the end of the window: pages of one window must
    not move while orders change."""
    start, _bar, end = token.partition("|")
    now = datetime.now(timezone.utc)
    end = end or written(min(until or now, now - _LAG))
    begin = written(max(since - _AGAIN if since else now - _REACH, now - _REACH))
    if begin >= end:
        return Page()
    filters = [f"lastmodifieddate:[{begin}..{end}]"]
    if open_only:
        filters.append("orderfulfillmentstatus:{NOT_STARTED|IN_PROGRESS}")
    offset = int(start or 0)
    params = {
        "filter": ",".join(filters),
        "fieldGroups": "TAX_BREAKDOWN",
        "limit": client.page_size,
        "offset": offset,
    }
    found = rows.load(client.get(_PATH, params, what="Fetching changed orders").body)
    held = [raw_of(client, row) for row in rows.rows(found.get("orders"))]
    more = held and offset + len(held) < rows.whole(found.get("total"))
    held.sort(key=lambda raw: raw.updated_at or rows.NEVER)
    return Page(items=tuple(held), next=f"{offset + len(held)}|{end}" if more else "")


def raw_of(client, row: Mapping[str, Any]) -> Raw:
    """With what the merchant said of VAT beside it: reading an order asks nobody."""
    if client.vat:
        row = {**row, VAT: {country: str(rate) for country, rate in client.vat.items()}}
    return rows.raw(rows.identifier(row.get("orderId")), row, changed_at)


def cancel_order(client, cancellation: Cancellation) -> str:
    """The whole order: a request of the buyer is accepted, else one of ours is made."""
    if cancellation.lines:
        raise Rejected("eBay cancels whole orders only. Refund the items that are not sent.")
    number = cancellation.order_id
    raw = fetch_order(client, number)
    row = rows.load(raw.body)
    if rows.text(rows.record(row.get("cancelStatus")).get("cancelState")) == "CANCELED":
        return number
    request, what = open_request(row), f"Cancelling order {number}"
    if request:
        client.post(f"{_CANCEL}/{quote(request, safe='')}/approve", {}, what=what)
        return request
    payload = {
        "legacyOrderId": rows.identifier(row.get("legacyOrderId")) or number,
        "cancelReason": "OUT_OF_STOCK_OR_CANNOT_FULFILL",
    }
    made = rows.load(client.post(_CANCEL, payload, what=what).body)
    return rows.identifier(made.get("cancelId")) or number
