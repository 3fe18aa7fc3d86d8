from odoo import api, fields, models


class EcomReturnLine(models.Model):
    """One article of a return, with two questions that have nothing to do with each other: where are the goods, and
    where is the money?"""

    _name = "ecom.return.line"
    _description = "Return Line"
    _rec_name = "product_id"
    _check_company_auto = True

    return_id = fields.Many2one("ecom.return", required=True, ondelete="cascade", index=True)
    order_id = fields.Many2one(related="return_id.order_id")
    company_id = fields.Many2one(related="return_id.company_id", store=True, index=True)
    order_line_id = fields.Many2one(
        "sale.order.line",
        string="Article",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('order_id', '=', order_id), ('display_type', '=', False)]",
    )
    product_id = fields.Many2one(related="order_line_id.product_id", store=True)
    quantity = fields.Float(digits="Product Unit", default=1.0, required=True)
    goods = fields.Selection(
        [
            ("keep", "Buyer Keeps Them"),
            ("awaiting", "Awaited"),
            ("in_transit", "On Their Way"),
            ("received", "Received"),
            ("short", "Fewer Than Said"),
            ("wrong_item", "Something Else"),
            ("lost", "Lost on the Way"),
        ],
        default="awaiting",
        required=True,
    )
    disposition = fields.Selection(
        [
            ("restock", "Back to Stock"),
            ("refurbish", "Refurbish or Repair"),
            ("vendor", "Back to the Vendor"),
            ("scrap", "Scrap"),
            ("donate", "Donate"),
            ("give_back", "Back to the Buyer"),
        ],
        help="What becomes of the goods once they were looked at.",
    )
    money = fields.Selection(
        [
            ("none", "Nothing Granted"),
            ("granted", "Granted"),
            ("pending", "On Its Way"),
            ("executed", "Paid Back"),
            ("failed", "Failed"),
        ],
        default="none",
        required=True,
    )
    is_open = fields.Boolean(compute="_compute_is_open", store=True)

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "A return line has a quantity above zero.")

    @api.depends("goods", "disposition", "money")
    def _compute_is_open(self):
        for line in self:
            settled = line.goods in ("keep", "lost") or (line.goods != "awaiting" and bool(line.disposition))
            line.is_open = not settled or line.money != "executed"
