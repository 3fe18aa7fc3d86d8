"""The shop's interface for programs: JSON over HTTP, as one function without sockets.

    GET  /shop                                            who it is, its locations
    GET  /orders?since=&until=&open=1&limit=&token=       changed ones, oldest change first  {"orders": [], "next": ""}
    GET  /orders?number=DS-1001                           the order of that number, or none
    GET  /orders/<id>
    GET  /products?limit=&token=                          {"products": [], "next": ""}
    GET  /stock?of=<item>@<location>,...                  {"levels": []}
    POST /stock     {"levels": [{variant_id, location_id, quantity, expected, key}]}    {"results": []}, at most 50
    GET  /parcels?key=                                    {"parcels": []}
    POST /parcels   {key, order_id, lines: [{line_id, quantity}], carrier, tracking_number, ...}     the parcel
    POST /cancellations  {key, order_id, lines: [{line_id, quantity that stays}], reason}            the order
    POST /notes     {key, order_id, text, to_buyer}                                                  {"id"}
    GET  /refunds?since=&until=&limit=&token=  or  ?key=  {"refunds": [], "next": ""}
    POST /refunds   {key, order_id, lines | amount, reason, restock}                                 the refund
    GET  /returns?since=...      GET /payouts?since=...   {"returns" | "payouts": [], "next": ""}

    POST /token     {"refresh_token"}                     {"access_token", "refresh_token", "expires_in"}

Every call carries `X-Api-Key`, or `Authorization: Bearer <access token>` where the shop grants access by tokens; only
/token needs neither. Errors are {"error": {"code", "message"}} with 401, 404, 405, 422, 429, 500 or 503.
"""

import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from . import lists, misbehaviour, tokens
from .back_office import Shop
from .change import Missing, Refusal
from .money import cents
from .store import dumps

STOCK_BATCH = 50
DEFAULT_RETRY_AFTER = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """`wait` seconds before it is given; `cut`: "" or how the connection breaks ("nothing", "midway")."""

    status: int
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    body: bytes = b""
    wait: float = 0.0
    cut: str = ""


def answer(
    shop: Shop, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
) -> Answer:
    """What the shop answers; header names in lower case. Never raises."""
    stranger = None if path == "/token" else _stranger(shop, headers)
    if stranger is not None:
        return stranger
    route = _route(method, path, query)
    if route is None:
        return _problem(404, "missing", f"There is nothing at {path}.")
    call, serve = route
    fault = _fault(shop, call)
    early = _instead(fault)
    if early is not None:
        return early
    return _after(fault, _served(serve, Asked(shop, path.rpartition("/")[2], query, body, fault)))


def _stranger(shop: Shop, headers: Mapping[str, str]) -> Answer | None:
    """What somebody is told who may not ask."""
    scheme, _space, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        with shop.store.writing() as connection:
            known = tokens.accepts(connection, token, shop.clock())
        return None if known else _problem(401, "token_expired", "The access token has ended.")
    if hmac.compare_digest(headers.get("x-api-key", "").encode("utf-8", "replace"), shop.api_key.encode()):
        return None
    return _problem(401, "unauthorized", "The API key is not the one of this shop.")


@dataclass(frozen=True, slots=True)
class Asked:
    """One call, as a route sees it."""

    shop: Shop
    name: str
    query: Mapping[str, str]
    body: bytes
    fault: misbehaviour.Fault

    def json(self) -> dict:
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise Refusal("The body is not JSON.", "body") from error
        if not isinstance(value, dict):
            raise Refusal("The body is not a JSON object.", "body")
        return value


def _served(serve: Callable[[Asked], dict], asked: Asked) -> Answer:
    try:
        return Answer(200, body=dumps(serve(asked)).encode())
    except Missing as error:
        return _problem(404, error.code, str(error))
    except Refusal as error:
        return _problem(422, error.code, str(error))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return _problem(422, "shape", f"Something is missing or of the wrong kind: {type(error).__name__}.")


def _problem(status: int, code: str, message: str, **headers: str) -> Answer:
    body = dumps({"error": {"code": code, "message": message}}).encode()
    return Answer(status, {"Content-Type": "application/json", **headers}, body)


def _fault(shop: Shop, call: str) -> misbehaviour.Fault:
    with shop.store.reading() as connection:
        if not misbehaviour.may_misbehave(connection):
            return misbehaviour.NONE
    with shop.store.writing() as connection:
        return misbehaviour.draw(connection, call)


def _instead(fault: misbehaviour.Fault) -> Answer | None:
    """Trouble that comes before the shop does anything."""
    if fault.name == "throttled":
        wait = str(fault.seconds or DEFAULT_RETRY_AFTER)
        return _problem(429, "throttled", "Too many calls, please slow down.", **{"Retry-After": wait})
    if fault.name == "down":
        return _problem(503, "down", "The shop is closed for maintenance.")
    if fault.name == "broken":
        return _problem(500, "broken", "Something went wrong in the shop.")
    if fault.name in ("hang", "cut_before"):
        return Answer(0, wait=fault.seconds if fault.name == "hang" else 0.0, cut="nothing")
    return None


def _after(fault: misbehaviour.Fault, given: Answer) -> Answer:
    """Trouble on the way back: whatever was asked has happened."""
    match fault.name:
        case "slow":
            return Answer(given.status, given.headers, given.body, wait=fault.seconds)
        case "broken_after":
            return _problem(500, "broken", "Something went wrong in the shop.")
        case "cut_after":
            return Answer(0, cut="nothing")
        case "cut_midway":
            return Answer(given.status, given.headers, given.body, cut="midway")
        case "not_json":
            return Answer(200, {"Content-Type": "text/html"}, b"<html><body>Please log in to the Wi-Fi</body></html>")
        case "wrong_shape":
            return Answer(200, body=b'{"orders": "none", "id": ["?"], "results": 7, "levels": [1], "next": null}')
        case "empty":
            return Answer(200)
    return given


def _route(method: str, path: str, query: Mapping[str, str]) -> tuple[str, Callable[[Asked], dict]] | None:
    """(kind of call, what serves it)."""
    parts = [part for part in path.split("/") if part]
    if len(parts) == 2 and parts[0] == "orders" and method == "GET":
        return "orders.read", _order
    if len(parts) != 1:
        return None
    if method == "GET" and "key" in query:
        method = "FIND"
    return ROUTES.get((method, parts[0]))


def _shop(asked: Asked) -> dict:
    shop = asked.shop
    return {
        "object": "shop",
        "id": f"demo-{shop.seed}",
        "name": shop.profile.name,
        "currency": shop.profile.currency,
        "timezone": shop.profile.timezone,
        "version": "1",
        "locations": [{"id": place.id, "name": place.name} for place in shop.profile.places],
    }


def _order(asked: Asked) -> dict:
    return lists.paper(asked.shop, "order", asked.name)


def _list(kind: str) -> Callable[[Asked], dict]:
    return lambda asked: lists.changed(asked.shop, kind, asked.query)


def _find(kind: str) -> Callable[[Asked], dict]:
    return lambda asked: {f"{kind}s": lists.by_key(asked.shop, kind, asked.query["key"])}


def _read_stock(asked: Asked) -> dict:
    wanted = [tuple(part.split("@", 1)) for part in asked.query.get("of", "").split(",") if "@" in part]
    return {"levels": lists.levels(asked.shop, wanted)}


def _write_stock(asked: Asked) -> dict:
    levels = asked.json()["levels"]
    if len(levels) > STOCK_BATCH:
        raise Refusal(f"At most {STOCK_BATCH} levels in one call.", "batch")
    return {"results": asked.shop.set_stock(levels, pretend_stale=asked.fault.name == "stale")}


def _renew(asked: Asked) -> dict:
    with asked.shop.store.writing() as connection:
        given = tokens.renew(connection, str(asked.json().get("refresh_token", "")), asked.shop.clock())
    if given is None:
        raise Refusal("The refresh token is not valid: connect the shop again.", "refresh_token")
    return given


def _send_parcel(asked: Asked) -> dict:
    return asked.shop.send_parcel(asked.json())


def _cancel(asked: Asked) -> dict:
    wanted = asked.json()
    lines = {line["line_id"]: line["quantity"] for line in wanted["lines"]}
    return asked.shop.take_back(wanted["order_id"], lines, wanted.get("reason", ""), key=wanted["key"])


def _note(asked: Asked) -> dict:
    wanted = asked.json()
    return asked.shop.leave_note(wanted["order_id"], wanted["text"], bool(wanted["to_buyer"]), key=wanted["key"])


def _refund(asked: Asked) -> dict:
    wanted = asked.json()
    amount = wanted.get("amount")
    return asked.shop.refund(
        wanted["order_id"],
        {line["line_id"]: line["quantity"] for line in wanted.get("lines", [])},
        amount=cents(amount) if amount else None,
        reason=wanted.get("reason", ""),
        restock=wanted.get("restock", False),
        key=wanted["key"],
    )


ROUTES: dict[tuple[str, str], tuple[str, Callable[[Asked], dict]]] = {
    ("GET", "shop"): ("shop", _shop),
    ("POST", "token"): ("token", _renew),
    ("GET", "orders"): ("orders.list", _list("order")),
    ("GET", "products"): ("products.list", lambda asked: lists.products(asked.shop, asked.query)),
    ("GET", "stock"): ("stock.read", _read_stock),
    ("POST", "stock"): ("stock.write", _write_stock),
    ("FIND", "parcels"): ("parcels.read", _find("parcel")),
    ("POST", "parcels"): ("parcels.write", _send_parcel),
    ("POST", "cancellations"): ("orders.cancel", _cancel),
    ("POST", "notes"): ("notes.write", _note),
    ("GET", "refunds"): ("refunds.read", _list("refund")),
    ("FIND", "refunds"): ("refunds.read", _find("refund")),
    ("POST", "refunds"): ("refunds.write", _refund),
    ("GET", "returns"): ("returns.read", _list("return")),
    ("GET", "payouts"): ("payouts.read", _list("payout")),
}
