"""What left the house, and what each listing sold: past days as plain numbers, for forecasts."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.tools import SQL

WEEKS = 156  # three years: a season needs two
DAYS = 28


class History(NamedTuple):
    """weeks: units of each whole week, oldest first. last: the day they end."""

    weeks: dict
    last: object


class EcomFlowRecall(models.AbstractModel):
    _name = "ecom.flow.recall"
    _description = "E-commerce: recall past demand"

    def _today(self, company):
        """The date where the company is."""
        zone = ZoneInfo(company.partner_id.tz or "UTC")
        return fields.Datetime.now().replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).date()

    def _yesterday(self, company):
        return self._today(company) - timedelta(days=1)

    def _taken(self, company, product_ids=None):
        """What customers and production took, by {(product id, warehouse id): [units by week]}.

        Counted where it left the warehouse for good, so that kits count by their components, and a till or the sales
        team as well as a channel. Weeks are seven days each and end yesterday.
        """
        today = self._today(company)
        self.env["stock.move"].flush_model()
        # SQL: three years of moves, summed by week of another time zone.
        self.env.cr.execute(
            SQL(
                """SELECT move.product_id, place.warehouse_id, (%(today)s::date - %(day)s - 1) / 7 AS ago,
                          sum(move.product_qty)
                     FROM stock_move move
                     JOIN stock_location place ON place.id = move.location_id
                     JOIN stock_location target ON target.id = move.location_dest_id
                     JOIN product_product product ON product.id = move.product_id AND product.active
                    WHERE move.company_id = %(company)s AND move.state = 'done' AND place.usage = 'internal'
                      AND place.warehouse_id IS NOT NULL AND target.usage IN ('customer', 'production')
                      AND move.date >= %(since)s AND %(day)s < %(today)s AND %(wanted)s
                    GROUP BY 1, 2, 3""",
                today=today,
                day=SQL("(move.date AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", company.partner_id.tz or "UTC"),
                company=company.id,
                since=datetime.combine(today, datetime.min.time()) - timedelta(days=7 * WEEKS),
                wanted=SQL("move.product_id = ANY(%s)", list(product_ids)) if product_ids else SQL("TRUE"),
            )
        )
        weeks = defaultdict(lambda: [0.0] * WEEKS)
        for product_id, warehouse_id, ago, units in self.env.cr.fetchall():
            if 0 <= ago < WEEKS:
                weeks[product_id, warehouse_id][WEEKS - 1 - ago] += float(units)
        return History(dict(weeks), self._yesterday(company))

    def _sold(self, channel, listing_ids=None):
        """What each listing of a channel, or each of these, sold: {listing id: [units of it by day]}.

        364 days that end yesterday, by the day the buyer ordered; cancelled orders are left out.
        """
        today, days = self._today(channel.company_id), 7 * 52
        self.env["sale.order"].flush_model()
        self.env["sale.order.line"].flush_model()
        # SQL: a year of order lines, summed by day of another time zone.
        self.env.cr.execute(
            SQL(
                """SELECT line.ecom_listing_id, %(today)s::date - %(day)s, sum(line.product_uom_qty / listing.units)
                     FROM sale_order sale
                     JOIN sale_order_line line ON line.order_id = sale.id
                     JOIN ecom_listing listing ON listing.id = line.ecom_listing_id
                    WHERE sale.ecom_channel_id = %(channel)s AND sale.state = 'sale'
                      AND coalesce(sale.ecom_placed_at, sale.date_order) >= %(since)s AND %(day)s < %(today)s
                      AND %(wanted)s
                    GROUP BY 1, 2""",
                today=today,
                day=SQL(
                    "(coalesce(sale.ecom_placed_at, sale.date_order) AT TIME ZONE 'UTC' AT TIME ZONE %s)::date",
                    channel.company_id.partner_id.tz or "UTC",
                ),
                channel=channel.id,
                since=datetime.combine(today, datetime.min.time()) - timedelta(days=days + 1),
                wanted=SQL("listing.id = ANY(%s)", list(listing_ids)) if listing_ids else SQL("TRUE"),
            )
        )
        sold = defaultdict(lambda: [0.0] * days)
        for listing_id, ago, units in self.env.cr.fetchall():
            if 1 <= ago <= days:
                sold[listing_id][days - ago] += float(units)
        return dict(sold)

    @staticmethod
    def _weeks_of(days):
        """Days -> whole weeks; their number is a multiple of seven."""
        return [sum(days[at : at + 7]) for at in range(0, len(days), 7)]
