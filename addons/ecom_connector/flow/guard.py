"""May an increase of stock go out now? The why stands in flow/publish.py."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from odoo import fields, models
from odoo.tools import SQL

from ..rules.in_flight import Shown
from .clock import now
from .reckon import Sold

# The order cursor may always be so old: a poll and a push never fall into the same second.
GRACE = timedelta(seconds=15)
# Should nothing else wake a level that is held back.
LOOK_AGAIN = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """How much of what was sold over there can be missing here.

    reason      why no increase may go out: "orders" (they were not asked for lately), "inbox" (some wait), ""
    fresh_at    when the orders were asked for last, by our clock; None: never
    delay       how long after a sale the order may not be seen yet
    """

    reason: str
    fresh_at: datetime | None
    delay: timedelta

    @property
    def is_open(self):
        return not self.reason

    def lets_pass(self, level):
        """Where units are missing there, the orders must have been asked for after that was seen; where nobody knows
        whether units are missing, all orders placed before that must be here."""
        return self.is_open and not level.blind_at and not (level.in_flight_at and self.fresh_at < level.in_flight_at)

    def has_seen_all(self, level):
        """What was sold before a blind zero is among our orders by now."""
        return self.is_open and bool(level.blind_at) and self._has_orders_until(level.blind_at)

    def is_unexplainable(self, level):
        """Every order that could explain the missing units would be here by now."""
        is_known = bool(level.in_flight_at) and not level.unsure
        return self.is_open and is_known and self._has_orders_until(level.in_flight_at)

    def _has_orders_until(self, moment):
        return self.fresh_at - self.delay >= moment


class EcomFlowGuard(models.AbstractModel):
    _name = "ecom.flow.guard"
    _description = "E-commerce: guard"

    def _look(self, channel):
        """Returns the Guard of this moment's snapshot."""
        cursor = channel._cursors("orders")
        delay = timedelta(seconds=channel._adapter().limits.sale_to_import_seconds)
        if not cursor.fresh_at or cursor.fresh_at < now() - max(delay, GRACE):
            reason = "orders"
        else:
            reason = "inbox" if self._is_work_waiting(channel) else ""
        return Guard(reason=reason, fresh_at=cursor.fresh_at or None, delay=delay)

    def _is_work_waiting(self, channel):
        domain = [
            ("channel_id", "=", channel.id),
            ("direction", "=", "in"),
            ("topic", "=", "orders"),
            ("state", "=", "waiting"),
            ("next_try", "<=", fields.Datetime.now()),
        ]
        return bool(self.env["ecom.message"].search_count(domain, limit=1))

    def _shown(self, level, sold, stuck):
        """What is known of the level, as `rules.in_flight.Shown`. `sold` and `stuck`: see flow/reckon.py."""
        units = sold.get(level.id, Sold())
        return Shown(
            held=level.published if level.known else None,
            in_flight=level.in_flight,
            in_doubt=level.in_doubt,
            sold=units.sold,
            late=units.late,
            either=units.either,
            stuck=self.env["ecom.flow.reckon"]._stuck_units(
                stuck, level.listing_id.external_id, level.location_map_id.code or ""
            ),
        )

    # ------------------------------------------------------------------- hold
    def _hold_increases(self, channel, guard, stuck):
        """One statement for all that surely are increases: after a receipt there may be very many. Where units are
        missing or stuck, more may be free here and fewer to show: those are looked at one by one."""
        self.env["ecom.stock.level"].flush_model()
        self.env.cr.execute(
            SQL(
                """UPDATE ecom_stock_level level SET held_back = %(reason)s, next_try = %(again)s
                     FROM ecom_listing listing
                    WHERE level.channel_id = %(channel)s AND sequence > published_sequence AND known AND NOT unsure
                      AND decided > published AND in_flight = 0 AND (next_try IS NULL OR next_try <= %(now)s)
                      AND listing.id = level.listing_id AND listing.external_id <> ALL(%(stuck)s)""",
                reason=guard.reason,
                again=now() + LOOK_AGAIN,
                channel=channel.id,
                now=now(),
                stuck=[variant for variant, _place in stuck],
            )
        )
        if self.env.cr.rowcount:
            self.env["ecom.stock.level"].invalidate_model()
            self._call_for_orders(channel, guard)

    def _hold(self, level, guard):
        if guard.is_open and level.blind_at:
            self._await_orders(level, guard, level.blind_at)
            return
        level.write({"held_back": guard.reason or "orders", "next_try": now() + LOOK_AGAIN})
        self._call_for_orders(level.channel_id, guard)

    def _await_orders(self, level, guard, moment):
        """Look at the level again once all orders that were placed before that moment can be here."""
        until = moment + guard.delay
        if until <= now():
            self._call_for_orders(level.channel_id, guard)
            until = now() + LOOK_AGAIN
        level.write({"held_back": "in_flight", "next_try": until})

    def _settle_unsent(self, level, shown, guard):
        """The channel is believed to show this already, so nothing is sent."""
        if not shown.unexplained:
            self.env["ecom.flow.acknowledge"]._forget_problem(level)
            # What was in flight is among our orders: who counts it for other channels would take it off twice.
            found = {"in_flight": 0, "in_doubt": 0, "in_flight_at": False} if level.in_flight else {}
            level.write({"published_sequence": level.sequence, "held_back": False, **found})
            return
        self._await_orders(level, guard, level.in_flight_at or now())

    def _call_for_orders(self, channel, guard):
        """Ask for orders now instead of at the next turn; not while that fails or is being done, nor while orders that
        came in wait: an increase waits for those anyway, and reading on would keep them waiting."""
        if guard.reason == "inbox" or self._is_work_waiting(channel):
            return
        self.env["ecom.channel.cursor"].flush_model()
        # SQL: a conditional write, which must not collide with the worker that holds the lease.
        self.env.cr.execute(
            SQL(
                """UPDATE ecom_channel_cursor SET next_try = %(now)s
                    WHERE channel_id = %(channel)s AND topic = 'orders' AND next_try > %(now)s
                      AND coalesce(failures, 0) = 0 AND (leased_until IS NULL OR leased_until < %(now)s)""",
                now=now(),
                channel=channel.id,
            )
        )
        self.env["ecom.channel.cursor"].invalidate_model()

    def _look_again(self, channel):
        """A slow channel may carry out a call long after we gave up on its answer, and even after a later one: then it
        shows an old figure and nobody is told. So it is asked once more when that can no longer happen."""
        domain = [("channel_id", "=", channel.id), ("look_again_at", "<=", now())]
        levels = self.env["ecom.stock.level"].search(domain)
        levels.filtered(lambda level: level.known and not level.unsure)._doubt()
        levels.look_again_at = False

    def _release(self, channel):
        """The orders were read, or worked through: what waited for that goes on."""
        self._look_again(channel)
        guard = self._look(channel)
        if not guard.is_open:
            if self._has_held(channel):
                self._call_for_orders(channel, guard)
            return
        self.env["ecom.stock.level"].flush_model()
        self.env.cr.execute(
            SQL(
                """UPDATE ecom_stock_level SET next_try = NULL
                    WHERE channel_id = %(channel)s AND sequence > published_sequence AND next_try > %(now)s
                      AND (held_back IN ('orders', 'inbox')
                           OR held_back = 'in_flight'
                              AND coalesce(greatest(in_flight_at, blind_at), %(now)s) <= %(explained)s)""",
                channel=channel.id,
                now=now(),
                explained=guard.fresh_at - guard.delay,
            )
        )
        self.env["ecom.stock.level"].invalidate_model()

    def _has_held(self, channel):
        held = [("channel_id", "=", channel.id), ("held_back", "in", ("orders", "inbox"))]
        return bool(self.env["ecom.stock.level"].search_count(held, limit=1))

    # ---------------------------------------------------------------- give up
    def _give_up(self, channel, level, shown):
        """No order will explain these units any more: somebody changed the figure over there, or a lost answer or an
        order that was just being placed misled us. In the first case a person is told; in all of them our figure goes
        out again. Returns what is known now."""
        if not shown.carried:
            return shown
        missing = shown.certain - shown.stuck - self.env["ecom.flow.reckon"]._uncounted(level)
        in_flight = shown.in_flight - shown.carried
        level.write({"in_flight": in_flight, "in_doubt": 0, "in_flight_at": False, "held_back": False})
        if missing > 0:
            self.env["ecom.exception"]._open(
                channel,
                category="stock",
                severity="0",
                name=self.env._(
                    "%(listing)s showed %(units)s fewer than we set", listing=level.listing_id.name, units=missing
                ),
                detail=self.env._(
                    "No order explains it, so somebody changed the stock on the channel. It is set to our figure "
                    "again. Change the stock here instead, or switch off publishing for this listing."
                ),
                dedupe_key=f"changed:{level.id}",
                listing_id=level.listing_id.id,
            )
        return replace(shown, in_flight=in_flight, in_doubt=0)
