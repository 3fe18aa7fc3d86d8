"""What Walmart says of a seller account, and what our keys may do there."""

from .. import rows
from ..errors import ChannelError
from ..records import Location, Shop, Site

# What a token's scopes are called (contract), and what we need them for.
_NEEDED = (
    ("orders", "Orders (full access)", "full_access"),
    ("inventory", "Inventory (full access)", "full_access"),
    ("item", "Items (view)", "view_only"),
    ("price", "Prices (full access)", "full_access"),
    ("returns", "Returns (view)", "view_only"),
    ("reports", "Reports (view)", "view_only"),
)


def read_account(client) -> Shop:
    """Refused, in plain words, where the keys are not accepted."""
    found = rows.load(client.get("/v3/token/detail", what="Checking the API keys").body)
    scopes = rows.record(found.get("scopes"))
    return Shop(
        external_id=client.id,
        name="Walmart",
        url="https://www.walmart.com",
        currency="USD",
        timezone="UTC",
        sites=(Site(external_id="WALMART_US", name="Walmart US", currency="USD", language="en-US"),),
        locations=_locations(client),
        missing_scopes=tuple(words for name, words, least in _NEEDED if not _may(scopes.get(name), least)),
    )


def _may(stated, least: str) -> bool:
    return stated == "full_access" or stated == least


def _locations(client) -> tuple[Location, ...]:
    """The fulfilment centres; none where the keys may not see the settings."""
    try:
        found = rows.load_any(client.get("/v3/settings/shipping/shipnodes", what="Reading the ship nodes").body)
    except ChannelError:
        return ()
    listed = found if isinstance(found, list) else rows.record(found).get("shipNodes") or []
    return tuple(
        Location(
            external_id=rows.identifier(row.get("shipNode") or row.get("nodeId")),
            name=rows.text(row.get("shipNodeName") or row.get("name")),
            active=rows.text(row.get("status")).upper() != "INACTIVE",
        )
        for row in rows.rows(listed)
        if row.get("shipNode") or row.get("nodeId")
    )
