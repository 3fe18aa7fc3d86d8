from odoo import fields, models


class RepairOrder(models.Model):
    _inherit = "repair.order"

    ecom_return_line_id = fields.Many2one(
        "ecom.return.line", string="Returned Goods", readonly=True, copy=False, index="btree_not_null"
    )

    def action_repair_done(self):
        result = super().action_repair_done()
        lines = self.sudo().ecom_return_line_id
        if lines:
            self.env["ecom.flow.return.dispose"].sudo()._send_back(lines)
        return result

    def action_repair_cancel(self):
        """What is not repaired is to be decided anew."""
        result = super().action_repair_cancel()
        lines = self.filtered(lambda repair: repair.state == "cancel").sudo().ecom_return_line_id
        lines.filtered(lambda line: line.disposition == "repair" and line.goods == "received").write(
            {"disposition": False, "wanted": False, "resolution": "refund"}
        )
        return result
