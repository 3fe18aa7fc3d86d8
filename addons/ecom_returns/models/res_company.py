from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    ecom_regraded_id = fields.Many2one("stock.location", string="Returned Goods Become Another Article In", copy=False)
