from odoo import fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    ecom_return_count = fields.Integer(string="Returns", compute="_compute_ecom_return_count")

    def _compute_ecom_return_count(self):
        """Of those that the user may see."""
        for order in self:
            order.ecom_return_count = self.env["ecom.return"].search_count([("line_ids.order_id", "=", order.id)])

    def action_ecom_return(self):
        """Say what comes back of these orders."""
        self.check_access("read")
        self.env["ecom.return"].check_access("create")
        if len(self.partner_id.commercial_partner_id) > 1 or len(self.company_id) > 1:
            raise UserError(self.env._("One return is of one customer and one company."))
        wizard = self.env["ecom.return.open.wizard"]._for(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_view_ecom_returns(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_returns.ecom_return_action")
        return {**action, "domain": [("line_ids.order_id", "in", self.ids)], "context": {}}
