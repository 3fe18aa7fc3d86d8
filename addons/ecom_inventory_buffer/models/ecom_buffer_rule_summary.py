"""Where a rule holds and what it does, in a few words for lists."""

from odoo import api, models


class EcomBufferRule(models.Model):
    _inherit = "ecom.buffer.rule"

    @api.depends(
        "channel_ids.name", "warehouse_ids.name", "categ_id.display_name", "product_ids.display_name", "domain"
    )
    @api.depends_context("lang")
    def _compute_scope(self):
        for rule in self:
            rule.scope = "; ".join(rule._scope_parts()) or self.env._("Everything, on every channel")

    def _scope_parts(self):
        if self.channel_ids:
            yield ", ".join(self.channel_ids.mapped("name"))
        if self.warehouse_ids:
            yield ", ".join(self.warehouse_ids.mapped("name"))
        if self.categ_id:
            yield self.categ_id.display_name
        if len(self.product_ids) > 3:
            yield self.env._("%s products", len(self.product_ids))
        elif self.product_ids:
            yield ", ".join(self.product_ids.mapped("display_name"))
        if self.domain and self.domain != "[]":
            yield self.env._("products of a condition")

    @api.depends(lambda self: [name for name, field in self._fields.items() if field.store and not field.related])
    def _compute_summary(self):
        for rule in self:
            rule.summary = "; ".join(rule._parts()) or self.env._("All that is free is shown.")

    def _parts(self):
        """In the order in which they count."""
        figure = self.env["ecom.stock.level"]._units_text
        candidates = (
            (self.use_constant, self.env._("always %s", figure(self.constant))),
            (self.use_keep_back, self.env._("%s kept back", figure(self.keep_back))),
            (self.use_risk, self._risk_part()),
            (self.use_booking, self.env._("units kept for channels where they earn more")),
            (self.use_percent, self.env._("%s %% shown", f"{self.percent:g}")),
            (self.use_allocation, self.env._("%s allocated", figure(self.allocation))),
            (self.use_zero_at, self.env._("nothing at %s or below", figure(self.zero_at))),
            (
                self.use_last_units,
                self.env._(
                    "the last %(units)s to %(channel)s",
                    units=figure(self.last_units),
                    channel=self.last_channel_id.name,
                ),
            ),
            (self.use_cap, self.env._("never more than %s", figure(self.cap))),
            (
                self.use_pre_order,
                self.env._(
                    "%(units)s sold ahead until %(day)s", units=figure(self.pre_order_cap), day=self.released_on
                ),
            ),
            (self.use_back_order, self.env._("%s beyond the stock", figure(self.back_order))),
            (self.use_smallest, self.env._("nothing below an order of %s", self.smallest)),
            (
                self.use_low,
                self.env._("at %(units)s or below: %(rule)s", units=figure(self.low_at), rule=self.low_rule_id.name),
            ),
        )
        return [words for used, words in candidates if used]

    def _risk_part(self):
        if self.risk_basis == "cost":
            return self.env._("a buffer by what cancelled and lost sales cost")
        return self.env._("a buffer for at most %s %% oversold", f"{self.risk_percent:g}")
