"""Orders of Shopify: reading one, fetching one or many, finding one by its number, listing what changed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from ..errors import ChannelError, Gone, Unreadable
from ..records import Order, Page, Raw
from . import bulk, fields, ids, order_lines, order_money, order_parcels, order_people, order_state, order_words, whole
from .documents import bulk as bulk_documents
from .documents import orders as documents
from .order_answers import cancel_order, find_note, send_note  # noqa: F401 the rest of this noun

HISTORY = timedelta(days=2)
# In a file an empty list has no line: an order of it must be the same as one of a page, to the byte.
_EMPTY = {"localizedFields": {"nodes": []}}
BUYER, SHOP = "presentmentMoney", "shopMoney"


def parse_order(body: bytes) -> Order:
    """The order as the shop states it now, as its buyer saw it; in the shop's own currency in `in_shop_currency`."""
    row = fields.load(body)
    if not str(row.get("id")).startswith("gid://shopify/Order/") or "lineItems" not in row:
        raise Unreadable("This is not an order: its id or its lines are missing.")
    try:
        order = _order(row, BUYER, version := whole.version(row, body))
        if fields.text(row.get("presentmentCurrencyCode")) == fields.text(row.get("currencyCode")):
            return order
        return _with_shop_side(order, _order(row, SHOP, version))
    except (ArithmeticError, RecursionError, UnicodeError) as error:
        raise Unreadable("The order holds amounts that make no sense.") from error


def _with_shop_side(order: Order, in_shop_currency: Order) -> Order:
    return replace(order, in_shop_currency=in_shop_currency)


def _order(row: Mapping[str, Any], which: str, version: str) -> Order:
    money = order_money.read_money(row, which)
    external_id = ids.number(row.get("id"))
    return Order(
        external_id=external_id,
        number=fields.text(row.get("name")) or external_id,
        version=version,
        created_at=_placed_at(row),
        updated_at=fields.moment(row.get("updatedAt")),
        currency=money.currency,
        status=order_state.read_status(row),
        payment=order_state.read_payment(row),
        fulfilment=order_state.read_fulfilment(row),
        test=row.get("test") is True,
        prices_include_tax=row.get("taxesIncluded") is True,
        buyer=order_people.read_buyer(row),
        bill_to=order_people.read_bill_to(row),
        ship_to=order_people.read_ship_to(row),
        lines=order_lines.read_lines(row, which),
        payments=order_money.read_payments(row, which),
        refunds=order_money.read_refunds(row, which),
        shipments=order_parcels.read_parcels(row),
        total=money.total,
        tax_total=money.tax_total,
        location=order_state.read_location(row),
        ship_by=order_state.read_ship_by(row),
        risk=order_state.read_risk(row),
        site=fields.text(row.get("market")),
        kinds=order_words.read_kinds(row),
        coupons=fields.words(row.get("discountCodes")),
        tags=fields.words(row.get("tags")),
        note=fields.text(row.get("note")),
        **order_words.read_attributes(row),
        **order_words.read_methods(row),
        references=order_words.read_references(row),
        extra=order_words.read_extra(row),
    )


def _placed_at(row: Mapping[str, Any]) -> datetime:
    """When it was sold: an order may be entered or sent up later than that (a till without network, a migration)."""
    found = fields.moment(row.get("processedAt")) or fields.moment(row.get("createdAt"))
    if not found:
        raise Unreadable("The order has no date.")
    return found


# ------------------------------------------------------------------- fetching
def fetch_order(client, external_id: str) -> Raw:
    """Gone also where it comes from a source that the merchant leaves out."""
    found = fetch_several(client, (external_id,))[external_id]
    if isinstance(found, ChannelError):
        raise found
    return found


def fetch_several(client, external_ids: tuple[str, ...]) -> dict[str, Raw | ChannelError]:
    """Several whole orders in one call; of each the order, or what is wrong with this one. An order may be named by one
    of its fulfilment orders."""
    what = "Fetching orders"
    owners = whole.orders_of_places(client, external_ids, what)
    found = whole.by_id(client, (owners.get(name, name) for name in external_ids), what)
    return {name: _wanted(client, name, found[owners.get(name, name)]) for name in dict.fromkeys(external_ids)}


def _wanted(client, number: str, found: Raw | ChannelError) -> Raw | ChannelError:
    if isinstance(found, Raw) and client.leave_out:
        source = fields.text(fields.load(found.body).get("sourceName")).casefold()
        if source in client.leave_out:
            return Gone(f"Order {number} comes from {source}, which is left out.")
    return found


def find_order(client, number: str) -> Raw | None:
    """By the name the buyer sees ("#1001", or with the shop's own prefix)."""
    wanted = number.strip().replace("'", "").replace("\\", "")[:64]
    if not wanted:
        return None
    page = _page(client, f"name:'{wanted}'", "", what=f"Looking for order {wanted}")
    for found in page.items:
        if fields.text(fields.load(found.body).get("name")).lstrip("#") == wanted.lstrip("#"):
            return found
    return None


def fetch_orders(
    client, since: datetime | None, until: datetime | None = None, token: str = "", open_only: bool = False
) -> Page:
    """Orders changed since then, however old they are, oldest change first. A long history comes as a file."""
    terms = []
    if since:
        terms.append(f"updated_at:>='{fields.stamp(since)}'")
    if until:
        terms.append(f"updated_at:<='{fields.stamp(until)}'")
    if open_only:
        terms.append("status:open")
    terms += [f"-source_name:{source}" for source in sorted(client.leave_out) if source.replace("_", "").isalnum()]
    asked, what = " AND ".join(terms), "Fetching changed orders"
    if not token and (until or _is_long_ago(since)) and _is_long(client, asked, what):
        token = bulk.begin(client, bulk_documents.bulk_orders(asked), what)
        if token:
            return Page(next=token, wait=bulk.WAIT_SECONDS)
    if bulk.is_token(token):
        part = bulk.read(client, token, what)
        return Page(
            items=tuple(whole.raw(client, {**_EMPTY, **row}) for row in part.rows), next=part.next, wait=part.wait
        )
    return _page(client, asked, "" if token == bulk.PAGES else token, what=what)


def _is_long_ago(since: datetime | None) -> bool:
    """A poll asks for minutes: only who asks for days is asked how many there are."""
    return since is None or datetime.now(timezone.utc) - since > HISTORY


def _is_long(client, asked: str, what: str) -> bool:
    told = client.ask(bulk_documents.ORDERS_COUNT, {"query": asked}, what=what)
    return fields.count(fields.record(told.get("ordersCount")).get("count")) > client.long_history


def _page(client, query: str, token: str, what: str) -> Page:
    asked = {
        "query": query,
        "first": client.orders_at_once,
        "lines": client.lines_at_once,
        "after": token or None,
    }
    page = fields.record(client.ask(documents.CHANGED_ORDERS, asked, what=what).get("orders"))
    items = tuple(whole.raw(client, row) for row in fields.rows(page) if row.get("id"))
    return Page(items=items, next=fields.following(page))
