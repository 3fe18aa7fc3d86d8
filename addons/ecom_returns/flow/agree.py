from odoo import Command, fields, models


class EcomFlowReturnAgree(models.AbstractModel):
    """A return that was agreed to -> the transfers in which its goods are expected, into the quarantine.

    Each move says which one it returns: so its goods come back at the cost they left with, and are counted against
    what was delivered.
    """

    _name = "ecom.flow.return.agree"
    _description = "E-commerce: expect returned goods"

    def _expect(self, lines):
        """The transfers for lines whose goods are awaited and not announced yet; one for each warehouse."""
        lines = lines.filtered(lambda line: line.goods == "awaiting" and line.origin_move_id)
        lines = lines.filtered(lambda line: not line.move_ids.filtered(lambda move: move.state != "cancel"))
        self.env["ecom.flow.return.allot"]._lock(lines.origin_move_id)
        pickings = self.env["stock.picking"]
        for (record, warehouse), group in lines.grouped(lambda line: (line.return_id, line._warehouse())).items():
            picking = self.env["stock.picking"].create(self._prepare_picking(record, warehouse, group))
            picking.action_confirm()
            picking.action_assign()
            pickings += picking
        self.env["ecom.flow.return.allot"]._check(pickings.move_ids)
        return pickings

    def _prepare_picking(self, record, warehouse, lines):
        """Values of the transfer; a hook."""
        kind = warehouse.out_type_id.return_picking_type_id or warehouse.in_type_id
        place = lines[:1]._comes_to(warehouse)
        return {
            "picking_type_id": kind.id,
            "partner_id": record.partner_id.id,
            "company_id": record.company_id.id,
            "origin": record.name,
            "return_id": lines.origin_move_id.picking_id[:1].id,
            "location_id": lines.origin_move_id.location_dest_id[:1].id,
            "location_dest_id": place.id,
            "move_ids": [Command.create(self._prepare_move(line, warehouse, kind)) for line in lines],
        }

    def _prepare_move(self, line, warehouse, kind):
        """Values of the move; a hook."""
        origin = line.origin_move_id
        return {
            "product_id": line.product_id.id,
            "product_uom_qty": line.quantity,
            "product_uom": line.product_id.uom_id.id,
            "location_id": origin.location_dest_id.id,
            "location_dest_id": line._comes_to(warehouse).id,
            "picking_type_id": kind.id,
            "warehouse_id": warehouse.id,
            "company_id": line.company_id.id,
            "date": fields.Datetime.now(),
            "procure_method": "make_to_stock",
            "origin_returned_move_id": origin.id,
            "move_orig_ids": [Command.link(origin.id)],
            "sale_line_id": line.order_line_id.id,
            "reference_ids": [Command.set(origin.reference_ids.ids)],
            "to_refund": True,
            "ecom_return_line_id": line.id,
            # Of a kit, where mrp is installed: core counts returned kits by it.
            **({"bom_line_id": origin.bom_line_id.id} if "bom_line_id" in origin._fields else {}),
        }
