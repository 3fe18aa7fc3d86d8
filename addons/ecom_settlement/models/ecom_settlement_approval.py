from odoo import api, fields, models
from odoo.exceptions import AccessError, RedirectWarning, UserError

APPROVER = "ecom_settlement.ecom_settlement_group_approver"


class EcomSettlementApproval(models.Model):
    """Two people: one asks for what he may not do alone, another one does it or refuses."""

    _name = "ecom.settlement.approval"
    _description = "Approval of a Payout"
    _order = "state, id desc"
    _check_company_auto = True

    settlement_id = fields.Many2one("ecom.settlement", string="Payout", required=True, ondelete="cascade", index=True)
    line_id = fields.Many2one("ecom.settlement.line", ondelete="cascade", index="btree_not_null")
    channel_id = fields.Many2one(related="settlement_id.channel_id", store=True)
    company_id = fields.Many2one(related="settlement_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="settlement_id.currency_id")
    kind = fields.Selection(
        [
            ("post", "Post"),
            ("accept", "Accept a Report That Contradicts Itself"),
            ("force", "Match to an Order"),
            ("write_off", "Write Off"),
        ],
        string="What",
        required=True,
    )
    order_id = fields.Many2one("sale.order", ondelete="cascade", check_company=True)
    shares = fields.Json(readonly=True, help="[[id of an order, its share]], where a line is about several.")
    amount = fields.Monetary(compute="_compute_amount", store=True)
    reason = fields.Char(string="Why", required=True)
    state = fields.Selection(
        [("asked", "To Decide"), ("approved", "Approved"), ("refused", "Refused")],
        string="Status",
        default="asked",
        required=True,
        readonly=True,
        index=True,
    )
    asked_by = fields.Many2one("res.users", default=lambda self: self.env.user, required=True, readonly=True)
    decided_by = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(string="Decided On", readonly=True)
    may_decide = fields.Boolean(compute="_compute_may_decide")

    _asked_uniq = models.UniqueIndex(
        "(settlement_id, kind, COALESCE(line_id, 0)) WHERE state = 'asked'", "Somebody asked for this already."
    )

    @api.depends("settlement_id.amount", "line_id.amount")
    def _compute_amount(self):
        for approval in self:
            approval.amount = approval.line_id.amount if approval.line_id else approval.settlement_id.amount

    @api.depends("state", "asked_by")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        is_approver = self.env.user.has_group(APPROVER)
        for approval in self:
            approval.may_decide = is_approver and approval.state == "asked" and approval.asked_by != self.env.user

    @api.depends("kind", "settlement_id")
    def _compute_display_name(self):
        words = dict(self._fields["kind"]._description_selection(self.env))
        for approval in self:
            approval.display_name = f"{approval.settlement_id.display_name}: {words.get(approval.kind, '')}"

    # ------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        approvals = super().create(vals_list)
        for approval in approvals:
            approval._check_question()
            approval._tell()
        return approvals

    def _check_question(self):
        """What stands in it may come from anywhere, also as a default of the context."""
        self.settlement_id._check_accountant()
        if self.state != "asked" or self.asked_by != self.env.user or self.decided_by:
            raise AccessError(self.env._("An approval begins with a question: its buttons decide."))
        if self.line_id and self.line_id.settlement_id != self.settlement_id:
            raise UserError(self.env._("This line belongs to another payout."))
        orders = self.order_id.browse([order_id for order_id, _amount in self.shares or ()]) | self.order_id
        orders.check_access("read")
        if orders.company_id - self.company_id:
            raise UserError(self.env._("This order belongs to another company."))

    def _tell(self):
        """Approvers see it among what is to be decided, with its deadline."""
        exception = self.env["ecom.exception"]._open(
            self.channel_id,
            category="approval",
            severity="2",
            name=self.env._("%(user)s asks: %(what)s", user=self.asked_by.name, what=self.display_name),
            detail=self.reason,
            dedupe_key=self._trouble(),
        )
        exception.sudo().write({"settlement_id": self.settlement_id.id, "settlement_approval_id": self.id})
        self._log(self.env._("Asked for approval: %(reason)s", reason=self.reason))

    def _trouble(self):
        return f"approval:{self.id}"

    def _log(self, words):
        what = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        body = self.env._("%(what)s: %(words)s", what=what, words=words)
        self.settlement_id.sudo().message_post(author_id=self.env.user.partner_id.id, body=body)

    # ----------------------------------------------------------------- actions
    def action_approve(self):
        """Do what was asked for, in the name of both."""
        self._check_decider()
        for approval in self:
            approval._decide("approved", self.env._("Approved."))
            approval._carry_out()

    def action_refuse(self):
        self._check_decider()
        for approval in self:
            approval._decide("refused", self.env._("Refused."))

    def _check_decider(self):
        self.settlement_id._check_accountant()
        if not self.env.user.has_group(APPROVER):
            raise AccessError(self.env._("Approvers of payouts decide that."))
        if self.filtered(lambda approval: approval.state != "asked"):
            raise UserError(self.env._("This is decided already."))
        if self.env.user in self.asked_by:
            raise UserError(self.env._("You asked for it yourself. Another approver decides."))

    def _decide(self, state, words):
        self.sudo().write({"state": state, "decided_by": self.env.uid, "decided_at": fields.Datetime.now()})
        self.env["ecom.exception"]._solve(self.channel_id, {self._trouble()})
        self._log(words)

    def _carry_out(self):
        """What the buttons do, without their question for rights."""
        if self.kind == "post":
            self.settlement_id._book()
        elif self.kind == "accept":
            self.settlement_id._accept()
        elif self.kind == "write_off":
            self.line_id._write_off_now()
        elif self.shares:
            orders = self.env["sale.order"].browse
            self.line_id._share_out([(orders(order_id), amount) for order_id, amount in self.shares])
        else:
            self.line_id._match_to(self.order_id)


class EcomSettlement(models.Model):
    """What waits for somebody else."""

    _inherit = "ecom.settlement"

    approval_ids = fields.One2many("ecom.settlement.approval", "settlement_id", string="Approvals", readonly=True)
    asked_approval_id = fields.Many2one(
        "ecom.settlement.approval", compute="_compute_asked_approval_id", compute_sudo=True
    )

    @api.depends("approval_ids.state")
    def _compute_asked_approval_id(self):
        for settlement in self:
            asked = settlement.approval_ids.filtered(lambda approval: approval.state == "asked")
            settlement.asked_approval_id = asked[:1]

    def action_open_approval(self):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Approval"),
            "res_model": "ecom.settlement.approval",
            "res_id": self.asked_approval_id.id,
            "views": [(False, "form")],
        }

    def _check_alone(self, kind, words, line=None, **values):
        """That the user may do it by himself: as an approver, where the account does not want two people. Who may not
        is offered to ask."""
        for settlement in self:
            alone = self.env.user.has_group(APPROVER) and not settlement.channel_id.payout_two_people
            if alone or self.env.su:
                continue
            values |= {"settlement_id": settlement.id, "kind": kind, "line_id": line.id if line else False}
            defaults = {f"default_{name}": value for name, value in values.items()}
            raise RedirectWarning(words, self._asking(), self.env._("Ask for Approval"), defaults)

    def _asking(self):
        form = self.env.ref("ecom_settlement.ecom_settlement_approval_view_form_ask")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for Approval"),
            "res_model": "ecom.settlement.approval",
            "views": [(form.id, "form")],
            "target": "new",
        }
