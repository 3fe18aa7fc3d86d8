from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..policy.quantities import Delivered, allot


def exact(number):
    """A float of the database as the decimal that it stands for."""
    return Decimal(str(number or 0.0))


class EcomFlowReturnAllot(models.AbstractModel):
    """Which deliveries goods came with, and how much of each can still come back. All in the products' own units, by
    the move that left: neither dozens, nor kits, nor a second delivery can hide that something came back before."""

    _name = "ecom.flow.return.allot"
    _description = "E-commerce: allot returned goods"

    def _deliveries(self, order_line):
        """The done moves that brought this line to the buyer, oldest first."""
        moves = order_line.sudo().move_ids.filtered(
            lambda move: move.state == "done" and move.location_dest_usage == "customer"
        )
        return moves.filtered(lambda move: not move.origin_returned_move_id).sorted(lambda move: (move.date, move.id))

    def _delivered(self, moves, but=None):
        """[Delivered] of these moves that left, in their order. `but`: moves that come back and are not counted."""
        returns = (moves.returned_move_ids - (but or moves.browse())).filtered(lambda move: move.state != "cancel")
        again = returns.returned_move_ids.filtered(lambda move: move.state == "done")
        back, promised = defaultdict(Decimal), defaultdict(Decimal)
        for move in returns:
            done = move.state == "done"
            quantity = move.quantity if done else move.product_uom_qty
            (back if done else promised)[move.origin_returned_move_id] += self._in_product_unit(move, quantity)
        for move in again:
            origin = move.origin_returned_move_id.origin_returned_move_id
            back[origin] -= self._in_product_unit(move, move.quantity)
        return [
            Delivered(
                key=move, done=self._in_product_unit(move, move.quantity), back=back[move], promised=promised[move]
            )
            for move in moves
        ]

    @staticmethod
    def _in_product_unit(move, quantity):
        return exact(move.product_uom._compute_quantity(quantity, move.product_id.uom_id, rounding_method="HALF-UP"))

    def _returnable(self, order_line, product=None):
        """Units of the line's product (of a kit: of that component) that can come back."""
        moves = self._deliveries(order_line).filtered(lambda move: not product or move.product_id == product)
        return sum((delivered.returnable for delivered in self._delivered(moves)), Decimal(0))

    def _what_is_left(self, orders):
        """[(order line, product, float units)] of all that can still come back of these orders; of kits their parts."""
        found = []
        for order_line in orders.order_line.filtered(lambda line: line.product_id and not line.display_type):
            for product in self._deliveries(order_line).product_id:
                left = float(self._returnable(order_line, product))
                if left > 0:
                    found.append((order_line, product, left))
        return found

    def _allot(self, order_line, product, quantity):
        """[(move, float units)] that so many units of the product came with. UserError where so many cannot come
        back."""
        moves = self._deliveries(order_line).filtered(lambda move: move.product_id == product)
        deliveries = self._delivered(moves)
        try:
            found = allot(exact(quantity), deliveries)
        except ValueError:
            raise UserError(self._too_many_words(product, deliveries, quantity))
        return [(move, float(units)) for move, units in found]

    def _too_many_words(self, product, deliveries, quantity):
        left = sum((delivered.returnable for delivered in deliveries), Decimal(0))
        return self.env._(
            "%(wanted)s of %(product)s cannot come back: %(left)s were delivered and are neither back nor announced.",
            wanted=f"{quantity:g}",
            product=product.display_name,
            left=f"{left.normalize():f}",
        )

    # -------------------------------------------------------------------- lock
    def _lock(self, moves):
        """Whoever returns of the same delivery at the same moment fails to serialise and tries again: a lock alone
        would let him go on with what he saw before. Hence a write that changes nothing, which the ORM would skip."""
        moves = moves.filtered("id").sorted("id")
        if moves:
            moves.flush_recordset()
            self.env.cr.execute(SQL("UPDATE stock_move SET id = id WHERE id IN %s", tuple(moves.ids)))

    def _check(self, returns, arrived=False):
        """Nothing comes back twice: these moves, together with all others that are done or announced, stay within
        what was delivered. UserError otherwise.

        `arrived`: the goods are here. Transfers of Odoo's own that were prepared for the same units, and belong to no
        return, do not keep them out: the first that is done counts, the others cannot be done any more.
        """
        origins = returns.origin_returned_move_id
        self._lock(origins)
        but = returns
        if arrived:
            waiting = origins.returned_move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
            but |= waiting.filtered(lambda move: not move.ecom_return_line_id)
        counted = {delivered.key: delivered for delivered in self._delivered(origins, but=but)}
        for origin, moves in returns.grouped("origin_returned_move_id").items():
            wanted = sum(
                (self._in_product_unit(move, move.quantity if move.picked else move.product_uom_qty) for move in moves),
                Decimal(0),
            )
            if wanted > counted[origin].returnable:
                raise UserError(self._too_many_words(origin.product_id, [counted[origin]], float(wanted)))

    def _check_lots(self, returns):
        """What comes back is what left: the same lots and serial numbers, as many of each. UserError otherwise."""
        for origin, moves in returns.grouped("origin_returned_move_id").items():
            if origin.product_id.tracking == "none":
                continue
            left = self._lots(origin)
            for back in origin.returned_move_ids.filtered(lambda move: move.state == "done") - moves:
                left = {lot: count - self._lots(back).get(lot, Decimal(0)) for lot, count in left.items()}
                for again in back.returned_move_ids.filtered(lambda move: move.state == "done"):
                    for lot, count in self._lots(again).items():
                        left[lot] = left.get(lot, Decimal(0)) + count
            for move in moves.filtered(lambda move: not move.ecom_lots_released):
                for lot, count in self._lots(move).items():
                    left[lot] = left.get(lot, Decimal(0)) - count
                    if not lot or left[lot] < 0:
                        raise UserError(self._wrong_lot_words(move, lot))

    def _lots(self, move):
        lots = defaultdict(Decimal)
        for line in move.move_line_ids:
            lots[line.lot_id] += exact(line.quantity_product_uom)
        return dict(lots)

    def _wrong_lot_words(self, move, lot):
        return self.env._(
            "Number %(lot)s of %(product)s was not delivered with %(order)s, or is back already. If it is what came, "
            "have a manager release it.",
            lot=lot.name or self.env._("(none)"),
            product=move.product_id.display_name,
            order=move.origin_returned_move_id.picking_id.name or "",
        )
