from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    ecom_channel_id = fields.Many2one(
        "ecom.channel", string="Sales Channel", readonly=True, copy=False, index="btree_not_null"
    )
    ecom_external_id = fields.Char(string="ID on the Channel", readonly=True, copy=False)
    ecom_number = fields.Char(string="Channel Order", readonly=True, copy=False, index="btree_not_null")
    ecom_version = fields.Char(readonly=True, copy=False)
    ecom_content = fields.Char(readonly=True, copy=False, help="Tells whether lines or addresses changed there.")
    ecom_site_id = fields.Many2one("ecom.channel.site", string="Channel Site", readonly=True, copy=False)
    ecom_placed_at = fields.Datetime(string="Placed on the Channel", readonly=True, copy=False)
    ecom_total = fields.Monetary(string="Total on the Channel", readonly=True, copy=False)
    ecom_remitted_tax = fields.Monetary(
        string="Tax Paid by the Marketplace",
        readonly=True,
        copy=False,
        help="The marketplace collected it and pays it itself: it is part of what the buyer paid, not of this order.",
    )
    ecom_note = fields.Text(string="Buyer's Note", readonly=True, copy=False)
    ecom_payment = fields.Selection(
        [
            ("unpaid", "Unpaid"),
            ("authorized", "Authorised"),
            ("partial", "Partly Paid"),
            ("paid", "Paid"),
            ("refunded", "Refunded"),
        ],
        string="Paid on the Channel",
        readonly=True,
        copy=False,
    )
    ecom_fulfilment = fields.Selection(
        [
            ("open", "Open"),
            ("partial", "Partly Shipped"),
            ("fulfilled", "Shipped"),
            ("elsewhere", "Shipped by the Channel"),
        ],
        string="Shipped on the Channel",
        readonly=True,
        copy=False,
    )
    ecom_location = fields.Char(string="Location on the Channel", readonly=True, copy=False)
    ecom_test = fields.Boolean(string="Test Order", readonly=True, copy=False)
    ecom_ship_by = fields.Datetime(string="Ship By", copy=False, index="btree_not_null")
    ecom_acknowledge_by = fields.Datetime(string="Acknowledge By", copy=False)
    ecom_reference_ids = fields.One2many("ecom.order.reference", "order_id", string="Channel References")
    ecom_payment_ids = fields.One2many("ecom.order.payment", "order_id", string="Channel Payments")
    ecom_shipment_ids = fields.One2many("ecom.shipment", "order_id", string="Parcels")
    ecom_refund_ids = fields.One2many("ecom.refund", "order_id", string="Channel Refunds")
    ecom_exception_ids = fields.One2many(
        "ecom.exception",
        "order_id",
        string="Exceptions",
        groups="ecom_connector.ecom_connector_group_operator,sales_team.group_sale_salesman",
    )
    ecom_message_ids = fields.One2many(
        "ecom.message",
        "order_id",
        string="Channel Messages",
        groups="ecom_connector.ecom_connector_group_operator",
    )

    # The law "once": the database says so, not a search before a create.
    _ecom_external_uniq = models.UniqueIndex(
        "(ecom_channel_id, ecom_external_id) WHERE ecom_channel_id IS NOT NULL AND ecom_external_id IS NOT NULL"
    )
