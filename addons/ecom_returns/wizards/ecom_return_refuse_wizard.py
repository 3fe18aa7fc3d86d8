from odoo import api, fields, models


class EcomReturnRefuseWizard(models.TransientModel):
    _name = "ecom.return.refuse.wizard"
    _description = "Refuse a Return"

    return_ids = fields.Many2many("ecom.return", required=True)
    code = fields.Selection(
        selection=lambda self: self.env["ecom.return"]._fields["refusal_code"]._description_selection(self.env),
        string="Kind",
        required=True,
    )
    reason = fields.Char(string="Told to the Customer", required=True)

    @api.onchange("code")
    def _onchange_code(self):
        """The sentence to start from."""
        if self.code and self.code != "other":
            self.reason = dict(self._fields["code"]._description_selection(self.env))[self.code]

    def action_refuse(self):
        """Refuse them for this reason."""
        self.return_ids.action_refuse(self.reason, self.code)
        return {"type": "ir.actions.act_window_close"}
