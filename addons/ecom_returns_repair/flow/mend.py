from odoo import models


class EcomFlowReturnDispose(models.AbstractModel):
    """Goods to repair -> Odoo's repair order, and afterwards the transfer that brings them back to the customer."""

    _inherit = "ecom.flow.return.dispose"

    def _carry_out(self, lines, disposition):
        if disposition != "repair":
            return super()._carry_out(lines, disposition)
        for line in lines:
            repair = self.env["repair.order"].create(self._prepare_repair(line))
            repair.action_validate()
        lines.resolution = "none"
        return None

    def _prepare_repair(self, line):
        """Values of the repair order; a hook. The goods stay where they are: nobody is promised them."""
        place = line.arrived_move_id.location_dest_id
        reason = line.found_reason_id or line.reason_id
        return {
            "ecom_return_line_id": line.id,
            "company_id": line.company_id.id,
            "partner_id": line.return_id.partner_id.id,
            "picking_type_id": line._warehouse().repair_type_id.id,
            "product_id": line.product_id.id,
            "product_qty": line.quantity,
            "product_uom": line.product_id.uom_id.id,
            "lot_id": line.lot_id.id,
            "product_location_src_id": place.id,
            "product_location_dest_id": place.id,
            "under_warranty": reason.is_claim,
            "internal_notes": line.return_id.name,
        }

    def _send_back(self, lines):
        """A transfer for each return, ready for whoever packs it."""
        for record, group in lines.grouped("return_id").items():
            warehouse = group[:1]._warehouse()
            kind, place = self._target(warehouse, group, "give_back")
            moves = [self._prepare_move(line, kind, place, "give_back") for line in group]
            for move in moves:
                del move["move_line_ids"]
            picking = self.env["stock.picking"].create(
                {
                    "picking_type_id": kind.id,
                    "partner_id": record.partner_id.id,
                    "company_id": record.company_id.id,
                    "origin": record.name,
                    "location_id": group.arrived_move_id.location_dest_id[:1].id,
                    "location_dest_id": place.id,
                    "move_ids": [(0, 0, move) for move in moves],
                }
            )
            picking.action_confirm()
            picking.action_assign()
            for line in group.filtered("lot_id"):
                move = picking.move_ids.filtered(lambda move, line=line: move.ecom_disposed_line_id == line)
                move.move_line_ids.lot_id = line.lot_id
