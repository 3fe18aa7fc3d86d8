"""The shop lives: orders arrive by the hour of the day, and what was bound to happen to them happens in time.

Arrivals are a Poisson process whose rate changes with the hour. Each order draws its fate when it is placed (paid
later, edited, cancelled, refunded, returned); fates are rows with a due moment, worked off in time order.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from . import crooks, dispatch, money, money_back, payouts, sales, standing
from .change import Change
from .shopping import Shopper
from .store import moment, stamp

# Share of a day's orders by hour (UTC): quiet nights, a small peak at noon, a large one in the evening.
HOURS = (1, 1, 1, 1, 2, 3, 5, 8, 10, 11, 13, 14, 12, 11, 11, 12, 13, 15, 18, 19, 16, 10, 5, 2)
LOOKING = timedelta(hours=1)
EVENTS_AT_ONCE = 200
# (status, payment) -> hours until the buyer pays, from .. to
PAYS_AFTER = {("open", "authorized"): (2, 30), ("pending", "unpaid"): (1, 60), ("open", "unpaid"): (140, 480)}
PAYOUT_WEEKDAYS = (1, 4)


def live(change: Change, until: datetime, connected_from: datetime) -> bool:
    """Let happen what should have happened until `until`; True when more is waiting (call again, new transaction).

    Orders placed before `connected_from` were sent by the seller by hand.
    """
    shopper = Shopper(change)
    for _ in range(EVENTS_AT_ONCE):
        arrival, due = _next_arrival(change, until), _next_due(change, until)
        if arrival is None and due is None:
            change.at(until)
            return False
        if due is not None and (arrival is None or due[0] <= arrival):
            _let_happen(change, connected_from, *due)
        else:
            change.at(arrival)
            arrive(change, shopper, connected_from)
    return True


def arrive(change: Change, shopper: Shopper, connected_from: datetime | None) -> dict | None:
    """One buyer comes to the checkout now; None when nothing of what he wants is left."""
    visitor = change.number("visitor")
    chance = Random(f"{change.seed}:visitor:{visitor}")
    wish = shopper.wish(chance)
    if wish is None:
        return None
    order = sales.place(change, crooks.perhaps(wish, Random(f"{change.seed}:crook:{visitor}"), change.profile))
    if connected_from is not None:
        _draw_fate(change, order, chance, by_hand=change.now < connected_from - timedelta(days=1))
    return order


def rate_per_hour(change: Change, at: datetime, until: datetime) -> float:
    """Orders to expect in the hour after `at`: lively while somebody looks, ordinary before."""
    if at >= until - LOOKING:
        return float(change.profile.orders_per_hour)
    return change.profile.orders_per_day * HOURS[at.hour] / sum(HOURS)


def _next_arrival(change: Change, until: datetime) -> datetime | None:
    """The next order's moment. Nothing is remembered between two draws, as in every Poisson process."""
    chance = Random(f"{change.seed}:arrival:{change.stamp}:{change.facts.get('last_visitor', 0)}")
    at = change.now
    while at < until:
        border = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        border = min(border, until, until - LOOKING if at < until - LOOKING else until)
        rate = rate_per_hour(change, at, until)
        found = at + timedelta(hours=chance.expovariate(rate)) if rate > 0 else border
        if found < border:
            return found
        at = border
    return None


def _next_due(change: Change, until: datetime) -> tuple[datetime, int, str, str] | None:
    row = change.connection.execute(
        "SELECT * FROM plan WHERE due <= ? ORDER BY due, n LIMIT 1", (stamp(until),)
    ).fetchone()
    return (moment(row["due"]), row["n"], row["kind"], row["order_id"]) if row else None


def _let_happen(change: Change, connected_from: datetime, due: datetime, number: int, kind: str, order_id: str) -> None:
    change.connection.execute("DELETE FROM plan WHERE n = ?", (number,))
    change.at(due)
    if kind == "ship" and due >= connected_from:
        return  # from now on the other side sends
    # What is impossible by now (cancelled meanwhile, sent already) just does not happen.
    with change.attempt():
        EVENTS[kind](change, order_id, Random(f"{change.seed}:{kind}:{order_id}"))


def _draw_fate(change: Change, order: dict, chance: Random, by_hand: bool) -> None:
    """At most one thing goes wrong with an order; payment follows its own clock."""
    habits, order_id = change.profile.habits, order["id"]
    shortest, longest = PAYS_AFTER.get((order["status"], order["payment"]), (0, 0))
    paid_after = chance.uniform(shortest, longest)
    if longest:
        change.intend("pay", order_id, change.after(hours=paid_after))
    if by_hand:
        waits = paid_after if order["status"] == "pending" else 0
        change.intend("ship", order_id, change.after(hours=waits + chance.uniform(5, 24)))
    draw = chance.random()
    for kind, share, shortest, longest in (
        ("cancel", habits.cancelled, 0.2, 5),
        ("edit", habits.edited, 0.1, 4),
        ("refund", habits.refunded, 60, 260),
        ("return", habits.returned, 90, 300),
        ("elsewhere", habits.elsewhere, 0.1, 3),
    ):
        if draw < share:
            change.intend(kind, order_id, change.after(hours=chance.uniform(shortest, longest)))
            return
        draw -= share


def _edit(change: Change, order_id: str, chance: Random) -> None:
    """A buyer thinks again: one unit less, another address, or a line taken off."""
    order = change.load("order", order_id)
    lines = standing.product_lines(order)
    line = chance.choice(lines)
    if len(lines) > 1 or line["quantity"] > 1:
        sales.edit(change, order_id, {line["id"]: line["quantity"] - 1}, (), {})
    else:
        sales.edit(change, order_id, {}, (), {"note": "Please call before delivery."})


def _refund(change: Change, order_id: str, chance: Random) -> None:
    """One unit was damaged, or the buyer is given something back to stay friendly."""
    order = change.load("order", order_id)
    if order["fulfilment"] != "fulfilled":
        return
    line = chance.choice([line for line in standing.product_lines(order) if line["quantity"]])
    goodwill = chance.random() < 0.3
    money_back.refund(
        change,
        order_id,
        [] if goodwill else [{"line_id": line["id"], "quantity": 1}],
        amount=money.cents("5.00") if goodwill else None,
        reason="Goodwill" if goodwill else "Arrived damaged",
        restock=False,
        state="pending" if chance.random() < 0.15 else "done",
        key="",
    )


def _elsewhere(change: Change, order_id: str, chance: Random) -> None:
    """The shop's own fulfilment centre was quicker than the seller: all that is left goes out from there."""
    label = {"carrier_name": "Fulfilment centre", "tracking_number": f"FC{chance.randrange(10**9):09d}"}
    dispatch.send(change, {"order_id": order_id, **label}, by_hand=True)


def _return(change: Change, order_id: str, chance: Random) -> None:
    order = change.load("order", order_id)
    if order["fulfilment"] == "fulfilled":
        line = chance.choice([line for line in standing.product_lines(order) if line["shipped"]])
        reason = chance.choice(("Too small", "Does not please", "Defective", "Ordered two sizes"))
        money_back.request_return(change, order_id, [{"line_id": line["id"], "quantity": 1}], reason)


def _payout(change: Change, order_id: str, chance: Random) -> None:
    payouts.pay_out(change)
    plan_payout(change)


def plan_payout(change: Change) -> None:
    """The next payout day, at four in the morning."""
    day = change.now.replace(hour=4, minute=0, second=0, microsecond=0) + timedelta(days=1)
    while day.weekday() not in PAYOUT_WEEKDAYS:
        day += timedelta(days=1)
    change.intend("payout", "", stamp(day))


EVENTS: dict[str, Callable[[Change, str, Random], object]] = {
    "pay": lambda change, order_id, chance: sales.pay(change, order_id),
    "ship": lambda change, order_id, chance: dispatch.send(change, {"order_id": order_id}, by_hand=True),
    "cancel": lambda change, order_id, chance: sales.cancel(change, order_id, "The buyer changed his mind"),
    "edit": _edit,
    "refund": _refund,
    "return": _return,
    "elsewhere": _elsewhere,
    "payout": _payout,
}
