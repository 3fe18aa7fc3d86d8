from odoo import api, fields, models


class EcomReleaseWizard(models.TransientModel):
    """Let held orders go: who, when and why stays with each."""

    _name = "ecom.release.wizard"
    _description = "Release Orders on Hold"

    exception_ids = fields.Many2many(
        "ecom.exception", string="Holds", required=True, default=lambda self: self.env.context.get("active_ids")
    )
    reason = fields.Char()
    hint = fields.Text(compute="_compute_hint")
    may_release = fields.Boolean(compute="_compute_hint")

    @api.depends("exception_ids")
    @api.depends_context("uid")
    def _compute_hint(self):
        for wizard in self:
            open_ones = wizard.exception_ids.filtered(lambda hold: hold.is_hold and hold.state == "open")
            hints = {f"{hold.name}: {hold.release_hint}" for hold in open_ones if not hold.may_release}
            wizard.hint = "\n".join(sorted(hints))
            wizard.may_release = any(hold.may_release for hold in open_ones)

    def action_release(self):
        """Those that this user may release; what is left waits for others."""
        self.ensure_one()
        mine = self.exception_ids.filtered("may_release") or self.exception_ids
        mine.action_release(self.reason)
        return {"type": "ir.actions.act_window_close"}
