"""Refunds and returns: money that goes back, and buyers who want to send something back."""

from . import money, payments, standing
from .change import Change, Refusal


def refund(
    change: Change,
    order_id: str,
    lines: list[dict],
    *,
    amount: int | None,
    reason: str,
    restock: bool,
    state: str,
    key: str,
) -> dict:
    """Pay back lines [{line_id, quantity}] or, without lines, `amount` cents. `state`: "done" or "pending".

    Shares of a line are differences of rounded running sums: the last unit brings the refunds to the cent of the line.
    Refusal when more would go back than came in.
    """
    known = change.by_key("refund", key) if key else None
    if known is not None:
        change.note("refund", order_id, "repeated", key, {"refund": known["id"]})
        return known
    order = change.load("order", order_id)
    number = change.number("refund")
    parts = [_part(change, order, line, f"{number}-{n}", restock) for n, line in enumerate(lines, start=1)]
    total = sum(map(_part_total, parts)) if parts else amount or 0
    if not 0 < total <= standing.money_received(order, pending=True):
        raise Refusal("A refund must be more than zero and not more than was paid.", "amount")
    paper = {
        "object": "refund",
        "id": str(number),
        "order_id": order_id,
        "key": key,
        "created_at": change.stamp,
        "currency": order["currency"],
        "amount": money.text(total),
        "state": state,
        "reason": reason,
        "restocked": restock,
        "lines": parts,
    }
    paper["payment_id"] = payments.add_payment(change, order, "refund", total, state)["id"]
    change.save(paper, key)
    order["refunds"].append(paper)
    standing.restate(order)
    change.save(order)
    if key:
        change.note("refund", order_id, "applied", key, {"refund": paper["id"], "amount": paper["amount"]})
    return paper


def _part(change: Change, order: dict, wanted: dict, part_id: str, restock: bool) -> dict:
    line, quantity = standing.line_of(order, wanted["line_id"]), wanted["quantity"]
    before, after = line["refunded"], line["refunded"] + quantity
    if quantity < 1 or after > line["quantity"]:
        raise Refusal(f"Line {line['id']} has {line['quantity'] - before} left to refund.", "quantity")

    def step(whole: int) -> int:
        return money.share(whole, after, line["quantity"]) - money.share(whole, before, line["quantity"])

    shares = [step(money.cents(tax["amount"])) for tax in line["taxes"]]
    # What the buyer paid is split first: half of 9.80 is 4.90, whatever its tax is rounded to.
    amount = step(money.cents(line["total"]) + sum(money.cents(tax["amount"]) for tax in line["taxes"])) - sum(shares)
    taxes = [{**tax, "amount": money.text(share)} for tax, share in zip(line["taxes"], shares, strict=True)]
    line["refunded"] = after
    if line["kind"] == "product":
        line["removed"] += min(quantity, line["quantity"] - line["shipped"] - line["removed"])
        if restock:
            change.give_back(line["variant_id"], order["location"], quantity)
    return {"id": part_id, "line_id": line["id"], "quantity": quantity, "amount": money.text(amount), "taxes": taxes}


def _part_total(part: dict) -> int:
    return money.cents(part["amount"]) + sum(money.cents(tax["amount"]) for tax in part["taxes"])


def complete_refund(change: Change, refund_id: str) -> dict:
    """A pending refund has reached the buyer."""
    paper = change.load("refund", refund_id)
    if paper["state"] != "pending":
        raise Refusal("This refund is not pending.", "state")
    order = change.load("order", paper["order_id"])
    payment = next(payment for payment in order["payments"] if payment["id"] == paper["payment_id"])
    payment["state"], payment["paid_at"], paper["state"] = "done", change.stamp, "done"
    payments.book(change, order, payment)
    change.save(paper)
    order["refunds"] = [paper if known["id"] == refund_id else known for known in order["refunds"]]
    standing.restate(order)
    change.save(order)
    return paper


def request_return(change: Change, order_id: str, lines: list[dict], reason: str) -> dict:
    """The buyer wants to send back lines [{line_id, quantity}] of what he received."""
    order = change.load("order", order_id)
    for wanted in lines:
        line = standing.line_of(order, wanted["line_id"])
        if not 0 < wanted["quantity"] <= line.get("shipped", 0):
            raise Refusal(f"Only {line.get('shipped', 0)} of line {line['id']} were sent.", "quantity")
    number = change.number("return")
    paper = {
        "object": "return",
        "id": str(number),
        "number": f"RT-{number}",
        "order_id": order_id,
        "created_at": change.stamp,
        "state": "requested",
        "reason": reason,
        "lines": [{"id": f"{number}-{n}", **line} for n, line in enumerate(lines, start=1)],
    }
    change.save(paper)
    return paper


def answer_return(change: Change, return_id: str, state: str) -> dict:
    """The seller says "approved", "declined", "received" or "closed"."""
    if state not in ("approved", "declined", "received", "closed"):
        raise Refusal(f"A return cannot become {state!r}.", "state")
    paper = change.load("return", return_id)
    paper["state"] = state
    change.note("return", return_id, "applied", "", {"state": state})
    change.save(paper)
    return paper
