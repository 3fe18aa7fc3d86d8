from odoo import fields, models


class EcomReturnRefuseWizard(models.TransientModel):
    _name = "ecom.return.refuse.wizard"
    _description = "Refuse a Return"

    return_ids = fields.Many2many("ecom.return", required=True)
    reason = fields.Char(required=True)

    def action_refuse(self):
        """Refuse them for this reason."""
        self.return_ids.action_refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
