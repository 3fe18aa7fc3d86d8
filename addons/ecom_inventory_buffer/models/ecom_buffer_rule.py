from odoo import fields, models


class EcomBufferRule(models.Model):
    """How much of the stock is kept back from which channel, the first rule that fits first."""

    _name = "ecom.buffer.rule"
    _description = "Stock Buffer Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    channel_id = fields.Many2one("ecom.channel", check_company=True, index=True, help="Empty: every channel.")
    categ_id = fields.Many2one("product.category", string="Product Category", help="Empty: every category.")
    product_id = fields.Many2one("product.product", check_company=True, help="Empty: every product.")
    date_from = fields.Date(string="Valid From")
    date_to = fields.Date(string="Valid Until")
    keep_back = fields.Float(digits="Product Unit", help="Kept back from sale, in the product's unit.")

    _keep_back_positive = models.Constraint("CHECK(keep_back >= 0)", "What is kept back cannot be negative.")
    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "A rule cannot end before it begins: look at its two dates."
    )
