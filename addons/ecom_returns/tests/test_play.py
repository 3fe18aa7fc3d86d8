from odoo import Command
from odoo.addons.ecom_connector.channels.records import RefundLine, ReturnNotice
from odoo.addons.ecom_connector.tests.playing import play
from odoo.tests import tagged

from .play import Play
from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestPlay(ReturnsCase):
    """Anything happens to returns, in any order. After each step goods balance, money balances, nothing is sellable
    that nobody restocked, nothing came back twice, and the stock is worth what a recount makes of it."""

    def sell_for_play(self):
        """In euros by the piece, in dollars by the dozen, and a kit."""
        dollar = self.env.ref("base.USD")
        rates = {"name": "2026-01-01", "rate": 2, "currency_id": dollar.id, "company_id": self.company.id}
        self.env["res.currency.rate"].search([("currency_id", "=", dollar.id)]).unlink()
        self.env["res.currency.rate"].create(rates)
        pricelist = self.env["product.pricelist"].create(
            {"name": "USD", "currency_id": dollar.id, "company_id": self.company.id}
        )
        dozen = {"product_uom_id": self.env.ref("uom.product_uom_dozen").id}
        orders = self.sold((self.shirt, 4, 9.99), (self.cup, 3, 5.01))
        orders |= self.sold((self.cup, 1, 47.11, dozen), (self.shirt, 2, 3.33), pricelist_id=pricelist.id)
        if "mrp.bom" in self.env:
            orders |= self.sold((self.make_kit(), 2, 29.99))
        for number, order in enumerate(orders):
            order.write({"ecom_channel_id": self.channel.id, "ecom_external_id": f"o-{order.id}"})
            for line in order.order_line:
                line.ecom_external_id = f"l-{line.id}"
            payment = {"external_id": f"pay-{order.id}-{number}", "kind": "capture", "state": "done"}
            links = {"channel_id": self.channel.id, "order_id": order.id, "currency_id": order.currency_id.id}
            self.env["ecom.order.payment"].create({**payment, **links, "amount": order.amount_total})
        self.before = {product: self.on_hand(product, self.stock) for product in self.shirt | self.cup}
        return orders

    def make_kit(self):
        kit = self.make_product("KIT")
        parts = [(self.shirt, 2), (self.cup, 1)]
        lines = [Command.create({"product_id": product.id, "product_qty": units}) for product, units in parts]
        values = {"product_tmpl_id": kit.product_tmpl_id.id, "type": "phantom", "company_id": self.company.id}
        self.env["mrp.bom"].create({**values, "bom_line_ids": lines})
        return kit

    # ------------------------------------------------------------------- steps
    def open_part(self, order, part, units):
        line = order.order_line[part % len(order.order_line)]
        products = line.move_ids.product_id
        wanted = [(line, products[part % len(products)], units, {})] if units else []
        self.env["ecom.flow.return.open"]._open(wanted)

    def carry_out(self, record, wanted):
        record.line_ids.filtered(lambda line: line.goods == "received" and not line.disposition).wanted = wanted
        record.with_user(self.user("dock")).action_dispose()

    def refund_there(self, order, part, units, number):
        line = order.order_line[part % len(order.order_line)]
        known = self.env["ecom.refund"].search([("external_id", "=", f"r-{number}")])
        if not known:
            values = {"order_line_id": line.id, "quantity": units, "external_id": "1"}
            self.env["ecom.refund"].create(
                {
                    "channel_id": self.channel.id,
                    "order_id": order.id,
                    "external_id": f"r-{number}",
                    "amount": units,
                    "currency_id": order.currency_id.id,
                    "line_ids": [Command.create(values)],
                }
            )
        known.return_looked_at = False
        self.env["ecom.refund"]._open_returns()

    def hear_of(self, order, part, units, state):
        line = order.order_line[part % len(order.order_line)]
        said = RefundLine(external_id=f"rl-{line.id}", line_id=line.ecom_external_id, quantity=units)
        notice = ReturnNotice(external_id=f"ret-{line.id}", order_id=order.ecom_external_id, state=state, lines=(said,))
        known = self.env["ecom.return"].search([("external_id", "=", notice.external_id)])
        flow = self.env["ecom.flow.return.follow"]
        flow._follow(known, notice) if known else flow._take_in(self.channel, order, notice)

    # ------------------------------------------------------------------ recount
    def count_anew(self, orders):
        self.env.flush_all()
        for product in self.shirt | self.cup:
            self.count_goods(orders, product)
        for order in orders:
            self.count_money(order)
        for move in orders.order_line.move_ids.filtered(lambda move: move.location_dest_usage == "customer"):
            self.count_returned(move)

    def count_goods(self, orders, product):
        """Where every unit is; and only what lies in the stock may be sold."""
        records = self.env["ecom.return"].search([("order_ids", "in", orders.ids)])
        lines = records.line_ids.filtered(lambda line: line.product_id == product)
        replaced = records.replacement_ids.filtered(lambda order: order.state == "sale").order_line
        promised = sum(replaced.filtered(lambda line: line.product_id == product).mapped("product_uom_qty"))
        restocked = sum(lines.filtered(lambda line: line.disposition == "restock").mapped("quantity"))
        waiting = lines.filtered(lambda line: line.arrived_move_id and not line.disposition)
        self.assertEqual(self.for_sale(product), self.before[product] + restocked - promised)
        quants = self.env["stock.quant"].search([("product_id", "=", product.id)])
        there = quants.filtered(lambda quant: quant.location_id == self.stock)
        self.assertEqual(sum(there.mapped("quantity")), self.before[product] + restocked)
        quarantined = quants.filtered(lambda quant: quant.location_id == self.quarantine)
        self.assertEqual(sum(quarantined.mapped("quantity")), sum(waiting.mapped("quantity")))
        ours = quants.filtered(lambda quant: quant.location_id.usage == "internal")
        self.assertAlmostEqual(product.total_value, self.worth(product, sum(ours.mapped("quantity"))), delta=0.011)

    def worth(self, product, units):
        """What so many units that we have are worth, counted anew."""
        return units * product.standard_price

    def count_money(self, order):
        """Never more is given back than was charged, nor owed than was taken; in the order's own currency."""
        invoices = order.invoice_ids.filtered(lambda move: move.move_type == "out_invoice")
        notes = invoices.reversal_move_ids.filtered(lambda move: move.state == "posted")
        self.assertLessEqual(notes.currency_id, order.currency_id)
        charged, credited = sum(invoices.mapped("amount_total")), sum(notes.mapped("amount_total"))
        self.assertLessEqual(order.currency_id.compare_amounts(credited, charged), 0)
        owed = order.ecom_refund_ids.filtered(lambda refund: refund.state == "pending")
        self.assertLessEqual(order.currency_id.compare_amounts(sum(owed.mapped("amount")), order.amount_total), 0)
        credits = notes.invoice_line_ids.filtered("ecom_return_line_id")
        units = {
            line: sum(credits.filtered(lambda c, s=line: c.ecom_return_line_id == s).mapped("ecom_units"))
            for line in credits.ecom_return_line_id
        }
        for line, credited_units in units.items():
            self.assertEqual(credited_units, line.quantity)

    def count_returned(self, move):
        """Of each delivery: what came back, less what was sent out once more, and what is announced."""
        left = move.product_uom._compute_quantity(move.quantity, move.product_id.uom_id)
        backs = move.returned_move_ids.filtered(lambda back: back.state != "cancel")
        again = backs.returned_move_ids.filtered(lambda back: back.state == "done")
        units = sum(back.product_uom._compute_quantity(back.product_uom_qty, back.product_id.uom_id) for back in backs)
        self.assertLessEqual(units - sum(again.mapped("product_qty")), left)

    def test_anything_in_any_order(self):
        play(Play, self, examples=3, steps=20)
