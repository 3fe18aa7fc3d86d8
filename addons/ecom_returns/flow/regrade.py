from odoo import Command, models
from odoo.exceptions import UserError

from ..policy.shares import quantise
from .allot import exact


class EcomFlowReturnRegrade(models.AbstractModel):
    """Goods that are sold under another name from now on ("open box"): they leave the stock as the one article and come
    into it as the other, with the value that they left with, or a part of it.

    Both moves go over one place that is no stock. Where it has an account of its own, perpetual valuation books the
    difference there: what the goods lost.
    """

    _name = "ecom.flow.return.regrade"
    _description = "E-commerce: stock returned goods as another article"

    def _regrade(self, lines):
        """Lines in the quarantine, each with an article to become. UserError without."""
        for line in lines:
            into = line.product_id.ecom_regrade_id
            if not into:
                raise UserError(
                    self.env._("Say on %(product)s which article it becomes.", product=line.product_id.display_name)
                )
            warehouse = line._warehouse()
            over, stock = warehouse._ecom_regraded(), warehouse.lot_stock_id
            gone = self._done(self._prepare_move(line, line.product_id, line.arrived_move_id.location_dest_id, over))
            come = self._prepare_move(line, into, over, stock)
            self._done(come, value=self._carried(line, gone, into))

    def _done(self, values, value=None):
        move = self.env["stock.move"].create(values)
        move._action_confirm(merge=False)
        if value is not None:
            # Before it is done: what is booked then is this value.
            self.env["product.value"].sudo().create(
                {"move_id": move.id, "value": value, "company_id": move.company_id.id}
            )
        move.picked = True
        return move._action_done()

    def _carried(self, line, gone, into):
        """What the units are worth as the other article, None where that has its own price for all of them."""
        if into.cost_method == "standard":
            return None
        currency = line.company_id.currency_id
        kept = exact(gone.value) * (100 - exact(line.product_id.ecom_write_down)) / 100
        return float(quantise(kept, exact(currency.rounding)))

    def _prepare_move(self, line, product, source, place):
        """Values of a move and its one content; a hook. The other article has lots of its own."""
        same = product == line.product_id
        contents = line.arrived_move_id.move_line_ids.filtered(lambda content: content.lot_id == line.lot_id)
        quantity = line.product_id.uom_id._compute_quantity(line.quantity, product.uom_id)
        common = {
            "product_id": product.id,
            "location_id": source.id,
            "location_dest_id": place.id,
            "company_id": line.company_id.id,
        }
        content = {
            **common,
            "product_uom_id": product.uom_id.id,
            "quantity": quantity,
            "owner_id": contents.owner_id[:1].id,
            "lot_id": line.lot_id.id if same else self._lot(line, product).id,
        }
        return {
            **common,
            "product_uom": product.uom_id.id,
            "product_uom_qty": quantity,
            # Without a transfer: an adjustment, under the return's number.
            "is_inventory": True,
            "inventory_name": line.return_id.name,
            "ecom_disposed_line_id": line.id,
            "move_line_ids": [Command.create(content)],
        }

    def _lot(self, line, product):
        """The same number, of the other article."""
        lots = self.env["stock.lot"].sudo()
        if product.tracking == "none":
            return lots
        if not line.lot_id:
            raise UserError(self.env._("%(product)s needs a number.", product=product.display_name))
        known = lots.search([("name", "=", line.lot_id.name), ("product_id", "=", product.id)], limit=1)
        return known or lots.create({"name": line.lot_id.name, "product_id": product.id})
