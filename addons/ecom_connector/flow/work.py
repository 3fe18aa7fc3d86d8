"""What a slice of each topic is: which transactions it opens, and in what order the steps are taken.

Outward calls are made between transactions that write, never inside one; what a call is for was committed before it.
"""

import logging
import time
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import models
from odoo.tools import SQL

from .clock import now

_logger = logging.getLogger(__name__)

MESSAGE_LEASE_SECONDS = 60
SMALLEST_BATCH, LARGEST_BATCH = 5, 100
# A batch should take about this long: enough orders that what a batch costs by itself is little, and few enough that
# stock waits no more than a moment behind them.
BATCH_SECONDS = 1.5
SAID_OF_ONE = 4  # messages about one order that are looked for at a time
ANY, NOTICE, HERE = SQL("TRUE"), SQL("topic IN ('stock', 'products')"), SQL("(attempts > 0 OR NOT hint)")

# Seconds an order took lately, by database and channel: sizes the next batch. Only a guess, so it may be lost.
_pace = {}


class EcomFlowWork(models.AbstractModel):
    _name = "ecom.flow.work"
    _description = "E-commerce: slices of work"

    def _slice(self, task):
        """Work on the task until `task.until`. Returns when to look again, None for "whenever work is there"."""
        return getattr(self, f"_slice_{task.topic}")(task)

    def _transaction(self, task):
        return self.env["ecom.flow.run"]._transaction(task.channel_id, task.company_id)

    # -------------------------------------------------------------- asking
    def _slice_orders(self, task):
        """Ask for changed orders, page by page; each page and the place read up to are committed together."""
        while True:
            with self._transaction(task) as (env, channel):
                question = env["ecom.flow.receive"]._question(channel)
            page = self.env["ecom.flow.receive"]._ask(question)
            with self._transaction(task) as (env, channel):
                next_try = env["ecom.flow.receive"]._store_page(channel, question, page)
                if next_try:
                    env["ecom.flow.guard"]._release(channel)
            if next_try or time.monotonic() >= task.until:
                return next_try or now()

    def _slice_products(self, task):
        """Read the catalogue, page by page."""
        while True:
            with self._transaction(task) as (env, channel):
                question = env["ecom.flow.catalogue"]._question(channel)
            page = self.env["ecom.flow.catalogue"]._ask(question)
            with self._transaction(task) as (env, channel):
                next_try, more = env["ecom.flow.catalogue"]._store_page(channel, question, page)
            if not more or time.monotonic() >= task.until:
                return next_try

    # --------------------------------------------------------------- inbox
    def _slice_inbox(self, task):
        while time.monotonic() < task.until:
            # Notices overtake orders: that units were sold is known before the orders that say to whom.
            notices = self._claim_messages(task, "in", LARGEST_BATCH, NOTICE)
            if notices:
                self._work_in(task, notices)
            # Those that were fetched ahead first, see flow/ahead.py.
            size = self._batch_size(task)
            ids = self._claim_orders(task, size, HERE) or self._claim_orders(task, size)
            if not ids:
                break
            started = time.monotonic()
            new = self._work_in(task, ids)
            if new:
                _pace[self.env.cr.dbname, task.channel_id] = (time.monotonic() - started) / new
            if self._has_stock_moved():
                break
        with self._transaction(task) as (env, channel):
            env["ecom.flow.guard"]._release(channel)
        return None

    def _has_stock_moved(self):
        """Orders wait for stock, not the other way round: what these orders took is told before the next ones come."""
        with self.pool.cursor() as cr:
            cr.execute("SELECT EXISTS (SELECT FROM ecom_stock_change)")
            return cr.fetchone()[0]

    def _batch_size(self, task):
        seconds = _pace.get((self.env.cr.dbname, task.channel_id), 0.08)
        return max(SMALLEST_BATCH, min(LARGEST_BATCH, int(BATCH_SECONDS / max(seconds, 0.001))))

    def _work_in(self, task, ids):
        """Read, then place, one batch of messages; how many of them were new orders. What came twice is no measure of
        the time that an order takes. A channel that cannot be asked gives the messages back."""
        try:
            with self._transaction(task) as (env, channel):
                readings = env["ecom.flow.normalise"]._read(channel, env["ecom.message"].browse(ids))
            return self._place(task, readings)
        except Exception:
            self._give_back(ids)
            raise

    def _place(self, task, readings):
        """How many of them were new orders. Whoever collides with others goes on with fewer at a time: what is short
        collides rarely, and less is done in vain."""
        for _attempt in range(4):
            try:
                with self._transaction(task) as (env, channel):
                    return env["ecom.flow.place"]._settle(channel, readings)
            except OperationalError as error:
                collision = error
            _logger.info("Channel %s: %s orders are placed again: %s", task.channel_id, len(readings), collision)
            if len(readings) > SMALLEST_BATCH:
                middle = len(readings) // 2
                return self._place(task, readings[:middle]) + self._place(task, readings[middle:])
        raise collision

    # ------------------------------------------------------------- invoices
    def _slice_invoices(self, task):
        """Bookkeeping, a few orders at a time: it takes longer than placing them, and nobody waits for it."""
        while time.monotonic() < task.until:
            with self._transaction(task) as (env, channel):
                more = env["ecom.flow.invoice"]._invoice_due(channel)
            if not more:
                break
        return None

    # -------------------------------------------------------------- outbox
    def _slice_outbox(self, task):
        """Tell the channel what it must hear, one message after another: the intent was committed before."""
        while time.monotonic() < task.until:
            ids = self._claim_messages(task, "out", 1)
            if not ids:
                break
            try:
                with self._transaction(task) as (env, channel):
                    call = env["ecom.flow.send"]._prepare(channel, env["ecom.message"].browse(ids))
                answer = self.env["ecom.flow.send"]._call(call)
            except Exception:
                self._give_back(ids)
                raise
            self._settle_out(task, ids, answer)
        return None

    def _settle_out(self, task, ids, answer):
        """What was told is written down, also when somebody wrote on the same parcel in that moment."""
        for attempt in range(4):
            try:
                with self._transaction(task) as (env, channel):
                    env["ecom.flow.send"]._settle(channel, env["ecom.message"].browse(ids), answer)
                return
            except OperationalError:
                if attempt == 3:
                    raise

    # --------------------------------------------------------------- stock
    def _slice_stock(self, task):
        """Publish batch after batch: intend (committed), call, settle."""
        publish = "ecom.flow.publish"
        while time.monotonic() < task.until:
            with self._transaction(task) as (env, channel):
                batch = env[publish]._intend(channel)
            if not batch:
                break
            answer = self.env[publish]._call(batch)
            self._settle_stock(task, batch, answer)
            answer.raise_error()
        return None

    def _settle_stock(self, task, batch, answer):
        """What the channel said is written down, also when its levels were decided anew in that moment."""
        for attempt in range(4):
            try:
                with self._transaction(task) as (env, channel):
                    env["ecom.flow.publish"]._settle(channel, batch, answer)
                return
            except OperationalError:
                if attempt == 3:
                    raise

    # -------------------------------------------------------------- messages
    def _claim_orders(self, task, limit, condition=ANY):
        """Lease what waits of so many orders, or other things, those that wait longest first. Platforms announce one
        change several times: it is one piece of work, and the order is asked for once."""
        ids = SQL(
            """id = ANY(ARRAY(
                   SELECT id FROM (
                       SELECT id, dense_rank() OVER (ORDER BY first) AS place FROM (
                           SELECT id, min(place) OVER (PARTITION BY topic, coalesce(external_id, event_key)) AS first
                             FROM (SELECT id, topic, external_id, event_key,
                                          row_number() OVER (ORDER BY next_try, id) AS place
                                     FROM ecom_message
                                    WHERE channel_id = %(channel)s AND direction = 'in' AND state = 'waiting'
                                      AND next_try <= %(now)s AND (leased_until IS NULL OR leased_until < %(now)s)
                                      AND %(condition)s
                                    ORDER BY next_try, id LIMIT %(most)s) due) said) ranked
                    WHERE place <= %(limit)s))""",
            channel=task.channel_id,
            now=now(),
            condition=condition,
            limit=limit,
            most=limit * SAID_OF_ONE,
        )
        return self._claim_messages(task, "in", limit * SAID_OF_ONE, ids)

    def _claim_messages(self, task, direction, limit, condition=ANY):
        """Lease up to `limit` due messages, oldest first. The first statement of a fresh transaction (SKIP LOCKED).

        MATERIALIZED: some plans run a subquery with a limit again and again, and then take more than the limit.
        """
        moment = now()
        query = SQL(
            """WITH due AS MATERIALIZED (
                   SELECT id FROM ecom_message
                    WHERE channel_id = %(channel)s AND direction = %(direction)s AND state = 'waiting'
                      AND next_try <= %(now)s AND (leased_until IS NULL OR leased_until < %(now)s) AND %(condition)s
                    ORDER BY next_try, id LIMIT %(limit)s
                      FOR NO KEY UPDATE SKIP LOCKED)
               UPDATE ecom_message message
                  SET leased_until = %(until)s, attempts = coalesce(message.attempts, 0) + 1
                 FROM due WHERE message.id = due.id
            RETURNING message.id""",
            until=moment + timedelta(seconds=MESSAGE_LEASE_SECONDS),
            channel=task.channel_id,
            direction=direction,
            now=moment,
            limit=limit,
            condition=condition,
        )
        for _attempt in range(5):
            try:
                with self.pool.cursor() as cr:
                    cr.execute(query, log_exceptions=False)
                    return sorted(row[0] for row in cr.fetchall())
            except OperationalError:
                continue
        return []

    def _give_back(self, ids):
        """Drop the lease of messages that could not be worked on; they wait for the channel, not for a person."""
        for _attempt in range(5):
            try:
                with self.pool.cursor() as cr:
                    cr.execute(
                        SQL("UPDATE ecom_message SET leased_until = NULL WHERE id = ANY(%s)", list(ids)),
                        log_exceptions=False,
                    )
                return
            except OperationalError:
                continue
