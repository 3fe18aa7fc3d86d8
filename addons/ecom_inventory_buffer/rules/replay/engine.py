"""Demand played event by event: shoppers, channels with their delays, and the ERP that decides.

A scenario is a dict:
  channels     name -> {"import_p95_s", "push_p95_s"}
  products     id -> {"stock": units at the start}
  sale         [second, channel, product, units, import_delay_s], sorted: wanted units
  push_delays  channel -> seconds from "decided" to "shown by the channel", used one after another, cyclically
  seconds      how long it lasts; an hour where nothing is said

The rules of the game:
- A channel shows what it was last told, less what it sold since; it sells what a shopper wants as far as it shows it.
- The ERP learns of a sale when its import delay is over, and of nothing before. It never asks a channel what it shows:
  that would tell it of orders before their time. So the connector's guard knows what was told and what was imported.
- It asks for orders all the time: increases are not held back, for the guard's cursor is always fresh.
- What it decides is shown after the next of the publishing delays; two decisions for one listing arrive in the order
  they were made. A quantity overwrites what the channel shows, also what it has sold in the meantime.
- The goods arrived, and were shown, just before it begins.
"""

import heapq
import math
from collections import defaultdict
from dataclasses import replace
from itertools import count
from typing import NamedTuple

from ..risk.unseen import Earlier

HOUR = 3600.0
# All products are looked at again so often, because demand that does not come is news too.
SWEEP = 60.0


class Outcome(NamedTuple):
    """What became of it. Hidden: units available and not shown, added up over the listings, times hours."""

    products: int
    oversold_products: int
    oversold_units: int
    hidden_unit_hours: float
    lost_units: int
    pushes: int


class Listing:
    """The truth about one listing, and what the ERP knows of it.

    shows           units that shoppers see
    known           the guard's Shown: what the ERP last told it, less what it imported of it since
    changed_at      when it began to show that, or will
    earlier         risk.unseen.Earlier
    """

    __slots__ = ("changed_at", "earlier", "known", "shows")

    def __init__(self, units, shown):
        self.shows, self.changed_at = units, 0.0
        self.known, self.earlier = shown(held=units), Earlier()

    def imported(self, units, placed):
        # A quantity that was told later took no account of it, and was written over what it left.
        if placed >= self.changed_at:
            self.known = replace(self.known, sold=self.known.sold + units)

    def told(self, units, now, shown_at, known_after):
        self.earlier = self.earlier.overwritten(self.known.believed, now, shown_at, known_after)
        self.known, self.changed_at = type(self.known)(held=units), shown_at


class Product:
    """The truth about one product, and what the ERP knows of it (`known_stock`, `orders`)."""

    def __init__(self, stock):
        self.stock = self.known_stock = stock
        self.sold = self.wanted = 0
        # (when it was placed, channel, units) of the imported orders
        self.orders = []
        self.listings = {}
        self.hidden = self.looked_at = 0.0

    def pass_time(self, now):
        seconds, self.looked_at = now - self.looked_at, max(now, self.looked_at)
        left = self.stock - self.sold
        if seconds > 0 and left > 0:
            self.hidden += seconds * sum(max(0, left - listing.shows) for listing in self.listings.values())


class Play:
    """`policy(product id, Product, now)` returns {channel: units to show} or None.

    `shown`: class of what the guard believes, `Shown` of the connector's rules/in_flight.py. `sweep`: seconds; 0 never.
    """

    def __init__(self, scenario, policy, shown, sweep=SWEEP):
        self.shown, self.end = shown, scenario.get("seconds", HOUR)
        self.scenario, self.policy, self.sweep = scenario, policy, sweep
        self.imported_in = {name: channel["import_p95_s"] for name, channel in scenario["channels"].items()}
        self.pushes = defaultdict(int)
        self.products = {key: Product(value["stock"]) for key, value in scenario["products"].items()}
        for product in self.products.values():
            product.listings = {channel: Listing(0, shown) for channel in self.imported_in}
        self.order = count()
        self.events = []

    def play(self):
        for key, product in self.products.items():
            for channel, units in self.policy(key, product, 0.0).items():
                product.listings[channel] = Listing(units, self.shown)
        for wish in self.scenario["sale"]:
            self._plan(wish[0], self._wish, *wish[1:])
        if self.sweep:
            self._plan(self.sweep, self._sweep)
        while self.events:
            now, _order, act, given = heapq.heappop(self.events)
            act(now, *given)
        return self._outcome()

    def _plan(self, when, act, *given):
        heapq.heappush(self.events, (when, next(self.order), act, given))

    def _wish(self, now, channel, key, units, delay):
        product = self.products[key]
        product.pass_time(min(now, self.end))
        product.wanted += units
        listing = product.listings[channel]
        taken = min(units, listing.shows)
        if taken:
            listing.shows -= taken
            product.sold += taken
            self._plan(now + delay, self._import, channel, key, taken, now)

    def _import(self, now, channel, key, units, placed):
        product = self.products[key]
        product.known_stock -= units
        product.orders.append((placed, channel, units))
        product.listings[channel].imported(units, placed)
        self._decide(now, key)

    def _sweep(self, now):
        for key, product in self.products.items():
            if product.known_stock > 0:
                self._decide(now, key)
        if now + self.sweep < self.end:
            self._plan(now + self.sweep, self._sweep)

    def _decide(self, now, key):
        product = self.products[key]
        for channel, units in (self.policy(key, product, now) or {}).items():
            listing = product.listings[channel]
            send = listing.known.quantity(units)
            if send != listing.known.believed:
                shown_at = max(listing.changed_at, now + self._push_delay(channel))
                listing.told(send, now, shown_at, self.imported_in[channel])
                self._plan(shown_at, self._show, channel, key, send)

    def _push_delay(self, channel):
        delays = self.scenario["push_delays"][channel]
        self.pushes[channel] += 1
        return delays[(self.pushes[channel] - 1) % len(delays)]

    def _show(self, now, channel, key, units):
        product = self.products[key]
        product.pass_time(min(now, self.end))
        product.listings[channel].shows = units

    def _outcome(self):
        products = self.products.values()
        for product in products:
            product.pass_time(self.end)
        excess = [max(0, product.sold - product.stock) for product in products]
        return Outcome(
            len(excess),
            sum(map(bool, excess)),
            sum(excess),
            math.fsum(product.hidden for product in products) / HOUR,
            # Wanted, refused, and still on the shelf at the end.
            sum(min(p.stock, p.wanted) - min(p.stock, p.sold) for p in products),
            sum(self.pushes.values()),
        )
