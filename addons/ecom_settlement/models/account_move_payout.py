from odoo import api, fields, models


class AccountMove(models.Model):
    """From the bank, or from an entry, to the payout that it was."""

    _inherit = "account.move"

    ecom_payout_count = fields.Integer(compute="_compute_ecom_payout_count", compute_sudo=True)

    @api.depends("ecom_settlement_id", "line_ids.matched_debit_ids", "line_ids.matched_credit_ids")
    def _compute_ecom_payout_count(self):
        for move in self:
            move.ecom_payout_count = len(move._ecom_payouts())

    def _ecom_payouts(self):
        partials = self.line_ids.matched_debit_ids | self.line_ids.matched_credit_ids
        items = partials.debit_move_id | partials.credit_move_id
        deposits = items.filtered(lambda line: line.ecom_settlement_role == "deposit")
        return self.ecom_settlement_id | deposits.move_id.ecom_settlement_id

    def action_open_ecom_payouts(self):
        self.check_access("read")
        payouts = self.sudo()._ecom_payouts().with_env(self.env)
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_settlement.ecom_settlement_action")
        if len(payouts) == 1:
            return {**action, "views": [(False, "form")], "res_id": payouts.id}
        return {**action, "domain": [("id", "in", payouts.ids)], "context": {}}
