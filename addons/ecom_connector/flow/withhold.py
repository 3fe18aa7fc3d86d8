"""Units that were refunded before they left -> not sent any more.

Some channels keep refunded units on the lines of the order (`RefundLine.still_ordered`), so no newer version of the
order ever says that they are not to be sent. The lines stay here as the channel states them, and so do their amounts
and taxes; only the deliveries are lowered, by Odoo's own procurement. Where a part of the line is packed or has left
already, nobody can tell from here which units were meant: a person is asked.
"""

from odoo import models


class EcomFlowWithhold(models.AbstractModel):
    _name = "ecom.flow.withhold"
    _description = "E-commerce: withhold refunded goods"

    def _withhold(self, orders):
        """Doing it twice withholds nothing more. A refund that fell through after all is sent again."""
        for order in orders.filtered(lambda order: order.state in ("draft", "sent", "sale")):
            taken, unclear = [], []
            for line, units in self._refunded(order).items():
                target = min(units, line.product_uom_qty)
                if not line.product_uom_id.compare(target, line.ecom_withheld):
                    continue
                if self._is_clear(line, target):
                    taken.append((line, target - line.ecom_withheld))
                    self._set(line, target)
                elif line.product_uom_id.compare(self._open_units(line), 0.0) > 0:
                    unclear.append((line, target - line.ecom_withheld))
            if taken:
                order._ecom_note(self.env._("Refunded on the channel, so what is sent changes:"), self._rows(taken))
            self._ask(order, unclear)

    def _refunded(self, order):
        """{order line: units that the channel gave the money back for and still counts as ordered}"""
        lines = order.ecom_refund_ids.filtered(lambda refund: refund.state == "done").line_ids
        goods = lines.filtered(
            lambda line: line.still_ordered and line.order_line_id.qty_delivered_method == "stock_move"
        )
        found = {line: sum(told.mapped("quantity")) for line, told in goods.grouped("order_line_id").items()}
        before = order.order_line.filtered("ecom_withheld")
        return {**dict.fromkeys(before, 0.0), **found}

    def _is_clear(self, line, target):
        """Nothing of the line was touched, or it is given back. Parts of kits are for people."""
        if line.product_uom_id.compare(target, line.ecom_withheld) < 0:
            return True
        is_kit = any(move.product_id != line.product_id for move in line.move_ids)
        return not is_kit and not self.env["ecom.flow.edit"]._done(line)

    @staticmethod
    def _open_units(line):
        return line._ecom_to_send() - line.qty_delivered

    @staticmethod
    def _set(line, units):
        """Core counts what is withheld as procured (models/sale_order_line_withheld.py), and so lowers the delivery in
        all its steps."""
        order, locked = line.order_id, line.order_id.locked
        if locked:
            order.action_unlock()
        line.ecom_withheld = units
        line._action_launch_stock_rule()
        if locked:
            order.action_lock()

    # ------------------------------------------------------------------ words
    def _rows(self, taken):
        return [self.env._("%(units)s × %(item)s", units=f"{-units:+g}", item=line.name) for line, units in taken]

    def _ask(self, order, unclear):
        key = f"withhold:{order.ecom_external_id}"
        if not unclear:
            self.env["ecom.exception"]._solve(
                order.ecom_channel_id, [key], self.env._("Nothing of it is open any more.")
            )
            return
        self.env["ecom.exception"]._open(
            order.ecom_channel_id,
            category="shipment",
            severity="2",
            name=self.env._(
                "Is what was refunded on %(number)s still to be sent?", number=order.ecom_number or order.name
            ),
            detail="\n".join(
                self.env._(
                    "%(units)s of %(item)s were refunded while a part of them is packed or has left. If it is the rest "
                    "that is not wanted any more, take it out of the delivery.",
                    units=f"{units:g}",
                    item=line.name,
                )
                for line, units in unclear
            ),
            dedupe_key=key,
            order_id=order.id,
        )
