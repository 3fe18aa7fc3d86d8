from odoo import api, fields, models


class EcomSettlementLine(models.Model):
    """Which order a line is about."""

    _inherit = "ecom.settlement.line"

    match_state = fields.Selection(
        [("none", "No Order"), ("open", "Not Found"), ("ambiguous", "Several Possible"), ("confirmed", "Found")],
        string="Order Found",
        default="none",
        required=True,
        readonly=True,
    )
    order_id = fields.Many2one("sale.order", readonly=True, index="btree_not_null", ondelete="restrict")
    candidate_ids = fields.Many2many("sale.order", string="Possible Orders", readonly=True)
    matched_by = fields.Many2one("res.users", readonly=True, help="Who chose the order, where several were possible.")
    # The family as the books take it: tax that the marketplace keeps for the state is none of ours.
    is_remitted = fields.Boolean(readonly=True)

    def _alike(self):
        """The lines of the same payout that name the same order, and nothing else."""
        self.ensure_one()
        names = ("order_reference", "order_number", "payment_reference")
        name = next((name for name in names if self[name]), None)
        if not name:
            return self
        return self.settlement_id.line_ids.filtered(
            lambda line: line[name] == self[name] and (line == self or line.match_state != "confirmed")
        )

    def action_choose(self):
        """Say by hand which order it is about."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_settlement.ecom_settlement_choose_wizard_action")
        only = self.candidate_ids if len(self.candidate_ids) == 1 else self.candidate_ids.browse()
        return {**action, "context": {"default_line_id": self.id, "default_order_id": only.id}}


class EcomSettlement(models.Model):
    _inherit = "ecom.settlement"

    order_line_count = fields.Integer(string="Lines of Orders", compute="_compute_match_counts", store=True)
    open_count = fields.Integer(string="Orders Not Found", compute="_compute_match_counts", store=True)
    ambiguous_count = fields.Integer(string="To Choose", compute="_compute_match_counts", store=True)

    @api.depends("line_ids.match_state")
    def _compute_match_counts(self):
        for settlement in self:
            states = settlement.line_ids.mapped("match_state") if len(settlement) else []
            settlement.open_count = states.count("open")
            settlement.ambiguous_count = states.count("ambiguous")
            settlement.order_line_count = len(states) - states.count("none")

    def action_match(self):
        """Look for the orders of the lines again, also for those that were not here before."""
        self.check_access("write")
        for settlement in self.filtered(lambda settlement: settlement.state == "new"):
            self.env["ecom.flow.explain"].sudo()._explain(settlement.sudo())
