"""Work that falls due by itself in some seconds: the workers are woken then, and not with their next round.

An idle Odoo looks at its scheduled actions once a minute. What is only a matter of time (a retry, the next look into a
queue) would wait that long, so whoever finds nothing to do leaves an alarm in his process. It is no more than that: if
the process ends before, the round of the minute finds the work.
"""

import threading
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from .clock import now
from .wake import wake

ROUND = timedelta(seconds=60)
# By database: (moment, timer). Only the earliest counts.
_alarms = {}


class EcomFlowAlarm(models.AbstractModel):
    _name = "ecom.flow.alarm"
    _description = "E-commerce: alarm"

    @api.model
    def _leave(self):
        """Have the workers woken when the next thing falls due, if that is before their next round."""
        with self.env["ecom.flow.run"]._transaction() as env:
            moment = env["ecom.flow.alarm"]._next_due()
        if moment:
            _set(self.env.registry, moment)

    def _next_due(self):
        """The next moment at which something falls due, None: not within a round. Nothing that is due already: it
        waits for something else than time.

        SQL: the soonest of three tables in one round trip, at the end of every pass.
        """
        self.env.cr.execute(
            SQL(
                """SELECT min(due) FROM (
                     SELECT min(c.next_try) AS due
                       FROM ecom_channel_cursor c JOIN ecom_channel ch ON ch.id = c.channel_id
                      WHERE ch.active AND ch.mode <> 'off' AND NOT coalesce(c.paused, FALSE)
                        AND c.next_try > %(now)s AND c.next_try < %(end)s
                      UNION ALL
                     SELECT min(next_try) FROM ecom_message
                      WHERE state = 'waiting' AND next_try > %(now)s AND next_try < %(end)s
                      UNION ALL
                     SELECT min(next_try) FROM ecom_stock_level
                      WHERE sequence > published_sequence AND next_try > %(now)s AND next_try < %(end)s) soon""",
                now=now(),
                end=now() + ROUND,
            )
        )
        return self.env.cr.fetchone()[0]


def _set(registry, moment):
    known, timer = _alarms.get(registry.db_name, (None, None))
    if timer and timer.is_alive():
        if known <= moment:
            return
        timer.cancel()
    timer = threading.Timer(max((moment - now()).total_seconds(), 0), wake, (registry,))
    timer.daemon = True
    _alarms[registry.db_name] = moment, timer
    timer.start()
