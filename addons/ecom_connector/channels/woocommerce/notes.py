"""Notes on an order of WooCommerce: the shop's own diary of it, and what the buyer was told.

A note for the buyer is mailed to him. The shop keeps nothing of ours with a note, so one that may have been written
already is known again by its words.
"""

from collections.abc import Mapping
from typing import Any

from ..errors import Gone
from ..records import Note
from . import fields


def fetch_notes(client, order_id: str) -> tuple[Note, ...]:
    """All of them, the shop's own ("Stock levels reduced ...") included; it lists the newest first."""
    if not (order_id.isascii() and order_id.isdigit()):
        raise Gone(f"The shop has no order {order_id}: its ids are whole numbers.")
    answer = client.get(f"orders/{order_id}/notes", what=f"Fetching the notes of order {order_id}")
    return tuple(_note(order_id, row) for row, _body in reversed(list(fields.slices(answer.body))))


def send_note(client, note: Note) -> str:
    asked = {"note": note.text, "customer_note": note.to_buyer}
    answer = client.post(f"orders/{note.order_id}/notes", asked, what=f"Writing on order {note.order_id}")
    return fields.identifier(fields.load_row(answer.body).get("id"))


def find_note(client, note: Note) -> str | None:
    for known in fetch_notes(client, note.order_id):
        if (known.text, known.to_buyer) == (note.text.strip(), note.to_buyer):
            return known.external_id
    return None


def _note(order_id: str, row: Mapping[str, Any]) -> Note:
    return Note(
        order_id=order_id,
        external_id=fields.identifier(row.get("id")),
        text=fields.text(row.get("note")),
        to_buyer=row.get("customer_note") is True,
        author=fields.text(row.get("author")),
        created_at=fields.moment(row.get("date_created_gmt")),
    )
