from odoo import api, fields, models


class EcomReturn(models.Model):
    """Goods instead of money."""

    _inherit = "ecom.return"

    replacement_ids = fields.One2many("sale.order", "ecom_replaces_id", string="Replacements")
    replacement_count = fields.Integer(compute="_compute_replacement_count")
    is_exchangeable = fields.Boolean(compute="_compute_is_exchangeable")
    is_payable_back = fields.Boolean(compute="_compute_is_payable_back")

    @api.depends("replacement_ids")
    def _compute_replacement_count(self):
        for record in self:
            record.replacement_count = len(record.sudo().replacement_ids)

    @api.depends("line_ids.resolution", "line_ids.goods", "line_ids.money", "authorisation")
    def _compute_is_exchangeable(self):
        for record in self:
            open_return = record.authorisation in ("requested", "approved")
            record.is_exchangeable = open_return and any(line._is_exchangeable for line in record.line_ids)

    @api.depends("credit_ids.amount_residual", "channel_id")
    def _compute_is_payable_back(self):
        for record in self:
            taken = record.sudo().order_ids.transaction_ids.filtered(lambda found: found.state == "done")
            owed = record.sudo().credit_ids.filtered(lambda note: note.state == "posted" and note.amount_residual > 0)
            record.is_payable_back = bool(taken and owed and not record.channel_id)

    def action_open_replacements(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("sale.action_orders")
        return {**action, "domain": [("ecom_replaces_id", "in", self.ids)], "context": {"create": False}}

    def _responsible(self):
        """Whoever works on what goes wrong with it."""
        return self.channel_id.responsible_id or self.authorised_by or self.create_uid


class EcomReturnLine(models.Model):
    _inherit = "ecom.return.line"

    swap_product_id = fields.Many2one(
        "product.product",
        string="Wanted Instead",
        domain="[('sale_ok', '=', True)]",
        ondelete="set null",
        help="What the customer chose in exchange for it.",
    )

    @property
    def _credits(self):
        """Lines of credit notes that stand."""
        return self.sudo().credit_line_ids.filtered(lambda line: line.parent_state != "cancel")

    @property
    def _is_still_due(self):
        """Its goods are here, left with the buyer, or may still come."""
        return self.goods in ("received", "keep", "awaiting", "in_transit") and self.disposition != "give_back"

    @property
    def _is_exchangeable(self):
        settled = self._credits or self.refund_id or self.money in ("pending", "executed")
        return self.resolution == "refund" and self._is_still_due and not settled
