from collections import defaultdict

from odoo import Command, models
from odoo.exceptions import UserError


class EcomFlowReturnOpen(models.AbstractModel):
    """Articles that somebody wants to send back -> a return whose lines each stand for one delivery of one product."""

    _name = "ecom.flow.return.open"
    _description = "E-commerce: open a return"

    def _open(self, wanted, **values):
        """A new return. `wanted`: [(order line, product or None, units of the line or of the product, line values)].

        A kit without a product comes back whole: as all its components. UserError where that much cannot come back.
        """
        lines = [line for article in wanted for line in self._prepare_lines(*article)]
        if not lines:
            raise UserError(self.env._("Say what shall come back."))
        order = wanted[0][0].order_id
        self.env["ecom.return"].check_access("create")
        # Lines are made here only: whoever could make them by hand could say that anything was delivered.
        record = (
            self.env["ecom.return"]
            .sudo()
            .create({**self._prepare_return(order), **values, "line_ids": [Command.create(line) for line in lines]})
        )
        return record.sudo(self.env.su)

    def _prepare_return(self, order):
        """Values of the return; a hook."""
        return {
            "partner_id": order.partner_id.id,
            "company_id": order.company_id.id,
            "channel_id": order.ecom_channel_id.id,
            "policy_id": self.env["ecom.return.policy"]._find(order).id,
        }

    def _prepare_lines(self, order_line, product, quantity, values):
        """Values of the lines: one for each delivery that the units came with."""
        allot = self.env["ecom.flow.return.allot"]
        found = []
        for part, units in self._parts(order_line, product, quantity):
            for move, share in allot._allot(order_line, part, units):
                found.append(
                    {
                        "order_line_id": order_line.id,
                        "product_id": part.id,
                        "origin_move_id": move.id,
                        "quantity": share,
                        **(values or {}),
                    }
                )
        return found

    def _parts(self, order_line, product, quantity):
        """[(product, units in its own unit)]"""
        if product and product != order_line.product_id:
            return [(product, quantity)]
        unit = order_line.product_id.uom_id
        units = quantity if product else order_line.product_uom_id._compute_quantity(quantity, unit)
        moves = self.env["ecom.flow.return.allot"]._deliveries(order_line)
        if not moves or order_line.product_id in moves.product_id:
            return [(order_line.product_id, units)]
        whole = sum(move.product_uom._compute_quantity(move.quantity, move.product_id.uom_id) for move in moves)
        if not whole:
            return []
        share = quantity / order_line.product_uom_qty
        return [
            (part, part.uom_id.round(share * sum(self._sent(move) for move in sent)))
            for part, sent in moves.grouped("product_id").items()
        ]

    @staticmethod
    def _sent(move):
        return move.product_uom._compute_quantity(move.quantity, move.product_id.uom_id)

    # ----------------------------------------------------------------- refunds
    def _open_refunded(self, refunds):
        """What a channel gave money back for: the goods are owed to us from now on. Once a refund line: those of open
        returns that wait for their money get it, for the others a return is opened. Goods that never left are none."""
        lines = refunds.line_ids.filtered(lambda line: line.order_line_id and line.quantity > 0)
        known = self.env["ecom.return.line"].sudo().search([("refund_line_id", "in", lines.ids)]).refund_line_id
        opened = self.env["ecom.return"]
        # What this batch opened is announced at its end, so until then it has to be counted here.
        taken = defaultdict(float)
        for refund, new in (lines - known).grouped("refund_id").items():
            wanted = []
            for line in new:
                left, article = self._match(line), line.order_line_id
                room = float(self.env["ecom.flow.return.allot"]._returnable(article)) - taken[article]
                units = article.product_uom_id.round(min(left, room))
                if units > 0:
                    wanted.append((article, None, units, {"refund_line_id": line.id}))
                    taken[article] += units
            if wanted:
                opened += self._open(wanted, authorisation="approved", reason=refund.reason, refund_first=True)
        opened._announce_goods()
        return opened

    def _match(self, refund_line):
        """Give the refund to lines of returns that wait for money of the same article. Returns the units left over."""
        order_line = refund_line.order_line_id
        waiting = self.env["ecom.return.line"].search(
            [
                ("order_line_id", "=", order_line.id),
                ("product_id", "=", order_line.product_id.id),
                ("refund_line_id", "=", False),
                ("money", "in", ("none", "granted", "failed")),
                ("return_id.authorisation", "not in", ("rejected", "cancelled")),
            ],
            order="id",
        )
        left = order_line.product_uom_id._compute_quantity(refund_line.quantity, order_line.product_id.uom_id)
        for line in waiting:
            if left <= 0:
                break
            if order_line.product_id.uom_id.compare(line.quantity, left) > 0:
                line._split(line.quantity - left)
            line._give_refund(refund_line)
            left -= line.quantity
        return order_line.product_id.uom_id._compute_quantity(max(left, 0.0), order_line.product_uom_id)
