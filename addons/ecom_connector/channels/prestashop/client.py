"""The connection to one shop: addresses, the key, and one place where answers become errors."""

import time
from base64 import b64encode
from collections.abc import Collection, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from .. import address
from ..errors import Refused
from ..records import Shop
from ..transport import HttpTransport, Request, Response, Transport, keep_headers
from . import answers, clock, fields, shop
from .fields import Row

# How long what rarely changes (countries, states, carriers) is not asked for again.
_FRESH_SECONDS = 600
# Ids in one address: a web server takes some 8 KB of it.
_IDS_AT_ONCE = 200


def connect(credentials: Mapping[str, str], transport: Transport | None = None) -> "Client":
    """A client for the shop. Nothing is sent yet."""
    for name, label in (("url", "address"), ("key", "web service key")):
        if not (credentials.get(name) or "").strip():
            raise Refused(f"The {label} of the shop is missing.")
    zone = (credentials.get("timezone") or "").strip()
    return Client(
        base=address.shop_address(credentials["url"], ("/api", "/index.php")),
        key=credentials["key"].strip(),
        zone=clock.zone_of(zone) if zone else None,
        shop_number=(credentials.get("shop") or "").strip(),
        transport=transport or HttpTransport(),
    )


class Client:
    """Asks one shop. `page_size` is the number of records asked for at once."""

    page_size = 25

    def __init__(self, *, base: str, key: str, zone: ZoneInfo | None, shop_number: str, transport: Transport):
        self.base = base
        self.transport = transport
        self._authorization = "Basic " + b64encode(f"{key}:".encode()).decode()
        self._zone = zone
        self._of_shop = {"id_shop": shop_number} if shop_number else {}
        self._known: dict[tuple[str, str], tuple[float, Row]] = {}
        self._resources: dict[str, Mapping[str, str]] = {}

    def __repr__(self) -> str:
        return f"<PrestaShop client of {self.base}>"

    def check(self) -> Shop:
        return shop.read_shop(self)

    @property
    def zone(self) -> ZoneInfo:
        """Of the shop's times, asked for once if nobody entered it."""
        if self._zone is None:
            self._zone = clock.zone_of(shop.setting(self, "PS_TIMEZONE") or "-")
        return self._zone

    # -------------------------------------------------------------------- calls
    def get(self, path: str, params: Mapping[str, Any] | None = None, *, what: str) -> Response:
        return self._call("GET", path, params or {}, b"", what)

    def post(self, path: str, row: Row, params: Mapping[str, Any] | None = None, *, what: str) -> Response:
        return self._call("POST", path, params or {}, _document(row), what)

    def put(self, path: str, row: Row, *, what: str) -> Response:
        return self._call("PUT", path, {}, _document(row), what)

    def _call(self, method: str, path: str, params: Mapping[str, Any], body: bytes, what: str) -> Response:
        headers = {
            "Accept": "text/xml",
            "User-Agent": "Odoo ecom_connector",
            "Authorization": self._authorization,
        }
        if body:
            headers["Content-Type"] = "text/xml"
        request = Request(
            method=method,
            url=f"{self.base}/api/{path}",
            params={**params, **self._of_shop},
            headers=headers,
            body=body,
            auth=keep_headers,
        )
        response = self.transport.send(request)
        answers.raise_for_problem(response, what=what, writes=request.writes)
        return response

    # -------------------------------------------------------------------- lists
    def find(self, resource: str, filters: Mapping[str, str], *, what: str, **params: Any) -> list[Row]:
        """Whole records that pass the filters, as the shop writes them: `[5]`, `[5|7]`, `>[5]`."""
        asked = {f"filter[{name}]": value for name, value in filters.items()}
        return fields.rows(self.get(resource, {**asked, "display": "full", **params}, what=what).body)

    def of(self, resource: str, field: str, values: Collection[str], *, what: str, **params: Any) -> list[Row]:
        """Records with one of these values in a field; none asked for, none fetched."""
        wanted = sorted({value for value in values if value}, key=lambda value: (len(value), value))
        found = []
        for start in range(0, len(wanted), _IDS_AT_ONCE):
            few = "|".join(wanted[start : start + _IDS_AT_ONCE])
            found += self.find(resource, {field: f"[{few}]"}, what=what, **params)
        return found

    def known(self, resource: str, ids: Collection[str], *, what: str) -> list[Row]:
        """Records that rarely change, by their ids; those asked for lately are not asked for again."""
        now, wanted = time.monotonic(), sorted({id for id in ids if id})
        stale = now - _FRESH_SECONDS
        missing = [id for id in wanted if self._known.get((resource, id), (stale, None))[0] <= stale]
        for row in self.of(resource, "id", missing, what=what):
            self._known[resource, fields.identifier(row)] = (now, row)
        return [self._known[resource, id][1] for id in wanted if (resource, id) in self._known]

    def resources(self) -> Mapping[str, Mapping[str, str]]:
        """What our key may do: {resource: {"get": "true", ...}}."""
        if not self._resources:
            answer = self.get("", what="Reaching the shop")
            self._resources = {row.tag: dict(row.attrib) for row in shop.index_of(answer.body)}
        return self._resources


def _document(row: Row) -> bytes:
    root = etree.Element("prestashop")
    root.append(row)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
