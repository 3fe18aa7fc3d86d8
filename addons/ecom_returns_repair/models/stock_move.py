from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        """Repaired goods that left are with the customer again."""
        done = super()._action_done(cancel_backorder=cancel_backorder)
        left = done.filtered(lambda move: move.state == "done" and move.location_dest_id.usage == "customer")
        lines = left.sudo().ecom_disposed_line_id.filtered(lambda line: line.disposition == "repair")
        lines.write({"goods": "given_back"})
        return done
