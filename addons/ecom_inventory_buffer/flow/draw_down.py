"""Channels that are down or behind: what they show is decided with that in mind, and told in the explanation."""

from odoo import models
from odoo.addons.ecom_connector.flow.clock import now
from odoo.tools import SQL

from ..rules.draw_down import drawn_down
from ..rules.steps import read, written


class EcomFlowDrawDown(models.AbstractModel):
    _name = "ecom.flow.draw.down"
    _description = "E-commerce: draw down channels that are behind"

    def _lag(self, channel_ids=None):
        """{channel id: seconds} since which the channel's orders are not known here, by our clock.

        The older of: when all orders were asked for last, and when the oldest one that still waits came in. A channel
        of which nothing was read yet is missing: it is new, not behind.
        """
        self.env["ecom.message"].flush_model()
        self.env["ecom.channel.cursor"].flush_model()
        # SQL: one statement for all channels, inside every decision.
        self.env.cr.execute(
            SQL(
                """SELECT cursor.channel_id, extract(epoch FROM %(now)s - least(cursor.fresh_at, (
                              SELECT min(message.create_date) FROM ecom_message message
                               WHERE message.channel_id = cursor.channel_id AND message.direction = 'in'
                                 AND message.topic = 'orders' AND message.state = 'waiting'
                                 AND message.next_try <= %(now)s)))
                     FROM ecom_channel_cursor cursor
                    WHERE cursor.topic = 'orders' AND cursor.fresh_at IS NOT NULL AND %(wanted)s""",
                now=now(),
                wanted=SQL("cursor.channel_id = ANY(%s)", list(channel_ids)) if channel_ids else SQL("TRUE"),
            )
        )
        return {channel_id: max(0.0, float(seconds)) for channel_id, seconds in self.env.cr.fetchall()}

    def _behind(self, channel_ids=None):
        """Ids of the channels that are drawn down now."""
        domain = [("behind_policy", "!=", "keep")] + ([("id", "in", list(channel_ids))] if channel_ids else [])
        channels = self.env["ecom.channel"].sudo().search(domain)
        lag = self._lag(channels.ids) if channels else {}
        return {channel.id for channel in channels if lag.get(channel.id, 0.0) > 60 * channel.behind_minutes}

    def _cron_look(self):
        """Time makes a channel late without any write: look for those whose levels say something else by now."""
        self.env["ecom.stock.level"].flush_model()
        behind = list(self._behind())
        self.env.cr.execute(
            SQL(
                """SELECT DISTINCT channel_id FROM ecom_stock_level
                    WHERE decided_at IS NOT NULL AND (drawn_from IS NOT NULL) <> (channel_id = ANY(%s))""",
                behind,
            )
        )
        self.env["ecom.stock.change"]._mark("channel", [row[0] for row in self.env.cr.fetchall()])


class EcomFlowDecide(models.AbstractModel):
    _inherit = "ecom.flow.decide"

    def _decide_values(self, levels, measured):
        values = super()._decide_values(levels, measured)
        behind = self.env["ecom.flow.draw.down"]._behind({level.channel_id for level in levels})
        channels = {channel.id: channel for channel in self.env["ecom.channel"].sudo().browse(behind)}
        for level in levels if channels else ():
            channel = channels.get(level.channel_id)
            if channel and level.id in values:
                values[level.id] = self._drawn_down(level, values[level.id], channel)
        return values

    def _drawn_down(self, level, kept, channel):
        """The values of this level with the smaller quantity, as a step that the explanation tells."""
        decided = kept["decided"]
        quantity = drawn_down(decided, channel.behind_policy, channel.behind_most)
        late = {**kept, "drawn_from": decided}
        if quantity < decided:
            step = ("late", float(decided), float(quantity))
            late["buffer_steps"] = written((*read(kept["buffer_steps"]), step))
            late["decided"] = quantity
            late["kept_back"] = max(0.0, kept["free_quantity"] - quantity * level.units)
        return late

    def _decision_columns(self):
        return {**super()._decision_columns(), "drawn_from": "integer"}
