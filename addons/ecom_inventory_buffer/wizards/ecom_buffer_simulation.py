from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import strategies
from ..rules.rule import BadRule, Rule

# Products that are proposed when it is opened from a channel or a rule.
PROPOSED = 20


class EcomBufferSimulation(models.TransientModel):
    """What if: the past days of a product again, under a rule that is only tried. Nothing is saved or published."""

    _name = "ecom.buffer.simulation"
    _description = "Buffer Simulator"
    _rec_name = "product_id"

    product_id = fields.Many2one(
        "product.product", required=True, domain="[('id', 'in', product_ids)]", default=lambda self: self._first()
    )
    product_ids = fields.Many2many("product.product", default=lambda self: self._proposed())
    warehouse_id = fields.Many2one(
        "stock.warehouse", compute="_compute_warehouse_id", store=True, readonly=False, required=True, precompute=True
    )
    stock = fields.Integer(
        compute="_compute_stock",
        store=True,
        readonly=False,
        precompute=True,
        help="Units free for sale in the morning.",
    )
    days = fields.Integer(string="Past Days", default=14, required=True)
    demand = fields.Float(string="Demand Times", default=1.0, digits=(5, 2), help="3: three times as many orders.")
    delay = fields.Float(string="Delays Times", default=1.0, digits=(5, 2), help="2: every channel is twice as late.")
    what_if = fields.Selection(
        [
            ("none", "Nothing is kept back"),
            ("keep_back", "Some units are kept back"),
            ("risk", "A buffer is sized by risk"),
            ("rule", "Another rule counts"),
        ],
        default=lambda self: "rule" if self.env.context.get("active_model") == "ecom.buffer.rule" else "risk",
        required=True,
    )
    keep_back = fields.Integer(string="Kept Back", default=2)
    risk_percent = fields.Float(string="Accepted Chance", default=0.5, digits=(5, 3))
    rule_id = fields.Many2one("ecom.buffer.rule", default=lambda self: self._own_rule())
    result = fields.Json(readonly=True)

    # ------------------------------------------------------------------ defaults
    def _own_rule(self):
        if self.env.context.get("active_model") == "ecom.buffer.rule":
            return self.env.context.get("active_id")
        return False

    def _first(self):
        return self._proposed()[:1]

    def _proposed(self):
        """The product it was opened from; of a channel or a rule those that sell most."""
        model, record_id = self.env.context.get("active_model"), self.env.context.get("active_id")
        if model == "product.product":
            return self.env[model].browse(record_id)
        if model == "product.template":
            return self.env[model].browse(record_id).product_variant_ids
        column = {"ecom.channel": "channel_id", "ecom.buffer.rule": "buffer_rule_id"}.get(model)
        domain = [(column, "=", record_id)] if column else []
        products = self.env["ecom.stock.level"]._read_group(domain, [], ["product_id:recordset"], limit=1)[0][0]
        best = self.env["ecom.demand"].search([("product_id", "in", products.ids)], limit=PROPOSED).product_id
        return best or products[:PROPOSED]

    @api.depends("product_id")
    def _compute_warehouse_id(self):
        for simulation in self:
            levels = simulation.product_id.ecom_level_ids
            simulation.warehouse_id = levels.warehouse_id[:1]

    @api.depends("product_id", "warehouse_id")
    def _compute_stock(self):
        for simulation in self:
            levels = simulation.product_id.ecom_level_ids.filtered(
                lambda level, own=simulation: level.warehouse_id == own.warehouse_id
            )
            simulation.stock = max(0, int(levels[:1].free_quantity))

    # ----------------------------------------------------------------- simulate
    def action_simulate(self):
        self.check_access("write")
        self.ensure_one()
        if not 1 <= self.days <= 28 or not 0 < self.demand <= 100 or not 0 < self.delay <= 100:
            raise UserError(
                self.env._("Choose 1 to 28 past days, and demand and delays between a little and 100 times as much.")
            )
        names = {"now": self.env._("As it is now"), "tried": self._tried_name()}
        found = self.env["ecom.flow.simulate"]._compare(
            self.product_id,
            self.warehouse_id,
            {"now": None, "tried": self._tried_rule()},
            self.stock,
            self.days,
            self.demand,
            self.delay,
        )
        self.result = {
            "days": found["now"].days,
            "rows": [{"name": names[key], **figures._asdict()} for key, figures in found.items()],
        }
        return self._again()

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What If"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _tried_name(self):
        return dict(self._fields["what_if"]._description_selection(self.env))[self.what_if]

    def _tried_rule(self):
        """rules.rule.Rule. UserError."""
        try:
            if self.what_if == "rule":
                if not self.rule_id:
                    raise UserError(self.env._("Choose the rule to try."))
                return self.rule_id._plain_rule()
            built = {
                "keep_back": lambda: [strategies.Fixed(self.keep_back)],
                "risk": lambda: [strategies.RiskSized(self.risk_percent)],
            }.get(self.what_if, list)
            return Rule(self._tried_name(), *built())
        except BadRule as error:
            raise UserError(str(error)) from None
