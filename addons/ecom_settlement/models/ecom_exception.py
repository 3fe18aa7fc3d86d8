from odoo import fields, models
from odoo.addons.ecom_connector.models.ecom_exception_policy import HOURS

# Each with an owner and a time of its own, set on the channel.
CATEGORIES = [
    ("payout", "Payout differs"),
    ("unclear", "Payout to clarify"),
    ("unpaid", "Not paid out in time"),
    ("dispute", "Dispute"),
    ("approval", "To approve"),
]
HOURS.update({"payout": 24, "unclear": 120, "unpaid": 48, "dispute": 24, "approval": 24})
GONE = {category: "cascade" for category, _label in CATEGORIES}


class EcomException(models.Model):
    _inherit = "ecom.exception"

    category = fields.Selection(selection_add=CATEGORIES, ondelete=GONE)
    settlement_id = fields.Many2one("ecom.settlement", ondelete="cascade", index="btree_not_null")
    dispute_id = fields.Many2one("ecom.dispute", ondelete="cascade", index="btree_not_null")
    settlement_report_id = fields.Many2one(
        "ecom.settlement.report", string="Payout Report", ondelete="cascade", index="btree_not_null"
    )
    settlement_approval_id = fields.Many2one(
        "ecom.settlement.approval", string="Approval", ondelete="cascade", index="btree_not_null"
    )

    def action_open_cause(self):
        self.ensure_one()
        self.check_access("read")
        cause = self.settlement_approval_id or self.dispute_id or self.settlement_id or self.settlement_report_id
        return cause.get_formview_action() if cause else super().action_open_cause()


class EcomExceptionPolicy(models.Model):
    _inherit = "ecom.exception.policy"

    category = fields.Selection(selection_add=CATEGORIES, ondelete=GONE)
