from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError


class EcomReturnReceiveWizard(models.TransientModel):
    """The dock: what lies in the box. A scanner reads the slip, then each article; everything works by keyboard alone,
    for whoever has no scanner. What nobody expects is put aside, not refused: the box is open already."""

    _name = "ecom.return.receive.wizard"
    _description = "Receive Returned Goods"
    _inherit = ["barcodes.barcode_events_mixin"]

    scan = fields.Char(store=False, help="The return, the parcel or the order; then articles, serial or lot numbers.")
    return_ids = fields.Many2many("ecom.return", string="Returns in the Box")
    is_several = fields.Boolean(compute="_compute_is_several")
    rest_follows = fields.Boolean(string="The Rest Comes Later", help="Off: what is not here is short.")
    is_empty = fields.Boolean(string="The Box Was Empty")
    parcel_number = fields.Char(help="On the label, for a box that nobody knows.")
    sender = fields.Char(help="Who stands on the box, for a box that nobody knows.")
    warehouse_id = fields.Many2one("stock.warehouse", string="Received In", help="Empty: where it left from.")
    message = fields.Char(readonly=True)
    is_warning = fields.Boolean(readonly=True)
    line_ids = fields.One2many("ecom.return.receive.wizard.line", "wizard_id")

    @api.depends("return_ids")
    def _compute_is_several(self):
        for wizard in self:
            wizard.is_several = len(wizard.return_ids) > 1

    @api.onchange("return_ids")
    def _onchange_return_ids(self):
        """Several returns may lie in one box."""
        known = self.line_ids.return_line_id._origin
        lines = self.return_ids._origin.line_ids.filtered(lambda line: line._is_expected())
        gone = self.line_ids.filtered(lambda line: line.return_line_id and line.return_line_id._origin not in lines)
        self.line_ids -= gone
        self.line_ids = [Command.create({"return_line_id": line.id}) for line in lines - known]

    @api.onchange("scan")
    def _onchange_scan(self):
        code, self.scan = (self.scan or "").strip(), False
        if code:
            self._read_code(code)

    def on_barcode_scanned(self, barcode):
        """A scanner, wherever the cursor stands."""
        self.check_access("write")
        self._read_code(barcode.strip())

    # -------------------------------------------------------------------- codes
    def _read_code(self, code):
        """One more of what was scanned; or the return whose number, parcel or order it is."""
        counted = self._count(code)
        returns = self.env["ecom.return"] if counted else self._find_returns(code)
        if counted:
            self.is_warning, self.message = counted
        elif returns:
            self.return_ids |= returns
            self._onchange_return_ids()
            self.is_warning, self.message = False, ", ".join(returns.mapped("name"))
        else:
            self._put_aside(code)

    def _find_returns(self, code):
        returns = self.env["ecom.return"].search([("name", "=", code)], limit=1)
        if returns:
            return returns
        awaited = [("authorisation", "=", "approved"), ("line_ids.goods", "in", ("awaiting", "in_transit"))]
        kinds = (
            [("parcel_number", "=", code)],
            ["|", ("line_ids.order_id.name", "=", code), ("line_ids.order_id.ecom_number", "=", code)],
        )
        for kind in kinds:
            returns = returns or self.env["ecom.return"].search([*awaited, *kind], limit=10)
        return returns

    def _count(self, code):
        """(whether it is a warning, what to tell who scanned it), None for what is not expected in this box."""
        fits = [(line, line._fits(code)) for line in self.line_ids]
        fits = [(line, found) for line, found in fits if found]
        room = [(line, found) for line, found in fits if line.uom_id.compare(line.arrived, line.expected) < 0]
        for line, found in (room or fits)[:1]:
            return line._add(code, found)
        return None

    def _put_aside(self, code):
        """Nobody expects it: what we know of it, for whoever finds out where it belongs."""
        same = self.line_ids.filtered(lambda line: line.code == code)
        product = self._find_product(code)
        lot = self._find_lot(code)
        if same:
            same.arrived += 1
        else:
            values = {"code": code, "product_id": (product or lot.product_id).id, "arrived": 1}
            values |= {"lot_names": lot.name} if lot else {}
            self.line_ids = [Command.create(values)]
        self.is_warning = True
        self.message = self.env._(
            "%(code)s is not expected in this box: put it aside.", code=(product or lot.product_id).display_name or code
        )

    def _find_product(self, code):
        domain = ["|", ("barcode", "=", code), ("default_code", "=", code)]
        return self.env["product.product"].search(domain, limit=1)

    def _find_lot(self, code):
        return self.env["stock.lot"].search([("name", "=", code)], limit=1)

    # ------------------------------------------------------------------ receive
    def action_receive(self):
        """Validate the transfers of what is here; the rest is short, or still to come; what nobody expects waits in
        the quarantine until it is found out whose it is."""
        if not self.env.user.has_group("stock.group_stock_user"):
            raise AccessError(self.env._("Only who works in the warehouse may receive goods."))
        self.ensure_one()
        if not self.is_empty and not self.line_ids.filtered(lambda line: line.arrived > 0):
            raise UserError(self.env._("Nothing was counted."))
        if self.warehouse_id:
            self.return_ids.sudo().warehouse_id = self.warehouse_id
        strange = self.line_ids.filtered(lambda line: not line.return_line_id)
        expected = self.line_ids - strange
        if self.is_empty:
            expected.arrived = 0
        finds = self._note_strange(strange) | expected._receive_more_than_said()
        self._validate(expected)
        if not self.rest_follows:
            expected.return_line_id.sudo()._mark_short()
        return self._after(finds)

    def _validate(self, lines):
        pickings = self.env["stock.picking"]
        for line in lines:
            pickings |= line._count_in()
        for picking in pickings.filtered(lambda picking: any(picking.move_ids.mapped("picked"))):
            later = {} if self.rest_follows else {"picking_ids_not_to_backorder": picking.ids}
            picking.with_context(skip_backorder=True, **later).button_validate()

    def _note_strange(self, lines):
        finds = self.env["ecom.return.find"]
        for line in lines.filtered(lambda line: line.arrived > 0):
            finds |= (
                self.env["ecom.flow.return.find"]
                .sudo()
                ._put_aside(
                    product=line.product_id,
                    quantity=line.arrived,
                    warehouse=self._warehouse(),
                    description=line.note or line.code,
                    lot_name=line.lot_names,
                    sender=self.sender,
                    parcel_number=self.parcel_number,
                    return_id=self.return_ids[:1].id,
                )
            )
        return finds

    def _warehouse(self):
        lines = self.line_ids.return_line_id.sudo()
        company = lines.company_id[:1] or self.env.company
        here = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        return self.warehouse_id or (lines[:1]._warehouse() if lines else here)

    def _after(self, finds):
        """The next box; or what was put aside, to be described."""
        if finds:
            action = self.env["ir.actions.act_window"]._for_xml_id("ecom_returns.ecom_return_find_action")
            return {**action, "domain": [("id", "in", finds.ids)], "context": {}}
        return self.env["ir.actions.act_window"]._for_xml_id("ecom_returns.ecom_return_receive_wizard_action")
