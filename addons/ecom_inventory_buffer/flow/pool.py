"""Levels whose rule looks around: at sales so far, at the date, at the other channels of the same stock."""

import math

from odoo import models
from odoo.tools import SQL

from ..rules.decide import DUST, Case, decide
from ..rules.steps import written


class EcomFlowPool(models.AbstractModel):
    _name = "ecom.flow.pool"
    _description = "E-commerce: decide together"

    def _values_together(self, subjects):
        """As `_decide_values`, for `subjects`: list of (Level, Terms, available, rule id, Rule or None)."""
        whole = [subject for subject in subjects if subject[4] is not None]
        return {**self._decided_without(subjects), **self._decided(whole)}

    def _decided(self, subjects):
        cases = self._cases(subjects)
        values = {}
        for (level, terms, available, rule_id, rule), case in zip(subjects, cases, strict=True):
            found = decide(case, rule)
            values[level.id] = self._values(level, terms, available, rule_id, found.quantity, written(found.steps))
        return values

    def _values(self, *given):
        return self.env["ecom.flow.decide"]._values(*given)

    def _cases(self, subjects):
        channels = self.env["ecom.channel"].sudo().browse({level.channel_id for level, *_rest in subjects})
        rules = self.env["ecom.buffer.rule"]
        today = {channel.id: rules._today(channel.company_id) for channel in channels}
        sold = self.env["ecom.flow.sold"]
        allocated, ahead = sold._since_allocated(subjects), sold._ahead(subjects)
        return [
            Case(
                terms,
                available,
                channel=level.channel_id,
                units=level.units,
                sold=allocated.get(level.id, 0.0),
                ahead=ahead.get(level.id, 0.0),
                today=today[level.channel_id],
            )
            for level, terms, available, _rule_id, _rule in subjects
        ]

    # ------------------------------------------------------------------ broken
    def _decided_without(self, subjects):
        """The rule that wins cannot be applied. The last quantity is kept, as far as it is covered: a sale since then
        must still be told. Or zero, where the merchant chose that."""
        broken = [subject for subject in subjects if subject[4] is None]
        if not broken:
            return {}
        self.env.cr.execute(
            SQL("SELECT id, decided FROM ecom_stock_level WHERE id = ANY(%s)", [level.id for level, *_rest in broken])
        )
        last = dict(self.env.cr.fetchall())
        rules = self.env["ecom.buffer.rule"].sudo()
        values = {}
        for level, terms, available, rule_id, _rule in broken:
            keeps = rules.browse(rule_id).when_broken == "keep"
            covered = max(0, math.floor(available / level.units + DUST))
            decided = min(last.get(level.id) or 0, covered) if keeps else 0
            steps = (("broken" if keeps else "hidden", available, float(decided)),)
            values[level.id] = self._values(level, terms, available, rule_id, decided, written(steps))
        return values
