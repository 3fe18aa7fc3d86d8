"""Moving an order on from state to state: a new entry of its history, never a change of the order (recorded)."""

from dataclasses import dataclass

from lxml import etree

from . import fields, states
from .fields import Row


@dataclass(frozen=True, slots=True)
class Held:
    """What the shop holds of an order's state."""

    order: Row
    is_over: bool
    is_shipped: bool


def look_at(client, order_id: str) -> Held:
    what = f"Looking at order {order_id}"
    order = fields.record(client.get(f"orders/{order_id}", what=what).body, "order")
    number = fields.identifier(order, "current_state")
    state = next(iter(client.known("order_states", [number], what=what)), None)
    kind = states.kind_of(state, number)
    return Held(
        order=order,
        is_over=kind in states.OVER,
        is_shipped=state is not None and fields.truth(state, "shipped"),
    )


def shipped(client) -> str:
    """The number of the state that says so: the one with PrestaShop's own mail, else the first that is flagged."""
    found = [row for row in states.every(client) if fields.truth(row, "shipped")]
    named = [row for row in found if fields.text(row, "template") == "shipped"]
    return next((fields.identifier(row) for row in [*named, *found]), states.SHIPPED_NUMBER)


def cancelled(client) -> str:
    found = (row for row in states.every(client) if fields.text(row, "template") == states.CANCELLED)
    return next((fields.identifier(row) for row in found), states.CANCELLED_NUMBER)


def move(client, order_id: str, state: str, *, mail: bool) -> str:
    """The number of the entry. With `mail` the buyer gets the one that the shop keeps with this state."""
    entry = etree.Element("order_history")
    etree.SubElement(entry, "id_employee")
    etree.SubElement(entry, "id_order_state").text = state
    etree.SubElement(entry, "id_order").text = order_id
    params = {"sendemail": "1"} if mail else {}
    answer = client.post("order_histories", entry, params, what=f"Changing the state of order {order_id}")
    return fields.identifier(fields.record(answer.body, "entry"))
