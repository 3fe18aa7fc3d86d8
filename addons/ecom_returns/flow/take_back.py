from odoo import Command, models
from odoo.exceptions import UserError


class EcomFlowReturnTakeBack(models.AbstractModel):
    """A vendor refuses what was sent to him: it comes back into the quarantine, to be decided anew."""

    _name = "ecom.flow.return.take_back"
    _description = "E-commerce: take back what a vendor refused"

    def _take_back(self, lines):
        """The done transfers. UserError for what is not at a vendor."""
        if lines.filtered(lambda line: line.disposition != "vendor" or not self._sent(line)):
            raise UserError(self.env._("Only what was sent back to a vendor can be refused by him."))
        pickings = self.env["stock.picking"]
        for warehouse, group in lines.grouped(lambda line: line._warehouse()).items():
            picking = self.env["stock.picking"].create(self._prepare_picking(warehouse, group))
            picking.move_ids._action_confirm(merge=False)
            picking.move_ids.picked = True
            picking._action_done()
            pickings += picking
        lines.write({"disposition": False, "wanted": False, "decided_by": False, "decided_at": False})
        self._end_claims(lines)
        return pickings

    @staticmethod
    def _sent(line):
        """The move that carried it to the vendor."""
        done = line.disposed_move_ids.filtered(lambda move: move.state == "done")
        return done.filtered(lambda move: move.location_dest_id.usage == "supplier").sorted("id")[-1:]

    def _prepare_picking(self, warehouse, lines):
        """Values of the transfer; a hook."""
        return {
            "picking_type_id": warehouse.in_type_id.id,
            "company_id": lines.company_id.id,
            "origin": ", ".join(lines.return_id.mapped("name")),
            "location_id": self._sent(lines[:1]).location_dest_id.id,
            "location_dest_id": lines.arrived_move_id.location_dest_id[:1].id,
            "move_ids": [Command.create(self._prepare_move(line, warehouse)) for line in lines],
        }

    def _prepare_move(self, line, warehouse):
        """Values of the move: of what was sent, so that it comes home with the value it left with. A hook."""
        sent, back = self._sent(line), line.arrived_move_id.location_dest_id
        common = {
            "product_id": line.product_id.id,
            "location_id": sent.location_dest_id.id,
            "location_dest_id": back.id,
            "company_id": line.company_id.id,
        }
        content = {
            "product_uom_id": line.product_id.uom_id.id,
            "quantity": line.quantity,
            "lot_id": line.lot_id.id,
            "owner_id": sent.move_line_ids.owner_id[:1].id,
        }
        order = {"purchase_line_id": sent.purchase_line_id.id} if "purchase_line_id" in sent._fields else {}
        return {
            **common,
            **order,
            "product_uom": line.product_id.uom_id.id,
            "product_uom_qty": line.quantity,
            "picking_type_id": warehouse.in_type_id.id,
            "origin_returned_move_id": sent.id,
            "to_refund": True,
            "ecom_disposed_line_id": line.id,
            "move_line_ids": [Command.create({**common, **content})],
        }

    def _end_claims(self, lines):
        """He owes nothing for what he refused."""
        claims = self.env["ecom.return.claim"].search([("line_id", "in", lines.ids), ("against", "=", "vendor")])
        still = claims.filtered(lambda claim: claim.state in ("open", "claimed"))
        still.write({"state": "refused", "note": self.env._("The vendor sent it back.")})
