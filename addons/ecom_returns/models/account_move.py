from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    ecom_return_id = fields.Many2one(
        "ecom.return", string="Return", readonly=True, index="btree_not_null", copy=False, ondelete="set null"
    )

    def _post(self, soft=True):
        """The invoice of a replacement is paid by what came back."""
        posted = super()._post(soft=soft)
        invoices = posted.filtered(lambda move: move.move_type == "out_invoice")
        records = invoices.sudo().invoice_line_ids.sale_line_ids.order_id.ecom_replaces_id
        if records:
            self.env["ecom.flow.return.exchange"].sudo()._settle(records)
        return posted


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    ecom_return_line_id = fields.Many2one(
        "ecom.return.line", readonly=True, index="btree_not_null", copy=False, ondelete="set null"
    )
    ecom_credits_id = fields.Many2one(
        "account.move.line", string="Credits", readonly=True, index="btree_not_null", copy=False, ondelete="set null"
    )
    ecom_units = fields.Float(string="Units Credited", digits="Product Unit", readonly=True, copy=False)
