"""What the shop says of itself, and what our key may do there."""

from urllib.parse import urlsplit

from ..errors import Refused, Unreadable
from ..records import Shop
from . import fields
from .fields import Row

_READ = "get"
# (what a person calls it, resources, what must be allowed with each of them)
_SCOPES = (
    ("Read orders", ("orders", "order_details", "order_histories", "order_payments", "order_states"), _READ),
    ("Read buyers", ("customers", "addresses", "countries", "states"), _READ),
    ("Read currencies, languages and carriers", ("currencies", "languages", "carriers"), _READ),
    ("Read tax rates", ("taxes",), _READ),
    ("Read refunds (order_slip)", ("order_slip",), _READ),
    ("Read parcels (order_carriers)", ("order_carriers",), _READ),
    ("Change the state of orders (order_histories)", ("order_histories",), "post"),
    ("Tell tracking numbers (order_carriers)", ("order_carriers",), "put"),
    ("Read products", ("products", "combinations", "product_option_values"), _READ),
    ("Change products (prices)", ("products", "combinations"), "put"),
    ("Read stock (stock_availables)", ("stock_availables",), _READ),
    ("Change stock (stock_availables)", ("stock_availables",), "put"),
)


def read_shop(client) -> Shop:
    """Refused, in plain words, when the key opens nothing; what else it lacks is listed in `missing_scopes`."""
    answer = client.get("", what="Reaching the shop")
    index = _api(answer.body)
    allowed = {row.tag: row.attrib for row in fields.elements(index)}
    missing = [
        words for words, resources, verb in _SCOPES if any(allowed.get(r, {}).get(verb) != "true" for r in resources)
    ]
    host = urlsplit(client.base)
    return Shop(
        external_id=f"{host.netloc}{host.path}",
        name=index.get("shopName") or index.get("shop_name") or host.netloc,
        url=client.base,
        currency=currency(client),
        timezone=str(client.zone),
        version=answer.headers.get("PSWS-Version", ""),
        missing_scopes=tuple(missing),
    )


def index_of(body: bytes) -> list[Row]:
    return fields.elements(_api(body))


def setting(client, name: str) -> str:
    """One of the shop's settings, empty where it has none of that name. Refused with what to do where our key may not
    read them."""
    try:
        found = client.find("configurations", {"name": f"[{name}]"}, what="Reading the shop's settings")
    except Refused as error:
        raise Refused(
            "Which time zone the shop keeps is not known. Enter it, or let the key read “configurations”.",
            code=error.code,
            status=error.status,
        ) from error
    return next((fields.text(row, "value") for row in found), "")


def _api(body: bytes) -> Row:
    try:
        api = fields.load(body).find("api")
    except Unreadable as error:
        raise Refused(_NO_SHOP) from error
    if api is None:
        raise Refused(_NO_SHOP)
    return api


_NO_SHOP = "This address answers, but not as the web service of a PrestaShop. Is it switched on there?"


def currency(client) -> str:
    """Left open where the key may not read it: prices are then shown without one."""
    try:
        number = setting(client, "PS_CURRENCY_DEFAULT")
        found = client.known("currencies", [number], what="Reading the shop's currency")
    except Refused:
        return ""
    return next((fields.text(row, "iso_code").upper() for row in found), "")
