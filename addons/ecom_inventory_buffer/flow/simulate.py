"""A product, and rules that are only tried -> what the past days would have brought under them."""

from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import models
from odoo.addons.ecom_connector.rules.in_flight import Shown
from odoo.tools import SQL

from ..rules.replay.compare import compare
from ..rules.replay.policy import Learnt, together
from ..rules.replay.scenario import KEY
from .expect import OTHERS
from .pool import NO_RULE

# Whoever sells without a channel asks us each time.
AT_ONCE = (0.001, 0.001)


class EcomFlowSimulate(models.AbstractModel):
    _name = "ecom.flow.simulate"
    _description = "E-commerce: simulate"

    def _compare(self, product, warehouse, alternatives, stock, days, demand=1.0, delay=1.0, seconds=4.0):
        """{name: rules.replay.compare.Figures} for `alternatives`: {name: Rule for all channels, or None: the rules
        that count now}. `days`: how many past days are played."""
        levels = self._levels(product, warehouse)
        own = {level.channel_id: level for level in levels}
        channels = {**self.env["ecom.channel"].sudo().browse(own)._delays(), OTHERS: AT_ONCE}
        learnt = self._learnt(product, warehouse, levels)
        now = self.env["ecom.flow.rule"]._of_levels(levels)
        current = {channel: (now.get(level.id, (None, None))[1] or NO_RULE) for channel, level in own.items()}
        policies = {
            name: self._policy({**(dict.fromkeys(own, rule) if rule else current), OTHERS: NO_RULE}, learnt)
            for name, rule in alternatives.items()
        }
        past = self._past_days(product, warehouse, days, set(channels))
        return compare(past, stock, channels, policies, Shown, demand, delay, seconds)

    @staticmethod
    def _policy(rules, learnt):
        return lambda channels: together(channels, rules, learnt)

    def _levels(self, product, warehouse):
        condition = SQL("level.product_id = %s AND level.warehouse_id = %s", product.id, warehouse.id)
        return self.env["ecom.flow.decide"]._levels(condition)

    def _learnt(self, product, warehouse, levels):
        expect = self.env["ecom.flow.expect"]
        profile = expect._profiles({warehouse.id})[warehouse.id]
        rates = expect._rates([(product.id, warehouse.id)]).get((product.id, warehouse.id))
        rates = expect._spread_new(profile, levels) if rates is None else rates
        busiest = profile.busiest / 3600.0 / profile.mean
        usual = {KEY: {channel: rate * busiest for channel, rate in rates.items()}}
        return Learnt(usual, profile.surge, profile.unevenness, profile.sizes)

    def _past_days(self, product, warehouse, days, channels):
        """[[(second of the day, channel or 0, units)]], the newest day first; today is not over and not in it."""
        zone = ZoneInfo(warehouse.company_id.partner_id.tz or "UTC")
        today = datetime.now(timezone.utc).astimezone(zone).date()
        found = []
        for ago in range(1, days + 1):
            begin = datetime.combine(today - timedelta(days=ago), time(), zone).astimezone(timezone.utc)
            found.append(self._past_day(product, warehouse, begin.replace(tzinfo=None), channels))
        return found

    def _past_day(self, product, warehouse, begin, channels):
        self.env["sale.order.line"].flush_model()
        self.env["sale.order"].flush_model()
        sold = self.env["ecom.flow.learn"]._sold_query(warehouse, begin.replace(tzinfo=timezone.utc))
        self.env.cr.execute(
            SQL(
                """SELECT extract(epoch FROM sold.placed - %(begin)s)::float, sold.channel_id, ceil(sold.units)::integer
                     FROM (%(sold)s) sold
                    WHERE sold.product_id = %(product)s AND sold.placed < %(end)s""",
                begin=begin,
                end=begin + timedelta(days=1),
                sold=sold,
                product=product.id,
            )
        )
        return [
            (second, channel if channel in channels else OTHERS, units)
            for second, channel, units in self.env.cr.fetchall()
        ]
