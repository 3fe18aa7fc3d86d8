"""Movements of money on an order, and what of them the payment provider will pay out."""

from . import money
from .change import Change

PAID_OUT = ("card", "wallet")


def add_payment(
    change: Change, order: dict, kind: str, amount: int, state: str = "done", tender: str = "money"
) -> dict:
    """Write down one movement of money; what the payment provider moved will be in a payout."""
    by_card = tender == "gift_card"
    payment = {
        "id": str(change.number("payment")),
        "kind": kind,
        "state": state,
        "method": "gift_card" if by_card else order["payment_method"],
        "method_name": "Gift card" if by_card else order["payment_method_name"],
        "tender": tender,
        "amount": money.text(amount),
        "currency": order["currency"],
        "paid_at": change.stamp,
    }
    order["payments"].append(payment)
    if state == "done":
        book(change, order, payment)
    return payment


def book(change: Change, order: dict, payment: dict) -> None:
    """Remember for the next payout what the provider took or gave back."""
    if payment["method"] not in PAID_OUT or payment["kind"] not in ("capture", "refund"):
        return
    amount = money.cents(payment["amount"]) * (1 if payment["kind"] == "capture" else -1)
    change.connection.execute(
        "INSERT INTO takings (id, order_id, number, kind, amount, at) VALUES (?, ?, ?, ?, ?, ?)",
        (payment["id"], order["id"], order["number"], payment["kind"], amount, change.stamp),
    )
