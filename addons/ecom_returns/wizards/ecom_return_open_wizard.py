from odoo import Command, fields, models
from odoo.exceptions import UserError


class EcomReturnOpenWizard(models.TransientModel):
    """What of these orders comes back, and why."""

    _name = "ecom.return.open.wizard"
    _description = "Open a Return"

    reason_id = fields.Many2one("ecom.return.reason", string="Reason of All")
    note = fields.Char(string="Customer's Words")
    line_ids = fields.One2many("ecom.return.open.wizard.line", "wizard_id")

    def _for(self, orders):
        """A wizard with everything that can still come back."""
        lines = [
            {"order_line_id": order_line.id, "product_id": product.id, "returnable": left}
            for order_line, product, left in self.env["ecom.flow.return.allot"]._what_is_left(orders)
        ]
        return self.create({"line_ids": [Command.create(line) for line in lines]})

    def action_open(self):
        """Open the return, and let the policy decide."""
        self.ensure_one()
        self.env["ecom.return"].check_access("create")
        wanted = [
            (line.order_line_id, line.product_id, line.quantity, {"reason_id": (line.reason_id or self.reason_id).id})
            for line in self.line_ids.filtered(lambda line: line.quantity > 0)
        ]
        if not wanted:
            raise UserError(self.env._("Say how much of what comes back."))
        record = self.env["ecom.flow.return.open"]._open(wanted, reason=self.note)
        record.action_judge()
        return {
            "type": "ir.actions.act_window",
            "res_model": "ecom.return",
            "res_id": record.id,
            "view_mode": "form",
        }


class EcomReturnOpenWizardLine(models.TransientModel):
    _name = "ecom.return.open.wizard.line"
    _description = "Article That May Come Back"

    wizard_id = fields.Many2one("ecom.return.open.wizard", required=True, ondelete="cascade")
    order_line_id = fields.Many2one("sale.order.line", required=True, readonly=True, ondelete="cascade")
    order_id = fields.Many2one(related="order_line_id.order_id")
    product_id = fields.Many2one("product.product", required=True, readonly=True, ondelete="cascade")
    uom_id = fields.Many2one(related="product_id.uom_id")
    returnable = fields.Float(string="Can Come Back", digits="Product Unit", readonly=True)
    quantity = fields.Float(string="Comes Back", digits="Product Unit")
    reason_id = fields.Many2one("ecom.return.reason")
