from odoo import fields, models


class EcomShipment(models.Model):
    """One parcel of a delivery: core knows one tracking number a transfer, channels want each."""

    _name = "ecom.shipment"
    _description = "Parcel"
    _order = "id desc"
    _rec_name = "tracking_number"

    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade", index=True)
    picking_id = fields.Many2one("stock.picking", ondelete="set null", index="btree_not_null")
    parcel = fields.Integer(default=1, required=True, help="Number of the parcel within its transfer.")
    key = fields.Char(required=True, help="Stays the same over every retry.")
    external_id = fields.Char(string="ID on the Channel")
    carrier_id = fields.Many2one("delivery.carrier")
    carrier_name = fields.Char()
    tracking_number = fields.Char()
    tracking_url = fields.Char()
    shipped_at = fields.Datetime(default=fields.Datetime.now)
    told_at = fields.Datetime(string="Channel Told", readonly=True)
    line_ids = fields.One2many("ecom.shipment.line", "shipment_id")

    _key_uniq = models.UniqueIndex("(channel_id, key)")
    _external_uniq = models.UniqueIndex("(channel_id, external_id) WHERE external_id IS NOT NULL")
    _parcel_uniq = models.UniqueIndex("(picking_id, parcel) WHERE picking_id IS NOT NULL")


class EcomShipmentLine(models.Model):
    _name = "ecom.shipment.line"
    _description = "Parcel Content"

    shipment_id = fields.Many2one("ecom.shipment", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shipment_id.company_id", store=True, index=True)
    order_line_id = fields.Many2one("sale.order.line", required=True, ondelete="cascade", index=True)
    product_id = fields.Many2one(related="order_line_id.product_id")
    quantity = fields.Float(digits="Product Unit", required=True, help="In units of the order line.")
