"""Stock changes -> what each listing may show."""

import math
from typing import NamedTuple

from odoo import fields, models
from odoo.tools import SQL

# Quantities are sums of floats: 12 units less a billionth are still one listing of 12.
DUST = 1e-6


class Level(NamedTuple):
    """What is needed of a level to decide it; plain, because there may be a million of them."""

    id: int
    listing_id: int
    channel_id: int
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
        # away misses none. MATERIALIZED: some plans would ask for the rows again and again, and so take more of them
        # than the limit.
        self.env.cr.execute(
            SQL(
                """WITH taken AS MATERIALIZED (
                       SELECT id FROM ecom_stock_change ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
                   DELETE FROM ecom_stock_change change USING taken WHERE change.id = taken.id
                RETURNING change.product_id, change.changed_at""",
                limit,
            )
        )
        changes = self.env.cr.fetchall()
        changed_at = {}
        for product_id, moment in changes:
            changed_at[product_id] = min(moment, changed_at.get(product_id, moment))
        if changed_at:
            changed_at = self._spread(changed_at)
            self._write_decisions(self._levels(SQL("level.product_id = ANY(%s)", list(changed_at))), changed_at)
        return len(changes)

    def _spread(self, changed_at):
        """{product_id: moment} of all products whose listings may be concerned. Kits follow their components: the
        add-on that knows of them adds them here."""
        return changed_at

    def _decide(self, levels):
        """Decide these levels now."""
        self.env["ecom.stock.level"].flush_model()
        rows = self._levels(SQL("level.id = ANY(%s)", list(levels._ids)))
        self._write_decisions(rows, {})

    # ------------------------------------------------------------------ decide
    def _levels(self, condition):
        """The levels in question that belong to a channel somebody runs. `condition` is on the alias `level`.

        Sorted by id, so that two deciders lock them in the same order.
        """
        self.env.cr.execute(
            SQL(
                """SELECT level.id, level.listing_id, level.channel_id, level.product_id, level.warehouse_id,
                          listing.units, product.active
                     FROM ecom_stock_level level
                     JOIN ecom_listing listing ON listing.id = level.listing_id
                     JOIN product_product product ON product.id = level.product_id
                     JOIN ecom_channel channel ON channel.id = level.channel_id
                    WHERE %s AND channel.active AND channel.mode <> 'off' AND channel.publish_stock
                    ORDER BY level.id""",
                condition,
            )
        )
        return [Level(*row) for row in self.env.cr.fetchall()]

    def _recount(self, levels):
        """Measure and decide these levels, list of Level, and keep nothing. Returns what `_decide_values` does."""
        return self._decide_values(levels, self.env["ecom.flow.measure"]._measure_levels(levels))

    def _decide_values(self, levels, measured):
        """What to keep of each decision: {level id: {column of `_decision_columns`: value}}.

        `levels`: list of Level. `measured`: {level id: Terms}, all of them in it.
        "decided" is a whole number of listings, never below zero.
        """
        values = {}
        for level in levels:
            terms = measured[level.id]
            values[level.id] = {
                "on_hand": terms.on_hand,
                "reserved": terms.reserved,
                "waiting": terms.waiting,
                "free_quantity": terms.free,
                "decided": max(0, math.floor(terms.free / level.units + DUST)) if level.sold else 0,
            }
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
        values = self._recount(levels)
        now = fields.Datetime.now()
        rows = [
            (level.id, changed_at.get(level.product_id, now), values[level.id])
            for level in levels
            if level.id in values
        ]
        self.env.cr.execute(self._decisions_query(rows, now), log_exceptions=False)
        self.env["ecom.stock.level"].invalidate_model()

    def _decisions_query(self, rows, now):
        """One statement for any number of levels; the ORM would send one for each hundred."""
        columns = self._decision_columns()
        kept = [values for _level_id, _moment, values in rows]
        given = [
            self._given([level_id for level_id, _moment, _values in rows], "integer"),
            SQL("unnest(%s::timestamp[])", [moment for _level_id, moment, _values in rows]),
            *(self._given([values[name] for values in kept], kind) for name, kind in columns.items()),
        ]
        names = [SQL.identifier(name) for name in columns]
        return SQL(
            """UPDATE ecom_stock_level level
                  SET %(terms)s, measured_at = %(now)s,
                      decided_at = CASE WHEN %(new)s THEN %(now)s ELSE level.decided_at END,
                      sequence = CASE WHEN %(new)s THEN level.sequence + 1 ELSE level.sequence END,
                      next_try = CASE WHEN %(new)s THEN NULL ELSE level.next_try END,
                      changed_at = CASE WHEN NOT (%(new)s) THEN level.changed_at
                                        WHEN level.sequence > level.published_sequence
                                        THEN least(level.changed_at, given.moment) ELSE given.moment END
                 FROM (SELECT %(given)s) given (id, moment, %(names)s)
                WHERE level.id = given.id""",
            terms=SQL(", ").join(SQL("%s = given.%s", name, name) for name in names),
            names=SQL(", ").join(names),
            given=SQL(", ").join(given),
            new=SQL("(level.decided_at IS NULL OR level.decided <> given.decided OR %s)", self._sold_condition()),
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
    def _given(values, kind):
        """A column of the rows. What is the same in all is sent once, and numbers as one text: the driver would look at
        each of a million by itself."""
        kind = SQL(kind)
        first = values[0]
        if len(values) > 1 and values.count(first) == len(values):
            return SQL("%s::%s", first, kind)
        if set(map(type, values)) <= {int, float, type(None)}:
            text = ",".join("NULL" if value is None else repr(value) for value in values)
            return SQL("unnest(%s::%s[])", f"{{{text}}}", kind)
        return SQL("unnest(%s::%s[])", values, kind)
