"""Wharf, the shop of docs/ADDING_A_CHANNEL.md, and the channel that stands on that page, loaded from it."""

import hashlib
import hmac
import importlib
import json
import re
import sys
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "ADDING_A_CHANNEL.md"
sys.path.insert(0, str(ROOT / "addons" / "ecom_connector"))

import channels  # noqa: E402
from channels.transport import Response  # noqa: E402

FILE = re.compile(r"^### `(\w+\.py)`.*?^```python\n(.*?)^```$", re.M | re.S)
NAME = "wharf_of_the_page"
KEYS = {"url": "wharf.example", "key_id": "K1", "secret": "SECRET"}
ROPE, HOOK = ({"uid": f"v{n}", "sku": sku, "ean": "", "title": sku.title()} for n, sku in enumerate(("ROPE", "HOOK")))


def files() -> dict[str, str]:
    """{name: code} of all files on the page."""
    return dict(FILE.findall(PAGE.read_text("utf-8")))


def load(folder: Path) -> channels.Channel:
    """The channel as if its folder lay among the others, registered nowhere."""
    (folder / NAME).mkdir()
    for name, code in files().items():
        (folder / NAME / name).write_text(code, "utf-8")
    channels.__path__.append(str(folder))
    importlib.invalidate_caches()
    return importlib.import_module(f"channels.{NAME}").CHANNEL


def unload(folder: Path) -> None:
    channels.__path__.remove(str(folder))
    for name in [name for name in sys.modules if name.startswith(f"channels.{NAME}")]:
        del sys.modules[name]


def order(number: int, modified: str, **values) -> dict:
    """Two ropes of 11.90 with 3.57 off, a hook of 1.07 at 7 %, and 5.95 for freight: 27.25, with 4.30 of VAT."""
    vat = {"key": "std", "percent": 19}
    person = {"given": "Ada", "family": "Berg", "firm": ""}
    place = {
        "recipient": person,
        "lines": ["Wall 3", "Yard"],
        "place": {"town": "Bremen", "zip": "28195", "country": "DE"},
    }
    return {
        "uid": f"o{number}",
        "reference": f"W-{number}",
        "placed": "2026-03-02T09:30:00Z",
        "modified": modified,
        "money": {"currency": "EUR"},
        "state": "to_ship",
        "customer": {
            **{
                "uid": "c1",
                "mail": "ada@example.com",
                "given": "Ada",
                "family": "Berg",
                "locale": "de-DE",
                "phone": "",
            },
            "addresses": {"billing": place, "delivery": place},
        },
        "basket": [
            _row(1, ROPE, 2, 1190, 357, {**vat, "cents": 323}),
            _row(2, HOOK, 1, 107, 0, {"key": "low", "percent": 7, "cents": 7}),
        ],
        "freight": {"service": "std", "label": "Parcel", "cents": 595, "vat": {**vat, "cents": 95}},
        "payment": {"uid": f"p{number}", "via": "card", "cents": 2725, "at": "2026-03-02T09:31:00Z"},
        "total_cents": 2725,
        "packages": [],
        **values,
    }


def _row(number: int, variant: dict, count: int, each: int, off: int, vat: dict) -> dict:
    article = {"title": variant["title"], "variant": variant}
    return {"row": number, "article": article, "count": count, "each_cents": each, "off_cents": off, "vat": vat}


class Wharf:
    """The shop as a transport. `answers`: what it says next instead of what it should, (status, headers, body)."""

    page_size = 2

    def __init__(self, *orders: dict):
        self.orders = {order["uid"]: order for order in orders}
        self.stock = {"ROPE": 0, "HOOK": 0}
        self.packages, self.answers = {}, []

    def send(self, request) -> Response:
        asked = urlsplit(request.url).path + (f"?{urlencode(request.params)}" if request.params else "")
        signed = hmac.new(b"SECRET", f"{request.method}\n{asked}\n".encode() + request.body, hashlib.sha256)
        if request.headers.get("Authorization") != f"Wharf K1:{signed.hexdigest()}":
            return _told(401, _error("bad_key", "This key does not fit."))
        if self.answers:
            status, headers, body = self.answers.pop(0)
            return Response(status=status, headers=headers, body=body)
        path = urlsplit(request.url).path.removeprefix("/v2")
        return _told(*self._answer(request.method, path, request.params, json.loads(request.body or b"null")))

    def _answer(self, method: str, path: str, params: dict, body) -> tuple[int, dict]:
        _root, noun, *rest = path.split("/")
        if noun == "orders" and rest and rest[0] not in self.orders:
            return 404, _error("no_order", "There is no such order.")
        match method, noun, rest:
            case "GET", "me", []:
                return 200, {"uid": "w1", "title": "Wharf & Sons", "currency": "EUR", "zone": "Europe/Berlin"}
            case "GET", "orders", []:
                return 200, self._page(self._orders(**params), params)
            case "GET", "orders", [uid]:
                return 200, self.orders[uid]
            case "GET", "variants", []:
                return 200, self._page([ROPE, HOOK], params)
            case "GET", "stock", []:
                skus = params["skus"].split(",")
                return 200, {"items": [{"sku": sku, "on_hand": self.stock[sku]} for sku in skus if sku in self.stock]}
            case "PUT", "stock", []:
                return 200, {"results": [self._put(**item) for item in body["items"]]}
            case "POST", "orders", [uid, "packages"]:
                return self._ship(uid, body)
            case "GET", "packages", []:
                return 200, {"data": [p for p in self.packages.values() if p["your_ref"] == params["your_ref"]]}
            case "PUT", "packages", [uid]:
                self.packages[uid] |= body
                return 200, self.packages[uid]
        return 404, _error("no_road", "There is nothing here.")

    def _orders(self, modified_since: str = "", reference: str = "", **_paging) -> list[dict]:
        changed = sorted(self.orders.values(), key=lambda order: order["modified"])
        return [o for o in changed if o["modified"] >= modified_since and reference in ("", o["reference"])]

    def _page(self, found: list[dict], params: dict) -> dict:
        start = int(params.get("next", 0))
        end = start + self.page_size
        return {"data": found[start:end], "next": str(end) if end < len(found) else None}

    def _put(self, sku: str, on_hand: int) -> dict:
        if sku not in self.stock:
            return {"sku": sku, "ok": False, "why": "This SKU is not listed."}
        self.stock[sku] = on_hand
        return {"sku": sku, "ok": True}

    def _ship(self, uid: str, body: dict) -> tuple[int, dict]:
        if any(package["your_ref"] == body["your_ref"] for package in self.packages.values()):
            return 409, _error("told_before", "This parcel is known.")
        package = {"uid": f"k{len(self.packages)}", **body}
        self.packages[package["uid"]] = package
        self.orders[uid]["packages"].append(package)
        return 201, package


def _error(code: str, text: str) -> dict:
    return {"error": {"code": code, "text": text}}


def _told(status: int, value: dict) -> Response:
    return Response(status=status, headers={}, body=json.dumps(value).encode())
