"""Channels that take only so many changes of a listing a day (`limits.daily_revisions`): who may still spend one."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from odoo import fields, models
from odoo.tools import SQL

from ..channels.errors import Busy, Refused, Unanswered, Unreachable
from ..rules.budget import affordable


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """daily: changes of a listing that the channel takes a day, 0: as many as one likes

    spent: {listing id: changes made today}
    """

    daily: int
    spent: dict

    def affordable(self, level, quantity, shown):
        """See rules/budget.py."""
        if not self.daily:
            return quantity
        return affordable(quantity, shown, self.daily - self.spent.get(level.listing_id.id, 0), self.daily)


class EcomFlowBudget(models.AbstractModel):
    """Days are those of UTC. Where a vendor's day begins is known of none; should its count differ from ours, its No
    comes back as a rejected change, which waits and is told to a person like any other."""

    _name = "ecom.flow.budget"
    _description = "E-commerce: budget of stock changes"

    def _look(self, channel, levels):
        """The Budget of the listings of these levels, whose locations share it."""
        daily = channel._adapter().limits.daily_revisions
        if not daily:
            return Budget(daily=0, spent={})
        self.env["ecom.stock.level"].flush_model()
        self.env.cr.execute(
            SQL(
                """SELECT listing_id, sum(revisions) FROM ecom_stock_level
                    WHERE listing_id = ANY(%s) AND revised_on = %s GROUP BY listing_id""",
                levels.listing_id.ids,
                fields.Date.today(),
            )
        )
        return Budget(daily=daily, spent=dict(self.env.cr.fetchall()))

    def _spend(self, level):
        """Values of a level that is about to be told something."""
        today = fields.Date.today()
        before = level.revisions if level.revised_on == today else 0
        return {"revisions": before + 1, "revised_on": today}

    def _hold(self, level):
        """Until the channel's next day begins."""
        tomorrow = datetime.combine(fields.Date.today() + timedelta(days=1), time())
        level.write({"held_back": "budget", "next_try": tomorrow})


class EcomFlowAcknowledge(models.AbstractModel):
    _inherit = "ecom.flow.acknowledge"

    def _acknowledge_silence(self, level, row, error):
        """A change that surely did not happen was not spent."""
        untouched = isinstance(error, Busy | Refused | Unreachable) and not isinstance(error, Unanswered)
        if untouched and level.revisions and row.sequence == level.sent_sequence:
            level.revisions -= 1
        return super()._acknowledge_silence(level, row, error)
