from datetime import timedelta

from odoo import fields, models

# How long a fee that rose is told.
NEWS_DAYS = 30
MOST_NAMED = 10
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

    def _tell_tiers(self, account):
        """Products that the warehouse measured anew, and found larger."""
        key, since = "fees:tier", fields.Date.context_today(self) - timedelta(days=NEWS_DAYS)
        rose = self.env["ecom.fee.tier"].search(
            [("channel_id", "=", account.id), ("change", ">", 0), ("day", ">=", since)], order="extra desc"
        )
        if not rose:
            self.env["ecom.exception"]._solve(account, {key})
            return
        named = [
            f"{one.sku}: {one.currency_id.format(one.before)} → {one.currency_id.format(one.fee)}"
            for one in rose[:MOST_NAMED]
        ]
        self.env["ecom.exception"]._open(
            account,
            category="payout",
            severity="1",
            name=self.env._(
                "%(account)s charges more for packing %(count)s products", account=account.name, count=len(rose)
            ),
            detail=self.env._(
                "See Fee Changes. Ask for a new measurement where nothing changed.\n%(fees)s", fees="\n".join(named)
            ),
            dedupe_key=key,
        )

    def _tell_late(self, account):
        """Only after the channel's usual time a gap is a trouble."""
        key, Unsettled = "payouts:late", self.env["ecom.unsettled"]
        late = Unsettled.search_count([("account_id", "=", account.id), ("is_late", "=", True)])
        if not late:
            self.env["ecom.exception"]._solve(account, {key})
            return
        self.env["ecom.exception"]._open(
            account,
            category="unpaid",
            severity="1",
            name=self.env._("Sales of %(account)s were not paid out in time", account=account.name),
            detail=self.env._("Look at Settlements, Not Paid Out Yet. Is a payout report missing?"),
            dedupe_key=key,
        )
