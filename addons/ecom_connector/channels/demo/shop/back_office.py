"""The pretend shop itself: what a buyer, a seller, a clerk and a test may do with it, one method each.

Money goes in as whole cents and comes out as text in the shop's papers (dicts, see `samples/`); moments are aware
datetimes, and a method without `now` happens now. All methods may be called from any thread and process.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime, timedelta, timezone
from random import Random

from . import (
    announcements,
    dispatch,
    founding,
    journal,
    life,
    misbehaviour,
    money_back,
    payouts,
    sales,
    tokens,
    warehouse,
)
from .catalogue import Item
from .change import Change, Refusal
from .profile import DEFAULT_API_KEY, Profile
from .shopping import Shopper
from .store import Store, dumps, facts, moment

Moment = datetime | None


class Shop:
    """Opens the shop in the file `path`, founding it there first if need be.

    `seed`, `profile` and `api_key` only matter when it is founded; later the file knows them.
    """

    def __init__(
        self,
        path: str | os.PathLike,
        *,
        seed: str = "1",
        profile: Profile | None = None,
        api_key: str = DEFAULT_API_KEY,
        now: Moment = None,
        clock: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ):
        self.clock = clock
        self.store = Store(path)
        with self.store.reading() as connection:
            founded = founding.is_founded(connection)
        if not founded:
            with self.store.writing() as connection:
                founding.found(connection, str(seed), profile or Profile(), api_key, now or clock())
        with self.store.reading() as connection:
            known = facts(connection)
        self.seed, self.api_key = known["seed"], known["api_key"]
        self.founded_at = moment(known["founded_at"])
        self.profile = Profile.load(known["profile"])

    def close(self) -> None:
        self.store.close()

    @contextmanager
    def change(self, now: Moment = None) -> Iterator[Change]:
        """Several changes in one: all of them happen, or none."""
        with self.store.writing() as connection:
            change = Change(connection, self.profile, self.seed, now or self.clock())
            yield change
            change.close()

    @contextmanager
    def _noted(self, kind: str, subject: str, key: str) -> Iterator[None]:
        """What was refused under a key is undone and still stands in the journal."""
        try:
            yield
        except Refusal as refusal:
            if key:
                with self.change() as change:
                    change.note(kind, subject, "rejected", key, {"said": str(refusal)})
            raise

    # What happens by itself

    def advance(self, now: Moment = None) -> None:
        """Let happen what should have happened until `now`: new orders, and the fates of old ones."""
        until, more = now or self.clock(), True
        while more:
            with self.change(datetime.min.replace(tzinfo=timezone.utc)) as change:
                more = life.live(change, until, self.founded_at)

    def place_random_orders(self, count: int, now: Moment = None, spread: timedelta = timedelta(0)) -> list[str]:
        """`count` buyers come at once, or evenly over `spread` up to `now`; ids of the orders. No fate awaits them."""
        until, placed = now or self.clock(), []
        with self.change(until - spread) as change:
            shopper = Shopper(change)
            for turn in range(count):
                change.at(until - spread + spread * (turn + 1) / count)
                order = life.arrive(change, shopper, None)
                if order is not None:
                    placed.append(order["id"])
        return placed

    # Buyers

    def place_order(self, items: Sequence[tuple], *, now: Moment = None, **wishes) -> dict:
        """Place one order of `items` (item id, quantity[, price in cents]); `wishes` as in `sales.Wish`.

        The order as the shop tells it. Refusal (code "sold_out") when the shop does not show that many.
        """
        with self.change(now) as change:
            if "person" not in wishes:
                wishes["person"] = self._person(change)
            return sales.place(change, sales.Wish(items=tuple(items), **wishes))

    def _person(self, change: Change) -> dict:
        from .people import somebody

        chance = Random(f"{self.seed}:person:{change.facts.get('last_order', 0)}")
        return somebody(chance, self.seed, self.profile.country, self.profile.habits)

    def edit_order(
        self,
        order_id: str,
        quantities: dict[str, int] | None = None,
        add: Sequence[tuple] = (),
        *,
        now: Moment = None,
        **texts,
    ) -> dict:
        """Line id -> new quantity, items to add, `ship_to`, `bill_to`, `note` or `gift` to replace."""
        with self.change(now) as change:
            return sales.edit(change, order_id, quantities or {}, tuple(add), texts)

    def pay_order(self, order_id: str, amount: int | None = None, *, now: Moment = None) -> dict:
        """Pay what is owed (or `amount` cents of it); captures an authorization."""
        with self.change(now) as change:
            return sales.pay(change, order_id, amount)

    def cancel_order(self, order_id: str, reason: str = "", *, now: Moment = None) -> dict:
        with self.change(now) as change:
            return sales.cancel(change, order_id, reason)

    def request_return(self, order_id: str, lines: dict[str, int], reason: str = "", *, now: Moment = None) -> dict:
        """Lines: line id -> quantity."""
        with self.change(now) as change:
            return money_back.request_return(change, order_id, _wanted(lines), reason)

    # The seller

    def refund(
        self,
        order_id: str,
        lines: dict[str, int] | None = None,
        *,
        amount: int | None = None,
        reason: str = "",
        restock: bool = True,
        state: str = "done",
        key: str = "",
        now: Moment = None,
    ) -> dict:
        """Pay back units of lines (line id -> quantity), or `amount` cents. `state`: "done" or "pending"."""
        with self._noted("refund", order_id, key), self.change(now) as change:
            return money_back.refund(
                change,
                order_id,
                _wanted(lines or {}),
                amount=amount,
                reason=reason,
                restock=restock,
                state=state,
                key=key,
            )

    def complete_refund(self, refund_id: str, *, now: Moment = None) -> dict:
        with self.change(now) as change:
            return money_back.complete_refund(change, refund_id)

    def answer_return(self, return_id: str, state: str, *, now: Moment = None) -> dict:
        with self.change(now) as change:
            return money_back.answer_return(change, return_id, state)

    def take_back(
        self, order_id: str, lines: dict[str, int], reason: str = "", *, key: str, now: Moment = None
    ) -> dict:
        """The seller cancels the order, or reduces lines (line id -> quantity that stays). Refusal once it was sent."""
        with self._noted("cancellation", order_id, key), self.change(now) as change:
            return sales.take_back(change, order_id, lines, reason, key)

    def leave_note(self, order_id: str, text: str, to_buyer: bool, *, key: str, now: Moment = None) -> dict:
        """A word on the order; the same key is the same word."""
        with self.change(now) as change:
            return sales.leave_note(change, order_id, text, to_buyer, key)

    def send_elsewhere(self, order_id: str, *, now: Moment = None, **label) -> dict:
        """Somebody at the shop, or a warehouse that reports to it, sends all that is left of the order."""
        with self.change(now) as change:
            return dispatch.send(change, {"order_id": order_id, **label}, by_hand=True)

    def send_parcel(self, parcel: dict, *, now: Moment = None) -> dict:
        """See `dispatch.send`."""
        with self._noted("parcel", parcel.get("order_id", ""), parcel.get("key", "")), self.change(now) as change:
            return dispatch.send(change, parcel)

    def pay_out(self, *, now: Moment = None) -> dict | None:
        """Pay out all that was taken so far, today's takings too; None when that is nothing."""
        with self.change(now) as change:
            return payouts.pay_out(change, timedelta(0))

    def set_stock(self, levels: Sequence[dict], *, pretend_stale: bool = False, now: Moment = None) -> list[dict]:
        """See `warehouse.write`: one answer for each level."""
        with self.change(now) as change:
            return [warehouse.write(change, level, pretend_stale) for level in levels]

    def edit_item(self, item_id: str, *, now: Moment = None, **values) -> Item:
        """Change what is listed: `sku`, `barcode`, `name`, `price`, `active`."""
        with self.change(now) as change:
            item = replace(change.item(item_id), **values)
            change.connection.execute("UPDATE item SET body = ? WHERE id = ?", (dumps(asdict(item)), item_id))
            change.announce("product", item_id, dumps({"object": "product", "id": item_id}))
            return item

    def subscribe(
        self, url: str, secret: str, objects: Sequence[str] = ("order", "refund", "return", "payout")
    ) -> None:
        """Announce changes of these objects ("stock" and "product" too) to `url` from now on."""
        with self.store.writing() as connection:
            announcements.subscribe(connection, url, secret, tuple(objects))

    def grant_tokens(self, seconds: int) -> str:
        """Let in whoever has an access token, of which each lives `seconds`; the first refresh token."""
        with self.store.writing() as connection:
            return tokens.grant(connection, seconds)

    def misbehave(
        self, call: str, name: str, *, times: int | None = None, chance: float = 1.0, seconds: float = 0, seed: str = ""
    ) -> None:
        """Run into trouble `name` on calls of that kind: the next `times`, or each with a `chance`."""
        with self.store.writing() as connection:
            misbehaviour.misbehave(
                connection, call, name, times=times, chance=chance, seconds=seconds, seed=seed or self.seed
            )

    def behave(self) -> None:
        """No more trouble."""
        with self.store.writing() as connection:
            connection.execute("DELETE FROM fault")

    # Looking at it

    def items(self) -> list[Item]:
        with self.store.reading() as connection:
            rows = connection.execute("SELECT body FROM item ORDER BY position").fetchall()
        return [Item(**json.loads(row["body"])) for row in rows]

    def stock(self, item_id: str, place: str = "") -> int:
        with self.store.reading() as connection:
            found = warehouse.read(connection, [(item_id, place)], self.profile.places[0].id)
        return found[0]["available"] if found else 0

    def papers(self, kind: str) -> list[dict]:
        """All of that kind ("order", "refund", "return", "payout", "parcel"), oldest change first."""
        with self.store.reading() as connection:
            rows = connection.execute(
                "SELECT body FROM paper WHERE kind = ? ORDER BY updated_at, revision", (kind,)
            ).fetchall()
        return [json.loads(row["body"]) for row in rows]

    def orders(self) -> list[dict]:
        return self.papers("order")

    def journal(self, kind: str = "", key: str = "", outcome: str = "") -> list[journal.Entry]:
        """What was asked of the shop from outside, oldest first, narrowed by what is given."""
        with self.store.reading() as connection:
            return journal.entries(connection, kind, key, outcome)

    def deliveries(self, state: str = "") -> list[dict]:
        """The webhook queue: {id, object, subject, state, attempts, status}, oldest first."""
        with self.store.reading() as connection:
            rows = connection.execute(
                "SELECT id, object, subject, state, attempts, status FROM delivery WHERE ? IN ('', state) ORDER BY n",
                (state,),
            ).fetchall()
        return [dict(row) for row in rows]


def _wanted(lines: dict[str, int]) -> list[dict]:
    return [{"line_id": line_id, "quantity": quantity} for line_id, quantity in lines.items()]
