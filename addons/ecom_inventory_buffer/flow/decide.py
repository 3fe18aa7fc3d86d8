"""Terms and the merchant's rules -> what each listing may show."""

from odoo import models

from ..rules.decide import Case, decide
from ..rules.steps import written
from ..rules.terms import Terms
from .pool import NO_RULE, Subject

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
            rule_id, rule = rules.get(level.id, (None, NO_RULE))
            terms = self._terms(measured[level.id])
            available = terms.available
            if not level.sold:
                values[level.id] = self._values(level, terms, available, None, 0, "")
            elif rule is None or rule.looks_around:
                together.append(Subject(level, terms, available, rule_id, rule))
            else:
                # Most listings are in the same few situations.
                key = (rule_id, available, level.units, level.channel_id)
                if key not in told:
                    decision = decide(Case(terms, available, level.channel_id, level.units), rule)
                    told[key] = decision.quantity, written(decision.steps)
                values[level.id] = self._values(level, terms, available, rule_id, *told[key])
        if together:
            values.update(self.env["ecom.flow.pool"]._values_together(together, levels, measured, rules))
        return values

    def _values(self, level, terms, available, rule_id, decided, steps):
        return {
            **dict(zip(TERMS, terms, strict=False)),
            "incoming": sum(units for _date, units in terms.incoming) if terms.incoming else 0.0,
            "free_quantity": available,
            "decided": decided,
            "kept_back": max(0.0, available - decided * level.units),
            "buffer_rule_id": rule_id,
            "buffer_steps": steps,
        }
