from odoo import api, fields, models

from .ecom_exception import CATEGORIES

# Hours a person has to decide, where the channel says nothing else.
HOURS = {
    "connection": 2,
    "order": 8,
    "product": 8,
    "mapping": 8,
    "money": 24,
    "risk": 4,
    "stock": 8,
    "shipment": 4,
    "change": 8,
    "deadline": 2,
}


class EcomExceptionPolicy(models.Model):
    """How long a kind of exception of a channel may wait, and who works on it."""

    _name = "ecom.exception.policy"
    _description = "Exception Policy"
    _inherit = ["ecom.decision.terms"]
    _order = "channel_id, category"
    _rec_name = "category"

    category = fields.Selection(CATEGORIES, required=True, tracking=True)
    hours = fields.Integer(default=None, compute="_compute_hours", store=True, readonly=False, precompute=True)

    _category_uniq = models.UniqueIndex("(channel_id, category)", "The channel has a policy for this category already.")

    @api.depends("category")
    def _compute_hours(self):
        for policy in self:
            policy.hours = HOURS.get(policy.category, 0)
