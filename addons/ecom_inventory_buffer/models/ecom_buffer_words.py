"""The words of the plain rules, so that they can be translated: those know English only."""

from odoo import models


class EcomBufferWords(models.AbstractModel):
    _name = "ecom.buffer.words"
    _description = "Words of the Buffer Rules"

    def _words(self):
        """{template of rules/explain.py and rules/strategies: the same for this reader}."""
        _ = self.env._
        return {template: words for template, words in (*self._sum_words(_), *self._strategy_words(_))}

    def _sum_words(self, _):
        return [
            ("%(units)s on hand", _("%(units)s on hand")),
            ("less %(units)s reserved", _("less %(units)s reserved")),
            ("less %(units)s ordered and not reserved yet", _("less %(units)s ordered and not reserved yet")),
            ("less %(units)s held", _("less %(units)s held")),
            ("less %(units)s sold there and not imported yet", _("less %(units)s sold there and not imported yet")),
            (": %(units)s free", _(": %(units)s free")),
            (" = %(units)s", " = %(units)s"),
            ("%(units)s units make one", _("%(units)s units make one")),
            (". Shown: %(quantity)s", _(". Shown: %(quantity)s")),
            ("Not counted: %(what)s.", _("Not counted: %(what)s.")),
            ("%(units)s in quarantine", _("%(units)s in quarantine")),
            ("%(units)s damaged", _("%(units)s damaged")),
            ("%(units)s awaiting inspection", _("%(units)s awaiting inspection")),
            ("%(units)s in transit", _("%(units)s in transit")),
            ("%(units)s expired or too close to it", _("%(units)s expired or too close to it")),
            ("%(units)s owned by others", _("%(units)s owned by others")),
            ("whole listings, never below zero", _("whole listings, never below zero")),
        ]

    def _strategy_words(self, _):
        return [
            ("always %(units)s, whatever the stock", _("always %(units)s, whatever the stock")),
            ("less a buffer of %(units)s", _("less a buffer of %(units)s")),
            (
                "less %(units)s, so that at most %(percent)s %% of such stock is oversold",
                _("less %(units)s, so that at most %(percent)s %% of such stock is oversold"),
            ),
            (
                "less %(units)s kept for channels where a unit earns more",
                _("less %(units)s kept for channels where a unit earns more"),
            ),
            ("%(percent)s %% of that", _("%(percent)s %% of that")),
            (
                "%(left)s left of the %(units)s allocated to this channel",
                _("%(left)s left of the %(units)s allocated to this channel"),
            ),
            ("nothing while %(units)s or fewer are free", _("nothing while %(units)s or fewer are free")),
            (
                "the last %(units)s are for the preferred channel",
                _("the last %(units)s are for the preferred channel"),
            ),
            ("never more than %(units)s", _("never more than %(units)s")),
            ("%(units)s on pre-order until %(released)s", _("%(units)s on pre-order until %(released)s")),
            ("plus %(listings)s on back-order", _("plus %(listings)s on back-order")),
            ("fewer than the smallest order", _("fewer than the smallest order")),
            (
                "the rule cannot be applied, so the last quantity counts where stock covers it",
                _("the rule cannot be applied, so the last quantity counts where stock covers it"),
            ),
            ("nothing, because the rule cannot be applied", _("nothing, because the rule cannot be applied")),
        ]

    def _reasons(self):
        """{reason of rules/precedence.py: the same for this reader}."""
        _ = self.env._
        return {
            "another product": _("for other products"),
            "its domain does not select the product": _("its condition does not fit the product"),
            "another category": _("for another category"),
            "another location": _("for another warehouse"),
            "another channel": _("for another channel"),
            "not valid yet": _("not valid yet"),
            "not valid any more": _("not valid any more"),
            "a rule that is more specific, or comes first, won": _("a rule that is more specific, or comes first, won"),
        }
