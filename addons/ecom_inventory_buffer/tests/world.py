"""What play.py plays with: two shops, two products, a warehouse, and the engine taken apart into its steps."""

import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from odoo.addons.ecom_connector.channels.demo.shop import DEFAULT_API_KEY, QUIET, Shop
from odoo.addons.ecom_connector.channels.demo.shop.change import Refusal
from odoo.addons.ecom_connector.flow.clock import now
from odoo.addons.ecom_connector.flow.run import Task
from odoo.tools import SQL

from .house import House
from .law import Law, Wish


class World(House, Law):
    # Names of two products that shops sell, and of two that lie on the shelf, with how many at first.
    sold = ("sofa", "lamp")
    stocked = {"sofa": 12, "lamp": 5}

    def __init__(self, case):
        self.case = case
        self.env = case.env
        self.products = self._make_products()
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", case.company.id)], limit=1)
        self.picking_type = warehouse.out_type_id
        self.shelf = warehouse.lot_stock_id
        self.quarantine = self.shelf.create({"name": "Quarantine", "location_id": self.shelf.location_id.id})
        self.customers = self.env.ref("stock.stock_location_customers")
        self.buyer = self.env["res.partner"].create({"name": "Buyer"})
        self.channels, self.shops, self.rules, self.levels, self.items = {}, {}, {}, {}, {}
        for name in self.assortment:
            self._open(name)
        self.wishes = dict.fromkeys(self.assortment, Wish())
        # What people count, by hand: what lies there, what left for an order, what is held. And the calls that were
        # intended and have no answer yet.
        self.on_hand = dict.fromkeys(self.stocked, 0)
        self.left, self.holds = Counter(), {}
        self.calls = {name: [] for name in self.assortment}
        for product, quantity in self.stocked.items():
            self.count(product, quantity)

    def _make_products(self):
        return {name: self.case.make_product(name.upper()) for name in self.stocked}

    def _open(self, name):
        channel = self.case.make_channel(name=name, mode="live", go_live="2026-01-01 00:00:00")
        channel._set_credentials({"api_key": DEFAULT_API_KEY})
        path = Path(channel._with_own_file({})["file"])
        path.unlink(missing_ok=True)
        # Founded now, with a life of its own of no length: hundreds of them are played through.
        shop = Shop(path, seed="play", profile=replace(QUIET, flaws=False, stock_each=100))
        self.channels[name], self.shops[name] = channel, shop
        self.rules[name] = self.env["ecom.buffer.rule"].create({"name": name, "channel_ids": channel.ids})
        for item, (product, units) in zip(shop.items(), self.assortment[name], strict=False):
            self.items[name, product] = item.id
            listing = self.env["ecom.listing"].create(
                {
                    "channel_id": channel.id,
                    "external_id": item.id,
                    "name": product,
                    "product_id": self.products[product].id,
                    "state": "matched",
                    "units": units,
                }
            )
            self.levels[name, product] = listing.level_ids
            self.env.flush_all()

    def close(self):
        for shop in self.shops.values():
            shop.close()
            shop.store.path.unlink()

    # ------------------------------------------------------------------- shops
    def sell(self, name, product, quantity):
        """A buyer takes so many over there, if the shop shows them."""
        try:
            self.shops[name].place_order([(self.items[name, product], quantity)])
        except Refusal:
            return False
        return True

    def cancel_there(self, name, choice):
        orders = [order for order in self.shops[name].orders() if order["status"] != "cancelled"]
        if orders:
            self.shops[name].cancel_order(orders[choice % len(orders)]["id"], "changed my mind")

    def edit_by_hand(self, name, product, quantity):
        """Somebody types another figure over there."""
        level = {"variant_id": self.items[name, product], "quantity": quantity}
        self.shops[name].set_stock([level])

    def shown(self, name, product):
        return self.shops[name].stock(self.items[name, product])

    def sold_unknown(self, name, product):
        """Listings sold over there that are no order here, less those given back of which we do not know."""
        known = {order.ecom_external_id: order for order in self._orders(self.channels[name])}
        count = 0
        for order in self.shops[name].orders():
            quantity = sum(
                line["quantity"] for line in order["lines"] if line.get("variant_id") == self.items[name, product]
            )
            here = known.get(order["id"])
            if order["status"] != "cancelled" and (not here or here.state != "sale"):
                count += quantity
            elif order["status"] == "cancelled" and here and here.state == "sale":
                count -= quantity
        return count

    # --------------------------------------------------------------- the engine
    def poll(self, name):
        self._slice(name, "orders")

    def place(self, name):
        self._slice(name, "inbox")

    def deliver_again(self, name):
        """The same news of the latest order once more, as a webhook that was repeated."""
        message = self.env["ecom.message"].search(
            [("channel_id", "=", self.channels[name].id), ("topic", "=", "orders"), ("direction", "=", "in")], limit=1
        )
        if message:
            item = {"event_key": f"again:{message.id}", "external_id": message.external_id, "version": message.version}
            self.env["ecom.flow.receive"]._store(self.channels[name], [{**item, "hint": True}], topic="orders")

    def hear_of_all(self):
        """The shops tell that the stock of their items changed, as for one that somebody edited there."""
        for level in self.levels.values():
            self.env["ecom.flow.normalise"]._doubt(level, now() + timedelta(hours=1))

    def decide(self):
        self._commit()
        with self.case.enter_registry_test_mode():
            self.env["ecom.flow.run"]._decide_changes()
        self.env.invalidate_all()

    def die_deciding(self):
        """A worker takes the changes, decides, and dies before it commits."""
        self._commit()
        savepoint = self.env.cr.savepoint()
        self.env["ecom.flow.decide"]._decide_changes(2000)
        savepoint.close(rollback=True)
        self.env.invalidate_all()

    def die_placing(self, name):
        """A worker makes orders of what came in, and dies before it commits."""
        self._commit()
        savepoint = self.env.cr.savepoint()
        self._slice(name, "inbox")
        savepoint.close(rollback=True)
        self.env.invalidate_all()

    def intend(self, name):
        self._commit()
        batch = self.env["ecom.flow.publish"]._intend(self.channels[name])
        self.env.flush_all()
        if batch is not None:
            self.calls[name].append((batch, {key: self.allowed(*key) for key in self.levels if key[0] == name}))
        return batch

    def call(self, name, position=0, twice=False):
        """Make a call that was intended; `twice`: the network doubles it. Returns what it changed, [(product, shown
        before, written, allowed when it was intended)], and what `settle` needs."""
        batch, allowed = self.calls[name].pop(position)
        before = {key: self.shown(*key) for key in allowed}
        answer = self.env["ecom.flow.publish"]._call(batch)
        if twice:
            self.env["ecom.flow.publish"]._call(batch)
        after = {key: self.shown(*key) for key in allowed}
        changed = [(key, before[key], after[key], allowed[key]) for key in allowed if after[key] != before[key]]
        return changed, (batch, answer)

    def settle(self, name, batch, answer):
        self._commit()
        self.env["ecom.flow.publish"]._settle(self.channels[name], batch, answer)
        self.env.flush_all()
        self.env.invalidate_all()

    def wish(self, name, wish):
        """The merchant writes the rule of a channel anew."""
        self.wishes[name] = wish
        self.rules[name].write(
            {
                "use_keep_back": bool(wish.keep_back),
                "keep_back": wish.keep_back,
                "use_percent": wish.percent < 100,
                "percent": wish.percent,
                "use_zero_at": bool(wish.zero_at),
                "zero_at": wish.zero_at,
                "use_cap": wish.cap is not None,
                "cap": wish.cap or 0,
            }
        )

    def wait(self, minutes):
        """Pauses are over, and the orders were asked for that long ago."""
        self.env.flush_all()
        ids = [channel.id for channel in self.channels.values()]
        past = SQL("- %s * interval '1 minute'", minutes)
        self.env.cr.execute(SQL("UPDATE ecom_stock_level SET next_try = NULL WHERE channel_id = ANY(%s)", ids))
        self.env.cr.execute(SQL("UPDATE ecom_message SET next_try = next_try %s WHERE channel_id = ANY(%s)", past, ids))
        self.env.cr.execute(
            SQL(
                """UPDATE ecom_channel_cursor SET fresh_at = fresh_at %s, next_try = NULL, leased_until = NULL
                    WHERE channel_id = ANY(%s)""",
                past,
                ids,
            )
        )
        self.env.invalidate_all()

    def _slice(self, name, topic):
        channel = self.channels[name]
        cursor = channel.cursor_ids.filtered(lambda cursor: cursor.topic == topic)
        self._commit()
        task = Task(cursor.id, channel.id, channel.company_id.id, topic, 0, time.monotonic() + 60)
        with self.case.enter_registry_test_mode():
            self.env["ecom.flow.work"]._slice(task)
        self.env.invalidate_all()

    def _commit(self):
        """As far as a test can: what is written at a commit is, and the next transaction has its own moment."""
        self.env.cr.flush()
        self.env.cr._now = now()
