"""Why a level shows what it shows: one sentence, the rows of a waterfall, and the rules that were asked."""

from odoo import api, fields, models

from ..flow.decide import TERMS
from ..rules.decide import Case, Decision
from ..rules.explain import figure, sentence, waterfall
from ..rules.steps import read
from ..rules.terms import Terms

EXTRA = tuple(name for name in TERMS if name not in ("on_hand", "reserved", "waiting"))


class EcomStockLevel(models.Model):
    _inherit = "ecom.stock.level"

    waterfall = fields.Json(compute="_compute_waterfall", help="From what is on hand to what is shown.")
    asked_rules = fields.Json(compute="_compute_asked_rules", help="The rules in the order they were asked.")

    @api.depends(*EXTRA, "buffer_rule_id.name", "buffer_steps", "kept_back")
    def _compute_explanation(self):
        return super()._compute_explanation()

    def _explain_decision(self):
        plain = not self.buffer_rule_id and not self.buffer_steps and not any(self[name] for name in EXTRA)
        if plain or not self.product_id.active:
            return super()._explain_decision()
        return [sentence(self._decision(), self._say()).rstrip(".")]

    def _decision(self):
        """rules.decide.Decision, as it was made."""
        terms = Terms(**{name: self[name] for name in TERMS})
        case = Case(terms, self.free_quantity, self.channel_id.id, self.listing_id.units)
        return Decision(self.decided, case, read(self.buffer_steps), self.buffer_rule_id.name or "")

    def _say(self):
        """Words of the plain rules in the reader's language, quantities as precise as he keeps them."""
        words = self.env["ecom.buffer.words"]._words()

        def say(template, values):
            said = {name: self._figure(value) for name, value in values.items()}
            return words.get(template, template) % said

        return say

    def _figure(self, value):
        return self._units_text(value) if isinstance(value, float) else figure(value)

    # --------------------------------------------------------------- waterfall
    @api.depends("decided", *TERMS, "buffer_steps", "listing_id.units", "measured_at", "product_id.active")
    @api.depends_context("lang")
    def _compute_waterfall(self):
        for level in self:
            level.waterfall = level._waterfall() if level.measured_at and level.product_id.active else False

    def _waterfall(self):
        """{"rows": [{"words", "change", "text"}], "shown"}: the changes add up to what is shown."""
        rows = [
            {"words": words, "change": change, "text": self._figure(float(change))}
            for words, change in waterfall(self._decision(), self._say())
        ]
        return {"rows": rows, "shown": self.decided, "rule": self.buffer_rule_id.name or ""}

    # ------------------------------------------------------------------- rules
    def _compute_asked_rules(self):
        for level in self:
            level.asked_rules = level._asked_rules()

    def _asked_rules(self):
        """[{"id", "name", "why"}]: without a why it is the one that won."""
        words = self.env["ecom.buffer.words"]._reasons()
        found = self.env["ecom.flow.rule"]._reasons(self)
        rules = self.env["ecom.buffer.rule"].sudo().browse(candidate.key for candidate, _why in found)
        names = {rule.id: rule.name for rule in rules}
        return [
            {"id": candidate.key, "name": names[candidate.key], "why": words.get(why, why) if why else ""}
            for candidate, why in found
        ]
