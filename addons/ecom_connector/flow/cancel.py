from odoo import models

from .rewrite import FOLLOWING


class EcomFlowCancel(models.AbstractModel):
    """An order cancelled on the channel -> cancelled here, with its stock; what has left stays, and what is invoiced is
    credited, when a person says so."""

    _name = "ecom.flow.cancel"
    _description = "E-commerce: cancel"

    def _rows(self, placed):
        """Both sides of each line, for a person: {name, here, there, obstacle, credit, asks}.

        asks    it can be cancelled, but not behind people's backs: somebody packs it, or it is invoiced
        """
        lines = self._lines(placed)
        some_left = any(self._left(line) for line in lines)
        return [self._row(line, some_left) for line in lines]

    @staticmethod
    def _lines(placed):
        return placed.order_line.filtered(lambda line: not line.display_type and line.product_uom_qty)

    @staticmethod
    def _left(line):
        return line.qty_delivered if line.qty_delivered_method == "stock_move" else 0.0

    def _row(self, line, some_left):
        done, left = float(self.env["ecom.flow.edit"]._done(line)), self._left(line)
        here = self.env._("%(quantity)s ordered", quantity=f"{line.product_uom_qty:g}")
        if left:
            here = self.env._(
                "%(quantity)s ordered, %(left)s left", quantity=f"{line.product_uom_qty:g}", left=f"{left:g}"
            )
        return {
            "name": line.name,
            "here": here,
            "there": self.env._("cancelled"),
            "obstacle": self._obstacle(line, left) if some_left else "",
            "credit": bool(line.qty_invoiced),
            "asks": bool(done or left or line.qty_invoiced),
        }

    def _obstacle(self, line, left):
        """Why it cannot be cancelled, of an order of which something has left."""
        if line.qty_delivered_method != "stock_move":
            return self.env._("It belongs to what has left.")
        if line.product_uom_id.compare(left, line.product_uom_qty) >= 0:
            return self.env._("It has left: agree on a return.")
        return ""

    # ------------------------------------------------------------------ cancel
    def _cancel(self, placed):
        """All of it: nothing has left."""
        placed = placed.with_context(**FOLLOWING)
        if placed.locked:
            placed.action_unlock()
        self.env["ecom.flow.rewrite"]._credit_everything(placed)
        placed.action_cancel()
        placed._ecom_note(self.env._("Cancelled on the channel."))

    def _cancel_rest(self, placed):
        """A person wants what can be cancelled. Returns (names of what was, names of what was not)."""
        lines = self._lines(placed)
        left = {line: self._left(line) for line in lines if line.qty_delivered_method == "stock_move"}
        if not any(left.values()):
            self._cancel(placed)
            return lines.mapped("name"), []
        kept = {line: quantity for line, quantity in left.items() if quantity < line.product_uom_qty}
        if kept:
            self.env["ecom.flow.rewrite"]._reduce(placed, kept)
            placed._ecom_note(self.env._("Cancelled on the channel: what had not left."), [line.name for line in kept])
        return [line.name for line in kept], [line.name for line in lines if line not in kept]
