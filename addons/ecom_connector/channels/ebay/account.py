"""What eBay says of a seller's account, and what our user token may do there."""

from .. import rows
from ..errors import ChannelError, Refused
from ..records import Shop, Site

_SCOPES = (
    ("Read and ship orders (scope sell.fulfillment)", "/sell/fulfillment/v1/order", {"limit": 1}),
    ("Items, stock and prices (scope sell.inventory)", "/sell/inventory/v1/inventory_item", {"limit": 1}),
    ("Payouts and refunds (scope sell.finances)", "/sell/finances/v1/payout", {"limit": 1}),
    (
        "Be told of changes (scope commerce.notification.subscription)",
        "/commerce/notification/v1/subscription",
        {"limit": 10},
    ),
)


def read_account(client) -> Shop:
    """Refused, in plain words, where the keyset or the user token is not accepted at all."""
    missing, seller = [], ""
    for words, path, params in _SCOPES:
        url = client.money(path) if "finances" in path else path
        try:
            answer = client.get(url, params, what="Checking the account")
            seller = seller or _seller(answer.body)
        except Refused as error:
            if error.status != 403:
                raise
            missing.append(words)
        except ChannelError:
            if "fulfillment" in path:
                raise
    return Shop(
        external_id=seller or client.credentials["client_id"].strip(),
        name=f"eBay {seller or client.marketplace}",
        url="https://www.ebay.com",
        currency=client.currency,
        timezone="UTC",
        sites=(Site(external_id=client.marketplace, name=client.marketplace, currency=client.currency),),
        missing_scopes=tuple(missing),
    )


def _seller(body: bytes) -> str:
    orders = rows.rows(rows.load(body).get("orders")) if body else []
    return rows.identifier(orders[0].get("sellerId")) if orders else ""
