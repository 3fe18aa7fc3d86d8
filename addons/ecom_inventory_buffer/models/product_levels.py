from odoo import fields, models


class ProductProduct(models.Model):
    _inherit = "product.product"

    ecom_level_ids = fields.One2many("ecom.stock.level", "product_id", string="On Channels")


class ProductTemplate(models.Model):
    _inherit = "product.template"

    ecom_level_ids = fields.Many2many("ecom.stock.level", compute="_compute_ecom_level_ids", string="On Channels")

    def _compute_ecom_level_ids(self):
        for template in self:
            template.ecom_level_ids = template.with_context(active_test=False).product_variant_ids.ecom_level_ids
