from odoo import fields, models
from odoo.exceptions import UserError


class StockMove(models.Model):
    """Odoo takes back more than it delivered, and any serial number; here nobody does, on whichever screen."""

    _inherit = "stock.move"

    ecom_return_line_id = fields.Many2one(
        "ecom.return.line", string="Return", index="btree_not_null", ondelete="set null", copy=True
    )
    ecom_disposed_line_id = fields.Many2one(
        "ecom.return.line", string="Return Decided", index="btree_not_null", ondelete="set null", copy=False
    )
    ecom_lots_released = fields.Boolean(
        string="Other Number Accepted",
        copy=False,
        readonly=True,
        help="Somebody accepted another number than was sold.",
    )

    def _ecom_returns(self):
        """Those that bring back what was delivered to a customer."""
        return self.filtered(
            lambda move: move.location_id.usage == "customer"
            and move.origin_returned_move_id.location_dest_id.usage == "customer"
        )

    def _ecom_check_strangers(self):
        """On the return of a sale comes back what was sold: Odoo puts anything else on the order, at a price."""
        for move in self.filtered(lambda move: move.picked and move.state not in ("done", "cancel")):
            sale = move.picking_id.return_id.sale_id
            if move.location_id.usage != "customer" or move.origin_returned_move_id or not sale:
                continue
            raise UserError(
                self.env._(
                    "%(product)s was not delivered with %(order)s. Put it aside and receive it by itself.",
                    product=move.product_id.display_name,
                    order=sale.name,
                )
            )

    def _action_done(self, cancel_backorder=False):
        returns = self._ecom_returns().filtered(lambda move: move.state not in ("done", "cancel") and move.picked)
        allot = self.env["ecom.flow.return.allot"].sudo()
        self.sudo()._ecom_check_strangers()
        if returns:
            allot._check(returns.sudo(), arrived=True)
            allot._check_lots(returns.sudo())
        done = super()._action_done(cancel_backorder=cancel_backorder)
        arrived = done.filtered(lambda move: move.state == "done" and move.ecom_return_line_id)._ecom_returns()
        if arrived:
            self.env["ecom.flow.return.arrive"].sudo()._arrive(arrived.sudo())
        return done
