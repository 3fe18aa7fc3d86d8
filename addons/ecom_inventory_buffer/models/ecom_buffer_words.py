"""The words of the plain rules, so that they can be translated: those know English only."""

from odoo import models


class EcomBufferWords(models.AbstractModel):
    _name = "ecom.buffer.words"
    _description = "Words of the Buffer Rules"

    def _words(self):
        """{template of rules/explain.py and rules/strategies: the same for this reader}."""
        return dict((*self._sum_words(), *self._strategy_words()))

    def _sum_words(self):
        return [
            ("%(units)s on hand", self.env._("%(units)s on hand")),
            ("less %(units)s reserved", self.env._("less %(units)s reserved")),
            ("less %(units)s ordered and not reserved yet", self.env._("less %(units)s ordered and not reserved yet")),
            ("less %(units)s held", self.env._("less %(units)s held")),
            (
                "less %(units)s sold there and not imported yet",
                self.env._("less %(units)s sold there and not imported yet"),
            ),
            (": %(units)s free", self.env._(": %(units)s free")),
            (" = %(units)s", " = %(units)s"),
            ("%(units)s units make one", self.env._("%(units)s units make one")),
            (". Shown: %(quantity)s", self.env._(". Shown: %(quantity)s")),
            ("Not counted: %(what)s.", self.env._("Not counted: %(what)s.")),
            ("%(units)s in quarantine", self.env._("%(units)s in quarantine")),
            ("%(units)s damaged", self.env._("%(units)s damaged")),
            ("%(units)s awaiting inspection", self.env._("%(units)s awaiting inspection")),
            ("%(units)s in transit", self.env._("%(units)s in transit")),
            ("%(units)s expired or too close to it", self.env._("%(units)s expired or too close to it")),
            ("%(units)s owned by others", self.env._("%(units)s owned by others")),
            ("whole listings, never below zero", self.env._("whole listings, never below zero")),
        ]

    def _strategy_words(self):
        return [
            ("always %(units)s, whatever the stock", self.env._("always %(units)s, whatever the stock")),
            ("less a buffer of %(units)s", self.env._("less a buffer of %(units)s")),
            (
                "less %(units)s, so that at most %(percent)s %% of such stock is oversold",
                self.env._("less %(units)s, so that at most %(percent)s %% of such stock is oversold"),
            ),
            (
                "less %(units)s kept for channels where a unit earns more",
                self.env._("less %(units)s kept for channels where a unit earns more"),
            ),
            ("%(percent)s %% of that", self.env._("%(percent)s %% of that")),
            (
                "%(left)s left of the %(units)s allocated to this channel",
                self.env._("%(left)s left of the %(units)s allocated to this channel"),
            ),
            ("nothing while %(units)s or fewer are free", self.env._("nothing while %(units)s or fewer are free")),
            (
                "the last %(units)s are for the preferred channel",
                self.env._("the last %(units)s are for the preferred channel"),
            ),
            ("never more than %(units)s", self.env._("never more than %(units)s")),
            ("%(units)s on pre-order until %(released)s", self.env._("%(units)s on pre-order until %(released)s")),
            ("plus %(listings)s on back-order", self.env._("plus %(listings)s on back-order")),
            (
                "nothing, for the smallest order is %(listings)s",
                self.env._("nothing, for the smallest order is %(listings)s"),
            ),
            (
                "the rule cannot be applied, so the last quantity counts where stock covers it",
                self.env._("the rule cannot be applied, so the last quantity counts where stock covers it"),
            ),
            ("nothing, because the rule cannot be applied", self.env._("nothing, because the rule cannot be applied")),
            (
                "no more, because orders of this channel are late",
                self.env._("no more, because orders of this channel are late"),
            ),
        ]

    def _reasons(self):
        """{reason of rules/precedence.py: the same for this reader}."""
        return {
            "another product": self.env._("for other products"),
            "its domain does not select the product": self.env._("its condition does not fit the product"),
            "another category": self.env._("for another category"),
            "another location": self.env._("for another warehouse"),
            "another channel": self.env._("for another channel"),
            "not valid yet": self.env._("not valid yet"),
            "not valid any more": self.env._("not valid any more"),
            "a rule that is more specific, or comes first, won": self.env._(
                "a rule that is more specific, or comes first, won"
            ),
        }
