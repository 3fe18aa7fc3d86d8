from odoo import fields, models


class EcomReturnQuestionWizard(models.TransientModel):
    _name = "ecom.return.question.wizard"
    _description = "Ask Before Crediting"

    return_ids = fields.Many2many("ecom.return", required=True)
    question = fields.Char(required=True)

    def action_ask(self):
        """Whoever agreed to the returns is asked."""
        self.return_ids._ask(self.question)
        return {"type": "ir.actions.act_window_close"}
