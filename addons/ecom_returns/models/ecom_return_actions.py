from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..policy.states import AUTHORISATION, may

MANAGER = "ecom_connector.ecom_connector_group_channel_manager"
DECIDED = {"authorisation", "authorised_by", "authorised_at", "refusal", "refusal_code", "refund_first"}
DECIDED |= {"numbers_released"}
TERMS = {"policy_id", "partner_id", "company_id", "channel_id", "external_id"}


class EcomReturn(models.Model):
    """What people decide about a return, each with a name on it."""

    _inherit = "ecom.return"

    # ---------------------------------------------------------------- actions
    def action_judge(self):
        """Let the policy decide: approve, refuse with its reason, or leave it to a person with what was found."""
        self.check_access("write")
        for record in self.filtered(lambda record: record.authorisation == "requested"):
            answer = self.env["ecom.flow.return.judge"]._judge(record)
            record.findings = record._words(answer.findings)
            if answer.outcome == "approve" and record._needs_four_eyes():
                record.findings = self.env._("It is worth so much that a manager agrees to it.")
            elif answer.outcome == "approve":
                record._approve()
            elif answer.outcome == "refuse":
                refused = [finding for finding in answer.findings if finding.outcome == "refuse"]
                record._refuse(record._words(refused), refused[0].code)

    def _words(self, findings):
        words = [self.env["ecom.flow.return.judge"]._words(finding) for finding in findings]
        return "\n".join(dict.fromkeys(words))

    def action_approve(self):
        """Agree to it, and expect the goods."""
        self.check_access("write")
        for record in self:
            record._check_four_eyes()
            record._approve()

    def action_refuse(self, reason=None, code="other"):
        """Not agreed to; the reason is told to the buyer."""
        self.check_access("write")
        if not (reason or self.env.context.get("reason") or "").strip():
            raise UserError(self.env._("Say why it is refused: the customer is told."))
        for record in self:
            record._refuse((reason or self.env.context["reason"]).strip(), code)

    def action_reopen(self):
        """An appeal: look at it once more."""
        self.check_access("write")
        self._authorise("requested", refusal=False, refusal_code=False)

    def action_cancel(self):
        """Nothing will come; what is here already stays to be decided."""
        self.check_access("write")
        for record in self:
            record._authorise("cancelled")
            record._withdraw_moves()
        self.env["ecom.flow.return.tell"]._tell(self, "decline")

    def action_expire(self):
        """The time is over and nothing came. What was paid back for it stays owed."""
        self.check_access("write")
        for record in self:
            record._authorise("expired")
            record._withdraw_moves()

    def action_keep(self):
        """The buyer keeps the goods and gets the money: for what is worth less than its way back."""
        self.check_access("write")
        for record in self:
            record._check_four_eyes()
            lines = record.line_ids.filtered(lambda line: line.goods == "awaiting")
            limit = record.policy_id.keep_below
            if not self.env.user.has_group(MANAGER) and (not limit or sum(lines.mapped("value")) > limit):
                raise UserError(self.env._("This is worth too much to leave it with the customer without a manager."))
            record.line_ids.sudo().move_ids.filtered(lambda move: move.state not in ("done", "cancel"))._action_cancel()
            lines.sudo().goods = "keep"
            if record.authorisation == "requested":
                record._authorise("approved")

    def action_dispose(self):
        """Carry out what was decided about the goods that are here."""
        if not self.env.user.has_group("stock.group_stock_user"):
            raise AccessError(self.env._("Only who works in the warehouse may move goods."))
        self.check_access("read")
        lines = self.line_ids.filtered(lambda line: line.goods in ("received", "wrong_item") and not line.disposition)
        for wanted, group in lines.filtered("wanted").sudo().grouped("wanted").items():
            self.env["ecom.flow.return.dispose"].sudo()._dispose(group, wanted)

    def action_write_off(self):
        """What was paid back and never came is a loss now; a manager says so."""
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only channel managers may write goods off."))
        self.check_access("write")
        owed = ("awaiting", "in_transit", "short", "lost", "expired")
        lines = self.line_ids.filtered(lambda line: line.goods in owed and not line.disposition)
        self.env["ecom.flow.return.dispose"].sudo()._dispose(lines.sudo(), "missing")

    def action_credit(self):
        """Credit what is here, kept or lost, and not credited yet."""
        if not self.env.user.has_group("account.group_account_invoice"):
            raise AccessError(self.env._("Only who works on invoices may credit a return."))
        self.check_access("read")
        for record in self:
            lines = record.line_ids.filtered(lambda line: line._is_creditable).sudo()
            if not lines:
                raise UserError(self.env._("Nothing of this return is to be credited now."))
            self.env["ecom.flow.return.credit"].sudo()._credit(lines)

    def action_pay_back(self):
        """Have the payment provider that took the money give it back, as far as credit notes are open."""
        if not self.env.user.has_group("account.group_account_invoice"):
            raise AccessError(self.env._("Only who works on invoices may pay back."))
        self.check_access("read")
        self.env["ecom.flow.return.pay_back"].sudo()._pay_back(self.sudo())

    def action_open_transfers(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("stock.action_picking_tree_all")
        return {**action, "domain": [("id", "in", self.picking_ids.ids)], "context": {}}

    def action_open_credits(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("account.action_move_out_refund_type")
        return {**action, "domain": [("ecom_return_id", "in", self.ids)], "context": {}}

    # ------------------------------------------------------------ transitions
    def _authorise(self, state, **values):
        for record in self:
            if not may(AUTHORISATION, record.authorisation, state):
                raise UserError(self.env._("%(record)s was decided already.", record=record.name))
        self.sudo().write(
            {
                "authorisation": state,
                "authorised_by": self.env.uid,
                "authorised_at": fields.Datetime.now(),
                **values,
            }
        )

    def _approve(self):
        if not self.line_ids:
            raise UserError(self.env._("Say what shall come back."))
        self._authorise("approved")
        # What was given up comes after all.
        self.sudo().line_ids.filtered(lambda line: line.goods == "expired").goods = "awaiting"
        self._announce_goods()
        self.env["ecom.flow.return.exchange"]._start(self)
        self.env["ecom.flow.return.exchange"]._release(self)
        self.env["ecom.flow.return.tell"]._tell(self, "approve")
        self._tell_buyer("approved")

    def _refuse(self, reason, code="other"):
        self._authorise("rejected", refusal=reason, refusal_code=code)
        self.env["ecom.flow.return.tell"]._tell(self, "decline")
        self._tell_buyer("rejected")

    def _announce_goods(self):
        self.env["ecom.flow.return.agree"].sudo()._expect(self.sudo().line_ids)

    def _withdraw_moves(self):
        self.sudo().line_ids.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))._action_cancel()

    def _check_four_eyes(self):
        """What gives back more than the policy's limit needs a manager, and not the one who asked."""
        if self.env.su or not self._needs_four_eyes():
            return
        if not self.env.user.has_group(MANAGER) or self.create_uid == self.env.user:
            raise UserError(
                self.env._("This gives back so much that a channel manager must agree who did not open it.")
            )

    def _needs_four_eyes(self):
        """A withdrawal is a right: nobody agrees to it."""
        limit = 0.0 if self.policy_id.withdrawal else self.policy_id.manager_limit
        return bool(limit) and sum(self.line_ids.mapped("value")) > limit

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.keys() & DECIDED for vals in vals_list):
            raise AccessError(self.env._("A return starts requested: its buttons decide."))
        return super().create(vals_list)

    def write(self, vals):
        """Whether it was agreed to has a name on it: the buttons write it. On which terms is a manager's word."""
        if not self.env.su and vals.keys() & DECIDED:
            raise AccessError(self.env._("Use the buttons: a decision carries a name."))
        if not self.env.su and vals.keys() & TERMS and not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only channel managers change on which terms a return is taken."))
        if "authorisation" in vals and vals["authorisation"] == "requested":
            vals = {**vals, "authorised_by": False}
        return super().write(vals)
