from collections import defaultdict

from odoo import models


class EcomFlowReturnArrive(models.AbstractModel):
    """A done return move -> what its return knows: how much came, of which lot; the rest is short, or still to come.

    Called for whoever validates the transfer, on the receiving screen or on Odoo's own.
    """

    _name = "ecom.flow.return.arrive"
    _description = "E-commerce: note what came back"

    def _arrive(self, moves):
        """`moves`: done ones of return lines that came from the buyer."""
        for move in moves:
            line, arrived = move.ecom_return_line_id, self._contents(move)
            if line.goods == "received":
                continue
            expected = line.move_ids.filtered(lambda other: other.state not in ("done", "cancel"))
            rest = line.quantity - sum(quantity for _lot, quantity in arrived)
            if line.product_id.uom_id.compare(rest, 0.0) > 0:
                left = line._split(rest)
                left.goods = "awaiting" if expected else "short"
                expected.ecom_return_line_id = left
            for lot, quantity in arrived[1:]:
                line._split(quantity).write({"goods": "received", "lot_id": lot.id, "arrived_move_id": move.id})
            lot, quantity = arrived[0]
            line.write({"goods": "received", "lot_id": lot.id, "quantity": quantity, "arrived_move_id": move.id})
        self.env["ecom.flow.return.exchange"]._release(moves.ecom_return_line_id.return_id)
        moves.ecom_return_line_id.return_id._tell_buyer("received")

    @staticmethod
    def _contents(move):
        """[(lot, units in the product's unit)]: each lot goes its own way afterwards."""
        lots = defaultdict(float)
        for line in move.move_line_ids.filtered("picked"):
            lots[line.lot_id] += line.quantity_product_uom
        return [(lot, move.product_id.uom_id.round(quantity)) for lot, quantity in lots.items()]
