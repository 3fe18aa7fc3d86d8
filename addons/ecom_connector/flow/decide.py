"""Stock changes -> what each listing may show."""

import math
from functools import partial
from typing import NamedTuple

from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.gc import disabling_gc

from .array import array

# Quantities are sums of floats: 12 units less a billionth are still one listing of 12.
DUST = 1e-6


class Level(NamedTuple):
    """What is needed of a level to decide it; plain, because there may be a million of them."""

    id: int
    listing_id: int
    channel_id: int
    company_id: int
    product_id: int
    warehouse_id: int
    units: float
    sold: bool  # False: the product is archived here


class EcomFlowDecide(models.AbstractModel):
    """The buffer add-on fills this seam: it extends `_decide_values` with its rules and `_decision_columns` with the
    terms it keeps."""

    _name = "ecom.flow.decide"
    _description = "E-commerce: decide"

    def _decide_changes(self, limit):
        """Consume up to `limit` stock changes and decide the levels of their listings. Returns how many were read.

        Taking the changes and deciding are one transaction: whoever dies in between leaves them for the next.
        """
        # SQL: changes are appended by any number of transactions, which become visible in no order; only taking rows
        # away misses none. An ARRAY is chosen once, whatever the plan; some plans would ask for rows with a limit again
        # and again, and so take more of them than that.
        self.env.cr.execute(
            SQL(
                """WITH taken AS (
                       DELETE FROM ecom_stock_change WHERE ctid = ANY(ARRAY(
                           SELECT ctid FROM ecom_stock_change ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED))
                       RETURNING product_id, changed_at)
                   SELECT product_id, min(changed_at), count(*) FROM taken GROUP BY product_id""",
                limit,
            )
        )
        changes = self.env.cr.fetchall()
        changed_at = {product_id: moment for product_id, moment, _count in changes}
        if changed_at:
            changed_at = self._spread(changed_at)
            self._write_decisions(self._levels(SQL("level.product_id = ANY(%s)", array(changed_at))), changed_at)
        return sum(count for _product_id, _moment, count in changes)

    def _spread(self, changed_at):
        """{product_id: moment} of all products whose listings may be concerned. Kits follow their components: the
        add-on that knows of them adds them here."""
        return changed_at

    def _decide(self, levels):
        """Decide these levels now."""
        self.env["ecom.stock.level"].flush_model()
        rows = self._levels(SQL("level.id = ANY(%s)", array(levels._ids)))
        self._write_decisions(rows, {})

    # ------------------------------------------------------------------ decide
    def _levels(self, condition):
        """The levels in question that belong to a channel somebody runs. `condition` is on the alias `level`.

        Sorted by id, so that two deciders lock them in the same order.
        """
        self.env.cr.execute(
            SQL(
                """SELECT level.id, level.listing_id, level.channel_id, channel.company_id, level.product_id,
                          level.warehouse_id, listing.units::float8, product.active
                     FROM ecom_stock_level level
                     JOIN ecom_listing listing ON listing.id = level.listing_id
                     JOIN product_product product ON product.id = level.product_id
                     JOIN ecom_channel channel ON channel.id = level.channel_id
                    WHERE %s AND channel.active AND channel.mode <> 'off' AND channel.publish_stock
                    ORDER BY level.id""",
                condition,
            )
        )
        # As `Level._make`, at half of what it costs.
        return list(map(partial(tuple.__new__, Level), self.env.cr.fetchall()))

    def _recount(self, levels):
        """Measure and decide these levels, list of Level, and keep nothing. Returns what `_decide_values` does."""
        return self._decide_values(levels, self.env["ecom.flow.measure"]._measure_levels(levels))

    def _decide_values(self, levels, measured):
        """What to keep of each decision: {level id: {column of `_decision_columns`: value}}. Levels that are decided
        alike share one dict: most are in the same few situations.

        `levels`: list of Level. `measured`: {level id: Terms}, all of them in it.
        "decided" is a whole number of listings, never below zero.
        """
        values, told = {}, {}
        for level in levels:
            terms = measured[level.id]
            key = terms, level.units, level.sold
            if key not in told:
                told[key] = {
                    "on_hand": terms.on_hand,
                    "reserved": terms.reserved,
                    "waiting": terms.waiting,
                    "free_quantity": terms.free,
                    "decided": max(0, math.floor(terms.free / level.units + DUST)) if level.sold else 0,
                }
            values[level.id] = told[key]
        return values

    def _decision_columns(self):
        """{column of the level: its type in the database}, for the one statement that keeps all decisions."""
        terms = ("on_hand", "reserved", "waiting", "free_quantity")
        return {"decided": "integer", **dict.fromkeys(terms, "numeric")}

    # -------------------------------------------------------------------- keep
    def _write_decisions(self, levels, changed_at):
        """Measure, decide and keep. `changed_at`: {product_id: when its change was committed}, may lack some.

        Every level that was looked at is written, also where nothing changed. Without that, a slow decider with an
        older view of the stock could overwrite the decision of a faster one who found that nothing had to be written,
        and no change would be left to put it right. So the slow one fails to serialise, and looks again.
        """
        if not levels:
            return
        # Plain values by the hundred thousand, and no cycle among them: to look for some takes a tenth of the time.
        with disabling_gc():
            values = self._recount(levels)
            query = self._decisions_query(levels, values, changed_at, fields.Datetime.now())
        self.env.cr.execute(query, log_exceptions=False)
        self.env["ecom.stock.level"].invalidate_model()

    def _decisions_query(self, levels, values, changed_at, now):
        """One statement for any number of levels; the ORM would send one for each hundred. What levels have in common
        is sent once, and each says by number which decision is its own."""
        ids = [level.id for level in levels]
        told = [values[level_id] for level_id in ids]
        keys = list(map(id, told))
        decisions = dict(zip(keys, told, strict=True))
        numbers = {key: number for number, key in enumerate(decisions)}
        columns = self._decision_columns()
        names = [SQL.identifier(name) for name in columns]
        return SQL(
            """UPDATE ecom_stock_level level
                  SET %(terms)s, measured_at = %(now)s,
                      decided_at = CASE WHEN %(new)s THEN %(now)s ELSE level.decided_at END,
                      sequence = CASE WHEN level.decided_at IS NULL THEN greatest(level.sequence, 1)
                                      WHEN %(new)s THEN level.sequence + 1 ELSE level.sequence END,
                      next_try = CASE WHEN %(new)s THEN NULL ELSE level.next_try END,
                      changed_at = CASE WHEN NOT (%(new)s) THEN level.changed_at
                                        WHEN level.sequence > level.published_sequence
                                        THEN least(level.changed_at, given.moment) ELSE given.moment END
                 FROM (SELECT %(own)s) given (id, number, moment)
                 JOIN (SELECT %(decisions)s) decision (number, %(names)s) ON decision.number = given.number
                WHERE level.id = given.id""",
            terms=SQL(", ").join(SQL("%s = decision.%s", name, name) for name in names),
            names=SQL(", ").join(names),
            own=self._rows(
                (ids, "integer"),
                ([numbers[key] for key in keys], "integer"),
                ([changed_at.get(level.product_id, now) for level in levels], "timestamp"),
            ),
            decisions=self._rows(
                (list(range(len(decisions))), "integer"),
                *(([decision[name] for decision in decisions.values()], kind) for name, kind in columns.items()),
            ),
            new=SQL("(level.decided_at IS NULL OR level.decided <> decision.decided OR %s)", self._sold_condition()),
            now=now,
        )

    def _sold_condition(self):
        """Orders of the channel came in since the level was last looked at: it shows fewer by itself. So the same
        figure (2 sold, 2 received meanwhile) may have to be told again. Those that were just being placed when it was
        looked at are among them."""
        return SQL(
            """level.known AND level.sequence = level.published_sequence AND EXISTS (
                   SELECT FROM sale_order_line line
                    WHERE line.ecom_listing_id = level.listing_id
                      AND line.create_date >= level.measured_at - interval '1 minute')"""
        )

    @staticmethod
    def _rows(*columns):
        """SELECT list of columns given as (list of values, type). What is the same in all rows is sent once; but for
        the first column, which says how many rows there are."""
        first, *others = columns
        told = [SQL("unnest(%s)", array(*first))]
        for values, kind in others:
            if values.count(values[0]) == len(values):
                told.append(SQL("%s::%s", values[0], SQL(kind)))
            else:
                told.append(SQL("unnest(%s)", array(values, kind)))
        return SQL(", ").join(told)
