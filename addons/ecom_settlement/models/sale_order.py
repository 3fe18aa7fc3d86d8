from odoo import fields, models


class SaleOrder(models.Model):
    """From an order to the lines of payouts that paid it, or offered for one of them."""

    _inherit = "sale.order"

    ecom_payout_line_ids = fields.One2many(
        "ecom.settlement.line",
        "order_id",
        string="Lines of Payouts",
        groups="ecom_connector.ecom_connector_group_operator,account.group_account_user,account.group_account_manager",
    )
    ecom_payout_line_count = fields.Integer(
        compute="_compute_ecom_payout_line_count", compute_sudo=True, string="Payout Lines"
    )

    def _compute_ecom_payout_line_count(self):
        found = self.env["ecom.settlement.line"]._read_group(
            [("order_id", "in", self.ids), ("settlement_id.state", "!=", "superseded")], ["order_id"], ["__count"]
        )
        counts = {order.id: count for order, count in found}
        for order in self:
            order.ecom_payout_line_count = counts.get(order.id, 0)

    def action_open_ecom_payout_lines(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_settlement.ecom_settlement_line_action")
        return {**action, "domain": [("order_id", "=", self.id)], "context": {"search_default_current": 1}}

    def action_ecom_take(self):
        """This is the order that the line of a payout is about; then comes the next line."""
        self.ensure_one()
        self.check_access("read")
        line = self.env["ecom.settlement.line"].browse(self.env.context.get("ecom_settlement_line_id")).exists()
        return line._take(self) if line else None
