from odoo import fields, models


class EcomExceptionDecideWizard(models.TransientModel):
    """Decide on one or many exceptions: who did it, when and why stays with each."""

    _name = "ecom.exception.decide.wizard"
    _description = "Decide on Exceptions"

    exception_ids = fields.Many2many(
        "ecom.exception", string="Exceptions", required=True, default=lambda self: self.env.context.get("active_ids")
    )
    decision = fields.Selection(
        [("solve", "It is put right"), ("ignore", "It may stay as it is"), ("assign", "Somebody shall look at it")],
        default="solve",
        required=True,
    )
    reason = fields.Char(help="Stays with the exception.")
    user_id = fields.Many2one(
        "res.users", string="Owner", domain="[('share', '=', False)]", default=lambda self: self.env.user
    )

    def action_decide(self):
        self.ensure_one()
        if self.decision == "solve":
            self.exception_ids.action_solve(self.reason)
        elif self.decision == "ignore":
            self.exception_ids.action_ignore(self.reason)
        else:
            self.exception_ids.action_assign(self.user_id.id)
        return {"type": "ir.actions.act_window_close"}
