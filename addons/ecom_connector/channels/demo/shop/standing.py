"""How an order stands: its lines, what was received for it, and what both make of it."""

from . import money
from .change import Refusal


def product_lines(order: dict) -> list[dict]:
    return [line for line in order["lines"] if line["kind"] == "product"]


def line_of(order: dict, line_id: str) -> dict:
    for line in order["lines"]:
        if line["id"] == line_id:
            return line
    raise Refusal(f"Order {order['number']} has no line {line_id}.", "line")


def money_received(order: dict, pending: bool = False) -> int:
    """Captured less paid back, in cents; with `pending`, less what is on its way back too."""
    states = ("done", "pending") if pending else ("done",)
    signs = {"capture": 1, "refund": -1}
    return sum(
        signs.get(payment["kind"], 0) * money.cents(payment["amount"])
        for payment in order["payments"]
        if payment["state"] in states
    )


def restate(order: dict) -> None:
    """Derive `payment` and `fulfilment` from what was paid and shipped."""
    captured = sum(
        money.cents(p["amount"]) for p in order["payments"] if p["kind"] == "capture" and p["state"] == "done"
    )
    returned = captured - money_received(order)
    kinds = {payment["kind"] for payment in order["payments"]}
    if captured and returned >= captured:
        order["payment"] = "refunded"
    elif captured or not money.cents(order["total"]):
        order["payment"] = "paid" if captured >= money.cents(order["total"]) else "partial"
    else:
        order["payment"] = "authorized" if "authorization" in kinds and "void" not in kinds else "unpaid"
    lines = product_lines(order)
    shipped = any(line["shipped"] for line in lines)
    complete = shipped and all(line["shipped"] + line["removed"] >= line["quantity"] for line in lines)
    order["fulfilment"] = "fulfilled" if complete else "partial" if shipped else "open"
