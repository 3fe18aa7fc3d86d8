"""Orders: found, fetched and read. The shop states net amounts and the tax of each line, already rounded."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from urllib.parse import quote

from ..records import (
    Address,
    Buyer,
    Cancellation,
    Line,
    Note,
    Order,
    Page,
    Payment,
    Raw,
    Risk,
    Shipment,
    ShipmentLine,
    Tax,
)
from .client import Client
from .reading import amount, count, expecting, loads, moment, raw, version, word
from .refunds import read_refund

KINDS = ("product", "shipping", "fee", "tip", "duty", "gift_card", "discount")
TENDERS = ("money", "gift_card", "store_credit")
STATUSES = ("pending", "open", "cancelled")
PAYMENT_STATES = ("unpaid", "authorized", "partial", "paid", "refunded")
FULFILMENTS = ("open", "partial", "fulfilled", "elsewhere")


def fetch_orders(
    client: Client,
    since: datetime | None,
    until: datetime | None = None,
    token: str = "",
    open_only: bool = False,
) -> Page:
    """Orders changed in that time, oldest change first; with `open_only`, those still to be shipped."""
    return client.changed("orders", since, until, token, open=1 if open_only else "")


def fetch_order(client: Client, external_id: str) -> Raw:
    """The order as it is now. Gone."""
    return raw(client.get(f"/orders/{quote(external_id, safe='')}", what="Fetching an order"))


def find_order(client: Client, number: str) -> Raw | None:
    """The order that the buyer knows by this number."""
    found = client.changed("orders", None, None, "", number=number).items
    return found[0] if found else None


def cancel_order(client: Client, cancellation: Cancellation) -> str:
    """Cancel the order, or reduce lines to what stays; the shop's id of the order. Rejected once it was sent."""
    asked = {
        "key": cancellation.key,
        "order_id": cancellation.order_id,
        "lines": [{"line_id": line.line_id, "quantity": int(line.quantity)} for line in cancellation.lines],
        "reason": cancellation.reason,
    }
    return client.post("/cancellations", asked, what="Cancelling", read=lambda told: word(told["id"]))


def send_note(client: Client, note: Note) -> str:
    """Leave a word on the order, once a key; `to_buyer`: the shop mails it to him."""
    asked = {"key": note.key, "order_id": note.order_id, "text": note.text, "to_buyer": note.to_buyer}
    return client.post("/notes", asked, what="Leaving a note", read=lambda told: word(told["id"]))


def parse_order(body: bytes) -> Order:
    """Unreadable, naming the order where it can be told."""
    paper = loads(body, "An order")
    with expecting(f"Order {paper.get('number', '')}".rstrip()):
        order = _order(paper)
        # A sale abroad is stated twice: as the buyer saw it, and as the shop counts it.
        shop = paper.get("in_shop_currency")
        return replace(order, in_shop_currency=_order({**paper, **shop})) if shop else order


def _order(paper: dict) -> Order:
    if paper["object"] != "order" or not word(paper["id"]):
        raise ValueError
    return Order(
        external_id=word(paper["id"]),
        number=word(paper["number"]),
        version=version(paper),
        created_at=moment(paper["created_at"]),
        updated_at=moment(paper["updated_at"]),
        currency=word(paper["currency"]),
        status=_one_of(STATUSES, paper["status"]),
        payment=_one_of(PAYMENT_STATES, paper["payment"]),
        fulfilment=_one_of(FULFILMENTS, paper["fulfilment"]),
        test=paper["test"] is True,
        prices_include_tax=paper["prices_include_tax"] is True,
        buyer=_buyer(paper["buyer"]),
        bill_to=_address(paper["bill_to"], paper["buyer"]),
        ship_to=_address(paper["ship_to"], paper["buyer"]),
        lines=tuple(_line(line) for line in paper["lines"]),
        payments=tuple(_payment(payment) for payment in paper["payments"]),
        refunds=tuple(read_refund(refund) for refund in paper["refunds"]),
        shipments=tuple(_shipment(paper, parcel) for parcel in paper.get("parcels", ())),
        total=amount(paper["total"]),
        tax_total=amount(paper["tax_total"]),
        tax_totals=_taxes(paper["taxes"]),
        shipping_method=word(paper["shipping_method"]),
        shipping_method_name=word(paper["shipping_method_name"]),
        payment_method=word(paper["payment_method"]),
        payment_method_name=word(paper["payment_method_name"]),
        location=word(paper["location"]),
        ship_by=moment(paper["ship_by"]),
        note=word(paper["note"]),
        kinds=("gift",) * (paper["gift"] is True) + tuple(map(word, paper.get("kinds", ()))),
        risk=_risk(paper.get("risk")),
        delivery_note=word(paper.get("delivery_note")),
        gift_message=word(paper.get("gift_message")),
        coupons=tuple(filter(None, (word(paper["coupon"]),))),
        tags=_words(paper.get("tags")),
        attributes=_pairs(paper.get("attributes")),
        references=_references(paper),
        extra={"gift": paper["gift"] is True},
    )


def _one_of(known: tuple[str, ...], value: str) -> str:
    """A state we have never heard of must not be taken for another one."""
    if value not in known:
        raise ValueError
    return value


def _buyer(buyer: dict) -> Buyer:
    return Buyer(
        external_id=word(buyer.get("id")),
        email=word(buyer.get("email")),
        name=word(buyer.get("name")),
        phone=word(buyer.get("phone")),
        company=word(buyer.get("company")),
        vat=word(buyer.get("vat")),
        language=word(buyer.get("language")),
        accepts_marketing=_yes_or_no(buyer.get("accepts_marketing")),
        tags=_words(buyer.get("tags")),
    )


def _words(words: list | None) -> tuple[str, ...]:
    return tuple(filter(None, map(word, words or ())))


def _pairs(pairs: list | None) -> tuple[tuple[str, str], ...]:
    """What a buyer chose or was asked: [{name, value}]."""
    return tuple((word(pair["name"]), word(pair["value"])) for pair in pairs or ())


def _yes_or_no(value: bool | None) -> bool | None:
    if value not in (True, False, None):
        raise ValueError
    return value


def _address(address: dict, buyer: dict) -> Address:
    names = ("name", "company", "vat", "street", "street2", "city", "postcode", "state", "country", "phone")
    return Address(**{name: word(address.get(name)) for name in names}, email=word(buyer.get("email")))


def _line(line: dict) -> Line:
    return Line(
        external_id=word(line["id"]),
        kind=_one_of(KINDS, line["kind"]),
        name=word(line["name"]),
        variant_id=word(line.get("variant_id")),
        sku=word(line.get("sku")).strip(),
        barcode=word(line.get("barcode")),
        quantity=Decimal(count(line["quantity"])),
        gross=amount(line["gross"]),
        discount=amount(line["discount"]),
        taxes=_taxes(line["taxes"]),
        method=word(line.get("code")),
        note=word(line.get("note")),
        attributes=_pairs(line.get("attributes")),
        part_of=word(line.get("part_of")),
    )


def _taxes(taxes: list) -> tuple[Tax, ...]:
    return tuple(
        Tax(
            code=word(tax["code"]),
            name=word(tax["name"]),
            rate=amount(tax["rate"]),
            amount=amount(tax["amount"]),
            compound=tax.get("compound") is True,
            remitted=tax.get("remitted") is True,
        )
        for tax in taxes
    )


def _payment(payment: dict) -> Payment:
    return Payment(
        external_id=word(payment["id"]),
        kind=word(payment["kind"]),
        state=word(payment["state"]),
        method=word(payment["method"]),
        method_name=word(payment["method_name"]),
        amount=amount(payment["amount"]),
        currency=word(payment["currency"]),
        paid_at=moment(payment["paid_at"]),
        tender=_one_of(TENDERS, payment.get("tender", "money")),
    )


def _risk(risk: dict | None) -> Risk | None:
    """The shop has an opinion only where it saw something."""
    if not risk:
        return None
    return Risk(level=_one_of(("low", "medium", "high"), risk["level"]), reasons=tuple(map(word, risk["reasons"])))


def _shipment(paper: dict, parcel: dict) -> Shipment:
    """A parcel the shop knows; one that we told carries our key."""
    return Shipment(
        key=word(parcel["key"]),
        order_id=word(paper["id"]),
        external_id=word(parcel["id"]),
        lines=tuple(
            ShipmentLine(line_id=word(line["line_id"]), quantity=Decimal(count(line["quantity"])))
            for line in parcel["lines"]
        ),
        carrier=word(parcel["carrier"]),
        tracking_number=word(parcel["tracking_number"]),
        shipped_at=moment(parcel["shipped_at"]) if parcel.get("shipped_at") else None,
    )


def _references(paper: dict) -> tuple[tuple[str, str], ...]:
    """Settlements and buyers cite an order by any of these."""
    named = [("number", word(paper["number"]))]
    named += [(word(kind), word(value)) for kind, value in paper["references"].items()]
    named += [("transaction", word(payment["id"])) for payment in paper["payments"]]
    return tuple(named)
