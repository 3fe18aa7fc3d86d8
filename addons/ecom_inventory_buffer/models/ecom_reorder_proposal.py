import json
import math

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..rules.forecast.keep import bars, from_json, to_json
from ..rules.forecast.reorder import propose_reorder

# Without a supplier's delay and without rules that know better.
LEAD_DAYS = 7
COVER_DAYS = 28
RISK_PERCENT = 5.0
# Another reorder point by less than this is not worth a person's time.
WORTH = 0.15


class EcomReorderProposal(models.Model):
    """When to buy a product again for a warehouse, and up to how many: what Odoo's own reordering rule should say."""

    _name = "ecom.reorder.proposal"
    _inherit = "ecom.proposal.mixin"
    _description = "Reordering Proposal"

    _known_better = ("lead_days",)

    warehouse_id = fields.Many2one(
        "stock.warehouse", required=True, readonly=True, check_company=True, ondelete="cascade"
    )
    # What a person may know better
    lead_days = fields.Integer(string="Days to Wait", help="From ordering to the shelf.")
    cover_days = fields.Integer(string="Days to Last", default=COVER_DAYS, help="How long one purchase should last.")
    risk_percent = fields.Float(
        string="Chance of Selling Out (%)", default=RISK_PERCENT, help="Accepted each time one waits for goods."
    )
    # What follows
    reorder_point = fields.Float(digits="Product Unit", compute="_compute_reorder", store=True, readonly=False)
    order_up_to = fields.Float(digits="Product Unit", compute="_compute_reorder", store=True, readonly=False)
    expected = fields.Float(digits=(16, 1), compute="_compute_reorder", store=True, string="Sold While Waiting")
    # The forecast behind it, as rules.forecast.keep writes it; the weeks are for the chart
    outlook = fields.Json(readonly=True)
    weeks = fields.Json(readonly=True)
    weekly = fields.Float(digits=(16, 1), readonly=True, string="Sold a Week")
    error_percent = fields.Integer(
        string="Forecast Off By (%)",
        readonly=True,
        help="Of the last twelve weeks, each forecast from the weeks before it: how far off on average, in percent of "
        "what was sold.",
    )
    naive_percent = fields.Integer(
        string="“As Last Week” Off By (%)", readonly=True, help="The same for the plainest forecast there is."
    )
    reason = fields.Char(compute="_compute_reason")
    chart = fields.Text(compute="_compute_chart")
    # The rule that is there
    orderpoint_id = fields.Many2one("stock.warehouse.orderpoint", string="Reordering Rule", readonly=True)
    point_now = fields.Float(digits="Product Unit", readonly=True, string="Reorder Point Now")

    _open_uniq = models.UniqueIndex("(product_id, warehouse_id) WHERE state = 'open'")
    _days_positive = models.Constraint(
        "CHECK(lead_days BETWEEN 0 AND 365 AND cover_days BETWEEN 1 AND 365)",
        "Days to wait and to last are between a day and a year.",
    )
    _risk_sensible = models.Constraint(
        "CHECK(risk_percent BETWEEN 0.1 AND 50)", "A chance between 0.1 and 50 percent can be worked with."
    )

    @api.depends("lead_days", "cover_days", "risk_percent", "outlook")
    def _compute_reorder(self):
        for proposal in self:
            risk = min(50.0, max(0.1, proposal.risk_percent)) / 100
            days = min(365, max(0, proposal.lead_days)), min(365, max(1, proposal.cover_days))
            found = propose_reorder(from_json(proposal.outlook), *days, risk) if proposal.outlook else (0, 0, 0.0)
            proposal.reorder_point, proposal.order_up_to, proposal.expected = found

    @api.depends("weekly", "lead_days", "expected", "reorder_point", "outlook")
    def _compute_reason(self):
        for proposal in self:
            busier = from_json(proposal.outlook).busier(max(7, proposal.lead_days)) if proposal.outlook else 1.0
            season = round(100 * (busier - 1))
            parts = [self.env._("About %(weekly).1f sold a week lately", weekly=proposal.weekly)]
            if abs(season) >= 5:
                more = self.env._("%s %% more than usual at this time of the year", season)
                less = self.env._("%s %% less than usual at this time of the year", -season)
                parts.append(more if season > 0 else less)
            parts.append(
                self.env._(
                    "%(expected).1f expected in the %(days)s days of waiting, and %(spare).0f for the unexpected",
                    expected=proposal.expected,
                    days=proposal.lead_days,
                    spare=max(0.0, proposal.reorder_point - proposal.expected),
                )
            )
            proposal.reason = "; ".join(parts)

    @api.depends("weeks", "outlook")
    @api.depends_context("lang")
    def _compute_chart(self):
        for proposal in self:
            found = bars(proposal.weeks or [], from_json(proposal.outlook)) if proposal.outlook else []
            values = [
                {
                    "label": format_date(self.env, bar.begins),
                    "value": round(bar.units, 1),
                    "type": "future" if bar.ahead else "past",
                }
                for bar in found
            ]
            proposal.chart = json.dumps([{"key": self.env._("Units a week"), "values": values}])

    # ---------------------------------------------------------------- actions
    def action_accept(self):
        """Write it into Odoo's reordering rule of the product and warehouse, a new one where there is none."""
        self.check_access("write")
        if any(proposal.state != "open" for proposal in self):
            raise UserError(self.env._("This was decided already."))
        for proposal in self:
            proposal._decided("accepted", orderpoint_id=proposal._put_into_rule().id)
        action = self.env["ir.actions.act_window"]._for_xml_id("stock.action_orderpoint")
        return {**action, "context": {}, "domain": [("id", "in", self.orderpoint_id.ids)]}

    def _put_into_rule(self):
        """With the rights of who accepts: reordering rules are for inventory administrators."""
        values = {"product_min_qty": self.reorder_point, "product_max_qty": max(self.order_up_to, self.reorder_point)}
        rule = self._rule_of(self.product_id, self.warehouse_id)
        if rule:
            rule.write(values)
            return rule
        return rule.create(self._prepare_rule(values))

    def _prepare_rule(self, values):
        """A hook: values of a new reordering rule."""
        return {
            **values,
            "product_id": self.product_id.id,
            "warehouse_id": self.warehouse_id.id,
            "location_id": self.warehouse_id.lot_stock_id.id,
            "company_id": self.company_id.id,
        }

    def _rule_of(self, product, warehouse):
        domain = [("product_id", "=", product.id), ("location_id", "=", warehouse.lot_stock_id.id)]
        return self.env["stock.warehouse.orderpoint"].search(domain, limit=1)

    # ------------------------------------------------------------------ renew
    @api.model
    def _renew(self, company, outlooks, history):
        """`outlooks`: {(product id, warehouse id): Outlook}, `history`: {the same: [units by week]}."""
        rules = self.env["stock.warehouse.orderpoint"].search([("company_id", "=", company.id)])
        rules = {(rule.product_id.id, rule.location_id.warehouse_id.id): rule for rule in rules}
        products = self.env["product.product"].browse({product_id for product_id, _warehouse in outlooks})
        products = {product.id: product for product in products}
        wanted = {}
        for key, outlook in outlooks.items():
            values = self._prepare(products[key[0]], outlook, history[key], rules.get(key))
            if values:
                wanted[key] = values
        self._renew_from(company, wanted, ("product_id", "warehouse_id"))

    def _prepare(self, product, outlook, weeks, rule):
        """Values of a proposal; None where nothing sells, or the rule that is there says the same already."""
        lead_days = self._lead_days(product, rule)
        found = propose_reorder(outlook, lead_days, COVER_DAYS, RISK_PERCENT / 100)
        now = rule.product_min_qty if rule else 0.0
        if found.point < 1 or (rule and abs(found.point - now) < max(1.0, WORTH * now)):
            return None
        return {
            "lead_days": lead_days,
            "outlook": to_json(outlook),
            "weeks": list(weeks)[-52:],
            "weekly": outlook.units(28) / 4,
            "error_percent": outlook.error_percent or 0,
            "naive_percent": round(100 * outlook.naive / outlook.sold) if outlook.sold else 0,
            "orderpoint_id": rule.id if rule else False,
            "point_now": now,
            "urgency": abs(found.point - now),
        }

    def _lead_days(self, product, rule):
        """What Odoo itself reckons for the rule; else the first supplier's delay; else a week."""
        if rule and rule.lead_days:
            return math.ceil(rule.lead_days)
        return product.seller_ids[:1].delay or LEAD_DAYS
