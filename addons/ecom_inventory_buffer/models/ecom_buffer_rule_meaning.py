"""A merchant's rule -> the plain rule that decides, or what is wrong with it."""

from decimal import Decimal

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools.safe_eval import safe_eval

from ..rules import strategies
from ..rules.risk.allowed import allowed_risk
from ..rules.rule import BadRule, Rule


class EcomBufferRule(models.Model):
    _inherit = "ecom.buffer.rule"

    @api.constrains(lambda self: self._meaningful())
    def _check_meaning(self):
        for rule in self:
            try:
                rule._plain_rule()
            except BadRule as error:
                raise ValidationError(rule._in_words(error)) from None
            rule._check_domain()

    def _meaningful(self):
        """What a person enters: a rule that broke later can still be written about."""
        own = (name for name, field in self._fields.items() if field.store and not field.readonly)
        return [name for name in own if name not in models.MAGIC_COLUMNS]

    def _check_domain(self):
        if not self.domain:
            return
        try:
            with self.env.cr.savepoint():
                self.env["product.product"].search(self._parsed_domain(), limit=1)
        except Exception as error:
            raise ValidationError(
                self.env._(
                    "The condition on products of %(rule)s cannot be read: choose its fields again. (%(why)s)",
                    rule=self.name,
                    why=error,
                )
            ) from None

    def _parsed_domain(self):
        return self._parsed(self.domain)

    @api.model
    def _parsed(self, domain):
        return safe_eval(domain or "[]", {"uid": self.env.uid})

    def _in_words(self, error):
        return self.env._("%(rule)s: %(problem)s", rule=self.name, problem=error)

    # ------------------------------------------------------------------ meaning
    def _plain_rule(self):
        """rules.rule.Rule. BadRule, its message in words."""
        found = self._plain_strategies()
        if self.use_low:
            if not self.low_rule_id:
                raise BadRule(self.env._("Say which rule counts while stock is low."))
            if self.low_rule_id == self or self.low_rule_id.use_low:
                raise BadRule(self.env._("The rule for low stock cannot name another one for low stock."))
            found.append(strategies.LowStock(self.low_at, tuple(self.low_rule_id._plain_strategies())))
        return Rule(self.name, *found)

    def _plain_strategies(self):
        """To extend: a strategy of an add-on's own."""
        self.ensure_one()
        candidates = (
            (self.use_constant, lambda: strategies.Constant(self.constant)),
            (self.use_keep_back, lambda: strategies.Fixed(self.keep_back)),
            (self.use_risk, lambda: strategies.RiskSized(self._risk_percent())),
            (self.use_booking, strategies.BookingLimit),
            (self.use_percent, lambda: strategies.Percent(self.percent)),
            (self.use_allocation, lambda: strategies.Allocation(self.allocation)),
            (self.use_zero_at, lambda: strategies.ZeroAt(self.zero_at)),
            (self.use_last_units, lambda: strategies.LastUnits(self.last_units, self.last_channel_id.id or None)),
            (self.use_cap, lambda: strategies.Cap(self.cap)),
            (self.use_pre_order, self._pre_order),
            (self.use_back_order, lambda: strategies.BackOrder(self.back_order)),
            (self.use_smallest, lambda: strategies.SmallestOrder(self.smallest)),
        )
        return [build() for used, build in candidates if used]

    def _pre_order(self):
        return strategies.PreOrder(
            self.released_on or None, self.pre_order_cap, self.opens_on or None, self.incoming_percent
        )

    def _risk_percent(self):
        if self.risk_basis != "cost":
            return self.risk_percent
        try:
            return 100.0 * allowed_risk(Decimal(str(self.cancel_cost)), Decimal(str(self.forgone_margin)))
        except ValueError as error:
            raise BadRule(str(error)) from None
