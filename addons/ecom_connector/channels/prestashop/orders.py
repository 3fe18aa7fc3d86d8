"""Orders of PrestaShop: reading one, fetching one, finding one by its number, listing what changed."""

from datetime import datetime
from decimal import Decimal

from ..errors import ChannelError, Gone, Rejected, Unreadable
from ..records import ZERO, Address, Buyer, Cancellation, Order, Page, Payment, Raw, Refund, Shipment
from . import addresses, fields, order_lines, paging, papers, states, transitions, versions
from .fields import Row
from .papers import Papers
from .refunds import read_slip


def parse_order(body: bytes) -> Order:
    """The order as the shop states it now; amounts keep the digits it gave."""
    found = papers.read(body)
    order, external_id = found.order, fields.identifier(found.order)
    created, changed = found.moment(order, "date_add"), found.moment(order, "date_upd")
    if not (created or changed):
        raise Unreadable("The order has no date.")
    included, excluded = (fields.number(order, f"total_paid_tax_{how}") for how in ("incl", "excl"))
    carrier = found.row("carriers", fields.identifier(order, "id_carrier"))
    return Order(
        external_id=external_id,
        number=fields.text(order, "reference") or external_id,
        version=versions.of_order(found),
        created_at=created or changed,
        updated_at=changed or created,
        currency=_currency(found),
        status=states.read_status(found),
        payment=states.read_payment(found),
        fulfilment=states.read_fulfilment(found),
        buyer=_buyer(found),
        bill_to=_address(found, "id_address_invoice"),
        ship_to=_address(found, "id_address_delivery"),
        lines=order_lines.read_lines(found),
        payments=_payments(found, external_id, included),
        refunds=_refunds(found),
        shipments=_shipments(found, external_id),
        total=included,
        tax_total=included - excluded,
        tax_totals=order_lines.read_tax_totals(found, included - excluded),
        shipping_method=fields.identifier(order, "id_carrier"),
        shipping_method_name=fields.text(carrier, "name") if carrier is not None else "",
        payment_method=fields.text(order, "module"),
        payment_method_name=fields.text(order, "payment"),
        site=fields.identifier(order, "id_shop"),
        coupons=order_lines.voucher_names(found),
        gift_message=fields.text(order, "gift_message"),
        kinds=("gift",) if fields.truth(order, "gift") else (),
        references=_references(found, external_id),
        extra={"state": fields.identifier(order, "current_state"), "delivery_note": _other(found)},
    )


def _currency(found: Papers) -> str:
    row = found.row("currencies", fields.identifier(found.order, "id_currency"))
    code = fields.text(row, "iso_code").upper() if row is not None else ""
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise Unreadable("The order names no currency.")
    return code


def _address(found: Papers, name: str) -> Address:
    row = found.row("addresses", fields.identifier(found.order, name))
    if row is None:
        return Address()
    country = found.row("countries", fields.identifier(row, "id_country"))
    state = found.row("states", fields.identifier(row, "id_state"))
    return addresses.read(row, country, state, _email(found))


def _other(found: Papers) -> str:
    """The address' field for anything else: a floor, a door code."""
    row = found.row("addresses", fields.identifier(found.order, "id_address_delivery"))
    return fields.text(row, "other") if row is not None else ""


def _customer(found: Papers) -> Row | None:
    return found.row("customers", fields.identifier(found.order, "id_customer"))


def _email(found: Papers) -> str:
    row = _customer(found)
    return fields.text(row, "email") if row is not None else ""


def _buyer(found: Papers) -> Buyer:
    """A guest has a customer's record of his own for this one order: he is nobody who comes back."""
    row = _customer(found)
    if row is None:
        return Buyer()
    language = found.row("languages", fields.identifier(found.order, "id_lang"))
    bill_to = _address(found, "id_address_invoice")
    return Buyer(
        external_id="" if fields.truth(row, "is_guest") else fields.identifier(row),
        email=fields.text(row, "email"),
        name=f"{fields.text(row, 'firstname')} {fields.text(row, 'lastname')}".strip(),
        phone=bill_to.phone,
        company=fields.text(row, "company") or bill_to.company,
        vat=bill_to.vat,
        language=fields.text(language, "language_code") if language is not None else "",
        accepts_marketing=fields.truth(row, "newsletter"),
    )


def _payments(found: Papers, external_id: str, total: Decimal) -> tuple[Payment, ...]:
    """PrestaShop keeps payments with a checkout, which may have become several orders: each gets what it cost, under a
    number of its own. Nothing was paid with a payment of zero (recorded with a payment that failed)."""
    payments, left = [], total
    for row in found.rows("order_payments"):
        amount, number = fields.number(row, "amount"), fields.text(row, "transaction_id")
        number = number or f"payment-{fields.identifier(row)}"
        share = min(amount, left) if amount > ZERO else amount
        if not share:
            continue
        left -= max(share, ZERO)
        payments.append(
            Payment(
                external_id=number if share == amount else f"{number}/{external_id}",
                kind="capture" if share > ZERO else "refund",
                method=fields.text(found.order, "module"),
                method_name=fields.text(row, "payment_method"),
                amount=abs(share),
                currency=_currency(found),
                paid_at=found.moment(row, "date_add"),
            )
        )
    return tuple(payments)


def _refunds(found: Papers) -> tuple[Refund, ...]:
    return tuple(read_slip(row, found.zone) for row in found.rows("order_slip"))


def _shipments(found: Papers, external_id: str) -> tuple[Shipment, ...]:
    parcels = [row for row in found.rows("order_carriers") if fields.text(row, "tracking_number")]
    return tuple(
        Shipment(
            key="",
            order_id=external_id,
            external_id=fields.identifier(row),
            carrier=fields.identifier(row, "id_carrier"),
            tracking_number=fields.text(row, "tracking_number"),
            shipped_at=found.moment(row, "date_add"),
        )
        for row in parcels
    )


def _references(found: Papers, external_id: str) -> tuple[tuple[str, str], ...]:
    order = found.order
    named = [
        ("number", fields.text(order, "reference")),
        ("id", external_id),
        ("invoice", fields.identifier(order, "invoice_number")),
        ("cart", fields.identifier(order, "id_cart")),
        *(("transaction", fields.text(row, "transaction_id")) for row in found.rows("order_payments")),
    ]
    return tuple(dict.fromkeys(pair for pair in named if pair[1]))


# ----------------------------------------------------------------------------- asking
def fetch_order(client, external_id: str) -> Raw:
    """The order as it is now with all that belongs to it; a deleted one is Gone."""
    if not (external_id.isascii() and external_id.isdigit()):
        raise Gone(f"The shop has no order {external_id}: its ids are whole numbers.")
    answer = client.get(f"orders/{external_id}", what=f"Fetching order {external_id}")
    return _raws(client, [fields.record(answer.body, "order")])[0]


def fetch_several(client, external_ids: tuple[str, ...]) -> dict[str, Raw | ChannelError]:
    """Many at once: a list of them, and of what belongs to them. What the shop does not list is Gone."""
    numbers = [external_id for external_id in external_ids if external_id.isascii() and external_id.isdigit()]
    rows = client.of("orders", "id", numbers, what="Fetching orders")
    found: dict[str, Raw | ChannelError] = {raw.external_id: raw for raw in _raws(client, rows)}
    for external_id in external_ids:
        found.setdefault(external_id, Gone(f"The shop has no order {external_id}.", status=404))
    return found


def find_order(client, number: str) -> Raw | None:
    """By the nine letters the buyer sees; by its id where a person knows only that."""
    number = number.strip().lstrip("#")
    if not number.isascii() or not number.isalnum():
        return None
    found = client.find("orders", {"reference": f"[{number}]"}, what=f"Looking for order {number}")
    if not found and number.isdigit():
        found = client.find("orders", {"id": f"[{number}]"}, what=f"Looking for order {number}")
    return _raws(client, found[:1])[0] if found else None


def fetch_orders(
    client, since: datetime | None, until: datetime | None = None, token: str = "", open_only: bool = False
) -> Page:
    """Orders changed since then, oldest change first; before them those with a credit slip since then, because a slip
    is no change of its order."""
    what = "Fetching changed orders"
    filters = {"current_state": f"[{'|'.join(states.still_open(client))}]"} if open_only else {}
    rows, following = paging.turn(client, "orders", since, until, token, filters, what=what)
    if since and not token:
        slips, _more = paging.turn(client, "order_slip", since, until, "", {}, what=what)
        listed = {fields.identifier(row) for row in rows}
        refunded = {fields.identifier(slip, "id_order") for slip in slips} - listed
        rows = [*client.of("orders", "id", refunded, what=what), *rows]
    return Page(items=tuple(_raws(client, rows)), next=following)


def _raws(client, orders: list[Row]) -> list[Raw]:
    """Filed without being understood: one odd order must not hold up the page it stands on."""
    if not orders:
        return []
    return [_raw(body) for body in papers.gather(client, orders)]


def _raw(body: bytes) -> Raw:
    found = papers.read(body)
    try:
        version, changed = versions.of_order(found), found.moment(found.order, "date_upd")
    except Unreadable:
        version, changed = versions.of_body(body), None
    return Raw(external_id=fields.identifier(found.order), version=version, body=body, updated_at=changed)


def cancel_order(client, cancellation: Cancellation) -> str:
    """The shop then puts the units back on sale by itself. Telling it again changes nothing.

    Single lines cannot be cancelled over the web service.
    """
    order_id = cancellation.order_id
    if cancellation.lines:
        raise Rejected(f"PrestaShop cancels whole orders only. Take the lines of order {order_id} back there.")
    held = transitions.look_at(client, order_id)
    if held.is_over:
        return order_id
    if held.is_shipped:
        raise Rejected(f"Order {order_id} was shipped in the shop; it cannot be cancelled there any more.")
    transitions.move(client, order_id, transitions.cancelled(client), mail=cancellation.notify_buyer)
    return order_id
