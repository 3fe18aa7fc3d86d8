"""What a worker held when it died goes on at once, instead of when its lease ends.

Odoo keeps the row of a scheduled action locked while it runs, in a session that ends with its process. So whoever runs
an action is the only one who does, and a lease in the name of that action is left from a run that was killed or
stopped, on whatever host. What runs outside a scheduled action is given no name of one: its leases end by time.
"""

import os
import threading
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, models
from odoo.tools import SQL

from .acknowledge import LATE
from .clock import now
from .work import MESSAGE_LEASE_SECONDS

# A call that the dead one had just made is over by then, done or not: the longest HTTP time-out, and some more.
CALL_SECONDS = 15


class EcomFlowTakeOver(models.AbstractModel):
    _name = "ecom.flow.take_over"
    _description = "E-commerce: take over"

    @api.model
    def _worker(self):
        """The name under which this run leases."""
        place = f"{os.uname().nodename}:{os.getpid()}:{threading.get_ident()}"
        cron_id = self.env.context.get("cron_id")
        return f"{self._name_of(cron_id)}{place}" if cron_id else place

    @staticmethod
    def _name_of(cron_id):
        return f"cron {cron_id} at "

    @api.model
    def _take_over(self):
        """Free what earlier runs of the scheduled action that is running now have left leased."""
        cron_id = self.env.context.get("cron_id")
        for _attempt in range(3 if cron_id else 0):
            try:
                # What a dying session commits last may collide with this, so it has a transaction of its own.
                with self.env["ecom.flow.run"]._transaction() as env:
                    return env["ecom.flow.take_over"]._free(self._name_of(cron_id))
            except OperationalError:
                continue

    def _free(self, name):
        """SQL: conditional writes beside workers and people, as all that concerns leases."""
        self.env.cr.execute(
            SQL(
                """UPDATE ecom_channel_cursor SET leased_until = NULL
                    WHERE starts_with(leased_by, %s) AND leased_until >= %s RETURNING channel_id, topic""",
                name,
                now(),
            )
        )
        for channel_id, topic in self.env.cr.fetchall():
            if free := getattr(self, f"_free_{topic}", None):
                free(channel_id)

    def _free_inbox(self, channel_id):
        self._free_messages(channel_id, "in", MESSAGE_LEASE_SECONDS)

    def _free_outbox(self, channel_id):
        """The channel is asked whether it was told, once nobody can be telling it any more."""
        self._free_messages(channel_id, "out", MESSAGE_LEASE_SECONDS - CALL_SECONDS)

    def _free_messages(self, channel_id, direction, earlier):
        """Only whoever leases the topic leases its messages."""
        self.env.cr.execute(
            SQL(
                """UPDATE ecom_message SET leased_until = leased_until - %s
                    WHERE channel_id = %s AND direction = %s AND state = 'waiting' AND leased_until >= %s""",
                timedelta(seconds=earlier),
                channel_id,
                direction,
                now(),
            )
        )

    def _free_stock(self, channel_id):
        """What a call was made for is asked for once that call is over; the rest of the channel's stock at once."""
        self.env.cr.execute(
            SQL(
                """UPDATE ecom_stock_level SET next_try = sent_at + %(call)s, look_again_at = sent_at + %(late)s
                    WHERE channel_id = %(channel)s AND unsure AND sequence > published_sequence
                      AND sent_at > %(now)s - %(call)s AND next_try IS NULL""",
                channel=channel_id,
                call=timedelta(seconds=CALL_SECONDS),
                late=LATE,
                now=now(),
            )
        )
