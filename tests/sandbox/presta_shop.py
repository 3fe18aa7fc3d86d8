"""A PrestaShop that remembers, filled with what a real 1.6 was recorded saying.

Its orders, lines, payments, histories, parcels and stock are the recorded records. What those name and nobody recorded
(addresses, currencies, states, carriers) is written here into the empty forms that the real server gave out (`?schema=
blank`), so that it has the real shape; the lines of the demo orders are their recorded `order_rows`. A resource, filter
or field that the real server's schema does not know is an error there and a surprise here.
"""

import copy
import re
from base64 import b64encode
from datetime import datetime, timezone
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from tests.contract import recorded
from tests.sandbox.local_server import LocalServer

KEY = "LOCALTESTKEY00000000000000000001"
XML = "text/xml;charset=utf-8"
# {resource: {id: values}} that orders name and nobody recorded.
UNRECORDED = {
    "addresses": {
        "4": {"id_country": "21", "id_state": "9", "firstname": "John", "lastname": "DOE",
              "address1": "16, Main street", "address2": "2nd floor", "postcode": "33133", "city": "Miami",
              "phone": "0102030405", "company": "My Company"},
        "5": {"id_country": "3", "id_state": "0", "firstname": "Ada", "lastname": "Example", "address1": "Rue Haute 1",
              "postcode": "1000", "city": "Brussels", "phone_mobile": "+32 470 00 00 01", "vat_number": ""},
    },
    "customers": {"1": {"firstname": "John", "lastname": "DOE", "email": "pub@prestashop.com", "is_guest": "0"}},
    "currencies": {"1": {"iso_code": "USD", "name": "Dollar"}},
    "languages": {"1": {"iso_code": "en", "language_code": "en-us", "name": "English"}},
    "countries": {"21": {"iso_code": "US"}, "3": {"iso_code": "BE"}},
    "states": {"9": {"iso_code": "FL", "name": "Florida", "id_country": "21"}},
    "carriers": {"2": {"name": "My carrier", "active": "1"}, "4": {"name": "DHL", "active": "0", "deleted": "1"},
                 "5": {"name": "DHL", "active": "1", "deleted": "0"}},
    "configurations": {"1": {"name": "PS_TIMEZONE", "value": "UTC"},
                       "2": {"name": "PS_CURRENCY_DEFAULT", "value": "1"}},
    "order_states": {
        "1": {"name": "Awaiting check payment", "template": "cheque"},
        "2": {"name": "Payment accepted", "template": "payment", "paid": "1", "logable": "1"},
        "4": {"name": "Shipped", "template": "shipped", "paid": "1", "shipped": "1", "logable": "1"},
        "6": {"name": "Canceled", "template": "order_canceled"},
        "7": {"name": "Refunded", "template": "refund"},
        "8": {"name": "Payment error", "template": "payment_error"},
        "10": {"name": "Awaiting bank wire payment", "template": "bankwire"},
    },
}  # fmt: skip
_NODE = {"order_slip": "order_slip", "order_discounts": "order_cart_rule", "order_histories": "order_history"}
_NODE |= {"addresses": "address", "taxes": "tax", "currencies": "currency", "countries": "country"}
_VALUE = re.compile(r"(?P<how>[<>!]?)\[(?P<what>.*)\]")


def schema(resource, kind="blank"):
    """What the real server says a record of it looks like."""
    path = recorded.SHARED / "specs" / "prestashop" / "schema-1.6.1.25" / f"{resource}.{kind}.xml"
    return etree.fromstring(path.read_bytes())[0]


def filled(resource, id, values):
    """A record of the real server's shape."""
    row = schema(resource)
    for name, value in {"id": id, **values}.items():
        field = row.find(name)
        for place in list(field) or [field]:
            place.text = value
    return row


class PrestaShop(LocalServer):
    def __init__(self):
        super().__init__()
        self.surprises = []
        self.asked = []  # (method, path, query, body) of each request that was answered
        self.shelves = {}
        self.index = None
        for exchange in recorded.exchanges("prestashop"):
            self._keep(exchange)
        for resource, rows in UNRECORDED.items():
            for id, values in rows.items():
                self.shelves.setdefault(resource, {})[id] = filled(resource, id, values)
        for order in self.shelves["orders"].values():
            self._itemise(order)

    # ------------------------------------------------------------------ the shelves
    def _keep(self, exchange):
        """The last that was said of each record. The order that was deleted at the end is still wanted."""
        if exchange.response["status"] >= 300 or not exchange.answer.startswith(b"<?xml"):
            return
        root = etree.fromstring(exchange.answer)
        if root.find("api") is not None:
            self.index = exchange.answer
            return
        resource = urlsplit(exchange.request["url"]).path.split("/")[2]
        rows = [row for row in root if row.find("id") is not None]
        rows += [row for listed in root for row in listed if row.find("id") is not None and listed.find("id") is None]
        for row in rows:
            for computed in row.findall("final"):  # asked for beside the record itself (039)
                row.remove(computed)
            if len(row) > 5:
                self.shelves.setdefault(resource, {})[row.findtext("id")] = copy.deepcopy(row)

    def holds(self, body):
        """An order stands like this from now on."""
        order = etree.fromstring(body)[0]
        self.shelves["orders"][order.findtext("id")] = order

    def only(self, *orders):
        self.shelves["orders"] = {id: row for id, row in self.shelves["orders"].items() if id in orders}

    def _itemise(self, order):
        """The lines of an order nobody asked `order_details` of, from the ones that stand in it."""
        shelf = self.shelves["order_details"]
        for row in order.iterfind("associations/order_rows/order_row"):
            if row.findtext("id") not in shelf:
                values = {name: row.findtext(name) for name in ("product_id", "product_attribute_id", "product_name")}
                values |= {name: row.findtext(name) for name in ("product_quantity", "product_reference")}
                values |= {"id_order": order.findtext("id")}
                for how in ("tax_excl", "tax_incl"):
                    assert row.findtext("product_quantity") == "1"
                    values[f"total_price_{how}"] = values[f"unit_price_{how}"] = row.findtext(f"unit_price_{how}")
                made = filled("order_details", row.findtext("id"), values)
                made.find("associations/taxes")[:] = []
                shelf[row.findtext("id")] = made

    # -------------------------------------------------------------------- answering
    def answer(self, method, target, headers, body):
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        path = parts.path.removeprefix("/api/")
        if headers.get("Authorization") != "Basic " + b64encode(f"{KEY}:".encode()).decode():
            return 401, {"Content-Type": "text/html; charset=utf-8"}, b"401 Unauthorized"
        self.asked.append((method, path, query, body))
        resource, _slash, id = path.partition("/")
        if not resource:
            return 200, {"Content-Type": XML, "PSWS-Version": "1.6.1.25"}, self.index
        try:
            return self._answered(method, resource, id, query, body)
        except (KeyError, AssertionError, ValueError) as error:
            self.surprises.append(f"{method} {target} {body.decode()[:200]}: {error!r}")
            return 501, {}, b""

    def _answered(self, method, resource, id, query, body):
        known = schema(resource, "synopsis")
        if "schema" in query:
            return self._said([schema(resource, query["schema"])])
        if method in ("PUT", "POST"):
            return self._write(method, resource, id, known, body)
        assert method == "GET"
        shelf = self.shelves.get(resource, {})
        if id:
            return self._said([shelf[id]]) if id in shelf else (404, {"Content-Type": XML}, b"")
        return self._list(resource, shelf, query, known)

    def _list(self, resource, shelf, query, known):
        rows = list(shelf.values())
        for name, value in query.items():
            if name.startswith("filter["):
                field = name[7:-1]
                assert field == "id" or known.find(field) is not None, f"{resource} has no {field}"
                assert not field.startswith("date_") or query.get("date") == "1", "code 32: a date needs date=1"
                rows = [row for row in rows if _passes(row.findtext(field) or "", value)]
        assert not {name for name in query if not name.startswith("filter[")} - {"display", "sort", "limit", "date"}
        for order in reversed(query.get("sort", "[]")[1:-1].split(",")):
            if order:
                field, _bar, way = order.rpartition("_")
                rows.sort(key=lambda row: _sortable(row.findtext(field)), reverse=way == "DESC")
        if "limit" in query:
            skip, _comma, size = query["limit"].rpartition(",")
            rows = rows[int(skip or 0) :][: int(size)]
        return self._said([_shown(row, query.get("display"), known) for row in rows], resource)

    def _write(self, method, resource, id, known, body):
        (given,) = etree.fromstring(body)
        for field in given:
            assert field.tag == "id" or known.find(field.tag) is not None, f"{resource} has no {field.tag}"
            assert field.tag == "id" or known.find(field.tag).get("readOnly") != "true", "code 93"
        for field in known:
            said = "".join(given.find(field.tag).itertext()) if given.find(field.tag) is not None else ""
            assert field.get("required") != "true" or said.strip(), f"{field.tag} is required"
        shelf = self.shelves.setdefault(resource, {})
        if method == "POST":
            id = str(max(map(int, shelf), default=0) + 1)
        if resource == "stock_availables" and not re.fullmatch("-?[0-9]+", given.findtext("quantity")):
            return (
                400,
                {"Content-Type": XML},
                b"<prestashop><errors><error><code>85</code></error></errors></prestashop>",
            )
        row = shelf[id] if method == "PUT" else filled(resource, id, {})
        for field in given:
            row.remove(row.find(field.tag)) if row.find(field.tag) is not None else None
            row.append(copy.deepcopy(field))
        if row.find("id").text != id:
            row.find("id").text = id
        shelf[id] = row
        if resource == "order_histories":
            order = self.shelves["orders"][given.findtext("id_order")]
            order.find("current_state").text = given.findtext("id_order_state")
            order.find("date_upd").text = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M:%S")
        return self._said([row], status=201 if method == "POST" else 200)

    @staticmethod
    def _said(rows, listed="", status=200):
        root = etree.Element("prestashop")
        parent = etree.SubElement(root, listed) if listed else root
        parent.extend(copy.deepcopy(row) for row in rows)
        return status, {"Content-Type": XML}, etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _passes(held, value):
    how, what = _VALUE.fullmatch(value).group("how", "what")
    if how == ">":
        return _sortable(held) > _sortable(what)
    assert not how
    if "," in what:
        low, high = what.split(",")
        return _sortable(low) <= _sortable(held) <= _sortable(high)
    return held in what.split("|")


def _sortable(value):
    return (0, int(value), "") if value and value.isdigit() else (1, 0, value or "")


def _shown(row, display, known):
    if display is None:
        return etree.Element(row.tag, id=row.findtext("id"))
    if display == "full":
        return row
    shown = etree.Element(row.tag)
    for name in display[1:-1].split(","):
        assert name == "id" or known.find(name) is not None, f"there is no {name} to show"
        shown.append(copy.deepcopy(row.find(name)))
    return shown
