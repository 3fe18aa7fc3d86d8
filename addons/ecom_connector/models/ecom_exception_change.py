from odoo import api, fields, models


class EcomException(models.Model):
    """A change on the channel that a person decides: both sides stand on the exception."""

    _inherit = "ecom.exception"

    change_id = fields.Many2one("ecom.order.change", readonly=True, ondelete="set null", index="btree_not_null")
    change_line_ids = fields.One2many(related="change_id.line_ids", string="Both Sides")
    change_kind = fields.Selection(related="change_id.kind")
    change_step = fields.Selection(
        [("all", "All of It Can Be Applied"), ("part", "A Part Can Be Applied"), ("none", "Nothing Can Be Applied")],
        compute="_compute_change_step",
        help="What can still be done about the change.",
    )

    @api.depends("state", "change_id.state", "change_id.line_ids.obstacle")
    def _compute_change_step(self):
        for exception in self:
            change = exception.change_id
            if exception.state != "open" or change.state != "open":
                exception.change_step = False
            elif not change.can_apply:
                exception.change_step = "none"
            else:
                exception.change_step = "all" if change.is_whole else "part"

    # ---------------------------------------------------------------- actions
    def action_apply_change(self):
        """Follow the channel as far as that is still possible; the rest stays as it is here."""
        self.check_access("write")
        for exception in self.filtered("change_step"):
            exception._close("solved", exception.change_id._apply())

    def action_keep_ours(self):
        """The order stays as it is here."""
        self.check_access("write")
        for exception in self.filtered("change_step"):
            exception._close("ignored", self.env._("Ours kept."))

    def action_look_again(self):
        """Compare once more; the exception closes itself when nothing is left to decide."""
        self.check_access("write")
        self.filtered("change_step").change_id._look_again()

    def _close(self, state, decision):
        """Whoever closes it in another way put it right by hand: the change is not asked about again."""
        closed = super()._close(state, decision)
        closed.change_id._keep()
        return closed
