from odoo import Command, fields, models
from odoo.exceptions import UserError


class EcomFlowReturnDispose(models.AbstractModel):
    """What was looked at and decided -> the stock document that carries it out, from the quarantine.

    Restocking is the moment from which channels may sell the goods again: not before.
    """

    _name = "ecom.flow.return.dispose"
    _description = "E-commerce: dispose of returned goods"

    def _dispose(self, lines, disposition):
        """UserError for goods that are not here, or for which it was decided before."""
        if disposition == "missing":
            self._write_off(lines)
            self.env["ecom.flow.return.tell"]._tell(lines.return_id, "inspect")
            return
        for line in lines:
            if line.goods not in ("received", "wrong_item") or line.disposition or not line.arrived_move_id:
                raise UserError(
                    self.env._("%(product)s is not in the quarantine.", product=line.product_id.display_name)
                )
        self._check_still_there(lines)
        self._carry_out(lines, disposition)
        lines.write({"disposition": disposition, "decided_by": self.env.uid, "decided_at": fields.Datetime.now()})
        if disposition == "give_back":
            lines.write({"goods": "given_back"})
        self.env["ecom.flow.return.tell"]._tell(lines.return_id, "inspect")

    def _check_still_there(self, lines):
        """Whoever carried them elsewhere carries them back first: nothing is decided about goods that are on the road
        between two warehouses, or gone."""
        quants = self.env["stock.quant"]
        goods = lines.filtered("product_id.is_storable")
        for (product, place, lot), group in goods.grouped(self._whereabouts).items():
            held = quants._get_available_quantity(product, place, lot_id=lot or None, allow_negative=True)
            if product.uom_id.compare(held, sum(group.mapped("quantity"))) < 0:
                raise UserError(
                    self.env._(
                        "%(product)s is not in %(place)s any more. Carry it back there first.",
                        product=product.display_name,
                        place=place.display_name,
                    )
                )

    @staticmethod
    def _whereabouts(line):
        return line.product_id, line.arrived_move_id.location_dest_id, line.lot_id

    def _carry_out(self, lines, disposition):
        """The document of a decision; a hook for dispositions of other add-ons."""
        if disposition in ("scrap", "donate"):
            self._scrap(lines, disposition)
        elif disposition == "regrade":
            self.env["ecom.flow.return.regrade"]._regrade(lines)
        else:
            self._carry(lines, disposition)

    def _write_off(self, lines):
        """Goods that will not come any more: no stock document, a name on the loss."""
        if lines.filtered(lambda line: line.goods in ("received", "wrong_item", "keep", "given_back")):
            raise UserError(self.env._("What is here cannot be missing."))
        lines.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))._action_cancel()
        lines.write(
            {
                "goods": "lost",
                "disposition": "missing",
                "decided_by": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )

    # ------------------------------------------------------------------- scrap
    def _scrap(self, lines, disposition):
        tag = self.env.ref(f"ecom_returns.stock_scrap_reason_tag_{disposition}", raise_if_not_found=False)
        for line in lines:
            scrap = self.env["stock.scrap"].create(self._prepare_scrap(line, tag))
            scrap.do_scrap()
            scrap.move_ids.ecom_disposed_line_id = line

    def _prepare_scrap(self, line, tag):
        """Values of the scrap order; a hook."""
        contents = line.arrived_move_id.move_line_ids.filtered(lambda content: content.lot_id == line.lot_id)
        return {
            "product_id": line.product_id.id,
            "product_uom_id": line.product_id.uom_id.id,
            "scrap_qty": line.quantity,
            "lot_id": line.lot_id.id,
            "owner_id": contents.owner_id[:1].id,
            "location_id": line.arrived_move_id.location_dest_id.id,
            "company_id": line.company_id.id,
            "origin": line.return_id.name,
            "scrap_reason_tag_ids": [Command.set(tag.ids)] if tag else [],
        }

    # ------------------------------------------------------------------- carry
    def _carry(self, lines, disposition):
        """One done transfer for each warehouse and place."""
        for warehouse, group in lines.grouped(lambda line: line._warehouse()).items():
            kind, place = self._target(warehouse, group, disposition)
            picking = self.env["stock.picking"].create(
                {
                    "picking_type_id": kind.id,
                    "partner_id": group.return_id.partner_id[:1].id if disposition == "give_back" else False,
                    "company_id": group.company_id.id,
                    "origin": ", ".join(group.return_id.mapped("name")),
                    "location_id": group.arrived_move_id.location_dest_id[:1].id,
                    "location_dest_id": place.id,
                    "move_ids": [Command.create(self._prepare_move(line, kind, place, disposition)) for line in group],
                }
            )
            picking.move_ids._action_confirm(merge=False)
            picking.move_ids.picked = True
            picking._action_done()

    def _target(self, warehouse, lines, disposition):
        """(operation type, location)"""
        customer = lines.origin_move_id.location_dest_id[:1] or self.env.ref("stock.stock_location_customers")
        return {
            "restock": (warehouse.int_type_id, warehouse.lot_stock_id),
            "refurbish": (warehouse.int_type_id, warehouse._ecom_place("refurbish")),
            "liquidate": (warehouse.int_type_id, warehouse._ecom_place("liquidate")),
            "vendor": (warehouse.out_type_id, self.env.ref("stock.stock_location_suppliers")),
            "give_back": (warehouse.out_type_id, customer),
        }[disposition]

    def _prepare_move(self, line, kind, place, disposition):
        """Values of the move and its one content; a hook."""
        arrived = line.arrived_move_id
        contents = arrived.move_line_ids.filtered(lambda content: content.lot_id == line.lot_id)
        common = {
            "product_id": line.product_id.id,
            "product_uom_id": line.product_id.uom_id.id,
            "location_id": arrived.location_dest_id.id,
            "location_dest_id": place.id,
            "company_id": line.company_id.id,
        }
        content = {"quantity": line.quantity, "lot_id": line.lot_id.id, "owner_id": contents.owner_id[:1].id}
        again = {"origin_returned_move_id": arrived.id, "sale_line_id": line.order_line_id.id, "to_refund": True}
        return {
            **{name: value for name, value in common.items() if name != "product_uom_id"},
            "product_uom": line.product_id.uom_id.id,
            "product_uom_qty": line.quantity,
            "picking_type_id": kind.id,
            "ecom_disposed_line_id": line.id,
            "move_line_ids": [Command.create({**common, **content})],
            **(again if disposition == "give_back" else {}),
            **(self._prepare_vendor(line) if disposition == "vendor" else {}),
        }

    def _prepare_vendor(self, line):
        """Back to where it was bought: the receipt that it came with, so that the vendor owes us its price."""
        domain = [
            ("product_id", "=", line.product_id.id),
            ("location_id.usage", "=", "supplier"),
            ("state", "=", "done"),
        ]
        if line.lot_id:
            domain.append(("move_line_ids.lot_id", "=", line.lot_id.id))
        bought = self.env["stock.move"].search(
            [*domain, ("company_id", "=", line.company_id.id)], order="id desc", limit=1
        )
        if not bought:
            return {}
        # Where purchases are kept; their receipts are then counted down.
        order = {"purchase_line_id": bought.purchase_line_id.id} if "purchase_line_id" in bought._fields else {}
        return {"origin_returned_move_id": bought.id, "to_refund": True, **order}
