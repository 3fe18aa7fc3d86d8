"""Orders of Amazon, API 2026-01-01: one answer holds all of an order that our application's roles may see.

    PENDING, PENDING_AVAILABILITY   not paid yet; there is no price before (model)   -> keep waiting
    UNSHIPPED, PARTIALLY_SHIPPED, SHIPPED                                            -> open
    CANCELLED                                                                        -> cancelled
    UNFULFILLABLE                   Amazon's own warehouses cannot ship it (model)   -> keep waiting

What Amazon ships itself (`fulfilledBy` AMAZON) is "elsewhere": its stock is a warehouse of Amazon's.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from ..errors import Gone, Unreadable
from ..records import ZERO, Address, Buyer, Order, Page, Payment, Raw, Shipment, ShipmentLine
from . import answers, order_lines, values

_PATH = "/orders/2026-01-01/orders"
_ALL = ("BUYER", "RECIPIENT", "PROCEEDS", "PROMOTION", "CANCELLATION", "FULFILLMENT", "PACKAGES", "TAX", "PAYMENT")
_NUMBER = re.compile(r"[0-9A-Z]{3}-[0-9]{7}-[0-9]{7}")
_WAITING = ("PENDING", "PENDING_AVAILABILITY", "UNFULFILLABLE")
_OPEN = ("PENDING_AVAILABILITY", "PENDING", "UNSHIPPED", "PARTIALLY_SHIPPED")
_FULFILMENT = {"SHIPPED": "fulfilled", "PARTIALLY_SHIPPED": "partial"}
# A search sees what happened up to two minutes ago, and goes back two years (research/connector.md).
_LAG = timedelta(minutes=2)
# Asked for once more: what showed later than that is not missed.
_AGAIN = timedelta(minutes=5)
_REACH = timedelta(days=729)
_NEVER = datetime(1970, 1, 1, tzinfo=timezone.utc)


def parse_order(body: bytes) -> Order:
    """The order as Amazon states it now."""
    row = answers.load(body)
    external_id = values.identifier(row.get("orderId"))
    created = values.moment(row.get("createdTime"))
    if not external_id or created is None or "orderItems" not in row:
        raise Unreadable("This is not an order: its number, its date or its items are missing.")
    return _order(external_id, created, row)


def _order(external_id: str, created: datetime, row: Mapping[str, Any]) -> Order:
    proceeds, held = values.record(row.get("proceeds")), values.record(row.get("fulfillment"))
    total, lines = values.amount(proceeds.get("grandTotal")), order_lines.read_lines(row)
    currency, status = _currency(row), values.text(held.get("fulfillmentStatus"))
    ship_to, buyer = _address(row), values.record(row.get("buyer"))
    window = values.record(held.get("shipByWindow"))
    waiting = status in _WAITING
    return Order(
        external_id=external_id,
        number=external_id,
        version=version_of(row),
        created_at=created,
        updated_at=values.moment(row.get("lastUpdatedTime")) or created,
        currency=currency,
        status="cancelled" if status == "CANCELLED" else "pending" if waiting else "open",
        payment="unpaid" if waiting or not total else "paid",
        fulfilment="elsewhere" if _is_amazons(held) else _FULFILMENT.get(status, "open"),
        buyer=_buyer(buyer, ship_to),
        bill_to=ship_to,
        ship_to=ship_to,
        lines=lines,
        payments=() if waiting or not total else _payments(external_id, row, currency, created, total),
        shipments=_shipments(external_id, row),
        total=total,
        tax_total=sum((line.tax_total for line in lines), ZERO),
        shipping_method=values.text(held.get("fulfillmentServiceLevel")),
        shipping_method_name=values.text(held.get("fulfillmentServiceLevel")).replace("_", " ").capitalize(),
        payment_method="amazon",
        payment_method_name="Amazon",
        site=values.identifier(values.record(row.get("salesChannel")).get("marketplaceId")),
        location="AMAZON" if _is_amazons(held) else "",
        ship_by=values.moment(window.get("latestDateTime")),
        delivery_note=_delivery_note(row),
        tags=tuple(values.texts(row.get("programs"))),
        kinds=_kinds(row, lines),
        references=_references(external_id, row),
        extra={"status": status, "cancel_requested": _is_cancel_requested(row)},
    )


def _is_amazons(held: Mapping[str, Any]) -> bool:
    return values.text(held.get("fulfilledBy")) == "AMAZON"


def _currency(row: Mapping[str, Any]) -> str:
    """An order that waits has no price yet (model), and so no currency: it is not placed before it has one."""
    stated = [values.record(values.record(row.get("proceeds")).get("grandTotal"))]
    for item in values.rows(row.get("orderItems")):
        price = values.record(values.record(item.get("product")).get("price"))
        stated.append(values.record(price.get("unitPrice")))
    code = next((values.text(money.get("currencyCode")) for money in stated if money.get("currencyCode")), "")
    if not code and values.text(values.record(row.get("fulfillment")).get("fulfillmentStatus")) in (
        *_WAITING,
        "CANCELLED",
    ):
        return "XXX"  # ISO 4217: no currency
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise Unreadable("The order names no currency.")
    return code.upper()


def _address(row: Mapping[str, Any]) -> Address:
    found = values.record(values.record(row.get("recipient")).get("deliveryAddress"))
    lines = [values.text(found.get(f"addressLine{number}")) for number in (1, 2, 3)]
    lines.append(values.text(found.get("districtOrCounty")))
    street, *others = [line for line in lines if line] or [""]
    return Address(
        name=values.text(found.get("name")),
        company=values.text(found.get("companyName")),
        street=street,
        street2=", ".join(others),
        city=values.text(found.get("city")) or values.text(found.get("municipality")),
        postcode=values.text(found.get("postalCode")),
        state=values.text(found.get("stateOrRegion")),
        country=values.text(found.get("countryCode")).upper(),
        phone=values.text(found.get("phone")),
        email=values.text(values.record(row.get("buyer")).get("buyerEmail")),
    )


def _buyer(buyer: Mapping[str, Any], ship_to: Address) -> Buyer:
    """Amazon does not say which buyers are one; its mail address is one for each order."""
    return Buyer(
        email=values.text(buyer.get("buyerEmail")),
        name=values.text(buyer.get("buyerName")) or ship_to.name,
        phone=ship_to.phone,
        company=values.text(buyer.get("buyerCompanyName")),
    )


def _payments(external_id: str, row: Mapping[str, Any], currency: str, created: datetime, total) -> tuple[Payment, ...]:
    """Whatever the buyer paid with, Amazon owes it to the seller: one payment, settled by its reports."""
    payment = Payment(
        external_id=f"amazon-{external_id}",
        method="amazon",
        method_name="Amazon",
        amount=total,
        currency=currency,
        paid_at=created,
    )
    return (payment,)


def _shipments(external_id: str, row: Mapping[str, Any]) -> tuple[Shipment, ...]:
    found = []
    for package in values.rows(row.get("packages")):
        lines = tuple(
            ShipmentLine(line_id=values.identifier(i.get("orderItemId")), quantity=values.amount(i.get("quantity")))
            for i in values.rows(package.get("packageItems"))
        )
        found.append(
            Shipment(
                key="",
                order_id=external_id,
                external_id=values.identifier(package.get("packageReferenceId")),
                lines=lines,
                carrier=values.text(package.get("carrier")),
                carrier_name=values.text(package.get("carrier")),
                tracking_number=values.text(package.get("trackingNumber")),
                shipped_at=values.moment(package.get("shipTime")),
            )
        )
    return tuple(found)


def _delivery_note(row: Mapping[str, Any]) -> str:
    wish = values.record(values.record(row.get("recipient")).get("deliveryPreference"))
    return " ".join(filter(None, (values.text(wish.get(name)) for name in ("dropOffLocation", "addressInstruction"))))


def _kinds(row: Mapping[str, Any], lines) -> tuple[str, ...]:
    company = values.record(row.get("buyer")).get("buyerCompanyName")
    gift = any(line.note or line.extra.get("gift_wrap") for line in lines)
    return ("marketplace", *(("wholesale",) if company else ()), *(("gift",) if gift else ()))


def _references(external_id: str, row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    named = [("number", external_id)]
    named += [("alias", values.identifier(alias.get("aliasId"))) for alias in values.rows(row.get("orderAliases"))]
    named.append(("purchase_order", values.text(values.record(row.get("buyer")).get("buyerPurchaseOrderNumber"))))
    return tuple(dict.fromkeys(pair for pair in named if pair[1]))


def _is_cancel_requested(row: Mapping[str, Any]) -> bool:
    cancellations = (values.record(item.get("cancellation")) for item in values.rows(row.get("orderItems")))
    return any(found.get("cancellationRequest") and not found.get("cancellationExecution") for found in cancellations)


def version_of(row: Mapping[str, Any]) -> str:
    """The moment of the last change; a digest tells two states of one second apart."""
    changed = values.moment(row.get("lastUpdatedTime")) or values.moment(row.get("createdTime")) or _NEVER
    written = json.dumps(row, sort_keys=True, default=str)
    return f"{values.written(changed)}~{hashlib.sha256(written.encode()).hexdigest()[:8]}"


# ----------------------------------------------------------------------------- asking
def fetch_order(client, external_id: str) -> Raw:
    if not _NUMBER.fullmatch(external_id):
        raise Gone(f"Amazon has no order {external_id}: its numbers are 3-7-7 digits.")
    answer = client.get(f"{_PATH}/{external_id}", {"includedData": _ALL}, what=f"Fetching order {external_id}")
    return _raw(values.record(answers.load(answer.body).get("order")))


def find_order(client, number: str) -> Raw | None:
    try:
        return fetch_order(client, number.strip())
    except Gone:
        return None


def fetch_orders(
    client, since: datetime | None, until: datetime | None = None, token: str = "", open_only: bool = False
) -> Page:
    """Orders changed since then, oldest change first within a page. A token is Amazon's own, good for a day."""
    now = datetime.now(timezone.utc)
    asked: dict[str, Any] = {
        "lastUpdatedAfter": values.written(max(since - _AGAIN if since else now - _REACH, now - _REACH)),
        "lastUpdatedBefore": values.written(min(until or now, now - _LAG)),
        "marketplaceIds": client.marketplaces,
        "maxResultsPerPage": client.page_size,
        "includedData": _ALL,
    }
    if token:
        asked["lastUpdatedAfter"], asked["lastUpdatedBefore"], asked["paginationToken"] = token.split("|", 2)
    elif asked["lastUpdatedAfter"] >= asked["lastUpdatedBefore"]:
        return Page()
    if open_only:
        asked["fulfillmentStatuses"] = _OPEN
    found = answers.load(client.get(_PATH, asked, what="Fetching changed orders").body)
    onward = values.text(values.record(found.get("pagination")).get("nextToken"))
    following = f"{asked['lastUpdatedAfter']}|{asked['lastUpdatedBefore']}|{onward}" if onward else ""
    items = sorted((_raw(row) for row in values.rows(found.get("orders"))), key=lambda raw: raw.updated_at or _NEVER)
    return Page(items=tuple(items), next=following)


def _raw(row: Mapping[str, Any]) -> Raw:
    """Filed without being understood: one odd order must not hold up the page it stands on."""
    external_id = values.identifier(row.get("orderId"))
    if not external_id:
        raise Unreadable("Amazon sent an order without a number.")
    body = json.dumps(row, default=str, ensure_ascii=False).encode()
    try:
        return Raw(
            external_id=external_id,
            version=version_of(row),
            body=body,
            updated_at=values.moment(row.get("lastUpdatedTime")),
        )
    except Unreadable:
        version = f"0000-00-00T00:00:00Z~{hashlib.sha256(body).hexdigest()[:8]}"
        return Raw(external_id=external_id, version=version, body=body)
