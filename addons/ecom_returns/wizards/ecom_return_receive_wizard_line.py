from collections import Counter

from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class EcomReturnReceiveWizardLine(models.TransientModel):
    """Something in the box: of a return, or what nobody expected (then without a line of one)."""

    _name = "ecom.return.receive.wizard.line"
    _description = "Article in the Box"

    wizard_id = fields.Many2one("ecom.return.receive.wizard", required=True, ondelete="cascade")
    return_line_id = fields.Many2one("ecom.return.line", ondelete="cascade")
    return_id = fields.Many2one(related="return_line_id.return_id")
    product_id = fields.Many2one(
        "product.product", compute="_compute_product_id", store=True, readonly=False, ondelete="cascade"
    )
    uom_id = fields.Many2one(related="product_id.uom_id")
    expected = fields.Float(related="return_line_id.quantity", string="Said")
    arrived = fields.Float(string="Here", digits="Product Unit")
    lot_names = fields.Char(string="Lots/Serials", help="One for each unit, with commas between them.")
    code = fields.Char(string="Code Read", readonly=True)
    note = fields.Char(string="What Is It?")

    @api.depends("return_line_id")
    def _compute_product_id(self):
        for line in self:
            line.product_id = line.return_line_id.product_id or line.product_id

    # --------------------------------------------------------------------- scan
    def _fits(self, code):
        """ "product" for the article's own code, "lot" for a number that it was sold with, "other" for a number of the
        same article that somebody else has, "" otherwise."""
        product = self.product_id
        if not self.return_line_id:
            return ""
        if code in (product.barcode, product.default_code):
            return "product"
        if product.tracking == "none":
            return ""
        if code in self.return_line_id.sudo().origin_move_id.move_line_ids.lot_id.mapped("name"):
            return "lot"
        known = self.env["stock.lot"].search_count([("name", "=", code), ("product_id", "=", product.id)], limit=1)
        return "other" if known else ""

    def _add(self, code, found):
        """Count one more. Returns (whether it is a warning, the sentence for who scanned it)."""
        released = self.return_line_id.return_id.numbers_released
        if found == "other" and not released:
            return True, self.env._(
                "Number %(code)s was not sold with this order. Put it aside, or have a manager release it.", code=code
            )
        if found == "lot" and self.product_id.tracking == "serial" and code in self._numbers():
            return True, self.env._("Number %(code)s is counted already.", code=code)
        if found == "product" and self.product_id.tracking != "none":
            return True, self.env._(
                "Scan the lot or serial number of %(product)s.", product=self.product_id.display_name
            )
        self.arrived += 1
        if found in ("lot", "other"):
            self.lot_names = ", ".join([*self._numbers(), code])
        over = self.uom_id.compare(self.arrived, self.expected) > 0
        return over, self.env._(
            "%(product)s: %(arrived)s of %(expected)s",
            product=self.product_id.display_name,
            arrived=f"{self.arrived:g}",
            expected=f"{self.expected:g}",
        )

    def _numbers(self):
        return [name.strip() for name in (self.lot_names or "").split(",") if name.strip()]

    # ------------------------------------------------------------------ receive
    def _receive_more_than_said(self):
        """More came than was said: as many as were delivered and are not back join the return, the rest is put aside.
        Returns what was put aside."""
        finds = self.env["ecom.return.find"]
        for line in self:
            over = line.uom_id.round(line.arrived - line.expected)
            if line.uom_id.compare(over, 0.0) <= 0:
                continue
            line.arrived = line.expected
            joined = line._join(over)
            rest = line.uom_id.round(over - joined)
            if line.uom_id.compare(rest, 0.0) > 0:
                finds |= (
                    self.env["ecom.flow.return.find"]
                    .sudo()
                    ._put_aside(
                        product=line.product_id,
                        quantity=rest,
                        warehouse=line.return_line_id.sudo()._warehouse(),
                        description=self.env._("More than was delivered"),
                        return_id=line.return_id.id,
                    )
                )
        return finds

    def _join(self, over):
        """So many more units of the same delivery join the return. Returns how many could."""
        source = self.return_line_id.sudo()
        room = float(self.env["ecom.flow.return.allot"].sudo()._returnable(source.order_line_id, self.product_id))
        joined = min(over, room)
        if self.uom_id.compare(joined, 0.0) <= 0:
            return 0.0
        values = {"reason_id": source.reason_id.id}
        flow = self.env["ecom.flow.return.open"].sudo()
        made = flow._prepare_lines(source.order_line_id, self.product_id, joined, values)
        lines = self.env["ecom.return.line"].sudo().create([{**new, "return_id": source.return_id.id} for new in made])
        pickings = self.env["ecom.flow.return.agree"].sudo()._expect(lines)
        for move in pickings.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        pickings.with_context(skip_backorder=True).button_validate()
        return joined

    def _count_in(self):
        """Write down on the transfer how many are here. Returns it."""
        moves = self.return_line_id.sudo().move_ids
        move = moves.filtered(lambda move: move.state not in ("done", "cancel"))[:1]
        if not move:
            raise UserError(self.env._("%(product)s is not expected any more.", product=self.product_id.display_name))
        numbers = self._numbers() if move.product_id.tracking != "none" else []
        if numbers and self.arrived > 0:
            move.move_line_ids = [
                Command.clear(),
                *[Command.create(content) for content in self._contents(move, numbers)],
            ]
            move.ecom_lots_released = self.return_id.numbers_released
        else:
            move.quantity = self.arrived
        move.picked = self.arrived > 0
        return move.picking_id.with_env(self.env)

    def _contents(self, move, numbers):
        """Values of one content a number. UserError where they are not as many as the units."""
        counted = Counter(numbers)
        if move.product_id.tracking == "serial" and len(numbers) != self.arrived:
            raise UserError(
                self.env._("Scan one serial number for each unit of %(product)s.", product=self.product_id.display_name)
            )
        spare = self.arrived - len(numbers)
        for name, count in counted.items():
            # Of a lot one scan may stand for all units.
            quantity = count + (spare if name == numbers[-1] else 0)
            yield {
                "product_id": move.product_id.id,
                "product_uom_id": move.product_id.uom_id.id,
                "location_id": move.location_id.id,
                "location_dest_id": move.location_dest_id.id,
                "picking_id": move.picking_id.id,
                "lot_id": self._lot(move, name).id,
                "quantity": quantity,
            }

    def _lot(self, move, name):
        domain = [("name", "=", name), ("product_id", "=", move.product_id.id)]
        lot = self.env["stock.lot"].sudo().search(domain, limit=1)
        if not lot:
            raise UserError(self.env._("Nobody knows number %(lot)s.", lot=name))
        return lot
