from decimal import Decimal

from odoo import api, fields, models

from ..rules.checks import RULES
from ..rules.checks.facts import Limits

GROUPS = {
    "operator": "ecom_connector.ecom_connector_group_operator",
    "channel_manager": "ecom_connector.ecom_connector_group_channel_manager",
    "administrator": "ecom_connector.ecom_connector_group_administrator",
}
# What a new channel begins with: hold what would cost money or break a law, tell what somebody should look at.
USUAL = {
    "blocked": {"effect": "hold", "release_by": "channel_manager"},
    "channel_risk": {"effect": "hold", "release_by": "channel_manager", "never": ("subscription",)},
    "fraud": {"effect": "hold", "release_by": "channel_manager", "never": ("marketplace", "subscription", "wholesale")},
    "payment": {"effect": "off", "never": ("wholesale",)},
    "total": {"effect": "hold"},
    "price": {"effect": "warn", "never": ("wholesale",)},
    "credit": {"effect": "hold", "release_by": "channel_manager"},
    "duplicate": {"effect": "warn", "never": ("subscription",)},
    "restricted": {"effect": "hold", "release_by": "channel_manager"},
    "address": {"effect": "warn"},
    "stock": {"effect": "warn", "never": ("preorder",)},
    "unknown": {"effect": "warn"},
}


class EcomCheckPolicy(models.Model):
    """What one rule does on one channel: nothing, tell somebody, or hold the order until somebody releases it."""

    _name = "ecom.check.policy"
    _description = "Order Check"
    _inherit = ["ecom.decision.terms"]
    _order = "channel_id, sequence, id"
    _rec_name = "rule"

    company_currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    rule = fields.Selection(
        [
            ("blocked", "Buyer on the block list"),
            ("channel_risk", "Risk seen by the channel"),
            ("fraud", "Possible fraud"),
            ("payment", "Payment"),
            ("total", "Total differs"),
            ("price", "Price far from the pricelist"),
            ("credit", "Credit limit"),
            ("duplicate", "Possible duplicate"),
            ("restricted", "Restricted destination or product"),
            ("address", "Address"),
            ("stock", "Not enough stock"),
            ("unknown", "Unknown payment or shipping method"),
        ],
        required=True,
        readonly=True,
    )
    explanation = fields.Text(compute="_compute_explanation")
    effect = fields.Selection(
        [("off", "Off"), ("warn", "Tell"), ("hold", "Hold")],
        default="warn",
        required=True,
        tracking=True,
        help="Tell: the order goes on, and somebody is asked to look at it. Hold: it stays a quotation until somebody "
        "releases it.",
    )
    only_type_ids = fields.Many2many(
        "ecom.order.type", "ecom_check_policy_only_type_rel", string="Only For", help="Empty: all kinds of orders."
    )
    never_type_ids = fields.Many2many("ecom.order.type", "ecom_check_policy_never_type_rel", string="Not For")
    # Beside who decides and until when
    release_by = fields.Selection(
        [
            ("operator", "Operators"),
            ("channel_manager", "Channel Managers"),
            ("administrator", "Connector Administrators"),
        ],
        string="Released By",
        default="operator",
        required=True,
        tracking=True,
    )
    second_person = fields.Boolean(
        string="Two People",
        tracking=True,
        help="A release counts only when a second person, not the first one again, gives it too.",
    )
    # Limits; each rule reads its own
    payment_wanted = fields.Selection(
        [("authorized", "Authorised"), ("paid", "Paid")], string="At Least", default="authorized", required=True
    )
    risk_level = fields.Selection(
        [("medium", "Medium risk"), ("high", "High risk")], string="From", default="high", required=True
    )
    points = fields.Integer(string="Score From", default=60, tracking=True)
    amount = fields.Monetary(
        string="Unusual Value From", currency_field="company_currency_id", default=1000, help="0: no order is unusual."
    )
    orders = fields.Integer(string="Unusual Number of Orders", default=4)
    window_hours = fields.Integer(string="Within (Hours)", default=24)
    percent = fields.Float(string="Tolerated Difference (%)", default=50)
    phone_wanted = fields.Boolean(string="Phone Number Needed")

    _rule_uniq = models.UniqueIndex("(channel_id, rule)")
    _limits_positive = models.Constraint(
        "CHECK(points > 0 AND amount >= 0 AND orders > 0 AND window_hours > 0 AND percent >= 0)",
        "Limits cannot be negative, and a score, a number of orders and a time cannot be zero.",
    )

    @api.depends("rule")
    def _compute_sequence(self):
        places = {rule: place for place, rule in enumerate(RULES, 1)}
        for policy in self:
            policy.sequence = places.get(policy.rule, 0)

    @api.depends("rule")
    @api.depends_context("lang")
    def _compute_display_name(self):
        titles = dict(self._fields["rule"]._description_selection(self.env))
        for policy in self:
            policy.display_name = titles.get(policy.rule)

    @api.depends("rule")
    @api.depends_context("lang")
    def _compute_explanation(self):
        explanations = self.env["ecom.flow.word"]._explanations()
        for policy in self:
            policy.explanation = explanations.get(policy.rule)

    def _limits(self):
        """Of one policy, as the plain rules want them."""
        return Limits(
            payment=self.payment_wanted,
            level=self.risk_level,
            points=self.points,
            amount=Decimal(str(self.amount)),
            orders=self.orders,
            hours=self.window_hours,
            percent=Decimal(str(self.percent)),
            phone=self.phone_wanted,
        )

    def _may_release(self, user):
        """Whether that user may release what this policy holds."""
        return user.has_group(GROUPS[self.release_by or "operator"])


class EcomChannel(models.Model):
    _inherit = "ecom.channel"

    check_policy_ids = fields.One2many(
        "ecom.check.policy",
        "channel_id",
        string="Order Checks",
        groups="ecom_connector.ecom_connector_group_operator",
    )
    order_type_ids = fields.Many2many(
        "ecom.order.type",
        string="Its Orders Are",
        domain="[('code', '!=', 'ordinary')]",
        help="What all orders of this channel are, beside what the channel says of each.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        channels = super().create(vals_list)
        channels._create_check_policies()
        return channels

    def _create_check_policies(self):
        """The usual setting of every check that the channel has none of."""
        types = {found.code: found.id for found in self.env["ecom.order.type"].search([])}
        values = [
            {
                "channel_id": channel.id,
                "rule": rule,
                **{name: value for name, value in usual.items() if name != "never"},
                "never_type_ids": [types[code] for code in usual.get("never", ()) if code in types],
            }
            for channel in self
            for rule, usual in USUAL.items()
            if rule not in set(channel.sudo().check_policy_ids.mapped("rule"))
        ]
        self.env["ecom.check.policy"].sudo().with_context(tracking_disable=True).create(values)
