from odoo import api, fields, models


class EcomSettlementLine(models.Model):
    _inherit = "ecom.settlement.line"

    refund_id = fields.Many2one(
        "ecom.refund", string="Confirms", readonly=True, index="btree_not_null", ondelete="set null", copy=False
    )


class EcomRefund(models.Model):
    _inherit = "ecom.refund"

    @api.model_create_multi
    def create(self, vals_list):
        """What we find we owe may stand in a posted payout already."""
        refunds = super().create(vals_list)
        pending = refunds.filtered(lambda refund: refund.state == "pending")
        if pending:
            self.env["ecom.flow.book"].sudo()._confirm_earlier(pending.sudo())
        return refunds
