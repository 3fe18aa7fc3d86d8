from odoo import Command, models
from odoo.exceptions import UserError


class EcomFlowReturnFind(models.AbstractModel):
    """Goods that nobody expected -> into the quarantine, and from there to the return that they belong to, or where a
    person says. Received blind they are valued as goods are today; once their return is known they come in again as
    what was delivered, at the cost with which they left."""

    _name = "ecom.flow.return.find"
    _description = "E-commerce: goods of unknown origin"

    def _put_aside(self, product, quantity, warehouse, **values):
        """A new find, with what we sell in the quarantine; of anything else only what it looks like is kept."""
        find = self.env["ecom.return.find"].create(
            {
                "company_id": warehouse.company_id.id,
                "warehouse_id": warehouse.id,
                "product_id": product.id,
                "quantity": quantity,
                **values,
            }
        )
        if product.is_storable:
            customers = self.env.ref("stock.stock_location_customers")
            find.move_id = self._carry(find, customers, warehouse._ecom_quarantine())
        return find

    def _match(self, find, line=None):
        """It came with a return after all. The blind receipt is taken back, the expected one is done."""
        line = line or find.line_id
        if line.product_id != find.product_id or line.goods not in ("awaiting", "in_transit", "short", "lost"):
            raise UserError(self.env._("%(line)s does not wait for this.", line=line.display_name))
        if find.product_id.uom_id.compare(find.quantity, line.quantity) > 0:
            raise UserError(self.env._("More is here than this return waits for."))
        if find.move_id:
            quarantine = find.move_id.location_dest_id
            self._carry(find, quarantine, find.move_id.location_id, origin_returned_move_id=find.move_id.id)
        line.write({"goods": "awaiting", "disposition": False})
        self.env["ecom.flow.return.agree"]._expect(line)
        move = line.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))[:1]
        lot = self._lot(find)
        move.quantity = find.quantity
        if lot:
            move.move_line_ids.lot_id = lot
        move.picked = True
        move.picking_id.with_context(skip_backorder=True).button_validate()
        find.write({"state": "matched", "line_id": line.id, "decided_by": self.env.uid})

    def _decide(self, find, decision):
        if find.move_id and decision == "scrap":
            self._scrap(find)
        elif find.move_id:
            places = {"restock": find.warehouse_id.lot_stock_id, "give_back": find.move_id.location_id}
            self._carry(find, find.move_id.location_dest_id, places[decision])
        find.write({"state": "decided", "decision": decision, "decided_by": self.env.uid})

    # --------------------------------------------------------------------- moves
    def _carry(self, find, source, target, **values):
        """A done move of the find."""
        move = self.env["stock.move"].create(self._prepare_move(find, source, target) | values)
        move._action_confirm(merge=False)
        move.picked = True
        move._action_done()
        return move

    def _prepare_move(self, find, source, target):
        """Values of the move and its one content; a hook."""
        content = {
            "product_id": find.product_id.id,
            "product_uom_id": find.product_id.uom_id.id,
            "location_id": source.id,
            "location_dest_id": target.id,
            "company_id": find.company_id.id,
            "quantity": find.quantity,
            "lot_id": self._lot(find).id,
        }
        return {
            "origin": find.name,
            "product_id": find.product_id.id,
            "product_uom": find.product_id.uom_id.id,
            "product_uom_qty": find.quantity,
            "location_id": source.id,
            "location_dest_id": target.id,
            "company_id": find.company_id.id,
            "move_line_ids": [Command.create(content)],
        }

    def _lot(self, find):
        """The number it bears; one of its own where nobody can read one, as Odoo moves nothing without."""
        lots = self.env["stock.lot"]
        if find.product_id.tracking == "none":
            return lots
        name = find.lot_name or find.name
        domain = [("name", "=", name), ("product_id", "=", find.product_id.id)]
        company = [("company_id", "in", (False, find.company_id.id))]
        return lots.search([*domain, *company], limit=1) or lots.create(
            {"name": name, "product_id": find.product_id.id, "company_id": find.company_id.id}
        )

    def _scrap(self, find):
        scrap = self.env["stock.scrap"].create(
            {
                "product_id": find.product_id.id,
                "product_uom_id": find.product_id.uom_id.id,
                "scrap_qty": find.quantity,
                "lot_id": self._lot(find).id,
                "location_id": find.move_id.location_dest_id.id,
                "company_id": find.company_id.id,
                "origin": find.name,
            }
        )
        scrap.do_scrap()
