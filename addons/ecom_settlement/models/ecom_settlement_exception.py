from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .ecom_settlement_approval import APPROVER


class EcomSettlement(models.Model):
    """Who may do what with a payout that is not plain."""

    _inherit = "ecom.settlement"

    def _check_right(self, right, kind):
        """`right`: "payout_post_by" or "payout_force_by" of the account; `kind`: of the approval."""
        self._check_accountant()
        needed = self.filtered(lambda settlement: settlement.channel_id[right] == "approver")
        needed._check_alone(kind, self.env._("On this account an approver of payouts does that."))

    def action_post(self):
        self._check_right("payout_post_by", "post")
        return super().action_post()

    def action_accept(self):
        self._check_right("payout_force_by", "accept")
        return super().action_accept()

    def action_undo(self):
        """What was written off of it is open again. Who may not post takes back neither."""
        self._check_accountant()
        self._check_undo()
        lines = self.sudo().line_ids.filtered("write_off_id")
        lines.write_off_id._reverse_moves(cancel=True)
        lines.write({"write_off_id": False, "write_off_by": False})
        return super().action_undo()

    def _check_undo(self):
        needed = any(settlement.channel_id.payout_post_by == "approver" for settlement in self)
        if needed and not self.env.su and not self.env.user.has_group(APPROVER):
            raise AccessError(self.env._("On this account an approver of payouts does that."))


class EcomSettlementLine(models.Model):
    """Lines that nobody can explain."""

    _inherit = "ecom.settlement.line"

    dispute_id = fields.Many2one("ecom.dispute", readonly=True, index="btree_not_null", ondelete="set null")
    asked_at = fields.Datetime(readonly=True, help="When the shop was asked for the order that the line names.")
    write_off_id = fields.Many2one("account.move", string="Written Off By", readonly=True, copy=False)
    write_off_by = fields.Many2one("res.users", readonly=True, copy=False)
    is_unclear = fields.Boolean(compute="_compute_is_unclear", help="Its money waits to be clarified.")

    @api.depends("family", "match_state", "order_id", "write_off_id", "settlement_id.state")
    def _compute_is_unclear(self):
        for line in self:
            nobody = (line.family == "unknown" or line.match_state == "open") and not line.order_id
            line.is_unclear = nobody and line.settlement_id.state == "posted" and not line.write_off_id

    def action_learn(self):
        """Say what this kind of line is, for good."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_settlement.ecom_settlement_learn_wizard_action")
        family = self.family if self.family != "unknown" else False
        return {**action, "context": {"default_line_id": self.id, "default_family": family}}

    def action_write_off(self):
        """Take what waits to be clarified to the account of what is written off. Above the limit an approver does."""
        self.settlement_id._check_accountant()
        for line in self:
            if not line.is_unclear:
                raise UserError(self.env._("Line %(number)s does not wait to be clarified.", number=line.number))
            line._check_limit()
            line._write_off_now()

    def _write_off_now(self):
        self.sudo().write({"write_off_id": self.sudo()._write_off().id, "write_off_by": self.env.uid})

    def _write_off(self):
        channel = self.channel_id.with_company(self.company_id)
        payout = self.settlement_id.external_id
        words = self.env._("Written off: %(payout)s, line %(number)s", payout=payout, number=self.number)
        amount = -self.currency_id.round(self.amount)
        return self.env["ecom.flow.dispute"]._turn(channel, self.currency_id, amount, ("write_off", "unknown"), words)

    def _check_limit(self):
        limit, amount = self.channel_id.write_off_limit, abs(self.amount)
        if self.currency_id.compare_amounts(amount, limit) <= 0:
            return
        words = self.env._(
            "%(amount)s are more than %(limit)s: an approver of payouts writes that off.",
            amount=self.currency_id.format(amount),
            limit=self.currency_id.format(limit),
        )
        self.settlement_id._check_alone("write_off", words, self)
