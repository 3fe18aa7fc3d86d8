"""What a store says of itself, and what our API account may do there."""

from .. import rows
from ..errors import ChannelError, Refused
from ..records import Location, Shop, Site

_SCOPES = (
    ("Orders", "/v2/orders", {"limit": 1}),
    ("Order Transactions", "/v3/orders/payment_actions/refunds", {"limit": 1}),
    ("Products", "/v3/catalog/products", {"limit": 1}),
    ("Store Inventory", "/v3/inventory/items", {"limit": 1}),
    ("Store Locations", "/v3/inventory/locations", {"limit": 1}),
    ("Customers", "/v3/customers", {"limit": 1}),
    ("Information & Settings (webhooks)", "/v3/hooks", {"limit": 1}),
)


def read_settings(client) -> dict:
    """Of the store, kept: they hardly ever change."""
    if client.settings is None:
        client.settings = rows.load(client.get("/v2/store", what="Reading the store's settings").body)
    return client.settings


def read_shop(client) -> Shop:
    """Refused, in plain words, where the store does not let us in at all."""
    found, missing = read_settings(client), tuple(_missing(client))
    return Shop(
        external_id=rows.identifier(found.get("id")),
        name=rows.text(found.get("name")),
        url=rows.text(found.get("secure_url")),
        currency=rows.text(found.get("currency")),
        timezone=rows.text(rows.record(found.get("timezone")).get("name")),
        version=rows.text(found.get("plan_name")),
        sites=tuple(_sites(client, found)),
        locations=_locations(client),
        missing_scopes=missing,
    )


def _sites(client, settings: dict):
    """Storefronts and marketplaces of the store; where channels are not ours to see, the one that all have."""
    try:
        found = list(client.every("/channels", what="Reading the channels"))
    except ChannelError:
        found = []
    for row in found or [{"id": settings.get("default_channel_id") or 1, "name": settings.get("name")}]:
        yield Site(
            external_id=rows.identifier(row.get("id")),
            name=rows.text(row.get("name")),
            currency=rows.text(settings.get("currency")),
            language=rows.text(settings.get("language")),
        )


def _locations(client) -> tuple[Location, ...]:
    try:
        found = list(client.every("/inventory/locations", what="Reading the locations"))
    except Refused:
        return ()
    return tuple(
        Location(
            external_id=rows.identifier(row.get("id")),
            name=rows.text(row.get("label")),
            active=row.get("enabled") is not False,
        )
        for row in found
    )


def _missing(client):
    for words, path, params in _SCOPES:
        try:
            client.get(path, params, what="Checking the API account")
        except Refused:
            yield words
        except ChannelError:
            continue  # it may ask, and that is what was to be found out
