"""What a seller says of an order to Shopify: a word on it, that nothing will come of it, that lines will not come."""

from ..errors import Gone, Rejected
from ..records import Cancellation, Note
from . import answers, fields, ids, service_requests
from .documents import orders


def cancel_order(client, cancellation: Cancellation) -> str:
    """Telling it again changes nothing. The money is given back by a refund of its own, which is a person's choice."""
    gid, what = ids.gid("Order", cancellation.order_id), f"Cancelling order {cancellation.order_id}"
    state = _state(client, gid, what)
    if state.get("cancelledAt"):
        return cancellation.order_id
    if cancellation.lines:
        return _take_off(client, gid, cancellation, what)
    if fields.text(state.get("displayFulfillmentStatus")) in ("FULFILLED", "PARTIALLY_FULFILLED"):
        raise Rejected(f"{what}: part of it is shipped there; it cannot be cancelled any more.")
    service_requests.agree_to_cancel(client, fields.rows(state.get("fulfillmentOrders")), what)
    asked = {
        "id": gid,
        "reason": "OTHER",
        "restock": cancellation.restock,
        "notify": cancellation.notify_buyer,
        "refund": {"originalPaymentMethodsRefund": False},
        "note": cancellation.reason[:255],
    }
    told = client.ask(orders.CANCEL_ORDER, asked, what=what)
    answers.payload(told, "orderCancel", what, errors="orderCancelUserErrors")
    return cancellation.order_id


def _state(client, gid: str, what: str) -> dict:
    found = fields.record(client.ask(orders.ORDER_STATE, {"id": gid}, what=what).get("order"))
    if not found:
        raise Gone(f"{what}: the shop does not have it any more.")
    return found


def _take_off(client, gid: str, cancellation: Cancellation, what: str) -> str:
    """An order edit: begun, changed line by line, and committed. What is not committed is forgotten there."""
    begun = answers.payload(client.ask(orders.BEGIN_EDIT, {"id": gid}, what=what), "orderEditBegin", what)
    edit = fields.record(begun.get("calculatedOrder")).get("id")
    held = {
        _line_number(row): row
        for page in client.pages(orders.EDIT_LINES, {"id": edit}, what=what)
        for row in fields.rows(page)
    }
    changed = False
    for line in cancellation.lines:
        row = held.get(line.line_id)
        if row is None:
            raise Rejected(f"{what}: line {line.line_id} cannot be changed there any more.")
        if fields.count(row.get("quantity")) > line.quantity:
            asked = {"id": edit, "line": row["id"], "quantity": int(line.quantity), "restock": cancellation.restock}
            told = client.ask(orders.SET_EDIT_QUANTITY, asked, what=what)
            answers.payload(told, "orderEditSetQuantity", what)
            changed = True
    if changed:
        asked = {"id": edit, "notify": cancellation.notify_buyer, "note": cancellation.reason[:255]}
        answers.payload(client.ask(orders.COMMIT_EDIT, asked, what=what), "orderEditCommit", what)
    return cancellation.order_id


def _line_number(row: dict) -> str:
    """gid://shopify/CalculatedLineItem/<the number of the line>; one added in this edit has no number."""
    last = fields.text(row.get("id")).rpartition("/")[2]
    return last if last.isascii() and last.isdigit() else ""


def send_note(client, note: Note) -> str:
    """Shopify has one note an order, for the seller's people. Ours goes below what stands there."""
    if note.to_buyer:
        raise Rejected("Shopify passes no notes on to buyers.")
    gid, what = ids.gid("Order", note.order_id), f"Writing on order {note.order_id}"
    before = fields.text(_state(client, gid, what).get("note"))
    if note.text.strip() not in before:
        asked = {"id": gid, "note": "\n".join(filter(None, (before, note.text.strip())))}
        answers.payload(client.ask(orders.UPDATE_NOTE, {"input": asked}, what=what), "orderUpdate", what)
    return note.order_id


def find_note(client, note: Note) -> str | None:
    gid = ids.gid("Order", note.order_id)
    before = fields.text(_state(client, gid, f"Reading order {note.order_id}").get("note"))
    return note.order_id if note.text.strip() in before else None
