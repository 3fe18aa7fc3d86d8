from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .ecom_settlement import STATED
from .ecom_settlement_exception import APPROVER


class EcomSettlementShare(models.Model):
    """A part of one line that is about one of several orders."""

    _name = "ecom.settlement.share"
    _description = "Share of an Order in a Line"

    line_id = fields.Many2one("ecom.settlement.line", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="line_id.company_id", store=True, index=True)
    order_id = fields.Many2one("sale.order", required=True, ondelete="restrict", index=True)
    amount = fields.Float(digits=STATED, required=True)


class EcomSettlementLine(models.Model):
    """One line after the other, with the keyboard: take what is offered, choose another, leave it for later."""

    _inherit = "ecom.settlement.line"

    share_ids = fields.One2many("ecom.settlement.share", "line_id", string="Shares", readonly=True)
    settlement_state = fields.Selection(related="settlement_id.state")
    offered_count = fields.Integer(compute="_compute_offered_count")

    @api.depends("candidate_ids")
    def _compute_offered_count(self):
        for line in self:
            line.offered_count = len(line.candidate_ids)

    def action_take_first(self):
        return self._take_offered(0)

    def action_take_second(self):
        return self._take_offered(1)

    def action_take_third(self):
        return self._take_offered(2)

    def action_next(self):
        """Leave it for later."""
        self.ensure_one()
        self.check_access("read")
        return self._show_next()

    def _take_offered(self, place):
        self.ensure_one()
        self.check_access("read")
        offered = self.candidate_ids.sorted("id")[place : place + 1]
        if not offered:
            raise UserError(self.env._("Fewer orders are offered."))
        return self._take(offered)

    def _take(self, order):
        """Confirm the order for all lines that name the same one; forcing needs the right to."""
        self.settlement_id._check_accountant()
        self._check_force(order)
        self._alike()._confirm(order)
        self.settlement_id.message_post(
            body=self.env._(
                "Lines of %(name)s belong to %(order)s.",
                name=self.order_number or self.payment_reference or self.number,
                order=order.name,
            )
        )
        return self._show_next()

    def _check_force(self, order):
        """An order that no rule offered is forced; where the account says so, an approver does that."""
        forced = order not in self.candidate_ids and self.channel_id.payout_force_by == "approver"
        if forced and not self.env.user.has_group(APPROVER):
            raise AccessError(self.env._("On this account an approver of payouts forces a match."))
        if self.settlement_id.state != "new":
            raise UserError(self.env._("This payout is in the books. Undo its posting first."))

    def _confirm(self, order):
        self.sudo().write({"match_state": "confirmed", "order_id": order.id, "matched_by": self.env.uid})

    def _show_next(self):
        """The next line that waits, or the payout when none does."""
        settlement = self.settlement_id
        waiting = settlement.line_ids.filtered(lambda line: line.match_state in ("ambiguous", "open"))
        following = waiting.filtered(lambda line: line.number > self.number) or waiting - self
        if not following:
            action = self.env["ir.actions.act_window"]._for_xml_id("ecom_settlement.ecom_settlement_action")
            return {**action, "views": [(False, "form")], "res_id": settlement.id, "target": "main"}
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_settlement.ecom_settlement_line_action_match")
        form = self.env.ref("ecom_settlement.ecom_settlement_line_view_form")
        return {**action, "views": [(form.id, "form")], "res_id": following[0].id}
