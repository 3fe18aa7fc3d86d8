from odoo import fields, models


class EcomException(models.Model):
    _inherit = "ecom.exception"

    settlement_id = fields.Many2one("ecom.settlement", ondelete="cascade", index="btree_not_null")
    dispute_id = fields.Many2one("ecom.dispute", ondelete="cascade", index="btree_not_null")
    settlement_report_id = fields.Many2one(
        "ecom.settlement.report", string="Payout Report", ondelete="cascade", index="btree_not_null"
    )

    def action_open_cause(self):
        self.ensure_one()
        self.check_access("read")
        cause = self.dispute_id or self.settlement_id or self.settlement_report_id
        return cause.get_formview_action() if cause else super().action_open_cause()
