from odoo import api, fields, models
from odoo.exceptions import UserError

HERE = ("received", "wrong_item", "given_back")


class EcomReturn(models.Model):
    """Where the goods come back to, where that is not where they left from."""

    _inherit = "ecom.return"

    warehouse_id = fields.Many2one(
        "stock.warehouse",
        string="Comes Back To",
        check_company=True,
        tracking=True,
        help="Empty: to the warehouse that it left from.",
    )

    def write(self, vals):
        moved = self.browse()
        if "warehouse_id" in vals:
            moved = self.filtered(lambda record: record.warehouse_id.id != vals["warehouse_id"])
            if any(line.goods in HERE for line in moved.line_ids):
                raise UserError(self.env._("Some of it is here already: carry it over by a transfer."))
        result = super().write(vals)
        moved._expect_there()
        return result

    def _expect_there(self):
        """What was announced elsewhere is expected at its new place."""
        for record in self.sudo().filtered(lambda record: record.authorisation == "approved"):
            lines = record.line_ids.filtered(lambda line: line.goods in ("awaiting", "in_transit"))
            on_the_way = lines.filtered(lambda line: line.goods == "in_transit")
            lines.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))._action_cancel()
            on_the_way.goods = "awaiting"
            record._announce_goods()
            on_the_way.goods = "in_transit"

    # ----------------------------------------------------------------- borders
    def _crosses_customs(self):
        """Whether the parcel passes a customs border: another country, and not both in the European Union."""
        here = self._send_to().country_id
        there = self.sudo().order_ids.partner_shipping_id.country_id[:1]
        union = self.env.ref("base.europe").sudo().country_ids
        return bool(here and there and here != there and not (here in union and there in union))

    def _sold_by(self):
        """Invoices and days of what comes back, as customs want them: goods that come home pay no duty."""
        invoices = self.sudo().line_ids.order_line_id.invoice_lines.move_id
        return invoices.filtered(lambda move: move.move_type == "out_invoice" and move.state == "posted")


class EcomReturnLine(models.Model):
    _inherit = "ecom.return.line"

    warehouse_id = fields.Many2one("stock.warehouse", compute="_compute_warehouse_id", store=True, compute_sudo=True)

    @api.depends("origin_move_id.warehouse_id", "return_id.warehouse_id")
    def _compute_warehouse_id(self):
        for line in self:
            line.warehouse_id = line.return_id.warehouse_id or line.origin_move_id.warehouse_id

    def _warehouse(self):
        return self.return_id.warehouse_id or super()._warehouse()
