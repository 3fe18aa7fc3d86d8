from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError


class EcomReturnReceiveWizard(models.TransientModel):
    """The dock: what lies in the box. A scanner reads the number of the return, then each article; everything works by
    keyboard alone, for whoever has no scanner."""

    _name = "ecom.return.receive.wizard"
    _description = "Receive Returned Goods"

    scan = fields.Char(store=False, help="The return's number, or an article, serial or lot number.")
    return_ids = fields.Many2many("ecom.return", string="Returns in the Box")
    rest_follows = fields.Boolean(string="The Rest Comes Later", help="Off: what is not here is short.")
    message = fields.Char(readonly=True)
    line_ids = fields.One2many("ecom.return.receive.wizard.line", "wizard_id")

    @api.onchange("return_ids")
    def _onchange_return_ids(self):
        """Several returns may lie in one box."""
        known = self.line_ids.return_line_id._origin
        lines = self.return_ids._origin.line_ids.filtered(lambda line: line._is_expected())
        gone = self.line_ids.filtered(lambda line: line.return_line_id._origin not in lines)
        self.line_ids -= gone
        self.line_ids = [Command.create({"return_line_id": line.id}) for line in lines - known]

    @api.onchange("scan")
    def _onchange_scan(self):
        """One more of what was scanned; or the return whose number it is."""
        code, self.scan = (self.scan or "").strip(), False
        if not code:
            return
        record = self.env["ecom.return"].search([("name", "=", code)], limit=1)
        if record:
            self.return_ids |= record
            self._onchange_return_ids()
            self.message = record.name
            return
        self.message = self._count(code)

    def _count(self, code):
        """What to tell who scanned it."""
        for line in self.line_ids:
            product = line.return_line_id.product_id
            lots = line.return_line_id.origin_move_id.move_line_ids.lot_id.mapped("name")
            if code in (product.barcode, product.default_code, *lots):
                if line.uom_id.compare(line.arrived, line.expected) >= 0:
                    continue
                line.arrived += 1
                line.lot_name = code if code in lots else line.lot_name
                return self.env._(
                    "%(product)s: %(arrived)s of %(expected)s",
                    product=product.display_name,
                    arrived=f"{line.arrived:g}",
                    expected=f"{line.expected:g}",
                )
        return self.env._("%(code)s is not expected in this box: put it aside.", code=code)

    def action_receive(self):
        """Validate the transfers of what is here; the rest is short, or still to come."""
        if not self.env.user.has_group("stock.group_stock_user"):
            raise AccessError(self.env._("Only who works in the warehouse may receive goods."))
        self.ensure_one()
        if not self.line_ids.filtered(lambda line: line.arrived > 0):
            raise UserError(self.env._("Nothing was counted."))
        pickings = self.env["stock.picking"]
        for line in self.line_ids:
            pickings |= line._count_in()
        for picking in pickings:
            later = {} if self.rest_follows else {"picking_ids_not_to_backorder": picking.ids}
            picking.with_context(skip_backorder=True, **later).button_validate()
        if not self.rest_follows:
            self.line_ids.return_line_id.sudo()._mark_short()
        return {"type": "ir.actions.act_window_close"}


class EcomReturnReceiveWizardLine(models.TransientModel):
    _name = "ecom.return.receive.wizard.line"
    _description = "Article in the Box"

    wizard_id = fields.Many2one("ecom.return.receive.wizard", required=True, ondelete="cascade")
    return_line_id = fields.Many2one("ecom.return.line", required=True, ondelete="cascade")
    return_id = fields.Many2one(related="return_line_id.return_id")
    product_id = fields.Many2one(related="return_line_id.product_id")
    uom_id = fields.Many2one(related="return_line_id.product_id.uom_id")
    expected = fields.Float(related="return_line_id.quantity", string="Said")
    arrived = fields.Float(string="Here", digits="Product Unit")
    lot_name = fields.Char(string="Lot/Serial")

    def _count_in(self):
        """Write down on the transfer how many are here. Returns it."""
        moves = self.return_line_id.sudo().move_ids
        move = moves.filtered(lambda move: move.state not in ("done", "cancel"))[:1]
        if not move:
            raise UserError(self.env._("%(product)s is not expected any more.", product=self.product_id.display_name))
        move.quantity = self.arrived
        if self.lot_name and move.product_id.tracking != "none":
            move.move_line_ids.lot_id = self._lot(move)
        move.picked = self.arrived > 0
        return move.picking_id

    def _lot(self, move):
        domain = [("name", "=", self.lot_name), ("product_id", "=", move.product_id.id)]
        lot = self.env["stock.lot"].sudo().search(domain, limit=1)
        if not lot:
            raise UserError(self.env._("Nobody knows number %(lot)s.", lot=self.lot_name))
        return lot
