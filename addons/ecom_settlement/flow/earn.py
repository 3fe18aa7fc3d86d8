from datetime import timedelta

from odoo import fields, models

# A season is too long for what a unit earns today, a week too short.
DAYS = 90


class EcomFlowEarn(models.AbstractModel):
    """What payouts say of a channel -> what it earns of a sale, and which sales no payout brought in time."""

    _name = "ecom.flow.earn"
    _description = "E-commerce: earn"

    def _learn(self, channel):
        """Once a day: the part of the price that is left, for whoever compares channels."""
        # Views in SQL do not know what waits to be written.
        self.env.flush_all()
        since = fields.Date.context_today(self) - timedelta(days=DAYS)
        profit = self.env["ecom.channel.profit"]
        ((revenue, shipping, contribution),) = profit._read_group(
            [("channel_id", "=", channel.id), ("day", ">=", since)],
            [],
            ["revenue:sum", "shipping_charged:sum", "contribution:sum"],
        )
        taken = (revenue or 0) + (shipping or 0)
        earned = round(100 * (contribution or 0) / taken, 2) if taken > 0 else 0.0
        cursor = channel._cursors("settlements")
        if earned != cursor.earned_percent:
            cursor.earned_percent = earned

    def _tell_late(self, account):
        """Only after the channel's usual time a gap is a trouble."""
        key, Unsettled = "payouts:late", self.env["ecom.unsettled"]
        late = Unsettled.search_count([("account_id", "=", account.id), ("is_late", "=", True)])
        if not late:
            self.env["ecom.exception"]._solve(account, {key})
            return
        self.env["ecom.exception"]._open(
            account,
            category="money",
            severity="1",
            name=self.env._("Sales of %(account)s were not paid out in time", account=account.name),
            detail=self.env._("Look at Settlements, Not Paid Out Yet. Is a payout report missing?"),
            dedupe_key=key,
        )
