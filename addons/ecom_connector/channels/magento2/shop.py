"""What a shop says of itself, and what our integration may do there."""

from .. import rows
from ..errors import ChannelError, Gone, Refused, Rejected
from ..records import Location, Shop, Site
from . import search, taxes

_ONE = search.criteria(size=1)
_RIGHTS = (
    ("Read orders (Sales > Operations > Orders)", "/V1/orders"),
    ("Read and make shipments (Sales > Operations > Shipments)", "/V1/shipments"),
    ("Read and make refunds (Sales > Operations > Credit Memos)", "/V1/creditmemos"),
    ("Read products (Catalog > Inventory > Products)", "/V1/products"),
    ("Read and change stock (Stores > Inventory > Sources)", "/V1/inventory/source-items"),
)


def read_settings(client) -> list[dict]:
    """Of each store view, kept: they hardly ever change."""
    if client.settings is None:
        found = rows.load_any(client.get("/V1/store/storeConfigs", what="Reading the shop's settings").body)
        client.settings = rows.rows(found)
    return client.settings


def read_shop(client) -> Shop:
    """Refused, in plain words, where the shop does not let us in at all."""
    settings = read_settings(client)
    if not settings:
        raise Refused("The shop names no store view.")
    views = {
        rows.identifier(row.get("id")): rows.text(row.get("name"))
        for row in rows.rows(rows.load_any(client.get("/V1/store/storeViews", what="Reading the store views").body))
    }
    missing = list(_missing(client))
    first = settings[0]
    return Shop(
        external_id=client.shop_url,
        name=next(iter(views.values()), "") or client.shop_url,
        url=rows.text(first.get("secure_base_url")) or client.shop_url,
        currency=rows.text(first.get("base_currency_code")),
        timezone=rows.text(first.get("timezone")),
        sites=tuple(_site(row, views) for row in settings),
        locations=_locations(client),
        taxes=_taxes(client),
        missing_scopes=tuple(missing),
    )


def _site(row: dict, views: dict[str, str]) -> Site:
    id = rows.identifier(row.get("id"))
    return Site(
        external_id=id,
        name=views.get(id) or rows.text(row.get("code")),
        currency=rows.text(row.get("default_display_currency_code")),
        language=rows.text(row.get("locale")).replace("_", "-"),
    )


def _locations(client) -> tuple[Location, ...]:
    """The sources. None where inventory management is switched off, or is not ours to see."""
    try:
        found = list(search.every(client, "/V1/inventory/sources", what="Reading the sources"))
    except (Refused, Rejected):
        return ()
    return tuple(
        Location(
            external_id=rows.identifier(row.get("source_code")),
            name=rows.text(row.get("name")),
            active=row.get("enabled") is not False,
        )
        for row in found
    )


def _taxes(client):
    try:
        return taxes.fetch_taxes(client)
    except (Refused, Gone):
        return ()


def _missing(client):
    for words, path in _RIGHTS:
        try:
            client.get(path, _ONE, what="Checking the integration")
        except Refused:
            yield words
        except ChannelError:
            continue  # it may ask, and that is what was to be found out
