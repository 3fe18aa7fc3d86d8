from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class EcomReturnExchangeWizard(models.TransientModel):
    """What the buyer gets instead of what comes back."""

    _name = "ecom.return.exchange.wizard"
    _description = "Exchange Returned Goods"

    return_id = fields.Many2one("ecom.return", required=True, readonly=True)
    advance_days = fields.Integer(related="return_id.policy_id.advance_days")
    in_advance = fields.Boolean(
        string="Send It Before the Goods Are Back", help="What is not back by the policy's deadline is charged."
    )
    line_ids = fields.One2many("ecom.return.exchange.wizard.line", "wizard_id")

    @api.model
    def default_get(self, fields):
        """What the customer chose, else the same again: mostly it is another size, which is chosen from there."""
        values = super().default_get(fields)
        record = self.env["ecom.return"].browse(self.env.context.get("default_return_id"))
        lines = record.line_ids.filtered(lambda line: line._is_exchangeable)
        values["line_ids"] = [
            Command.create({"product_id": (line.swap_product_id or line.product_id).id, "quantity": line.quantity})
            for line in lines
        ]
        return values

    def action_exchange(self):
        """Make the order that replaces what comes back, and show it."""
        self.ensure_one()
        self.return_id.check_access("write")
        wanted = [(line.product_id, line.quantity) for line in self.line_ids if line.quantity > 0]
        if not wanted:
            raise UserError(self.env._("Say what the customer gets instead."))
        flow = self.env["ecom.flow.return.exchange"].sudo()
        flow._exchange(self.return_id.sudo(), wanted, in_advance=self.in_advance)
        return self.return_id.action_open_replacements()


class EcomReturnExchangeWizardLine(models.TransientModel):
    _name = "ecom.return.exchange.wizard.line"
    _description = "Article in Exchange"

    wizard_id = fields.Many2one("ecom.return.exchange.wizard", required=True, ondelete="cascade")
    product_id = fields.Many2one(
        "product.product", required=True, domain="[('sale_ok', '=', True)]", ondelete="cascade"
    )
    uom_id = fields.Many2one(related="product_id.uom_id")
    quantity = fields.Float(digits="Product Unit", default=1.0, required=True)
