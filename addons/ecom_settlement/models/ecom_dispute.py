from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class EcomDispute(models.Model):
    """Money that a buyer or his bank wants back, from the day it is taken until it is won or lost."""

    _name = "ecom.dispute"
    _description = "Dispute"
    _inherit = ["mail.thread", "mail.activity.mixin", "ecom.report.words"]
    _order = "state, deadline, id desc"
    _check_company_auto = True

    name = fields.Char(string="Number", required=True, readonly=True, help="By which the reports name it.")
    channel_id = fields.Many2one(
        "ecom.channel", string="Account", required=True, check_company=True, ondelete="restrict", readonly=True
    )
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    order_id = fields.Many2one("sale.order", readonly=True, index="btree_not_null", check_company=True)
    partner_id = fields.Many2one(related="order_id.partner_id", string="Buyer")
    kind = fields.Char(readonly=True, help="What the report calls it.")
    reason = fields.Char(tracking=True)
    state = fields.Selection(
        [("open", "Open"), ("won", "Won"), ("lost", "Lost")],
        default="open",
        required=True,
        readonly=True,
        tracking=True,
    )
    opened_on = fields.Date(readonly=True)
    deadline = fields.Date(tracking=True, help="Until when the channel wants your answer.")
    is_overdue = fields.Boolean(compute="_compute_is_overdue")
    user_id = fields.Many2one("res.users", string="Who Answers", tracking=True, domain="[('share', '=', False)]")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    line_ids = fields.One2many("ecom.settlement.line", "dispute_id", string="Lines of Payouts", readonly=True)
    amount = fields.Monetary(
        string="Withheld", compute="_compute_amount", store=True, help="Taken from you and not given back."
    )
    disputed = fields.Monetary(compute="_compute_amount", store=True)
    fee = fields.Monetary(compute="_compute_amount", store=True, help="What the dispute itself cost.")
    move_id = fields.Many2one("account.move", string="Loss", readonly=True, copy=False)

    _name_uniq = models.UniqueIndex("(channel_id, name)", "This dispute is here already.")

    @api.depends("line_ids.amount", "line_ids.fee", "line_ids.settlement_id.state")
    def _compute_amount(self):
        for dispute in self:
            lines = dispute.line_ids.filtered(lambda line: line.settlement_id.state != "superseded")
            round_ = dispute.currency_id.round
            dispute.amount = round_(-sum(lines.mapped("amount")))
            dispute.disputed = round_(-sum(amount for amount in lines.mapped("amount") if amount < 0))
            dispute.fee = round_(sum(lines.mapped("fee")))

    @api.depends("deadline", "state")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for dispute in self:
            dispute.is_overdue = dispute.state == "open" and bool(dispute.deadline) and dispute.deadline < today

    def write(self, vals):
        if not self.env.su and vals.keys() & {"state", "move_id", "line_ids", "name", "channel_id", "currency_id"}:
            raise AccessError(self.env._("Say how a dispute ended with its buttons."))
        return super().write(vals)

    # ----------------------------------------------------------------- actions
    def _check_accountant(self):
        self.env["ecom.settlement"]._check_accountant()
        self.check_access("write")

    def action_won(self):
        """The channel decided for you; the money comes with a payout to be."""
        self._check_accountant()
        self._decide("won")

    def action_lost(self):
        """The money stays away: it is a loss from now on."""
        self._check_accountant()
        for dispute in self.filtered(lambda dispute: dispute.state == "open"):
            if dispute.currency_id.compare_amounts(dispute.amount, 0) > 0:
                move = self.env["ecom.flow.dispute"].sudo()._lose(dispute.sudo())
                dispute.sudo().move_id = move
        self._decide("lost")

    def action_reopen(self):
        """The channel takes it up again; a loss that was booked is reversed."""
        self._check_accountant()
        for dispute in self.sudo().filtered("move_id"):
            dispute.move_id._reverse_moves(cancel=True)
            dispute.move_id = False
        self.sudo().write({"state": "open"})

    def _decide(self, state):
        waiting = self.filtered(lambda dispute: dispute.state == "open")
        if not waiting:
            raise UserError(self.env._("This dispute is decided already."))
        waiting.sudo().write({"state": state})
        for dispute in waiting:
            self.env["ecom.exception"]._solve(dispute.channel_id, {dispute._trouble()})

    def _trouble(self):
        return f"dispute:{self.name}"
