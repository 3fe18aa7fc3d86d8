"""What may be sold before a decision is shown: demand that was learnt, orders of the last hour, delays as measured."""

import math
from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from odoo import fields, models
from odoo.addons.ecom_connector.flow.array import array
from odoo.tools import SQL

from ..rules.demand.baskets import learn_sizes, mean_size
from ..rules.risk.exposure import Latest, Reach

# Orders and receipts of so long ago say nothing of this minute.
LOOK_BACK = timedelta(hours=6)
MOST_ORDERS = 500
OTHERS = 0  # the channel of what is sold without one


class Expected(NamedTuple):
    """What is expected of one product in one warehouse.

    reaches     {level id: risk.exposure.Reach}
    others      Reach of what sells the same stock without a listing
    latest      risk.exposure.Latest
    sizes       order sizes
    """

    reaches: dict
    others: tuple
    latest: Latest
    sizes: tuple


class Profile(NamedTuple):
    """Of a warehouse, plain (models/ecom_demand_profile.py); before anything is learnt, what is believed."""

    busiest: float = 2.0
    surge: float = 20.0
    unevenness: float = 2.0
    new_rate: float = 1.0 / 24
    shares: dict | None = None
    sizes: tuple = learn_sizes()
    mean: float = mean_size(learn_sizes())


class EcomFlowExpect(models.AbstractModel):
    _name = "ecom.flow.expect"
    _description = "E-commerce: expected demand"

    def _of_pools(self, pools):
        """{(product id, warehouse id): Expected} for `pools`: {(product id, warehouse id): list of Level}."""
        now = fields.Datetime.now()
        levels = [level for pool in pools.values() for level in pool]
        profiles = self._profiles({warehouse for _product, warehouse in pools})
        rates = self._rates(list(pools))
        shown = self._shown(levels, now)
        channels = self.env["ecom.channel"].sudo().browse({level.channel_id for level in levels})
        delays = channels._delays()
        orders, ages = self._orders(list(pools), now), self._ages(list(pools), now)
        return {
            key: self._expected(pool, profiles[key[1]], rates.get(key), delays, shown, orders[key], ages.get(key))
            for key, pool in pools.items()
        }

    def _expected(self, pool, profile, rates, delays, shown, orders, age):
        rates = self._spread_new(profile, pool) if rates is None else rates
        total = sum(rates.values()) or 1.0
        busiest = profile.busiest / 3600.0 / profile.mean
        listings = defaultdict(int)
        for level in pool:
            listings[level.channel_id] += 1
        reaches = {}
        for level in pool:
            units = max(1, math.ceil(level.units))
            # Several listings of one channel share its demand.
            own = rates.get(level.channel_id, 0.0) / listings[level.channel_id]
            reaches[level.id] = Reach(
                own * busiest / units, *delays[level.channel_id], own / total, *shown[level.id], units
            )
        others = ()
        if rates.get(OTHERS):
            slowest = max((delays[level.channel_id][1] for level in pool), default=0.0)
            others = (Reach(rates[OTHERS] * busiest, 0.0, slowest, rates[OTHERS] / total, limited=False),)
        return Expected(reaches, others, Latest(age, orders, profile.surge, profile.unevenness), profile.sizes)

    # ----------------------------------------------------------------- learnt
    def _profiles(self, warehouse_ids):
        found = dict.fromkeys(warehouse_ids, Profile())
        profiles = self.env["ecom.demand.profile"].sudo().search([("warehouse_id", "in", list(warehouse_ids))])
        for profile in profiles:
            sizes = profile._sizes()
            found[profile.warehouse_id.id] = Profile(
                profile._busiest(),
                profile.surge,
                profile.unevenness,
                profile.new_rate,
                {int(channel): part for channel, part in (profile.shares or {}).items()},
                sizes,
                mean_size(sizes),
            )
        return found

    def _rates(self, keys):
        """{(product id, warehouse id): {channel id or 0: units an hour}}; products that never sold are missing."""
        self.env["ecom.demand"].flush_model()
        # SQL: the ORM would make a record of each row of a large table.
        self.env.cr.execute(
            SQL(
                """SELECT demand.product_id, demand.warehouse_id, coalesce(demand.channel_id, 0), demand.rate::float
                     FROM ecom_demand demand
                     JOIN unnest(%(products)s, %(warehouses)s) pool (product_id, warehouse_id)
                       ON pool.product_id = demand.product_id AND pool.warehouse_id = demand.warehouse_id""",
                **self._columns(keys),
            )
        )
        found = defaultdict(dict)
        for product, warehouse, channel, rate in self.env.cr.fetchall():
            found[product, warehouse][channel] = rate
        return found

    def _spread_new(self, profile, pool):
        """A product nobody has bought yet sells as little as products do, by the channels' parts of all sales."""
        shares = profile.shares or dict.fromkeys((level.channel_id for level in pool), 1.0)
        total = sum(shares.values()) or 1.0
        return {channel: profile.new_rate * part / total for channel, part in shares.items()}

    # ------------------------------------------------------------------- seen
    def _shown(self, levels, now):
        """{level id: (shown, unseen, seconds since it changed)}, in the product's units."""
        level_ids = [level.id for level in levels]
        records = self.env["ecom.stock.level"].sudo().browse(level_ids)
        records.flush_model()
        sold = self.env["ecom.flow.reckon"]._sold(records)
        # SQL: a few columns of what may be ten thousand levels.
        self.env.cr.execute(
            SQL(
                """SELECT id, CASE WHEN known THEN published ELSE 0 END, unsure, sent,
                          extract(epoch FROM %(now)s - coalesce(published_at, sent_at))::float,
                          CASE WHEN earlier_until > %(now)s THEN coalesce(earlier_units, 0) ELSE 0 END
                     FROM ecom_stock_level WHERE id = ANY(%(ids)s)""",
                now=now,
                ids=array(level_ids),
            )
        )
        units = {level.id: max(1, math.ceil(level.units)) for level in levels}
        found = {}
        for level_id, published, unsure, sent, changed, earlier in self.env.cr.fetchall():
            known = sold.get(level_id)
            shown = max(0, published - (known.sold if known else 0))
            shown, changed = (max(shown, sent), 0.0) if unsure else (shown, changed)
            size = units[level_id]
            found[level_id] = shown * size, (shown + earlier) * size, math.inf if changed is None else changed
        return found

    def _orders(self, keys, now):
        """{(product id, warehouse id): seconds since each order of the last hours, newest first}."""
        self.env["sale.order"].flush_model()
        self.env["sale.order.line"].flush_model()
        self.env.cr.execute(
            SQL(
                """SELECT line.product_id, sale.warehouse_id,
                          extract(epoch FROM %(now)s - coalesce(sale.ecom_placed_at, sale.date_order))::float AS age
                     FROM unnest(%(products)s, %(warehouses)s) pool (product_id, warehouse_id)
                     JOIN sale_order_line line ON line.product_id = pool.product_id AND line.create_date >= %(since)s
                     JOIN sale_order sale ON sale.id = line.order_id AND sale.warehouse_id = pool.warehouse_id
                    WHERE sale.state = 'sale' AND coalesce(sale.ecom_placed_at, sale.date_order) >= %(since)s
                    ORDER BY age""",
                now=now,
                since=now - LOOK_BACK,
                **self._columns(keys),
            )
        )
        found = defaultdict(list)
        for product, warehouse, age in self.env.cr.fetchall():
            if len(found[product, warehouse]) < MOST_ORDERS:
                found[product, warehouse].append(max(0.0, age))
        return defaultdict(tuple, {key: tuple(ages) for key, ages in found.items()})

    def _ages(self, keys, now):
        """{(product id, warehouse id): seconds since goods came in}, of the last hours only."""
        self.env["stock.move"].flush_model()
        self.env.cr.execute(
            SQL(
                """SELECT pool.product_id, pool.warehouse_id, extract(epoch FROM %(now)s - max(move.date))::float
                     FROM unnest(%(products)s, %(warehouses)s) pool (product_id, warehouse_id)
                     JOIN stock_move move ON move.product_id = pool.product_id AND move.state = 'done'
                      AND move.date >= %(since)s
                     JOIN stock_location origin ON origin.id = move.location_id
                     JOIN stock_location target ON target.id = move.location_dest_id
                      AND target.warehouse_id = pool.warehouse_id
                    WHERE origin.usage <> 'internal' AND target.usage = 'internal'
                    GROUP BY 1, 2""",
                now=now,
                since=now - LOOK_BACK,
                **self._columns(keys),
            )
        )
        return {(product, warehouse): max(0.0, age) for product, warehouse, age in self.env.cr.fetchall()}

    @staticmethod
    def _columns(keys):
        return {
            "products": array([product for product, _warehouse in keys]),
            "warehouses": array([warehouse for _product, warehouse in keys]),
        }
