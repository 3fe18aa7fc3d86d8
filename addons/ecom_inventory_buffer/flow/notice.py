"""Sales of a listing that chance does not explain -> exceptions; what is over again closes by itself."""

from datetime import timedelta

from odoo import SUPERUSER_ID, fields, models

from ..rules.forecast.anomaly import find_anomaly
from ..rules.forecast.outlook import look_ahead
from .recall import DAYS


class EcomFlowNotice(models.AbstractModel):
    _name = "ecom.flow.notice"
    _description = "E-commerce: notice unusual demand"

    def _notice(self, channel):
        """Open what is unusual of this channel's listings, close what is not any more."""
        sold = self.env["ecom.flow.recall"]._sold(channel)
        listings = self.env["ecom.listing"].search([("id", "in", list(sold)), ("channel_id", "=", channel.id)])
        troubles = {}
        for listing in listings:
            anomaly = self._anomaly(listing, sold[listing.id])
            if anomaly:
                troubles[self._key(listing)] = self._prepare_trouble(listing, anomaly)
        self._close_others(channel, troubles)
        told = self._told_lately(channel)
        self.env["ecom.exception"]._open_many(
            channel, [trouble for key, trouble in troubles.items() if key not in told]
        )

    def _anomaly(self, listing, days):
        """The latest four weeks, held against a forecast made without them."""
        return find_anomaly(days[-DAYS:], self._outlook(listing, days), self._is_in_stock(listing))

    def _outlook(self, listing, days):
        recall = self.env["ecom.flow.recall"]
        before = recall._today(listing.company_id) - timedelta(days=DAYS + 1)
        return look_ahead(recall._weeks_of(days[:-DAYS]), before)

    @staticmethod
    def _key(listing):
        return f"demand:{listing.id}"

    def _is_in_stock(self, listing):
        """What shows nothing cannot sell; where no stock is published, nobody here knows."""
        levels = listing.level_ids
        return not levels or any(level.decided for level in levels)

    def _prepare_trouble(self, listing, anomaly):
        name, detail = self._words(
            anomaly.kind,
            listing=listing.name,
            units=round(anomaly.units),
            days=anomaly.days,
            usual=f"{anomaly.usual:.1f}",
        )
        return {
            "category": "demand",
            "severity": "1",
            "name": name,
            "detail": detail,
            "dedupe_key": self._key(listing),
            "listing_id": listing.id,
        }

    def _words(self, kind, **figures):
        """(what happened, what to do)."""
        sold = self.env._("%(units)s sold in %(days)s days, where about %(usual)s were usual.", **figures)
        if kind == "spike":
            todo = self.env._("Look whether the price is right, and whether there is enough to buy.")
            return self.env._("%(listing)s sells much more than usual", **figures), f"{sold} {todo}"
        todo = self.env._(
            "It is in stock: look whether the listing can be found and bought there, and what others ask for it."
        )
        return self.env._("%(listing)s hardly sells any more", **figures), f"{sold} {todo}"

    def _told_lately(self, channel):
        """The figures are others each day: what a person decided about is not told again while it lasts."""
        decided = (
            self.env["ecom.exception"]
            .sudo()
            .search(
                [
                    ("channel_id", "=", channel.id),
                    ("category", "=", "demand"),
                    ("state", "!=", "open"),
                    ("decided_at", ">", fields.Datetime.now() - timedelta(days=DAYS)),
                    ("decided_by", "!=", SUPERUSER_ID),
                ]
            )
        )
        return set(decided.mapped("dedupe_key"))

    def _close_others(self, channel, keys):
        over = (
            self.env["ecom.exception"]
            .sudo()
            .search(
                [
                    ("channel_id", "=", channel.id),
                    ("category", "=", "demand"),
                    ("state", "=", "open"),
                    ("dedupe_key", "not in", list(keys)),
                ]
            )
        )
        over._close_quietly(self.env._("Sales are as usual again"))
