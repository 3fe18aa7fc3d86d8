"""What a unit earns on each channel -> the most units each may show while stock is scarce."""

import datetime
from decimal import Decimal

from odoo import models

from ..rules.booking_limits import Demand, booking_limits

# Until the next receipt, where none is planned.
LOOK_AHEAD_DAYS = 14


class EcomFlowMargin(models.AbstractModel):
    _name = "ecom.flow.margin"
    _description = "E-commerce: booking limits"

    def _limits(self, pool, expected, available, terms, today):
        """{channel id: units} for the levels of one product and warehouse; channels without a margin are missing."""
        margins = self._margins(pool)
        hours = 24.0 * self._days_left(terms, today)
        demands = {}
        for level in pool:
            if margins.get(level.channel_id):
                reach = expected.reaches[level.id]
                # The rate is that of the busiest hour of the day, about twice the usual one.
                mean = reach.rate * reach.units * 3600.0 / 2.0 * hours
                spread = 1.0 + mean / hours / expected.latest.unevenness
                known = demands.get(level.channel_id, Demand(margins[level.channel_id], 0.0, 0.0))
                demands[level.channel_id] = known._replace(
                    mean=known.mean + mean, variance=known.variance + mean * spread
                )
        return booking_limits(max(0, int(available)), demands) if demands else {}

    def _days_left(self, terms, today):
        """Until goods come in."""
        coming = [self._day(moment) for moment, units in terms.incoming if units > 0]
        ahead = [(day - today).days for day in coming if day > today]
        return min(ahead, default=LOOK_AHEAD_DAYS)

    @staticmethod
    def _day(moment):
        return moment.date() if isinstance(moment, datetime.datetime) else moment

    def _margins(self, levels):
        """{channel id: Decimal, what a unit earns there}: as people said, else as payouts say where they are read.

        All listings in question sell one product at about one price, so the part of it that is left compares them.
        """
        channels = self.env["ecom.channel"].sudo().browse({level.channel_id for level in levels})
        said = {channel.id: channel.margin_percent for channel in channels if channel.margin_percent > 0}
        earned = channels.filtered(lambda channel: channel.id not in said)._earned_percents()
        return {key: Decimal(str(percent)) for key, percent in {**earned, **said}.items()}
