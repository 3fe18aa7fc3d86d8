"""Three shops, their buyers, their sellers and one warehouse at random, against the one figure that counts: nothing is
offered twice, and in the end each shows all that is free. The clock stands still but for the steps the story takes.
"""

import os
import random
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

from freezegun import freeze_time

from odoo.addons.ecom_connector.channels import CHANNELS, register
from odoo.addons.ecom_connector.flow.clock import now
from odoo.tests import tagged

from .stock_case import PLAIN, ShopCase

STORIES, STEPS = (40, 100) if os.environ.get("ECOM_LONG") == "1" else (3, 60)
FAULTS = ("cut_after", "cut_before", "broken_after", "not_json", "down", "throttled", "stale")
OWN = ("channel", "shop", "item", "listing", "level", "orders_cursor")


class Side(SimpleNamespace):
    """One shop and what the story knows of it. `papers`: orders placed there that are not here; `orders`: (paper,
    order) of those that are; `hidden`: units of `papers` of which its figure says nothing, since somebody changed it
    there by hand (`by_hand`), or a cancellation raised it by as much."""


@tagged("post_install", "-at_install")
class TestStory(ShopCase):
    @classmethod
    def setUpClass(cls):
        register(PLAIN)
        cls.addClassCleanup(CHANNELS.pop, PLAIN.code)
        super().setUpClass()

    def test_nothing_is_offered_twice_and_all_that_is_free_is_offered(self):
        for seed in range(STORIES):
            with self.subTest(seed), freeze_time("2026-03-02 10:00:00") as self.clock:
                self._play(random.Random(seed))

    def _play(self, chance):
        self.chance, self.told, self.sides = chance, [], []
        for platform in ("demo", "demo", PLAIN.code):
            self._open_shop(platform)
            own = {name: getattr(self, name) for name in OWN}
            self.sides.append(Side(papers=[], orders=[], hidden=0, by_hand=False, **own))
        events = (self._buy, self._buy, self._buy, self._import_one, self._import_one, self._receive, self._ship,
                  self._ask, self._ask, self._cancel, self._change_by_hand)  # fmt: skip
        for side in self.sides:
            self._visit(side)
            self._receive()
            self._publish()
        for _step in range(STEPS):
            self.clock.tick(timedelta(seconds=chance.choice((0, 0.3, 1, 5, 20, 70))))
            self._visit(chance.choice(self.sides))
            chance.choice(events)()
            if chance.random() < 0.2:
                self._trouble()
            for side in self.sides:
                if chance.random() < 0.5:
                    self._visit(side)
                    self._publish_and_look()
        self._come_to_rest()

    def _visit(self, side):
        self.side = side
        for name in OWN:
            setattr(self, name, getattr(side, name))

    def _new_transaction(self):
        self.clock.tick(timedelta(milliseconds=20))
        return super()._new_transaction()

    # ------------------------------------------------------- what must be true
    def _publish_and_look(self):
        self._tell("publish")
        try:
            self._publish()
        except AssertionError as error:
            self.fail(f"{error}{self._story()}")
        level, shown = self.level, self.shop.stock(self.item)
        self._tell("shows", shown, "of", self._free(), "flying", self._flying())
        if level.unsure or (level.sequence > level.published_sequence and not level.held_back):
            return  # it will be tried again
        self.assertLessEqual(
            shown, max(0, self._free() - self._flying() + level.in_doubt + self.side.hidden), self._story()
        )

    def _come_to_rest(self):
        for side in self.sides:
            side.shop.behave()
        for _round in range(8):
            self.clock.tick(timedelta(seconds=65))
            for side in self.sides:
                self._visit(side)
                self._ask()
                self._publish()
        for side in self.sides:
            self._visit(side)
            self.assertEqual(self.shop.stock(self.item), max(0, self._free()), self._story())
            self.assertEqual(self.level.published_sequence, self.level.sequence, self._story())
            if not side.by_hand:
                told = self.env["ecom.exception"].search([("channel_id", "=", self.channel.id)])
                self.assertFalse(told.mapped("name"), self._story())

    def _free(self):
        pair = (self.product.id, self.warehouse.id)
        return int(self.env["ecom.flow.measure"]._free(*([key] for key in pair))[pair])

    def _flying(self):
        return sum(map(_units, self.side.papers))

    def _tell(self, *words):
        moment = datetime.now(timezone.utc).strftime("%H:%M:%S.%f")[:-5]
        self.told.append(" ".join(map(str, (moment, self.sides.index(self.side), *words))))

    def _story(self):
        return "\n" + "\n".join(self.told)

    # ------------------------------------------------------------------ buyers
    def _buy(self):
        shown = self.shop.stock(self.item)
        if shown:
            self.side.papers.append(self._sell(self.chance.randint(1, min(3, shown))))
            self._tell("buy", _units(self.side.papers[-1]))

    def _cancel(self):
        """Cancelled and put back on sale there, known here at once."""
        if not self.side.orders:
            return
        paper, order = self.side.orders.pop(self.chance.randrange(len(self.side.orders)))
        self.shop.cancel_order(paper["id"])
        self._new_transaction()
        order._action_cancel()
        self.side.hidden = min(self._flying(), self.side.hidden + _units(paper))
        self._tell("cancel", _units(paper))

    # ------------------------------------------------------------------ orders
    def _import_one(self):
        if self.side.papers:
            paper = self.side.papers.pop(self.chance.randrange(len(self.side.papers)))
            self.side.orders.append((paper, self._import(paper)))
            self.side.hidden = min(self.side.hidden, self._flying())
            self._tell("import", _units(paper))

    def _ask(self):
        """The orders are asked for, and all that were found are worked through; the youngest may not be seen yet."""
        delay = timedelta(seconds=self.channel._adapter().limits.sale_to_import_seconds)
        young = [paper for paper in self.side.papers if _placed(paper) > now() - delay and self.chance.random() < 0.7]
        self.side.papers = [paper for paper in self.side.papers if paper not in young]
        while self.side.papers:
            self._import_one()
        self.side.papers = young
        self._tell("ask")
        self._read_orders()

    # --------------------------------------------------------------- warehouse
    def _receive(self):
        self._new_transaction()
        self._put(self.chance.randint(1, 6))

    def _ship(self):
        """Sold elsewhere."""
        self._new_transaction()
        self._put(-self.chance.randint(1, 4))

    # ----------------------------------------------------------------- trouble
    def _trouble(self):
        fault = self.chance.choice(FAULTS)
        self.shop.misbehave("stock.write", fault, times=1)
        self._tell(fault)

    def _change_by_hand(self):
        """And the shop announces it; an announcement right after a write of ours would be taken for its echo."""
        if self.chance.random() < 0.5:
            return
        self.side.by_hand, self.side.hidden = True, self._flying()
        quantity = self.chance.randint(0, 12)
        self.clock.tick(timedelta(seconds=31))
        self.shop.set_stock(
            [{"variant_id": self.item, "location_id": "", "quantity": quantity, "expected": None, "key": ""}]
        )
        self._new_transaction()
        self.env["ecom.flow.normalise"]._doubt(self.level, now())
        self._tell("by hand", quantity)


def _units(paper):
    return sum(line["quantity"] for line in paper["lines"] if line["kind"] == "product")


def _placed(paper):
    return datetime.fromisoformat(paper["created_at"]).replace(tzinfo=None)
