"""A rule that changes, begins or ends -> what its channels show is decided again."""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from odoo import api, models

WATCHED_NOT = frozenset(("problem", "holds"))


class EcomBufferRule(models.Model):
    _inherit = "ecom.buffer.rule"

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._begin_or_end()
        rules._decide_again()
        return rules

    def write(self, vals):
        if vals.keys() <= WATCHED_NOT:
            return super().write(vals)
        self._decide_again()
        result = super().write(vals)
        self._begin_or_end()
        self._decide_again()
        return result

    def unlink(self):
        self._decide_again()
        self._forget()
        return super().unlink()

    def _forget(self):
        """SQL: a rule may have decided a million levels."""
        levels = self.env["ecom.stock.level"]
        levels.flush_model(["buffer_rule_id"])
        self.env.cr.execute(
            "UPDATE ecom_stock_level SET buffer_rule_id = NULL WHERE buffer_rule_id = ANY(%s)", (self.ids,)
        )
        levels.invalidate_model(["buffer_rule_id"])

    def _begin_or_end(self):
        """Write down which rules hold today. Returns those that began or ended since that was looked at."""
        changed = self.filtered(lambda rule: rule.holds != rule._holds_today())
        for rule in changed:
            rule.holds = not rule.holds
        return changed

    def _holds_today(self):
        today = self._today(self.company_id)
        begun = not self.date_from or self.date_from <= today
        return begun and (not self.date_to or today <= self.date_to)

    @api.model
    def _today(self, company):
        """The date where the company is."""
        return self._today_in(company.partner_id.tz or "UTC")

    @api.model
    def _today_in(self, tz):
        return datetime.now(timezone.utc).astimezone(ZoneInfo(tz)).date()

    def _decide_again(self):
        """Whatever these rules may concern is looked at again. Also the rules that name them for low stock."""
        change = self.env["ecom.stock.change"].sudo()
        rules = self.sudo() | self.sudo().search([("low_rule_id", "in", self.ids)])
        for rule in rules:
            if rule.product_ids:
                change._mark("product", rule.product_ids._ids)
            else:
                own = [("company_id", "=", rule.company_id.id)]
                channels = rule.channel_ids or rule.env["ecom.channel"].search(own)
                change._mark("channel", channels._ids)
