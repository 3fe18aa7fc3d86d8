from odoo import api, fields, models


class EcomRefund(models.Model):
    """A refund the channel made or we make; the returns add-on works on it."""

    _name = "ecom.refund"
    _description = "Channel Refund"
    _order = "refunded_at desc, id desc"
    _rec_name = "external_id"

    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade", index=True)
    external_id = fields.Char(string="ID on the Channel", help="Empty: owed by us, and not given back yet.")
    state = fields.Selection(
        [("pending", "Pending"), ("done", "Done"), ("failed", "Failed")], default="done", required=True
    )
    amount = fields.Monetary(help="What the buyer gets back, taxes included.")
    currency_id = fields.Many2one("res.currency", required=True)
    reason = fields.Char()
    refunded_at = fields.Datetime()
    line_ids = fields.One2many("ecom.refund.line", "refund_id")
    lines_wanted = fields.Boolean(
        index=True, help="The order only named this refund; the channel is asked what it was for."
    )

    _external_uniq = models.UniqueIndex("(channel_id, external_id) WHERE external_id IS NOT NULL")

    @api.model_create_multi
    def create(self, vals_list):
        """What its order does not say of a refund is asked for, where the channel can tell."""
        refunds = super().create(vals_list)
        for channel, named in refunds.filtered("external_id").grouped("channel_id").items():
            noun = channel._adapter().noun("refunds")
            if hasattr(noun, "fetch_order_refunds"):
                named.filtered(lambda refund: not refund.line_ids).lines_wanted = True
        if refunds.filtered("lines_wanted"):
            self.env["ecom.flow.run"]._wake()
        return refunds

    def _confirm_settled(self, moment):
        """A payout report lists these refunds: the money has left, whoever moved it. For whoever reads reports."""
        self.filtered(lambda refund: refund.state == "pending").write({"state": "done", "refunded_at": moment})


class EcomRefundLine(models.Model):
    _name = "ecom.refund.line"
    _description = "Channel Refund Line"

    refund_id = fields.Many2one("ecom.refund", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="refund_id.company_id", store=True, index=True)
    external_id = fields.Char(string="ID on the Channel")
    order_line_id = fields.Many2one("sale.order.line", ondelete="set null", index="btree_not_null")
    name = fields.Char(string="What For", help="Of what is no line of the order: a fee that is kept back.")
    quantity = fields.Float(digits="Product Unit")
    still_ordered = fields.Boolean(help="The channel goes on counting these units as ordered.")
    amount = fields.Monetary(string="Amount without Tax")
    tax_amount = fields.Monetary()
    currency_id = fields.Many2one(related="refund_id.currency_id")

    _external_uniq = models.UniqueIndex("(refund_id, external_id) WHERE external_id IS NOT NULL")
