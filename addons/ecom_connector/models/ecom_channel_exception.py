from odoo import fields, models

from .ecom_exception_policy import HOURS


class EcomChannel(models.Model):
    """Who works on the exceptions of a channel, how long they may wait, and how many there are."""

    _inherit = "ecom.channel"

    manager_id = fields.Many2one(
        "res.users",
        string="Overdue Exceptions Go To",
        domain="[('share', '=', False)]",
        tracking=True,
        help="Is told by mail and activity when nobody decided in time. Empty: whoever the exceptions go to.",
    )
    exception_policy_ids = fields.One2many(
        "ecom.exception.policy",
        "channel_id",
        string="Exception Deadlines",
        groups="ecom_connector.ecom_connector_group_operator",
    )

    def _exception_terms(self, category):
        """(hours to decide, owner) for an exception of that category; 0 hours: no deadline."""
        policy = self.sudo().exception_policy_ids.filtered(lambda policy: policy.category == category)
        user = policy.user_id or self.sudo().responsible_id
        return (policy.hours if policy else HOURS.get(category, 0)), user.filtered("active")
