"""Hints of a backlog -> whole orders, asked for by one worker while another places those that are here.

Asking takes the channel's time, placing ours: after a rush neither should wait for the other. What is found is stored
as a poll stores it. What the channel does not give out is left to the inbox, which asks again and says what is wrong.
"""

from odoo import fields, models
from odoo.tools import SQL

from ..channels.records import Raw

# Few, so that the inbox never waits long for its turn.
AHEAD_AT_ONCE = 12
# What nobody has asked for yet. What a person wants is worked on as such, not as something the shop told.
UNASKED = SQL(
    "hint AND topic = 'orders' AND attempts = 0 AND external_id IS NOT NULL AND starts_with(event_key, 'delivery:')"
)


class EcomFlowWork(models.AbstractModel):
    _inherit = "ecom.flow.work"

    def _slice_ahead(self, task):
        ids = self._claim_orders(task, AHEAD_AT_ONCE, UNASKED)
        if not ids:
            return None
        try:
            with self._transaction(task) as (env, channel):
                problem = env["ecom.flow.ahead"]._fetch(channel, env["ecom.message"].browse(ids))
        finally:
            self._give_back(ids)
        if problem:
            raise problem
        return None


class EcomFlowAhead(models.AbstractModel):
    _name = "ecom.flow.ahead"
    _description = "E-commerce: fetch ahead"

    def _fetch(self, channel, hints):
        """Stores the orders that these hints are about and supersedes them. First all calls, then all writes. Returns
        what ended it early, or None; Refused is raised."""
        follow = self.env["ecom.flow.follow"]
        hints -= self._about_troubled(channel, hints)
        known = follow._known(channel, hints)
        answers, problem = follow._ask(channel, follow._newest(hints - known))
        found = {hint.external_id: answer for hint, answer in answers.items() if isinstance(answer, Raw)}
        receive = self.env["ecom.flow.receive"]
        receive._store(channel, [receive._order_item(raw) for raw in found.values()])
        told = hints.filtered(lambda hint: hint.external_id in found)
        (known | told)._move("superseded", done_at=fields.Datetime.now())
        return problem

    def _about_troubled(self, channel, hints):
        """Those about orders that are in trouble here: being told of them once more is another chance, though nothing
        changed over there."""
        domain = [
            ("channel_id", "=", channel.id),
            ("direction", "=", "in"),
            ("topic", "=", "orders"),
            ("state", "in", ("failed", "ignored")),
            ("external_id", "in", hints.mapped("external_id")),
        ]
        troubled = set(self.env["ecom.message"].search_fetch(domain, ["external_id"]).mapped("external_id"))
        return hints.filtered(lambda hint: hint.external_id in troubled)
