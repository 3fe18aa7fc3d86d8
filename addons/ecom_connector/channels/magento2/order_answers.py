"""What a seller says of an order to Magento: a comment on it, and that nothing will come of it."""

import hashlib

from .. import rows
from ..errors import Rejected
from ..records import Cancellation, Note


def cancel_order(client, cancellation: Cancellation) -> str:
    """The shop gives the reservation back by itself. It answers `false` where an order cannot be cancelled (source)."""
    number = cancellation.order_id
    if cancellation.lines:
        raise Rejected("Magento cancels whole orders only. Refund the lines that are not sent.")
    what = f"Cancelling order {number}"
    if _order(client, number, what).get("state") == "canceled":
        return number
    told = rows.load_any(client.call("POST", f"/V1/orders/{number}/cancel", what=what).body)
    if told is not True and _order(client, number, what).get("state") != "canceled":
        raise Rejected(f"{what}: the shop does not allow it. What is invoiced there has to be refunded.")
    return number


def send_note(client, note: Note) -> str:
    """With the status that the order has: a comment without one would take it away (source)."""
    what = f"Writing on order {note.order_id}"
    status = rows.text(_order(client, note.order_id, what).get("status"))
    comment = {
        "comment": note.text,
        "is_customer_notified": int(note.to_buyer),
        "is_visible_on_front": int(note.to_buyer),
        "parent_id": int(note.order_id),
        "status": status,
    }
    client.post(f"/V1/orders/{note.order_id}/comments", {"statusHistory": comment}, what=what)
    return _id_of(note)


def find_note(client, note: Note) -> str | None:
    """A comment is known again by its words."""
    what = f"Looking at the comments on order {note.order_id}"
    found = rows.load(client.get(f"/V1/orders/{note.order_id}/comments", what=what).body)
    told = {rows.text(entry.get("comment")) for entry in rows.rows(found.get("items"))}
    return _id_of(note) if note.text.strip() in told else None


def _order(client, number: str, what: str) -> dict:
    return rows.load(client.get(f"/V1/orders/{number}", what=what).body)


def _id_of(note: Note) -> str:
    return hashlib.sha256(f"{note.order_id}\0{note.text}".encode()).hexdigest()[:16]
