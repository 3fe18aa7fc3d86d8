"""Parcels: what the seller tells the shop he has sent. One key is one parcel, however often it is told."""

from . import standing
from .change import Change, Refusal


def send(change: Change, parcel: dict, by_hand: bool = False) -> dict:
    """Record a parcel {key, order_id, lines: [{line_id, quantity}], carrier, tracking_number, ...}.

    Without `lines` it holds the rest of the order, with an empty list it is one more box of what was sent before.
    The parcel that has this key already is returned unchanged, unless its `id` comes with it: then its carrier and
    number are corrected. Refusal when more would be sent than is open.
    """
    key = parcel.get("key", "")
    if not key and not by_hand:
        raise Refusal("A parcel needs a key.", "key")
    known = change.by_key("parcel", key) if key else None
    if known is not None:
        return _correct(change, known, parcel) if parcel.get("id") else _repeat(change, known)
    order = change.load("order", parcel["order_id"])
    lines = parcel["lines"] if "lines" in parcel else _rest(order)
    _mark_sent(order, lines, another_box="lines" in parcel)
    sent = {
        "object": "parcel",
        "id": str(change.number("parcel")),
        "key": key,
        "order_id": order["id"],
        "lines": [{"line_id": line["line_id"], "quantity": line["quantity"]} for line in lines],
        "carrier": parcel.get("carrier", ""),
        "carrier_name": parcel.get("carrier_name", ""),
        "tracking_number": parcel.get("tracking_number", ""),
        "tracking_url": parcel.get("tracking_url", ""),
        "location_id": parcel.get("location_id", ""),
        "buyer_told": bool(parcel.get("notify_buyer", True)),
        "shipped_at": parcel.get("shipped_at") or change.stamp,
    }
    named = ("id", "key", "carrier", "tracking_number", "lines", "shipped_at")
    order["parcels"].append({name: sent[name] for name in named})
    standing.restate(order)
    change.save(sent, key)
    change.save(order)
    if not by_hand:
        change.note("parcel", order["id"], "applied", key, {"parcel": sent["id"], "lines": sent["lines"]})
    return sent


def _repeat(change: Change, known: dict) -> dict:
    change.note("parcel", known["order_id"], "repeated", known["key"], {"parcel": known["id"]})
    return known


def _correct(change: Change, known: dict, parcel: dict) -> dict:
    """Another carrier or number for a parcel that was told before; what is in it stays."""
    if parcel["id"] != known["id"]:
        raise Refusal(f"Parcel {parcel['id']} has another key.", "key")
    new = {name: parcel.get(name, "") for name in ("carrier", "carrier_name", "tracking_number", "tracking_url")}
    if new.items() <= known.items():
        return _repeat(change, known)
    known.update(new)
    order = change.load("order", known["order_id"])
    for entry in order["parcels"]:
        if entry["id"] == known["id"]:
            entry.update(carrier=new["carrier"], tracking_number=new["tracking_number"])
    change.save(known, known["key"])
    change.save(order)
    detail = {"parcel": known["id"], "tracking_number": new["tracking_number"]}
    change.note("parcel", order["id"], "corrected", known["key"], detail)
    return known


def _rest(order: dict) -> list[dict]:
    lines = standing.product_lines(order)
    rest = [(line["id"], line["quantity"] - line["shipped"] - line["removed"]) for line in lines]
    return [{"line_id": line_id, "quantity": quantity} for line_id, quantity in rest if quantity > 0]


def _mark_sent(order: dict, lines: list[dict], another_box: bool) -> None:
    if order["status"] != "open":
        raise Refusal(f"Order {order['number']} is {order['status']}; nothing can be sent.", "closed")
    if not lines and not another_box:
        raise Refusal(f"Nothing of order {order['number']} is left to send.", "sent")
    for sent in lines:
        line = standing.line_of(order, sent["line_id"])
        if line["kind"] != "product":
            raise Refusal(f"Line {line['id']} is nothing that can be sent.", "line")
        left = line["quantity"] - line["shipped"] - line["removed"]
        if not 0 < sent["quantity"] <= left:
            raise Refusal(f"Line {line['id']} has {left} left to send, not {sent['quantity']}.", "quantity")
        line["shipped"] += sent["quantity"]
