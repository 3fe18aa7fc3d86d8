from odoo import fields, models


class EcomDecisionTerms(models.AbstractModel):
    """Who decides something on a channel, and how long he may take."""

    _name = "ecom.decision.terms"
    _description = "Who Decides, Until When"
    _inherit = ["mail.thread"]

    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        domain="[('share', '=', False)]",
        tracking=True,
        help="Empty: whoever works on the exceptions of the channel.",
    )
    hours = fields.Integer(
        string="Decide Within (Hours)", default=8, tracking=True, aggregator=None, help="0: no deadline."
    )

    _hours_positive = models.Constraint("CHECK(hours >= 0)", "A deadline cannot lie in the past.")
