"""Levels -> every term of what their channels may sell, each by itself: the same few statements for any number."""

from collections import Counter, defaultdict
from typing import NamedTuple

from odoo import fields, models
from odoo.addons.ecom_connector.flow.array import array
from odoo.tools import SQL

from ..rules.terms import Terms

NOTHING = Terms()
FLUSHED = (
    "stock.quant",
    "stock.move",
    "stock.location",
    "stock.lot",
    "sale.order",
    "sale.order.line",
    "ecom.stock.hold",
    "ecom.stock.scope",
)

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
        pairs = {(level.channel_id, level.warehouse_id) for level in levels}
        pairs = {pair: Place(pair[1], *places.get(pair[0], ())) for pair in pairs}
        products = {level.product_id for level in levels}
        found = defaultdict(dict)
        for (product_id, place), terms in self._measure_places(products, set(pairs.values())).items():
            found[place][product_id] = terms
        lying = {pair: found[place] for pair, place in pairs.items()}
        terms = {
            level.id: lying[level.channel_id, level.warehouse_id].get(level.product_id, NOTHING) for level in levels
        }
        return self._less_unimported(levels, terms)

    def _measure_places(self, product_ids, places):
        """Returns {(product_id, Place): Terms}; a pair that is missing has nothing of anything."""
        for model in FLUSHED:
            self.env[model].flush_model()
        places, products = sorted(places), array(product_ids)
        found, others, alike = {}, defaultdict(list), {}
        for product_id, key, kind, units, reserved in self._lying(products, places):
            if kind:
                others[product_id, places[key - 1]].append((kind, units, None))
                continue
            terms = alike.get((units, reserved))
            if terms is None:
                terms = alike[units, reserved] = Terms(units, reserved)
            found[product_id, places[key - 1]] = terms
        for product_id, key, kind, units, day in self._moving(products, places):
            others[product_id, places[key - 1]].append((kind, units, day))
        for pair, counted in others.items():
            found[pair] = Terms(*found.get(pair, NOTHING)[:2], *self._other_terms(counted))
        return found

    @staticmethod
    def _other_terms(counted):
        """The terms from `waiting` on. `counted`: [(kind, units, day)]"""
        totals, coming = [0.0] * len(KINDS), []
        for kind, units, day in counted:
            totals[kind] += units
            if kind == KIND["incoming"]:
                coming.append((day, units))
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

    # -------------------------------------------------------------- unimported
    def _less_unimported(self, levels, terms):
        """What all other listings sold and nobody imported yet. A listing's own such sales lower what it shows by
        themselves, and the publisher takes them off again (`ecom_connector`, rules/in_flight.py)."""
        unimported = self._unimported({level.product_id for level in levels})
        if not unimported:
            return terms
        for level in levels:
            sold = unimported.get((level.product_id, level.warehouse_id))
            units = sum(count for listing, count in sold.items() if listing != level.listing_id) if sold else 0
            if units:
                terms[level.id] = terms[level.id]._replace(unimported=float(units))
        return terms

    def _unimported(self, product_ids):
        """{(product_id, warehouse_id): {listing_id: units}}; what is known of it: units found missing over there, and
        units in orders that came in and could not become ours yet. The larger of the two, as for the publisher."""
        self.env["ecom.stock.level"].flush_model()
        stuck = self._stuck_of_channels()
        self.env.cr.execute(
            SQL(
                """SELECT level.product_id, level.warehouse_id, level.channel_id, level.listing_id, level.in_flight,
                          listing.external_id, coalesce(map.code, ''), listing.units
                     FROM ecom_stock_level level
                     JOIN ecom_listing listing ON listing.id = level.listing_id
                     JOIN ecom_channel channel ON channel.id = level.channel_id AND channel.active
                      AND channel.mode <> 'off'
                     LEFT JOIN ecom_location_map map ON map.id = level.location_map_id
                    WHERE level.product_id = ANY(%s) AND (%s)""",
                array(product_ids),
                # Without the second half only the few that are in the index are looked at.
                SQL("level.in_flight > 0 OR level.channel_id = ANY(%s)", list(stuck))
                if stuck
                else SQL("level.in_flight > 0"),
            )
        )
        found, reckon = {}, self.env["ecom.flow.reckon"]
        for product, warehouse, channel, listing, in_flight, variant, place, units in self.env.cr.fetchall():
            count = reckon._stuck_units(stuck.get(channel, Counter()), variant, place)
            more = max(in_flight or 0, count) * units
            if more:
                found.setdefault((product, warehouse), {})[listing] = more
        return found

    def _stuck_of_channels(self):
        """{channel_id: Counter of (variant, place)} of the channels with orders that could not become ours yet."""
        channels = self.env["ecom.channel"].sudo().search([("mode", "!=", "off")])
        return self.env["ecom.flow.reckon"]._stuck(channels) if channels else {}

    # -------------------------------------------------------------- statements
    # `products`: SQL of an array of product ids, `places`: list of Place, which the statements tell apart by `key`, the
    # position in it from 1 on. SQL: each term is a sum of its own over tables that the ORM would ask one by one.
    def _lying(self, products, places):
        """[(product_id, key, kind, units, reserved)]: on hand and reserved of each product where it can be sold
        (KIND["free"]), and what lies there and cannot, by why not."""
        self.env.cr.execute(
            SQL(
                """WITH %(places)s
                   SELECT product_id, key, kind, sum(units::float8), sum(reserved::float8)
                     FROM (%(stock)s) part
                    GROUP BY product_id, key, kind""",
                places=self._places_query(places),
                stock=self._stock_part(products),
            )
        )
        return self.env.cr.fetchall()

    def _moving(self, products, places):
        """[(product_id, key, kind, units, day)]: what is promised and what is on its way; most products have none."""
        self.env.cr.execute(
            SQL(
                """WITH %(places)s
                   SELECT product_id, key, kind, sum(units::float8), day
                     FROM (%(parts)s) part
                    GROUP BY product_id, key, kind, day""",
                places=self._places_query(places),
                parts=SQL(" UNION ALL ").join(self._moving_parts(products)),
            )
        )
        return self.env.cr.fetchall()

    def _moving_parts(self, products):
        """SELECTs of (product_id, key, kind, units, day). To extend; see flow/measure_parts.py."""
        return [self._leaving_part(products), self._arriving_part(products), self._promised_part(products)]

    def _now(self):
        return fields.Datetime.now()
