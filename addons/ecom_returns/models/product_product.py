from odoo import fields, models


class ProductProduct(models.Model):
    _inherit = "product.product"

    ecom_regrade_id = fields.Many2one(
        "product.product",
        string="Sold Opened As",
        check_company=True,
        domain="[('id', '!=', id), ('is_storable', '=', True)]",
        help="The article that returned units become which are not new any more.",
    )
    ecom_write_down = fields.Float(
        string="Written Down By",
        digits=(5, 2),
        help="Percent of its value that a unit loses when it becomes that article.",
    )
    _ecom_write_down_percent = models.Constraint(
        "CHECK(ecom_write_down IS NULL OR ecom_write_down BETWEEN 0 AND 100)",
        "A part of the value is 0 to 100 percent.",
    )
