"""What a seller says of an order to WooCommerce: a note on it, and that nothing will come of it.

A note for the buyer is mailed to him. The shop keeps nothing of ours with a note, so one that may have been written
already is known again by its words (recorded).
"""

from ..errors import Gone, Rejected
from ..records import Cancellation, Note
from . import fields
from .order_state import SHIPPED

_CANCELLED = ("cancelled", "refunded", "trash")


def send_note(client, note: Note) -> str:
    asked = {"note": note.text, "customer_note": note.to_buyer}
    answer = client.post(f"orders/{_number(note.order_id)}/notes", asked, what=f"Writing on order {note.order_id}")
    return fields.identifier(fields.load_row(answer.body).get("id"))


def find_note(client, note: Note) -> str | None:
    answer = client.get(f"orders/{_number(note.order_id)}/notes", what=f"Reading the notes of order {note.order_id}")
    for row, _body in fields.slices(answer.body):
        if (fields.text(row.get("note")), row.get("customer_note") is True) == (note.text.strip(), note.to_buyer):
            return fields.identifier(row.get("id"))
    return None


def cancel_order(client, cancellation: Cancellation) -> str:
    """The shop then puts the units back on sale by itself. Telling it again changes nothing.

    Single lines cannot be cancelled there: a paid line is taken back by a refund, and which one is a person's choice.
    """
    order = _number(cancellation.order_id)
    if cancellation.lines:
        raise Rejected(f"WooCommerce cancels whole orders only. Refund the lines of order {order} there.")
    held = fields.load_row(client.get(f"orders/{order}", what=f"Looking at order {order}").body)
    status = fields.text(held.get("status"))
    if status in SHIPPED:
        raise Rejected(f"Order {order} is {status} in the shop; it cannot be cancelled there any more.")
    if status not in _CANCELLED:
        client.put(f"orders/{order}", {"status": "cancelled"}, what=f"Cancelling order {order}")
    return order


def _number(order_id: str) -> str:
    if not (order_id.isascii() and order_id.isdigit()):
        raise Gone(f"The shop has no order {order_id}: its ids are whole numbers.")
    return order_id
