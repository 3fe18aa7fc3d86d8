"""Terms and the merchant's rules -> what each listing may show."""

from odoo import models

from ..rules.decide import Case, decide
from ..rules.steps import written
from ..rules.terms import Terms
from .pool import NOBODY, Subject

# Columns that the measuring fills, in the product's unit.
TERMS = (
    "on_hand",
    "reserved",
    "waiting",
    "held",
    "unimported",
    "quarantined",
    "damaged",
    "inspected",
    "travelling",
    "expired",
    "foreign",
)


class EcomFlowDecide(models.AbstractModel):
    _inherit = "ecom.flow.decide"

    def _decision_columns(self):
        return {
            **super()._decision_columns(),
            **dict.fromkeys((*TERMS, "incoming", "kept_back"), "numeric"),
            "buffer_rule_id": "integer",
            "buffer_steps": "text",
        }

    @staticmethod
    def _terms(found):
        """rules.terms.Terms, also of the connector's own three terms."""
        return found if isinstance(found, Terms) else Terms(*found)

    def _decide_values(self, levels, measured):
        rules = self.env["ecom.flow.rule"]._of_levels(levels)
        values, told, together = {}, {}, []
        for level in levels:
            rule_id, rule = rules.get(level.id, NOBODY)
            terms = measured[level.id]
            if level.sold and (rule is None or rule.looks_around):
                together.append(Subject(level, terms, terms.available, rule_id, rule))
                continue
            channel_id = level.channel_id if rule and rule.asks_channel else None
            # Whose terms are the same object is quicker to tell than whose are equal.
            key = rule_id, id(terms), level.units, channel_id, level.sold
            kept = told.get(key)
            if kept is None:
                kept = told[key] = self._decided_alone(level, self._terms(terms), rule_id, rule)
            values[level.id] = kept
        if together:
            values.update(self.env["ecom.flow.pool"]._values_together(together, levels, measured, rules))
        return values

    def _decided_alone(self, level, terms, rule_id, rule):
        """By what is free and nothing else."""
        available = terms.available
        if not level.sold:
            return self._values(level, terms, available, None, 0, "")
        decision = decide(Case(terms, available, level.channel_id, level.units), rule)
        return self._values(level, terms, available, rule_id, decision.quantity, written(decision.steps))

    def _values(self, level, terms, available, rule_id, decided, steps):
        return {
            **dict(zip(TERMS, terms, strict=False)),
            "incoming": sum(units for _date, units in terms.incoming) if terms.incoming else 0.0,
            "free_quantity": available,
            "decided": decided,
            "kept_back": max(0.0, available - decided * level.units),
            "buffer_rule_id": rule_id,
            "buffer_steps": steps,
            "drawn_from": None,
        }
