"""The engine: who works on what, for how long, and what a failure means.

What is due stands in the tables, never in timers. A pass claims the most urgent topic of a channel by lease, lets
`ecom.flow.work` do about a second of it, and goes on with the next until its time is up. Two equal scheduled actions
run passes; `queue_job` workers may run more of them beside.
"""

import logging
import random
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api, models
from odoo.tools import SQL

from ..channels.errors import Busy, ChannelError, Refused, Unreachable, Withheld
from .clock import now

_logger = logging.getLogger(__name__)

PASS_SECONDS = 6.0  # plus one HTTP time-out (12 s) stays below the 20 s a pass may take
SLICE_SECONDS = 0.8
# Stock changes decided together: enough that what a transaction costs is little, few enough that it stays short.
CHANGES = 17000
LEASE_SECONDS = 45
BACKOFF = (5, 15, 60, 180, 600, 1800)  # seconds after the 1st, 2nd ... failure in a row
# Due whenever something waits; the others at a time of their own.
WORK = ("inbox", "ahead", "outbox", "stock", "invoices", "refunds")
CLAIM_LOCK = 0x65636F6D  # of PostgreSQL's advisory locks, for the short moment of a claim


@dataclass(frozen=True, slots=True)
class Task:
    """One claimed topic of one channel, leased to `worker`. `until` is a `time.monotonic()` moment: end the slice
    then."""

    cursor_id: int
    channel_id: int
    company_id: int
    topic: str
    failures: int
    until: float
    worker: str = ""


def backoff(failures: int) -> timedelta:
    """Time to wait after so many failures in a row; up to 25 % jitter, or all channels would come back at once."""
    seconds = BACKOFF[min(max(failures, 1), len(BACKOFF)) - 1]
    return timedelta(seconds=seconds * random.uniform(1.0, 1.25))


class EcomFlowRun(models.AbstractModel):
    _name = "ecom.flow.run"
    _description = "E-commerce: engine"

    # ------------------------------------------------------------------ entry
    @api.model
    def _cron_work(self):
        """Called by the scheduled actions. Never raises: Odoo switches off what fails for long."""
        try:
            if self._pass(PASS_SECONDS):
                with self._transaction() as env:
                    env["ecom.flow.run"]._wake()
            elif self.env.context.get("cron_id"):
                self.env["ecom.flow.alarm"]._leave()
        except Exception:
            _logger.exception("A pass of the e-commerce engine ended early")

    @api.model
    def _wake(self):
        """Let the workers look at the tables once this transaction is committed."""
        self.env["ecom.flow.wake"]._after_commit()

    @api.model
    def _pass(self, seconds):
        """Work for about `seconds`. True when work that is due was left."""
        end = time.monotonic() + seconds
        self.env["ecom.flow.take_over"]._take_over()
        while True:
            self._decide_changes()
            task = self._claim()
            if task is None:
                return False
            self._run_task(task)
            if time.monotonic() >= end:
                return True

    def _decide_changes(self):
        """Stock that moved is decided before anything else: it is short work and what a merchant waits for."""
        limit = CHANGES
        for _attempt in range(3):
            try:
                with self._transaction() as env:
                    if not env["ecom.flow.decide"]._decide_changes(limit):
                        return
            except OperationalError:
                # Whoever collided with others takes less.
                limit //= 10
            except Exception:
                _logger.exception("Deciding stock failed")
                return

    # ------------------------------------------------------------- transactions
    @contextmanager
    def _transaction(self, channel_id=None, company_id=None):
        """A transaction of its own as the system user. Yields env, or with a channel (env, channel): in its company,
        in the language of the person who reads what goes wrong there."""
        with self.pool.cursor() as cr:
            context = {"allowed_company_ids": [company_id]} if company_id else {}
            env = api.Environment(cr, SUPERUSER_ID, {**context, "ecom_flow": True})
            if not channel_id:
                yield env
                return
            channel = env["ecom.channel"].browse(channel_id)
            lang = channel.responsible_id.lang or channel.company_id.partner_id.lang
            channel = channel.with_context(lang=lang)
            yield channel.env, channel

    # -------------------------------------------------------------------- claim
    @api.model
    def _claim(self):
        """Lease the most urgent due topic and return it as a Task, or None.

        Workers claim one after the other: a lease of one topic keeps the others from most of that channel's topics. The
        lock has a transaction of its own, so that the claim's begins, and looks, when the one before is committed.
        """
        worker = self.env["ecom.flow.take_over"]._worker()
        with self.pool.cursor() as turn:
            turn.execute("SELECT pg_advisory_xact_lock(%s)", [CLAIM_LOCK])
            for _attempt in range(5):
                try:
                    with self._transaction() as env:
                        return env["ecom.flow.run"]._claim_once(worker)
                except OperationalError:  # a person's Resume was written at the same moment
                    continue
        return None

    def _claim_once(self, worker=""):
        cr = self.env.cr
        cr.execute(self._claim_query(), log_exceptions=False)
        row = cr.fetchone()
        if row is None:
            return None
        cursor_id, channel_id, company_id, topic, failures = row
        # The lease is written by statement: the claim must stay one short round trip.
        cr.execute(
            SQL(
                """UPDATE ecom_channel_cursor
                      SET leased_until = %(until)s, leased_by = %(worker)s,
                          last_run = clock_timestamp() AT TIME ZONE 'UTC'
                    WHERE id = %(id)s""",
                until=now() + timedelta(seconds=LEASE_SECONDS),
                worker=worker,
                id=cursor_id,
            )
        )
        return Task(cursor_id, channel_id, company_id, topic, failures or 0, time.monotonic() + SLICE_SECONDS, worker)

    # ----------------------------------------------------------------- one task
    def _run_task(self, task):
        """Do one slice and write down how it went. An error of one channel never reaches another."""
        try:
            next_try = self.env["ecom.flow.work"]._slice(task)
        except Refused as error:
            self._pause(task, error)
        except ChannelError as error:
            self._record_failure(task, error, self._delay(task, error))
        except OperationalError as error:
            _logger.info("Channel %s, %s: %s; tried again at once", task.channel_id, task.topic, type(error).__name__)
            self._release(task, {"next_try": None if task.topic in WORK else now()})
        except Exception as error:
            _logger.exception("Channel %s, %s: the slice failed", task.channel_id, task.topic)
            self._record_failure(task, error, backoff(task.failures + 1))
        else:
            self._release(task, {"next_try": next_try, "failures": 0, "problem": None, "last_success": now()})

    @staticmethod
    def _delay(task, error):
        if isinstance(error, Busy):
            return timedelta(seconds=error.retry_after)
        if isinstance(error, Unreachable):
            return backoff(task.failures + 1)
        return backoff(task.failures + 2)

    def _record_failure(self, task, error, delay):
        said = str(error) if isinstance(error, ChannelError) else f"Internal error: {type(error).__name__}"
        self._release(
            task,
            {"next_try": now() + delay, "failures": task.failures + 1, "problem": said[:500]},
        )

    def _pause(self, task, error):
        """Our access is refused: the whole channel waits for a person."""
        self._release(task, {"problem": str(error)[:500], "failures": task.failures + 1})
        with self._transaction(task.channel_id, task.company_id) as (env, channel):
            channel.cursor_ids.write({"paused": True})
            env["ecom.exception"]._open(
                channel,
                category="connection",
                severity="3",
                name=self._pause_title(env, channel, error),
                detail=str(error),
                dedupe_key="refused",
            )

    @staticmethod
    def _pause_title(env, channel, error):
        if isinstance(error, Withheld):
            return env._("%(channel)s is paused", channel=channel.name)
        return env._("%(channel)s refuses our access", channel=channel.name)

    def _release(self, task, values):
        """Give the lease back, unless another worker has it by now: then his word counts. One statement, retried: a
        person's Resume may be written at the same moment."""
        columns = SQL(", ").join(SQL("%s = %s", SQL.identifier(name), value) for name, value in values.items())
        for _attempt in range(5):
            try:
                with self.pool.cursor() as cr:
                    cr.execute(
                        SQL(
                            "UPDATE ecom_channel_cursor SET leased_until = NULL, %s WHERE id = %s AND leased_by = %s",
                            columns,
                            task.cursor_id,
                            task.worker,
                        ),
                        log_exceptions=False,
                    )
                return
            except OperationalError:
                continue
