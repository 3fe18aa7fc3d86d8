"""What the shop says of itself, and what our app may do there."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from ..errors import Refused
from ..records import Location, Shop, Site
from . import fields, ids, markets
from .documents import access

# What each scope is for, in words. A scope to write includes the one to read.
SCOPES = {
    "write_orders": "Read and change orders (write_orders)",
    "read_all_orders": "Read orders older than 60 days (read_all_orders)",
    "read_customers": "Read customers (read_customers)",
    "read_discounts": "Read discount codes (read_discounts)",
    "write_products": "Read and change products and prices (write_products)",
    "write_inventory": "Read and change stock (write_inventory)",
    "read_locations": "Read locations (read_locations)",
    "write_merchant_managed_fulfillment_orders": "Report parcels (write_merchant_managed_fulfillment_orders)",
    "write_order_edits": "Take lines off an order (write_order_edits)",
    "write_returns": "Read and answer returns (write_returns)",
    "read_markets": "Read markets (read_markets)",
    "read_shopify_payments_payouts": "Read payouts of Shopify Payments (read_shopify_payments_payouts)",
}
# Without these nothing can be done at all.
NEEDED = ("read_orders", "read_products")


def read_shop(client) -> Shop:
    """Refused where the app may not even read; what else it lacks is listed in `missing_scopes`."""
    told = client.ask(access.SCOPES, {}, what="Connecting to the shop")
    granted = _granted(told)
    lacking = [SCOPES.get(name.replace("read_", "write_"), name) for name in NEEDED if name not in granted]
    if lacking:
        raise Refused(f"The app may do too little in this shop. Allow it: {'; '.join(lacking)}.")
    shop = fields.record(told.get("shop"))
    return Shop(
        external_id=ids.number(shop.get("id")),
        name=fields.text(shop.get("name")),
        url=fields.text(fields.record(shop.get("primaryDomain")).get("url")) or client.base,
        currency=fields.text(shop.get("currencyCode")),
        timezone=fields.text(shop.get("ianaTimezone")),
        version=urlsplit(client.base).netloc,
        sites=_sites(client) if "read_markets" in granted else (),
        locations=tuple(_locations(client)) if "read_locations" in granted else (),
        missing_scopes=tuple(words for name, words in SCOPES.items() if name not in granted),
    )


def _granted(told: dict) -> set[str]:
    installed = fields.record(told.get("currentAppInstallation"))
    names = {fields.text(row.get("handle")) for row in fields.rows(installed.get("accessScopes"))}
    return names | {name.replace("write_", "read_", 1) for name in names if name.startswith("write_")}


def _locations(client) -> Iterator[Location]:
    """Of those that a fulfilment service keeps the service sets the stock, not we."""
    after = None
    while True:
        data = client.ask(access.LOCATIONS, {"after": after}, what="Reading the locations")
        page = fields.record(data.get("locations"))
        for row in fields.rows(page):
            ours = row.get("isActive") is True and row.get("isFulfillmentService") is not True
            yield Location(external_id=ids.number(row.get("id")), name=fields.text(row.get("name")), active=ours)
        after = fields.following(page)
        if not after:
            return


def _sites(client) -> tuple[Site, ...]:
    return tuple(site for site, _countries in markets.read_markets(client))
