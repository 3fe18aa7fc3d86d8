"""Payouts: every few days the shop's payment provider sends what it took, less what it gave back and its fees."""

from datetime import timedelta

from . import money
from .change import Change
from .store import stamp

HELD_BACK = timedelta(days=1)
FEE_PER_MILLE, FEE_EACH = 14, 25
LINE_KIND = {"capture": "charge", "refund": "refund"}


def pay_out(change: Change, held_back: timedelta = HELD_BACK) -> dict | None:
    """Pay out everything older than `held_back`; None when there is nothing. Lines add up to the payout exactly."""
    rows = change.connection.execute(
        "SELECT * FROM takings WHERE payout = '' AND at <= ? ORDER BY at, CAST(id AS INTEGER)",
        (stamp(change.now - held_back),),
    ).fetchall()
    if not rows:
        return None
    number = change.number("payout")
    lines = [_line(row, n) for n, row in enumerate(rows, start=1)]
    paper = {
        "object": "payout",
        "id": str(number),
        "number": f"PO-{number}",
        "currency": change.profile.currency,
        "amount": money.text(sum(money.cents(line["net"]) for line in lines)),
        "paid_at": change.stamp,
        "lines": lines,
    }
    change.connection.executemany(
        "UPDATE takings SET payout = ? WHERE id = ?", [(paper["id"], row["id"]) for row in rows]
    )
    change.save(paper)
    return paper


def _line(row, number: int) -> dict:
    fee = money.share(row["amount"], FEE_PER_MILLE, 1000) + FEE_EACH if row["kind"] == "capture" else 0
    return {
        "id": str(number),
        "kind": LINE_KIND[row["kind"]],
        "order_id": row["order_id"],
        "order_number": row["number"],
        "payment_id": row["id"],
        "amount": money.text(row["amount"]),
        "fee": money.text(fee),
        "net": money.text(row["amount"] - fee),
        "at": row["at"],
    }
