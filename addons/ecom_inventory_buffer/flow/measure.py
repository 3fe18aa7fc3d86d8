"""Levels -> every term of what their channels may sell, each by itself: one statement for any number of them."""

from collections import Counter
from typing import NamedTuple

from odoo import fields, models
from odoo.tools import SQL

from ..rules.terms import Terms

NOTHING = Terms()
# Most products have nothing but what lies there: their rows are read and made as narrow as they are.
NOTHING_ELSE = NOTHING[2:]

# What a unit is counted as; the statement tells them apart by number.
KINDS = (
    "free",
    "waiting",
    "held",
    "unimported",
    "quarantine",
    "damaged",
    "inspection",
    "travelling",
    "expired",
    "foreign",
    "incoming",
    "nothing",
)
KIND = {name: number for number, name in enumerate(KINDS)}


class Place(NamedTuple):
    """Which stock counts: the warehouse of the level, and the scope its channel names (0: none).

    wide: the scope's other warehouses and locations count as well. They do not for a channel that shows several
    warehouses by themselves, or their stock would be sold once in each.
    """

    warehouse_id: int
    scope_id: int = 0
    wide: bool = True


class EcomFlowMeasure(models.AbstractModel):
    _inherit = "ecom.flow.measure"

    def _measure_levels(self, levels):
        places = self._places({level.channel_id for level in levels})
        keys = {level.id: (level.product_id, self._place(level, places)) for level in levels}
        wanted = set(keys.values())
        measured = self._measure_places({product for product, _place in wanted}, {place for _product, place in wanted})
        terms = {level_id: measured.get(key, NOTHING) for level_id, key in keys.items()}
        return self._less_unimported(levels, terms)

    def _measure_places(self, product_ids, places):
        """Returns {(product_id, Place): Terms}; a pair that is missing has nothing of anything."""
        for model in ("stock.quant", "stock.move", "stock.location", "stock.lot", "sale.order", "sale.order.line"):
            self.env[model].flush_model()
        for model in ("ecom.stock.hold", "ecom.stock.scope"):
            self.env[model].flush_model()
        places = sorted(places)
        self.env.cr.execute(self._terms_query(sorted(product_ids), places))
        found, new = {}, tuple.__new__
        for product_id, key, on_hand, reserved, kinds, units, days in self.env.cr.fetchall():
            rest = NOTHING_ELSE if kinds is None else self._others(kinds, units, days)
            found[product_id, places[key - 1]] = new(Terms, (on_hand or 0.0, reserved, *rest))
        return found

    @staticmethod
    def _others(kinds, units, days):
        """The terms from `waiting` on, of which there are few."""
        totals, coming = [0.0] * len(KINDS), []
        for kind, count, day in zip(kinds, units, days, strict=True):
            totals[kind] += count
            if kind == KIND["incoming"]:
                coming.append((day, count))
        return (*totals[1 : KIND["incoming"]], tuple(sorted(coming)))

    # ------------------------------------------------------------------ places
    def _places(self, channel_ids):
        """{channel_id: (scope_id, wide)} of the channels that say more than "my warehouse"."""
        self.env["ecom.channel"].flush_model(["stock_scope_id"])
        self.env["ecom.location.map"].flush_model()
        # SQL: called for each handful of changes, where loading the channels would cost more than measuring.
        self.env.cr.execute(
            SQL(
                """SELECT channel.id, channel.stock_scope_id,
                          (SELECT count(*) FROM ecom_location_map map
                            WHERE map.channel_id = channel.id AND map.active AND map.publish) < 2
                     FROM ecom_channel channel
                    WHERE channel.id = ANY(%s) AND channel.stock_scope_id IS NOT NULL""",
                list(channel_ids),
            )
        )
        return {channel_id: (scope_id, wide) for channel_id, scope_id, wide in self.env.cr.fetchall()}

    @staticmethod
    def _place(level, places):
        return Place(level.warehouse_id, *places.get(level.channel_id, ()))

    # -------------------------------------------------------------- unimported
    def _less_unimported(self, levels, terms):
        """What the other channels sold and nobody imported yet. A channel's own such sales lower what it shows by
        themselves, and the publisher takes them off again (`ecom_connector`, rules/in_flight.py)."""
        unimported = self._unimported({level.product_id for level in levels})
        if not unimported:
            return terms
        for level in levels:
            sold = unimported.get((level.product_id, level.warehouse_id))
            units = sum(count for channel, count in sold.items() if channel != level.channel_id) if sold else 0
            if units:
                terms[level.id] = terms[level.id]._replace(unimported=float(units))
        return terms

    def _unimported(self, product_ids):
        """{(product_id, warehouse_id): {channel_id: units}}; what is known of it: units found missing over there, and
        units in orders that came in and could not become ours yet. The larger of the two, as for the publisher."""
        self.env["ecom.stock.level"].flush_model()
        stuck = self._stuck_of_channels()
        self.env.cr.execute(
            SQL(
                """SELECT level.product_id, level.warehouse_id, level.channel_id, level.in_flight * listing.units,
                          listing.external_id, coalesce(map.code, ''), listing.units
                     FROM ecom_stock_level level
                     JOIN ecom_listing listing ON listing.id = level.listing_id
                     JOIN ecom_channel channel ON channel.id = level.channel_id AND channel.active
                      AND channel.mode <> 'off'
                     LEFT JOIN ecom_location_map map ON map.id = level.location_map_id
                    WHERE level.product_id = ANY(%s) AND (level.in_flight > 0 OR level.channel_id = ANY(%s))""",
                list(product_ids),
                list(stuck),
            )
        )
        found, reckon = {}, self.env["ecom.flow.reckon"]
        for product, warehouse, channel, in_flight, variant, place, units in self.env.cr.fetchall():
            count = reckon._stuck_units(stuck.get(channel, Counter()), variant, place) * units
            more = max(in_flight or 0, count)
            if more:
                channels = found.setdefault((product, warehouse), {})
                channels[channel] = channels.get(channel, 0) + more
        return found

    def _stuck_of_channels(self):
        """{channel_id: Counter of (variant, place)} of the channels with orders that could not become ours yet."""
        channels = self.env["ecom.channel"].sudo().search([("mode", "!=", "off")])
        reckon = self.env["ecom.flow.reckon"]
        found = {channel.id: reckon._stuck(channel) for channel in channels}
        return {channel_id: units for channel_id, units in found.items() if units}

    # --------------------------------------------------------------- statement
    def _terms_query(self, product_ids, places):
        """SQL: five tables by product and place, each term a sum of its own; the ORM would ask for each by itself."""
        return SQL(
            """WITH %(places)s
               SELECT product_id, key, sum(units::float8) FILTER (WHERE kind = 0), sum(reserved::float8),
                      array_agg(kind) FILTER (WHERE kind > 0), array_agg(units::float8) FILTER (WHERE kind > 0),
                      array_agg(day) FILTER (WHERE kind > 0)
                 FROM (%(parts)s) part
                GROUP BY product_id, key""",
            places=self._places_query(places),
            parts=SQL(" UNION ALL ").join(self._parts(self._array_query(product_ids))),
        )

    @staticmethod
    def _array_query(ids):
        """One constant: of a list the database would read each number as an expression of its own."""
        return SQL("%s::integer[]", f"{{{','.join(map(str, ids))}}}")

    def _parts(self, products):
        """SELECTs of (product_id, key, kind, units, reserved, day). `products`: SQL of an array of ids. To extend; see
        flow/measure_parts.py."""
        return [
            self._stock_part(products),
            self._leaving_part(products),
            self._arriving_part(products),
            self._promised_part(products),
        ]

    def _now(self):
        return fields.Datetime.now()
