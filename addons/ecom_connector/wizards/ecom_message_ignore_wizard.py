from odoo import fields, models


class EcomMessageIgnoreWizard(models.TransientModel):
    """Give messages up, with the reason that stays with them."""

    _name = "ecom.message.ignore.wizard"
    _description = "Ignore Messages"

    message_ids = fields.Many2many(
        "ecom.message", string="Messages", required=True, default=lambda self: self.env.context.get("active_ids")
    )
    reason = fields.Char(required=True)

    def action_ignore(self):
        self.ensure_one()
        self.message_ids.action_ignore(self.reason)
        return {"type": "ir.actions.act_window_close"}
