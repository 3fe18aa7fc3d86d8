from dataclasses import replace
from decimal import Decimal

from .common import ChannelCase, body, later, line, tax


class EditCase(ChannelCase):
    """An order of two shirts and a cup with shipping: 40 + 8, 10 + 1, 5 + 1."""

    def setUp(self):
        super().setUp()
        self.shirts = self.goods(self.shirt, 40, tax(8), quantity=2)
        self.cups = self.goods(self.cup, 10, tax(1, "vat10", 10))
        self.shipping = line("ship", 5, tax(1), kind="shipping", name="Post")
        self.first = self.order(self.shirts, self.cups, self.shipping)
        self.placed = self.feed(self.first).order_id
        self.number = 1

    def change(self, *lines, **values):
        """The channel's next version of the order; its body is kept as receiving keeps it. Returns the order here."""
        self.number += 1
        if lines:
            tax_total = sum((entry.tax_total for entry in lines), Decimal(0))
            total = sum((entry.total for entry in lines), Decimal(0)) + tax_total
            values = {"lines": lines, "tax_total": tax_total, "total": total, **values}
        self.order_there = later(getattr(self, "order_there", self.first), str(self.number), **values)
        message = self.feed(self.order_there)
        self.assertEqual((message.state, message.order_id), ("done", self.placed), message.problem)
        self.env["ecom.payload"].create({"message_id": message.id, "body": body(self.order_there)})
        return self.placed

    def one_shirt(self):
        return replace(self.shirts, quantity=Decimal(1), gross=Decimal(20), taxes=(tax(4),))

    def here(self, entry):
        return self.placed.order_line.filtered(lambda line: line.ecom_external_id == entry.external_id)

    def exceptions(self):
        return self.env["ecom.exception"].search([("order_id", "=", self.placed.id), ("category", "=", "change")])

    def sides(self):
        names = ("name", "here", "there", "obstacle")
        return [tuple(row[name] or "" for name in names) for row in self.exceptions().change_line_ids]

    def open_moves(self):
        moves = self.placed.picking_ids.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        return {
            product.default_code: sum(found.mapped("product_uom_qty"))
            for product, found in moves.grouped("product_id").items()
        }

    def pick(self, **quantities):
        """Ship these; the rest waits in a back order."""
        picking = self.placed.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        for move in picking.move_ids:
            move.write({"quantity": quantities.get(move.product_id.default_code, 0), "picked": True})
        picking.with_context(skip_backorder=True).button_validate()
