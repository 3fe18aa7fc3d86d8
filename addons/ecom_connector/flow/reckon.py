"""Orders -> how many units of a listing the channel sold without our stock knowing, as far as our tables can tell."""

from collections import Counter
from datetime import timedelta
from typing import NamedTuple

from odoo import SUPERUSER_ID, fields, models
from odoo.tools import SQL

from ..channels.errors import ChannelError
from .array import array

# An order that waits for its buyer's payment holds its units for so long; then it is not believed any more.
UNPAID_DAYS = 3
MOST_STUCK = 500
# A batch of orders is committed at the latest so long after it was begun.
LONGEST_BATCH = timedelta(minutes=1)

# {(database, message id): Counter of (variant, location)}: a stored message never changes, so it is read once a
# process. Only bodies are left out of memory by this; it may be lost at any time.
_units = {}


class Sold(NamedTuple):
    """Units of the listing in orders that became ours since some moment: placed after it, before it, or so close to it
    that nobody can tell. `_since_sent`: since the last write was sent; the others: since the channel last told what it
    shows, where anything between the question and the answer is close. Channels tell whole seconds."""

    sold: int = 0
    late: int = 0
    either: int = 0
    sold_since_sent: int = 0
    late_since_sent: int = 0
    either_since_sent: int = 0


class EcomFlowReckon(models.AbstractModel):
    _name = "ecom.flow.reckon"
    _description = "E-commerce: reckon"

    def _sold(self, levels):
        """Returns {level id: Sold}; levels without any are missing.

        Quotations count as orders: measuring holds their units back. At a channel without locations, all its orders
        count; else those that the level's warehouse serves.
        """
        self.env["sale.order"].flush_model()
        self.env["sale.order.line"].flush_model()
        # SQL: six sums over a join by listing, each level with its own moments.
        self.env.cr.execute(
            SQL(
                """SELECT level.id, %(sums)s
                     FROM ecom_stock_level level
                     JOIN ecom_listing listing ON listing.id = level.listing_id
                     JOIN sale_order_line line
                       ON line.ecom_listing_id = level.listing_id
                      AND line.create_date >= least(level.counted_from, level.sent_at)
                     JOIN sale_order sale ON sale.id = line.order_id AND sale.state IN ('draft', 'sent', 'sale')
                      AND (level.location_map_id IS NULL OR sale.warehouse_id = level.warehouse_id)
                    CROSS JOIN LATERAL (SELECT coalesce(sale.ecom_placed_at, '-infinity') AS placed) moment
                    WHERE level.id = ANY(%(ids)s) AND level.known
                    GROUP BY level.id""",
                sums=SQL(", ").join(
                    sums
                    for since, until in (("counted_from", "published_at"), ("sent_at", "sent_at"))
                    for sums in self._sums(SQL.identifier("level", since), SQL.identifier("level", until))
                ),
                ids=array(levels._ids),
            )
        )
        return {row[0]: Sold(*(round(units or 0) for units in row[1:])) for row in self.env.cr.fetchall()}

    @staticmethod
    def _sums(since, until):
        """Units placed after, before and between the two moments."""
        placed, first, last = (SQL("date_trunc('second', %s)", moment) for moment in (SQL("placed"), since, until))
        return [
            SQL("sum(line.product_uom_qty / listing.units) FILTER (WHERE line.create_date >= %s AND %s)", since, when)
            for when in (
                SQL("%s > greatest(%s, %s)", placed, first, last),
                SQL("%s < %s", placed, first),
                SQL("%s BETWEEN %s AND greatest(%s, %s)", placed, first, first, last),
            )
        ]

    def _uncounted(self, level):
        """Units in orders that were being placed by another worker while units were found missing: they were not to be
        seen then, and look older than that now."""
        lines = self.env["sale.order.line"].search(
            [
                ("ecom_listing_id", "=", level.listing_id.id),
                ("create_date", ">=", level.in_flight_at - LONGEST_BATCH),
                ("create_date", "<", level.counted_from),
            ]
        )
        return round(sum(lines.mapped("product_uom_qty")) / level.listing_id.units)

    # ------------------------------------------------------------------- stuck
    def _stuck(self, channels):
        """{channel id: the units of `_count_stuck`}; channels without any are missing."""
        found = {}
        for channel_id, messages in self._stuck_messages(channels).items():
            units = self._units_in(channels.browse(channel_id), messages) if messages else None
            if units:
                found[channel_id] = units
        return found

    def _count_stuck(self, channel):
        """Units in orders that came in and are not ours: they could not be placed, or wait for their payment.

        Returns (a Counter of (variant id, location id or ""), whether these are all). What only a hint told us and what
        cannot be read is not in it; a person is asked about those anyway.
        """
        messages = self._stuck_messages(channel)[channel.id]
        return self._units_in(channel, messages), len(messages) < MOST_STUCK

    def _units_in(self, channel, message_ids):
        database = self.env.cr.dbname
        self._read_units(channel, [number for number in message_ids if (database, number) not in _units])
        return sum((_units.get((database, number), Counter()) for number in message_ids), Counter())

    @staticmethod
    def _stuck_units(stuck, variant, place):
        """Those of one item at one place ("": everywhere); `stuck` as from `_stuck`. An order without a location
        concerns each of the channel's: better too much held back than too little."""
        if place:
            return stuck[variant, place] + stuck[variant, ""]
        return sum(count for (item, _place), count in stuck.items() if item == variant)

    def _stuck_messages(self, channels):
        """{channel id: ids of the newest stored word on each order that is not here}. Whoever ignored one by hand
        decided about it."""
        now = fields.Datetime.now()
        self.env["ecom.message"].flush_model()
        self.env.cr.execute(
            SQL(
                """SELECT channel.id, ARRAY(
                              SELECT DISTINCT ON (message.external_id) message.id
                                FROM ecom_message message
                               WHERE message.channel_id = channel.id AND message.direction = 'in'
                                 AND message.topic = 'orders'
                                 AND (message.state = 'failed'
                                      OR message.state = 'waiting' AND message.next_try > %(now)s
                                      OR message.state = 'ignored' AND message.write_uid = %(flow)s
                                         AND message.create_date > %(now)s - %(days)s * interval '1 day')
                                 AND NOT EXISTS (SELECT FROM sale_order sale
                                                  WHERE sale.ecom_channel_id = message.channel_id
                                                    AND sale.ecom_external_id = message.external_id)
                               ORDER BY message.external_id, message.id DESC
                               LIMIT %(most)s)
                     FROM unnest(%(channels)s) channel (id)""",
                channels=list(channels._ids),
                now=now,
                flow=SUPERUSER_ID,
                days=UNPAID_DAYS,
                most=MOST_STUCK,
            )
        )
        return dict(self.env.cr.fetchall())

    def _read_units(self, channel, message_ids):
        orders = channel._adapter().noun("orders")
        payloads = self.env["ecom.payload"].sudo().search([("message_id", "in", message_ids)])
        for payload in payloads if orders else ():
            try:
                order = orders.parse_order(bytes(payload.body or b""))
            except ChannelError:
                units = Counter()
            else:
                units = self._order_units(order)
            _units[self.env.cr.dbname, payload.message_id.id] = units

    def _order_units(self, order):
        units = Counter()
        if order.status != "cancelled" and order.fulfilment in ("open", "partial"):
            for line in order.lines:
                if line.kind == "product" and line.variant_id and line.quantity > 0:
                    units[line.variant_id, order.location] += round(line.quantity)
        return units
