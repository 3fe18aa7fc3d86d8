"""Asking for one order, as the shop holds it now."""

from ..errors import Gone
from ..markup import Row
from . import soap

_LONGEST = 50


def fetch_row(client, external_id: str) -> Row:
    """The order as it is now, to be looked at and not to be kept."""
    return soap.result(ask(client, external_id))


def ask(client, external_id: str) -> bytes:
    if not external_id or len(external_id) > _LONGEST:
        raise Gone("The shop has no order of that number.")
    return client.ask("salesOrderInfo", external_id, what=f"Fetching order {external_id}")
