from odoo import fields, models
from odoo.exceptions import UserError


class EcomChannel(models.Model):
    _inherit = "ecom.channel"

    stock_scope_id = fields.Many2one(
        "ecom.stock.scope",
        string="Stock Counted",
        check_company=True,
        index="btree_not_null",
        help="Empty: the stock location of its warehouse, and what is the company's own.",
    )
    audit_days = fields.Integer(
        string="Compare Stock Every",
        default=1,
        help="Days. What the channel shows is read and compared with what it confirmed. 0: only when somebody asks.",
    )
    drift_policy = fields.Selection(
        [("repair", "Set our figure"), ("ask", "Lower it at once, ask before it is raised")],
        string="If It Shows Something Else",
        default="repair",
        required=True,
    )

    _audit_days_positive = models.Constraint("CHECK(audit_days >= 0)", "Days cannot be negative.")

    def write(self, vals):
        result = super().write(vals)
        if "stock_scope_id" in vals:
            self.env["ecom.stock.change"]._mark("channel", self._ids)
        return result

    def action_compare_stock(self):
        """Read what the channel shows and compare it, now."""
        self.check_access("write")
        self.ensure_one()
        if self.mode != "live" or not self.publish_stock or not self._adapter().can("stock"):
            raise UserError(
                self.env._("%(channel)s is shown no stock: there is nothing to compare.", channel=self.name)
            )
        audit = self.env["ecom.flow.audit"]._begin(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": "ecom.stock.audit",
            "res_id": audit.id,
            "views": [(False, "form")],
        }
