"""An order of PrestaShop with all that it only names by number: addresses, buyer, lines with taxes, payments, parcels.

The web service gives out one kind of record at a time, so what arrives for one order are records of a dozen lists. They
are kept together, each as the shop wrote it, in one document that can be read without asking anybody:

    <papers zone="Europe/Paris"><order>..</order><addresses><address>..</address></addresses><customers>..  </papers>

For a page of orders each list is asked for once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from ..errors import Unreadable
from . import clock, fields
from .fields import Row

# Of a buyer only what an order needs: his password's digest stays in the shop.
_BUYER_FIELDS = "[id,id_lang,firstname,lastname,email,company,newsletter,is_guest]"
# Records of an order, found by its number.
_OF_ORDER = ("order_details", "order_histories", "order_carriers", "order_slip")
# What the lists of used vouchers are called: until 1.6, since 1.7.
_VOUCHERS = ("order_discounts", "order_cart_rules")


@dataclass(frozen=True, slots=True)
class Papers:
    """One order, read: `rows(list, field, value)` are the records of a list with that value in a field."""

    order: Row
    zone: ZoneInfo
    lists: Row

    def rows(self, name: str, field: str = "", value: str = "") -> list[Row]:
        found = self.lists.find(name)
        rows = [] if found is None else fields.elements(found)
        return [row for row in rows if not field or fields.text(row, field) == value]

    def row(self, name: str, id: str) -> Row | None:
        return next(iter(self.rows(name, "id", id)), None) if id else None

    def moment(self, row: Row, name: str):
        return clock.read(fields.text(row, name), self.zone)


def read(body: bytes) -> Papers:
    """Unreadable where this is no order with its papers."""
    root = fields.parse(body)
    order = root.find("order")
    if root.tag != "papers" or order is None or not fields.identifier(order):
        raise Unreadable("This is not an order: its number is missing.")
    try:
        zone = ZoneInfo(root.get("zone") or "")
    except (ValueError, OSError, KeyError) as error:
        raise Unreadable("The time zone of the order is not known.") from error
    return Papers(order, zone, root)


def gather(client, orders: Sequence[Row]) -> list[bytes]:
    """The papers of each order."""
    what = "Fetching what belongs to the orders"
    ids = [fields.identifier(order) for order in orders]
    lists = {name: client.of(name, "id_order", ids, what=what) for name in _OF_ORDER}
    vouchers = next((name for name in _VOUCHERS if name in client.resources()), "")
    lists["vouchers"] = client.of(vouchers, "id_order", ids, what=what) if vouchers else []
    references = [fields.text(order, "reference") for order in orders]
    lists["order_payments"] = client.of("order_payments", "order_reference", references, what=what)
    places = ("id_address_delivery", "id_address_invoice")
    lists["addresses"] = client.of("addresses", "id", _named(orders, *places), what=what)
    lists["customers"] = client.of("customers", "id", _named(orders, "id_customer"), what=what, display=_BUYER_FIELDS)
    lists |= _known(client, orders, lists, what)
    return [_bound(client.zone, order, lists) for order in orders]


def _known(client, orders: Sequence[Row], lists: dict[str, list[Row]], what: str) -> dict[str, list[Row]]:
    """What rarely changes, by its ids."""
    histories, addresses = lists["order_histories"], lists["addresses"]
    parcels, payments = lists["order_carriers"], lists["order_payments"]
    taxes = {fields.identifier(t) for row in lists["order_details"] for t in fields.associated(row, "taxes")}
    wanted = {
        "order_states": _named(orders, "current_state") | _named(histories, "id_order_state"),
        "currencies": _named([*orders, *payments], "id_currency"),
        "languages": _named(orders, "id_lang"),
        "carriers": _named([*orders, *parcels], "id_carrier"),
        "countries": _named(addresses, "id_country"),
        "states": _named(addresses, "id_state"),
        "taxes": taxes,
    }
    return {name: client.known(name, ids, what=what) for name, ids in wanted.items()}


def _named(rows: Iterable[Row], *names: str) -> set[str]:
    return {fields.identifier(row, name) for row in rows for name in names}


def _bound(zone: ZoneInfo, order: Row, lists: dict[str, list[Row]]) -> bytes:
    """Of the lists of a page what is this order's; of what rarely changes what it names, too."""
    number, reference = fields.identifier(order), fields.text(order, "reference")
    mine = {
        name: [row for row in rows if fields.text(row, "id_order") in ("", number)]
        for name, rows in lists.items()
        if name not in ("order_payments", "addresses", "customers")
    }
    mine["order_payments"] = [r for r in lists["order_payments"] if fields.text(r, "order_reference") == reference]
    places = _named([order], "id_address_delivery", "id_address_invoice")
    mine["addresses"] = [row for row in lists["addresses"] if fields.identifier(row) in places]
    buyer = fields.identifier(order, "id_customer")
    mine["customers"] = [row for row in lists["customers"] if fields.identifier(row) == buyer]
    parts = [b"<papers xmlns:xlink='http://www.w3.org/1999/xlink' zone='%s'>" % str(zone).encode()]
    parts.append(fields.written(order))
    for name, rows in mine.items():
        parts += [b"<%s>" % name.encode(), *map(fields.written, rows), b"</%s>" % name.encode()]
    return b"\n".join([*parts, b"</papers>"])
