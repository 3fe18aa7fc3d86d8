"""What a seller says of an order to Walmart: that he has it, and what of it he will not send."""

from typing import Any
from urllib.parse import quote

from .. import rows
from ..records import Cancellation
from . import order_lines

_OUT_OF_STOCK = "SELLER_CANCEL_OUT_OF_STOCK"
# Only where the buyer asked for it (contract).
_ASKED_FOR = "CUSTOMER_REQUESTED_SELLER_TO_CANCEL"


def path(external_id: str, verb: str = "") -> str:
    return f"/v3/orders/{quote(external_id, safe='')}{f'/{verb}' if verb else ''}"


def read(client, external_id: str, what: str) -> dict[str, Any]:
    """The order, which some answers wrap in a record and others do not (contract)."""
    found = rows.load(client.get(path(external_id), what=what).body)
    return dict(rows.record(found["order"]) if "order" in found else found)


def acknowledge_order(client, external_id: str) -> None:
    """Telling it again changes nothing."""
    client.call("POST", path(external_id, "acknowledge"), what=f"Acknowledging order {external_id}")


def cancel_order(client, cancellation: Cancellation) -> str:
    """The whole order, or what its lines lost; units that left cannot be cancelled any more."""
    number = cancellation.order_id
    what = f"Cancelling order {number}"
    order = read(client, number, what)
    stays = {line.line_id: line.quantity for line in cancellation.lines}
    lines = []
    for item in order_lines.items(order):
        line = rows.identifier(item.get("lineNumber"))
        if cancellation.lines and line not in stays:
            continue
        open_units = order_lines.in_state(item, "Created", "Acknowledged")
        left = order_lines.ordered(item) - order_lines.in_state(item, "Cancelled")
        gone = min(open_units, left - stays.get(line, 0))
        if gone > 0:
            reason = _ASKED_FOR if rows.text(item.get("intentToCancel")) else _OUT_OF_STOCK
            lines.append(_line(line, gone, reason))
    if lines:
        payload = {"orderCancellation": {"orderLines": {"orderLine": lines}}}
        client.post(path(number, "cancel"), payload, what=what)
    return number


def _line(number: str, quantity, reason: str) -> dict[str, Any]:
    status = {
        "status": "Cancelled",
        "cancellationReason": reason,
        "statusQuantity": {"unitOfMeasurement": "EACH", "amount": str(int(quantity))},
    }
    return {"lineNumber": number, "orderLineStatuses": {"orderLineStatus": [status]}}
