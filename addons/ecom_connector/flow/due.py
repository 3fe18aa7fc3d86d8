"""Which topic of which channel is due, and which of them is the most urgent: the statement of a claim."""

from odoo import models
from odoo.tools import SQL

from .ahead import UNASKED
from .clock import now
from .work import ANY

# Head start in seconds: a topic that just ran waits this much longer than one of weight 0.
WEIGHTS = {"stock": 0.0, "outbox": 0.5, "ahead": 0.5, "queue": 1.0, "orders": 1.0, "inbox": 1.0}
WEIGHTS |= {"invoices": 2.0, "refunds": 2.0, "products": 2.0}
INDOORS = "invoices"  # the only topic that never speaks with the channel
# Asks for what was announced while the inbox places what is here. Nothing else begins beside it.
AHEAD, INBOX = "ahead", "inbox"


class EcomFlowRun(models.AbstractModel):
    _inherit = "ecom.flow.run"

    def _claim_query(self):
        """SQL because the ORM knows neither SKIP LOCKED nor a CASE over EXISTS.

        The topic that ran longest ago comes first, after its weight: stock overtakes, nothing starves. One worker at a
        time speaks with a channel, so a shop that hangs until the time-out costs one worker, not all.
        """
        weights = SQL(" ").join(
            SQL("WHEN %s THEN %s * interval '1 second'", topic, weight) for topic, weight in WEIGHTS.items()
        )
        return SQL(
            """SELECT c.id, c.channel_id, c.company_id, c.topic, c.failures
                 FROM ecom_channel_cursor c
                 JOIN ecom_channel ch ON ch.id = c.channel_id
                WHERE %(ready)s AND (CASE c.topic
                          WHEN 'inbox' THEN %(inbox)s
                          WHEN 'ahead' THEN %(ahead)s
                          WHEN 'outbox' THEN ch.mode = 'live' AND %(outbox)s
                          WHEN 'stock' THEN ch.mode = 'live' AND ch.publish_stock AND %(stock)s
                          WHEN 'invoices' THEN %(invoices)s
                          WHEN 'refunds' THEN EXISTS (SELECT FROM ecom_refund r
                                                       WHERE r.channel_id = c.channel_id AND r.lines_wanted)
                          WHEN 'webhooks' THEN ch.mode = 'live' AND c.next_try IS NOT NULL
                          WHEN 'offers' THEN ch.mode = 'live' AND c.next_try IS NOT NULL
                          WHEN 'site_prices' THEN ch.mode = 'live' AND c.next_try IS NOT NULL
                          ELSE c.next_try IS NOT NULL END)
                ORDER BY coalesce(c.last_run, '2000-01-01') + CASE c.topic %(weights)s ELSE interval '1 second' END
                LIMIT 1
                  FOR NO KEY UPDATE OF c SKIP LOCKED""",
            ready=self._ready_condition(),
            inbox=self._message_due("in"),
            ahead=self._ahead_due(),
            outbox=self._message_due("out"),
            stock=self._stock_due(),
            invoices=self._invoice_due(),
            weights=weights,
        )

    def _ready_condition(self):
        return SQL(
            """ch.active AND ch.mode <> 'off' AND NOT coalesce(c.paused, FALSE)
               AND (c.leased_until IS NULL OR c.leased_until < %(now)s)
               AND (c.next_try IS NULL OR c.next_try <= %(now)s)
               AND (c.topic = %(indoors)s
                    OR NOT EXISTS (SELECT FROM ecom_channel_cursor other
                                    WHERE other.channel_id = c.channel_id AND other.topic <> %(indoors)s
                                      AND other.leased_until >= %(now)s
                                      AND NOT (c.topic = %(ahead)s AND other.topic = %(inbox)s)))""",
            now=now(),
            indoors=INDOORS,
            ahead=AHEAD,
            inbox=INBOX,
        )

    def _message_due(self, direction, condition=ANY):
        return SQL(
            """EXISTS (SELECT FROM ecom_message m
                        WHERE m.channel_id = c.channel_id AND m.direction = %(direction)s AND m.state = 'waiting'
                          AND m.next_try <= %(now)s AND (m.leased_until IS NULL OR m.leased_until < %(now)s)
                          AND %(condition)s)""",
            direction=direction,
            now=now(),
            condition=condition,
        )

    def _ahead_due(self):
        """While the inbox is being worked on; a worker who is alone asks and places by himself. Not of a channel that
        did not answer a moment ago: a second worker would only hang beside the first."""
        return SQL(
            """EXISTS (SELECT FROM ecom_channel_cursor inbox
                        WHERE inbox.channel_id = c.channel_id AND inbox.topic = %(inbox)s
                          AND inbox.leased_until >= %(now)s)
               AND NOT EXISTS (SELECT FROM ecom_message m
                                WHERE m.channel_id = c.channel_id AND m.direction = 'in' AND m.state = 'waiting'
                                  AND m.hint AND m.problem IS NOT NULL)
               AND %(unasked)s""",
            inbox=INBOX,
            now=now(),
            unasked=self._message_due("in", UNASKED),
        )

    def _stock_due(self):
        return SQL(
            """EXISTS (SELECT FROM ecom_stock_level l
                        WHERE l.channel_id = c.channel_id AND l.sequence > l.published_sequence
                          AND (l.next_try IS NULL OR l.next_try <= %(now)s))""",
            now=now(),
        )

    def _invoice_due(self):
        return SQL("EXISTS (SELECT FROM sale_order o WHERE o.ecom_channel_id = c.channel_id AND o.ecom_invoice_due)")
