"""Orders and acknowledgements -> what channels usually sell, and how late they tell us."""

from datetime import datetime, time, timedelta, timezone
from itertools import chain, repeat
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.tools import SQL

from ..rules.demand.baskets import learn_sizes
from ..rules.demand.history import learn

DAYS = 28
# A backlog that was read in at the start says nothing of how late a sale is.
LONGEST_DELAY = timedelta(days=2)


class EcomFlowHousekeep(models.AbstractModel):
    _inherit = "ecom.flow.housekeep"

    def _tasks(self):
        return [*super()._tasks(), "_learn_delays", "_learn_demand"]

    def _learn_delays(self, limit):
        self.env["ecom.flow.learn"]._learn_delays()
        return False

    def _learn_demand(self, limit):
        self.env["ecom.flow.learn"]._learn_demand()
        return False


class EcomFlowLearn(models.AbstractModel):
    _name = "ecom.flow.learn"
    _description = "E-commerce: learn demand and delays"

    # ------------------------------------------------------------------ delays
    def _learn_delays(self):
        self.env.flush_all()
        # SQL: percentiles.
        self.env.cr.execute(
            SQL(
                """INSERT INTO ecom_channel_delay (channel_id, company_id, import_seconds, import_count,
                                                   push_seconds, push_count)
                   SELECT channel.id, channel.company_id, coalesce(imported.seconds, 0), coalesce(imported.many, 0),
                          coalesce(pushed.seconds, 0), coalesce(pushed.many, 0)
                     FROM ecom_channel channel
                     LEFT JOIN (%(imported)s) imported ON imported.channel_id = channel.id
                     LEFT JOIN (%(pushed)s) pushed ON pushed.channel_id = channel.id
                       ON CONFLICT (channel_id) DO UPDATE
                      SET import_seconds = excluded.import_seconds, import_count = excluded.import_count,
                          push_seconds = excluded.push_seconds, push_count = excluded.push_count""",
                imported=self._imported_query(),
                pushed=self._pushed_query(),
            )
        )
        self.env["ecom.channel.delay"].invalidate_model()

    def _imported_query(self):
        return SQL(
            """SELECT ecom_channel_id AS channel_id, count(*) AS many,
                      percentile_cont(0.95) WITHIN GROUP (
                          ORDER BY extract(epoch FROM greatest(interval '0', create_date - ecom_placed_at))) AS seconds
                 FROM sale_order
                WHERE ecom_channel_id IS NOT NULL AND create_date >= %(since)s
                  AND create_date - ecom_placed_at < %(longest)s
                GROUP BY ecom_channel_id""",
            since=fields.Datetime.now() - timedelta(days=DAYS),
            longest=LONGEST_DELAY,
        )

    def _pushed_query(self):
        """An increase waits on purpose before it is sent: of that wait most is left out, the call counts in full."""
        return SQL(
            """SELECT channel_id, count(*) AS many,
                      percentile_cont(0.95) WITHIN GROUP (
                          ORDER BY extract(epoch FROM greatest(interval '0', published_at - sent_at)))
                    + percentile_cont(0.75) WITHIN GROUP (
                          ORDER BY extract(epoch FROM greatest(interval '0', sent_at - decided_at))) AS seconds
                 FROM ecom_stock_level
                WHERE known AND NOT unsure AND sent_at >= %(since)s AND published_at >= sent_at
                GROUP BY channel_id""",
            since=fields.Datetime.now() - timedelta(days=DAYS),
        )

    # ------------------------------------------------------------------ demand
    def _learn_demand(self):
        """Anew for each warehouse that channels sell from."""
        self.env["sale.order.line"].flush_model()
        self.env["sale.order"].flush_model()
        self.env["ecom.stock.level"].flush_model()
        self.env.cr.execute("SELECT DISTINCT warehouse_id FROM ecom_stock_level WHERE warehouse_id IS NOT NULL")
        for warehouse in self.env["stock.warehouse"].sudo().browse(row[0] for row in self.env.cr.fetchall()):
            self._learn_warehouse(warehouse)

    def _learn_warehouse(self, warehouse):
        zone = ZoneInfo(warehouse.company_id.partner_id.tz or "UTC")
        end = datetime.now(timezone.utc).astimezone(zone)
        begin = datetime.combine(end.date() - timedelta(days=DAYS), time(), zone)
        counts = self._counts(warehouse, begin)
        products = self._products(warehouse)
        hours = int((end - begin) / timedelta(hours=1))
        history = learn(counts, hours, products)
        sizes, lines = self._sizes(warehouse, begin)
        self._keep_profile(warehouse, history, sizes, lines)
        self._keep_rates(warehouse, history, counts)

    def _products(self, warehouse):
        self.env.cr.execute(
            SQL("SELECT DISTINCT product_id FROM ecom_stock_level WHERE warehouse_id = %s", warehouse.id)
        )
        return [row[0] for row in self.env.cr.fetchall()]

    def _sold_query(self, warehouse, begin):
        """Lines of orders for products that channels list: placed (UTC), channel (0: none), product, units."""
        return SQL(
            """SELECT coalesce(sale.ecom_placed_at, sale.date_order) AS placed,
                      coalesce(sale.ecom_channel_id, 0) AS channel_id, line.product_id,
                      line.product_uom_qty * unit.factor / own.factor AS units
                 FROM sale_order sale
                 JOIN sale_order_line line ON line.order_id = sale.id AND line.product_uom_qty > 0
                 JOIN product_product product ON product.id = line.product_id
                 JOIN product_template template ON template.id = product.product_tmpl_id
                 JOIN uom_uom unit ON unit.id = line.product_uom_id
                 JOIN uom_uom own ON own.id = template.uom_id
                WHERE sale.state = 'sale' AND sale.warehouse_id = %(warehouse)s
                  AND coalesce(sale.ecom_placed_at, sale.date_order) >= %(begin)s
                  AND EXISTS (SELECT FROM ecom_stock_level level WHERE level.product_id = line.product_id)""",
            warehouse=warehouse.id,
            begin=begin.astimezone(timezone.utc).replace(tzinfo=None),
        )

    def _counts(self, warehouse, begin):
        """[(hour since the beginning, channel, product, units)]."""
        self.env.cr.execute(
            SQL(
                """SELECT floor(extract(epoch FROM sold.placed - %(begin)s) / 3600)::integer, sold.channel_id,
                          sold.product_id, sum(sold.units)::float
                     FROM (%(sold)s) sold GROUP BY 1, 2, 3""",
                begin=begin.astimezone(timezone.utc).replace(tzinfo=None),
                sold=self._sold_query(warehouse, begin),
            )
        )
        return self.env.cr.fetchall()

    def _sizes(self, warehouse, begin):
        """(chances of order sizes, how many lines they were learnt from)."""
        self.env.cr.execute(
            SQL(
                "SELECT ceil(sold.units)::integer, count(*)::integer FROM (%s) sold GROUP BY 1",
                self._sold_query(warehouse, begin),
            )
        )
        found = self.env.cr.fetchall()
        return learn_sizes(chain.from_iterable(repeat(*row) for row in found)), sum(many for _units, many in found)

    # -------------------------------------------------------------------- keep
    def _keep_profile(self, warehouse, history, sizes, lines):
        profiles = self.env["ecom.demand.profile"].sudo()
        values = {
            "warehouse_id": warehouse.id,
            "day": list(history.day),
            "unevenness": history.unevenness,
            "surge": history.surge,
            "new_rate": history.new,
            "shares": {str(channel): part for channel, part in history.overall.items()},
            "sizes": [list(row) for row in sizes],
            "orders": lines,
            "learnt_at": fields.Datetime.now(),
        }
        known = profiles.search([("warehouse_id", "=", warehouse.id)])
        known.write(values) if known else profiles.create(values)

    def _keep_rates(self, warehouse, history, counts):
        """One statement for all: a warehouse may list a hundred thousand products. Those that never sold have no row;
        what a new product may sell stands in the profile."""
        sold = {}
        for _hour, channel, product, units in counts:
            sold[product, channel] = sold.get((product, channel), 0.0) + units
        rows = [
            (product, channel or None, history.rates[product] * share, share, sold.get((product, channel), 0.0))
            for product, shares in history.shares.items()
            for channel, share in shares.items()
        ]
        self.env["ecom.demand"].flush_model()
        self.env.cr.execute(SQL("DELETE FROM ecom_demand WHERE warehouse_id = %s", warehouse.id))
        if not rows:
            return
        columns = [list(column) for column in zip(*rows, strict=True)]
        self.env.cr.execute(
            SQL(
                """INSERT INTO ecom_demand (warehouse_id, company_id, product_id, channel_id, rate, share, sold)
                   SELECT %s, %s, * FROM unnest(%s::integer[], %s::integer[], %s::float[], %s::float[], %s::float[])""",
                warehouse.id,
                warehouse.company_id.id,
                *columns,
            )
        )
        self.env["ecom.demand"].invalidate_model()
