from odoo import fields, models


class EcomReturnReimbursement(models.Model):
    """What a payout paid for goods that the channel lost or damaged, or took back of it, and the claim that it is
    for."""

    _name = "ecom.return.reimbursement"
    _description = "Reimbursement of a Channel"
    _order = "paid_at desc, id desc"
    _rec_name = "words"
    _check_company_auto = True

    channel_id = fields.Many2one("ecom.channel", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    reference = fields.Char(string="Case Number", readonly=True, help="Where the report states one.")
    claim_id = fields.Many2one("ecom.return.claim", readonly=True, index="btree_not_null", ondelete="set null")
    order_id = fields.Many2one("sale.order", readonly=True, ondelete="set null")
    sku = fields.Char(string="SKU", readonly=True)
    units = fields.Float(digits="Product Unit", readonly=True)
    words = fields.Char(string="What the Report Calls It", readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary(readonly=True, help="Below zero: taken back.")
    paid_at = fields.Datetime(string="Paid On", readonly=True)
