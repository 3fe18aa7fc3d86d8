"""Decided levels -> channel, with the in-flight guard.

Never sell what is not there (law 5). Let

    A   what was decided, measured again in the very snapshot in which the intent is written
    F   units sold over there and not among our orders yet (rules/in_flight.py)
    Q   max(0, A - F), what may be shown
    B   what the channel is believed to show: what it last told or confirmed, less our own orders since

A write of Q <= B is a decrease, or nothing new. It always goes out, at once, zeros before all others.

A write of Q > B offers units that were not on offer. It overwrites whatever was sold there and is not imported, so it
goes out only when both hold in that same snapshot:

  * all orders were asked for after `now - max(sale_to_import_seconds, GRACE)`, by our clock: `fresh_at` of the order
    cursor. An order that was placed `sale_to_import_seconds` before that is stored here.
  * nothing stored waits to become an order: what was sold is in A. (Orders that cannot be placed, or wait for their
    payment, wait for a person or a buyer, not for us; their units are in F instead, and hold back nothing else,
    unless there are too many to count them.)

Where F was learnt from what the channel shows, an increase also waits until the orders were asked for after that. Once
they were asked for `sale_to_import_seconds` after it and units are still missing, no order will ever explain them:
somebody changed the figure there. Then F is what stands in stuck orders only, and a person is told.

Asked for means: an increase that waits calls for the orders itself.

A zero waits for nothing, and is not compared: it is right whatever the channel shows. So it leaves unknown what was
sold shortly before it, and an increase after it waits until all orders that were placed before it can be here.

What the channel shows is learnt from the answer to a compare-and-set that failed, or, where the channel has none, by
reading before each write but a zero; after a lost answer it is always read first. The first time it is read as well, so
that even the first write is known to be a decrease or an increase.
"""

import logging
import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

from odoo import fields, models
from odoo.tools import SQL

from ..channels.errors import ChannelError, Rejected
from ..channels.records import StockLevel, StockResult
from ..rules.quantity import read_quantity
from .clock import now

_logger = logging.getLogger(__name__)

# A call that was rejected is made again in parts for so long; one time-out on top stays below the lease.
CALL_SECONDS = 8.0
# At a channel without compare-and-set a write follows its reading at once, unless the channel answers very slowly.
FRESH_READING = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One level within a call. `sequence` says which decision it was when the intent was committed."""

    level_id: int
    sequence: int
    level: StockLevel
    was_unsure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One call that was intended. `kind`: "push" or "read". `asked_at`: naive UTC by the database's clock."""

    kind: str
    channel_id: int
    client: Any
    stock: ModuleType
    asked_at: datetime
    rows: tuple[Row, ...]


@dataclass(slots=True, kw_only=True)
class Answer:
    """What came of a call. `results`: {level id: StockResult} of a push, `held`: {level id: units} of a reading; a
    level that is missing was not answered for. `senseless`: ids of levels of which it read something that is no
    quantity. `error`: what ended the call early. `until`: begin no further call then
    (`time.monotonic()`)."""

    until: float = field(default_factory=lambda: time.monotonic() + CALL_SECONDS)
    results: dict[int, StockResult] = field(default_factory=dict)
    held: dict[int, int] = field(default_factory=dict)
    senseless: set[int] = field(default_factory=set)
    error: Exception | None = None

    def raise_error(self):
        if self.error is not None:
            raise self.error


class EcomFlowPublish(models.AbstractModel):
    _name = "ecom.flow.publish"
    _description = "E-commerce: publish"

    # ------------------------------------------------------------------ intend
    def _intend(self, channel):
        """Choose a batch of the channel's size, write the intent (sent, sent_sequence), return it as a plain value;
        None when nothing may go out now."""
        stock = channel._adapter().noun("stock")
        if stock is None:
            return None
        guard = self.env["ecom.flow.guard"]._look(channel)
        stuck, is_all = self.env["ecom.flow.reckon"]._count_stuck(channel)
        if not is_all:
            guard = replace(guard, reason=guard.reason or "inbox")
        if not guard.is_open:
            self.env["ecom.flow.guard"]._hold_increases(channel, guard, stuck)
        while True:
            levels = self._due(channel)
            if not levels:
                return None
            rows, reading = self._sort(channel, levels, guard, stuck)
            if rows or reading:
                return Batch(
                    kind="push" if rows else "read",
                    channel_id=channel.id,
                    client=channel._connect(),
                    stock=stock,
                    asked_at=self.env.cr.now(),
                    rows=tuple(rows or reading),
                )

    def _due(self, channel):
        """The next levels to look at: to zero first, then decreases, then increases, the oldest change first."""
        self.env["ecom.stock.level"].flush_model()
        # SQL: the order is one of expressions.
        self.env.cr.execute(
            SQL(
                """SELECT id FROM ecom_stock_level
                    WHERE channel_id = %(channel)s AND sequence > published_sequence
                      AND (next_try IS NULL OR next_try <= %(now)s)
                    ORDER BY CASE WHEN decided = 0 THEN 0 WHEN known AND decided <= published THEN 1 ELSE 2 END,
                             changed_at, id
                    LIMIT %(limit)s""",
                channel=channel.id,
                now=fields.Datetime.now(),
                limit=channel._adapter().limits.stock_batch,
            )
        )
        return self.env["ecom.stock.level"].browse(row[0] for row in self.env.cr.fetchall())

    def _sort(self, channel, levels, guard, stuck):
        """Returns (rows to push, rows to read first); writes down what is settled or held without a call."""
        self.env["ecom.flow.decide"]._decide(levels)
        sold = self.env["ecom.flow.reckon"]._sold(levels)
        budget = self.env["ecom.flow.budget"]._look(channel, levels)
        rows, reading = [], []
        for level in levels:
            shown = self.env["ecom.flow.guard"]._shown(level, sold, stuck)
            if guard.has_seen_all(level):
                level.blind_at = False
            if guard.is_unexplainable(level):
                shown = self.env["ecom.flow.guard"]._give_up(channel, level, shown)
            if self._is_read_first(channel, level, shown):
                reading.append(self._row(level, 0, None))
                continue
            quantity = shown.quantity(level.decided)
            if quantity == shown.believed and not level.unsure:
                self.env["ecom.flow.guard"]._settle_unsent(level, shown, guard)
            elif quantity and quantity > (shown.believed or 0) and not guard.lets_pass(level):
                self.env["ecom.flow.guard"]._hold(level, guard)
            elif (told := budget.affordable(level, quantity, shown.believed)) is None:
                self.env["ecom.flow.budget"]._hold(level)
            else:
                rows.append(self._intent(channel, level, shown, told))
        return rows, reading

    def _is_read_first(self, channel, level, shown):
        """A zero is right whatever the channel shows; anything else needs to know it."""
        if not level.unsure and shown.quantity(level.decided) == shown.believed:
            # Whether its figure holds the sales of that very moment already, only the channel knows.
            return bool(shown.either)
        if not level.decided:
            return False
        if level.unsure or not level.known:
            return True
        if channel._adapter().limits.compare_and_set:
            return False
        was_read = level.counted_from != level.sent_at
        return not was_read or level.published_at < now() - FRESH_READING

    def _intent(self, channel, level, shown, quantity):
        """Write down what is about to be asked. A key is used for one call only: a channel that saw it before would do
        nothing, though its figure may have been changed since by somebody else."""
        unused = level.sent_sequence < level.sequence
        row = self._row(
            level,
            quantity,
            shown.believed if quantity and channel._adapter().limits.compare_and_set else None,
            sequence=level.sequence if unused else level.sequence + 1,
        )
        level.write(
            {
                "sequence": row.sequence,
                "sent": quantity,
                "sent_sequence": row.sequence,
                "sent_at": self.env.cr.now(),
                "sent_in_flight": shown.carried,
                "blind_at": level.blind_at if quantity else now(),
                "unsure": True,
                **self.env["ecom.flow.budget"]._spend(level),
                "held_back": False,
                "next_try": False,
            }
        )
        return row

    def _row(self, level, quantity, expected, sequence=None):
        sequence = level.sequence if sequence is None else sequence
        return Row(
            level_id=level.id,
            sequence=sequence,
            was_unsure=level.unsure,
            level=StockLevel(
                variant_id=level.listing_id.external_id,
                stock_id=level.listing_id.external_stock_id or "",
                location_id=level.location_map_id.code or "",
                quantity=quantity,
                expected=expected,
                key=f"{level.id}:{sequence}",
            ),
        )

    # -------------------------------------------------------------------- call
    def _call(self, batch):
        """The outward call. Never raises: the answer carries results or the error (`answer.raise_error()`)."""
        answer = Answer()
        step = self._read if batch.kind == "read" else self._push
        try:
            self._halved(batch, list(batch.rows), answer, step)
        except Exception as error:
            if not isinstance(error, ChannelError):
                _logger.exception("Channel %s: a stock call broke", batch.channel_id)
            answer.error = error
        return answer

    def _halved(self, batch, rows, answer, step):
        """A call that is rejected as a whole did nothing: it is made again in halves, down to the guilty level."""
        try:
            step(batch, rows, answer)
        except Rejected as error:
            if len(rows) == 1:
                answer.results[rows[0].level_id] = StockResult(
                    variant_id=rows[0].level.variant_id, outcome="rejected", problem=str(error)
                )
                return
            middle = len(rows) // 2
            for half in (rows[:middle], rows[middle:]):
                if time.monotonic() < answer.until:
                    self._halved(batch, half, answer, step)

    def _read(self, batch, rows, answer):
        told = batch.stock.read_stock(batch.client, [row.level for row in rows])
        for row in rows:
            figure = told.get((row.level.variant_id, row.level.location_id))
            held = read_quantity(figure)
            if held is not None:
                answer.held[row.level_id] = held
            elif figure is not None:
                answer.senseless.add(row.level_id)

    def _push(self, batch, rows, answer):
        results = batch.stock.push_stock(batch.client, [row.level for row in rows])
        found = {(result.variant_id, result.location_id): result for result in results}
        for row in rows:
            result = found.get((row.level.variant_id, row.level.location_id))
            # What it shows now makes no sense: as good as no answer, it is asked.
            if result is not None and (result.held is None or read_quantity(result.held) is not None):
                answer.results[row.level_id] = result

    # ------------------------------------------------------------------ settle
    def _settle(self, channel, batch, answer):
        """Write down what the channel said; see flow/acknowledge.py."""
        self.env["ecom.flow.acknowledge"]._acknowledge(channel, batch, answer)
