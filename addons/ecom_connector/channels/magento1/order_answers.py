"""What a seller says of an order to Magento: a comment on it, and that nothing will come of it."""

import hashlib

from ..errors import Gone, Rejected
from ..records import Cancellation, Note
from . import fields
from .order_rows import fetch_row


def cancel_order(client, cancellation: Cancellation) -> str:
    """The shop then puts the units back on sale by itself. To cancel twice is refused with 103 (recorded)."""
    number = cancellation.order_id
    if cancellation.lines:
        raise Rejected(f"Magento cancels whole orders only. Take the lines of order {number} back there.")
    try:
        client.call("salesOrderCancel", number, what=f"Cancelling order {number}")
    except Rejected as error:
        if isinstance(error, Gone) or fields.text(fetch_row(client, number), "state") != "canceled":
            raise
    return number


def send_note(client, note: Note) -> str:
    """The shop wants a status with each comment: the one it has."""
    order = fetch_row(client, note.order_id)
    status, mail = fields.text(order, "status"), str(int(note.to_buyer))
    what = f"Writing on order {note.order_id}"
    client.call("salesOrderAddComment", note.order_id, status, note.text, mail, what=what)
    return _id_of(note)


def find_note(client, note: Note) -> str | None:
    """A comment has no number: it is known again by its words."""
    order = fetch_row(client, note.order_id)
    told = {fields.text(entry, "comment") for entry in fields.rows(order, "status_history")}
    return _id_of(note) if note.text.strip() in told else None


def _id_of(note: Note) -> str:
    return hashlib.sha256(f"{note.order_id}\0{note.text}".encode()).hexdigest()[:16]
