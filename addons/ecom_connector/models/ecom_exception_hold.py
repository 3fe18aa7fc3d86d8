from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .ecom_check_policy import GROUPS
from .ecom_exception import DECIDED

# Written by checks and releases only.
OF_HOLD = {"is_hold", "check_rule", "check_marks", "released_marks", "approved_by", "approved_at", "approved_reason"}


class EcomException(models.Model):
    """An exception that came from a check: what was found, and whether the order waits for somebody to release it."""

    _inherit = "ecom.exception"

    is_hold = fields.Boolean(string="Holds the Order", readonly=True)
    check_rule = fields.Char(string="Check", readonly=True)
    check_marks = fields.Text(readonly=True, help="What was found, to compare with what is found later.")
    released_marks = fields.Text(readonly=True, help="What was found when somebody decided that it may go.")
    approved_by = fields.Many2one("res.users", string="First Release By", readonly=True)
    approved_at = fields.Datetime(string="First Release On", readonly=True)
    approved_reason = fields.Char(string="First Reason", readonly=True)
    may_release = fields.Boolean(compute="_compute_may_release")
    release_hint = fields.Char(compute="_compute_may_release")

    _hold_idx = models.Index("(order_id) WHERE is_hold AND state = 'open'")

    @api.depends("is_hold", "state", "approved_by", "check_rule", "channel_id.check_policy_ids")
    @api.depends_context("uid")
    def _compute_may_release(self):
        for exception in self:
            hint = exception._reason_not_to_release() if exception.is_hold and exception.state == "open" else ""
            exception.release_hint = hint
            exception.may_release = exception.is_hold and exception.state == "open" and not hint

    # ------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.keys() & OF_HOLD for vals in vals_list):
            raise AccessError(self.env._("Only checks hold orders."))
        return super().create(vals_list)

    def write(self, vals):
        forbidden = OF_HOLD | ({"order_id"} if any(self.mapped("is_hold")) else set())
        if not self.env.su and vals.keys() & forbidden - DECIDED:
            raise AccessError(self.env._("Use Release: a decision carries a name, a time and a reason."))
        return super().write(vals)

    # ---------------------------------------------------------------- buttons
    def action_release(self, reason):
        """Let the held orders go, for a reason that stays with them. Returns whether all of them go now."""
        self.check_access("write")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why this order may go."))
        holds = self.filtered(lambda exception: exception.is_hold and exception.state == "open")
        return self.env["ecom.flow.release"]._release(holds, reason.strip()) == holds

    def action_open_release(self):
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_connector.ecom_release_wizard_action")
        return {**action, "context": {"default_exception_ids": self.filtered("is_hold").ids}}

    def action_solve(self, decision=None):
        self._refuse_for_holds()
        result = super().action_solve(decision)
        self._remember_decision()
        return result

    def action_ignore(self, reason):
        self._refuse_for_holds()
        result = super().action_ignore(reason)
        self._remember_decision()
        return result

    def _refuse_for_holds(self):
        self.check_access("write")
        if self.filtered(lambda exception: exception.is_hold and exception.state == "open"):
            raise UserError(self.env._("This order is on hold. Release it with a reason, or cancel the order."))

    def _remember_decision(self):
        """What a person looked at is not told again, unless it changes."""
        for exception in self.sudo().filtered(lambda e: e.check_marks and e.state != "open"):
            exception.released_marks = exception.check_marks

    # ----------------------------------------------------------------- release
    def _policy(self):
        """The channel's policy about the check, empty for what is no check's."""
        policies = self.channel_id.sudo().check_policy_ids
        return policies.filtered(lambda policy: policy.rule == self.check_rule)

    def _reason_not_to_release(self):
        """Why this user cannot release it, in words; empty if he can."""
        policy, user = self._policy(), self.env.user
        group = GROUPS[policy.release_by or "operator"]
        if not user.has_group(group):
            groups = dict(policy._fields["release_by"]._description_selection(self.env))
            who = groups[policy.release_by or "operator"]
            return self.env._("Only %(people)s may release this.", people=who)
        if self.approved_by == user and policy.second_person:
            return self.env._("You released it already. A second person must do so too.")
        return ""

    def _check_may_release(self):
        reason = self._reason_not_to_release()
        if reason:
            raise AccessError(reason)

    def _needs_second_person(self):
        return self._policy().second_person and not self.approved_by

    def _forget_approval(self, finding):
        """Where more is found than the first person saw, his word was about something else."""
        for hold in self.sudo().filtered("approved_by"):
            if not finding.is_released((hold.check_marks or "").split()):
                hold.write({"approved_by": False, "approved_at": False, "approved_reason": False})


class EcomChannel(models.Model):
    _inherit = "ecom.channel"

    def _responsible(self):
        """Who works on what nobody else was named for."""
        return self.sudo().responsible_id.filtered("active")
