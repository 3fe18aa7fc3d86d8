"""What the shop says of itself, and what our key may do there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from ..errors import Refused, Unreadable
from ..records import Shop
from . import fields

# An empty batch changes nothing, but the shop looks at the key's permission first: a read-only key gets 401 for any
# method that writes (recorded with POST products).
_NOTHING: dict[str, Any] = {}


def read_shop(client) -> Shop:
    """Refused, in plain words, when the key opens nothing; what else it lacks is listed in `missing_scopes`."""
    index = _index(client)
    missing: list[str] = []

    def allowed(scope: str, ask: Callable[[], Any]) -> Any:
        try:
            return ask()
        except Refused as error:
            if scope.startswith("Read") and _is_wrong_key(error):
                raise
            missing.append(scope)
            return None

    what = "Checking the key"
    newest = {"per_page": 1, "orderby": "modified", "order": "desc"}
    orders = allowed("Read orders", lambda: client.get("orders", newest, what=what))
    products = allowed("Read products", lambda: client.get("products", {"per_page": 1}, what=what))
    if orders is None and products is None:
        raise Refused(_locked_out(client.base))
    currency = allowed("Read the shop's currency", lambda: client.get("data/currencies/current", what=what))
    allowed("Change orders (shipments, refunds)", lambda: client.post("orders/batch", _NOTHING, what=what))
    allowed("Change products (stock, prices)", lambda: client.post("products/batch", _NOTHING, what=what))
    allowed("Set up webhooks", lambda: client.post("webhooks/batch", _NOTHING, what=what))
    host = urlsplit(client.base)
    return Shop(
        external_id=f"{host.netloc}{host.path}",
        name=fields.text(index.get("name")) or host.netloc,
        url=fields.text(index.get("url")) or client.base,
        currency=fields.text(fields.load_row(currency.body).get("code")) if currency else "",
        timezone=_timezone(index),
        version=_version(orders),
        missing_scopes=tuple(missing),
    )


def _index(client) -> dict:
    try:
        index = fields.load_row(client.index().body)
    except Refused:
        return {}  # security plug-ins hide it; the shop's own API may be open all the same
    except Unreadable as error:
        raise Refused("This address answers, but not as a WooCommerce shop with pretty permalinks.") from error
    namespaces = index.get("namespaces")
    if not isinstance(namespaces, list) or "wc/v3" not in namespaces:
        raise Refused("WordPress answers there, but WooCommerce is not active.")
    return index


def _is_wrong_key(error: Refused) -> bool:
    """The secret is wrong, or the key may not even read (both recorded or documented under this one code)."""
    return error.code.startswith("woocommerce_rest_authentication")


def _locked_out(base: str) -> str:
    """An unknown key is treated like no key at all: 401 woocommerce_rest_cannot_view (recorded over http)."""
    hint = "" if base.startswith("https://") else " If the shop has https, connect to that address."
    return (
        "The shop does not accept the key. Either the consumer key is wrong, its user may not manage the shop, or the "
        f"web server drops the Authorization header.{hint}"
    )


def _timezone(index: dict) -> str:
    """WordPress holds a name, or only an offset in hours such as "5.5" (recorded: name "", offset "0")."""
    name = fields.text(index.get("timezone_string"))
    if name or "gmt_offset" not in index:
        return name
    minutes = int(fields.number(index.get("gmt_offset")) * 60)
    if not minutes:
        return "UTC"
    clock = timedelta(minutes=abs(minutes)).seconds // 60
    return f"UTC{'-' if minutes < 0 else '+'}{clock // 60:02d}:{clock % 60:02d}"


def _version(orders) -> str:
    """WooCommerce stamps its version into each order it saves; asking for its status report would take seconds."""
    if orders is None:
        return ""
    for row, _body in fields.slices(orders.body):
        return fields.text(row.get("version"))
    return ""
