from odoo import api, fields, models


class EcomSettlement(models.Model):
    """How far a payout is: what is matched, what is not explained, how long it waits."""

    _inherit = "ecom.settlement"

    matched_percent = fields.Float(
        string="Matched (%)", compute="_compute_matched_percent", store=True, digits=(5, 1), aggregator="avg"
    )
    days_open = fields.Integer(
        compute="_compute_days_open", compute_sudo=True, help="Since the deposit was due, until the bank has it."
    )
    company_rate = fields.Float(
        compute="_compute_company_rate", store=True, digits=(16, 8), help="Company currency for one of the payout's."
    )
    bank_line_count = fields.Integer(compute="_compute_bank_line_count", compute_sudo=True)

    @api.depends("order_line_count", "open_count", "ambiguous_count")
    def _compute_matched_percent(self):
        for settlement in self:
            count = settlement.order_line_count
            found = count - settlement.open_count - settlement.ambiguous_count
            settlement.matched_percent = 100.0 * found / count if count else 100.0

    @api.depends("deposit_date", "state", "is_deposited")
    def _compute_days_open(self):
        today = fields.Date.context_today(self)
        for settlement in self:
            waits = settlement.deposit_date and not settlement.is_deposited and settlement.state != "superseded"
            settlement.days_open = max(0, (today - settlement.deposit_date).days) if waits else 0

    @api.depends("currency_id", "company_id", "deposit_date", "date_to")
    def _compute_company_rate(self):
        for settlement in self:
            company = settlement.company_id
            day = settlement.deposit_date or (settlement.date_to or fields.Datetime.now()).date()
            settlement.company_rate = settlement.currency_id._get_conversion_rate(
                settlement.currency_id, company.currency_id, company, day
            )

    def _bank_lines(self):
        """Lines of bank statements that brought it."""
        deposits = self._entries().line_ids.filtered(lambda line: line.ecom_settlement_role == "deposit")
        partials = deposits.matched_debit_ids | deposits.matched_credit_ids
        items = (partials.debit_move_id | partials.credit_move_id) - deposits
        return items.move_id.statement_line_id

    @api.depends("move_ids.line_ids.reconciled")
    def _compute_bank_line_count(self):
        for settlement in self:
            settlement.bank_line_count = len(settlement._bank_lines())

    def action_open_bank(self):
        """The bank's side."""
        self.ensure_one()
        self._check_accountant()
        lines = self.sudo()._bank_lines()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Received by the Bank"),
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("id", "in", lines.move_id.ids)],
        }

    def action_to_match(self):
        """The lines that wait for an order, one after the other."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_settlement.ecom_settlement_line_action_match")
        waiting = [("match_state", "in", ("ambiguous", "open"))]
        return {**action, "domain": [("settlement_id", "in", self.ids), *waiting]}
