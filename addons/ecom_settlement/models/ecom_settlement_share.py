from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from .ecom_settlement import STATED


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
        self.settlement_id._check_accountant()
        offered = self.candidate_ids.sorted("id")[place : place + 1]
        if not offered:
            raise UserError(self.env._("Fewer orders are offered."))
        return self._take(offered)

    def _take(self, order):
        """Confirm the order for all lines that name the same one; forcing needs the right to."""
        self.settlement_id._check_accountant()
        self._check_force(order, order_id=order.id)
        self._match_to(order)
        return self._show_next()

    def _match_to(self, order):
        self._check_new()
        self.sudo().share_ids.unlink()
        self._alike()._confirm(order)
        self.settlement_id.message_post(
            body=self.env._(
                "Lines of %(name)s belong to %(order)s.",
                name=self.order_number or self.payment_reference or self.number,
                order=order.name,
            )
        )

    def _share_out(self, shares):
        """`shares`: [(order, amount)]. They are the line, to the cent. UserError."""
        self._check_new()
        currency, total = self.currency_id, sum(amount for _order, amount in shares)
        if currency.compare_amounts(total, self.amount):
            raise UserError(
                self.env._(
                    "The shares come to %(total)s, the line is %(amount)s.",
                    total=currency.format(total),
                    amount=currency.format(self.amount),
                )
            )
        values = [Command.create({"order_id": order.id, "amount": amount}) for order, amount in shares]
        self.sudo().share_ids = [Command.clear(), *values]
        self._confirm(shares[0][0])
        self.settlement_id.message_post(
            body=self.env._(
                "Line %(number)s belongs to %(orders)s.",
                number=self.number,
                orders=", ".join(order.name for order, _amount in shares),
            )
        )

    def _check_force(self, orders, **values):
        """An order that no rule offered is forced; where the account says so, an approver does that."""
        if orders - self.candidate_ids and self.channel_id.payout_force_by == "approver":
            words = self.env._("On this account an approver of payouts forces a match.")
            self.settlement_id._check_alone("force", words, self, **values)

    def _check_new(self):
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
