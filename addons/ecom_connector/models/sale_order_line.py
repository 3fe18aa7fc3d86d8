from odoo import fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    ecom_external_id = fields.Char(string="Line on the Channel", readonly=True, copy=False)
    ecom_listing_id = fields.Many2one("ecom.listing", string="Listing", readonly=True, copy=False)

    ecom_remitted_tax = fields.Monetary(string="Tax Paid by the Marketplace", readonly=True, copy=False)

    # The guard of the stock publisher asks for what was sold of a listing since a moment.
    _ecom_listing_idx = models.Index("(ecom_listing_id, create_date) WHERE ecom_listing_id IS NOT NULL")
    _ecom_external_uniq = models.UniqueIndex("(order_id, ecom_external_id) WHERE ecom_external_id IS NOT NULL")
