import os
import random

from odoo.exceptions import UserError
from odoo.tests import tagged

from .returns_case import ReturnsCase

STEPS = 120 if os.environ.get("ECOM_LONG") else 25


@tagged("post_install", "-at_install")
class TestPlay(ReturnsCase):
    """Anything happens to returns of one order in any order. After each step: goods balance, money balances, nothing is
    sellable that nobody restocked, and the stock's value is a recount's."""

    def setUp(self):
        super().setUp()
        self.order = self.sold((self.shirt, 4, 9.99), (self.cup, 3, 5.01))
        self.order.write({"ecom_channel_id": self.channel.id, "ecom_external_id": "o-play"})
        self.charged = self.order.invoice_ids
        self.numbers = iter(range(1000))

    def play(self, seed):
        chance = random.Random(seed)
        steps = [self.open, self.open, self.approve, self.approve, self.take_in, self.take_in, self.look_at, self.pay]
        steps += [self.cancel, self.keep, self.refund_there, self.write_off]
        for _step in range(STEPS):
            step = chance.choice(steps)
            try:
                with self.cr.savepoint():
                    step(chance)
            except UserError:
                self.env.invalidate_all()
            self.check(f"seed {seed}, after {step.__name__}")

    def returns(self):
        return self.env["ecom.return"].search([("line_ids.order_id", "=", self.order.id)])

    def any(self, chance, *states):
        found = self.returns().filtered(lambda record: record.authorisation in states)
        if not found:
            raise UserError(self.env._("There is none."))
        return chance.choice(found)

    # ------------------------------------------------------------------- steps
    def open(self, chance):
        self.opened(self.order, chance.randint(0, 3), chance.randint(0, 2))

    def approve(self, chance):
        self.any(chance, "requested").action_approve()

    def cancel(self, chance):
        self.any(chance, "requested", "approved").action_cancel()

    def keep(self, chance):
        self.any(chance, "requested", "approved").action_keep()

    def take_in(self, chance):
        counted = {code: chance.randint(0, 3) for code in ("SHIRT", "CUP")}
        self.receive(self.any(chance, "approved"), **counted)

    def look_at(self, chance):
        self.decide(self.any(chance, "approved"), chance.choice("abcd"))

    def pay(self, chance):
        self.credited(self.any(chance, "approved", "expired"))

    def write_off(self, chance):
        self.any(chance, "approved").action_write_off()

    def refund_there(self, chance):
        line, number = chance.choice(self.order.order_line), next(self.numbers)
        quantity = chance.randint(1, 2)
        values = {"order_line_id": line.id, "quantity": quantity, "external_id": "1"}
        self.env["ecom.refund"].create(
            {
                "channel_id": self.channel.id,
                "order_id": self.order.id,
                "external_id": f"r-{number}",
                "amount": quantity,
                "currency_id": self.euro.id,
                "line_ids": [(0, 0, values)],
            }
        )
        self.env["ecom.refund"]._open_returns()

    # ------------------------------------------------------------------ checks
    def check(self, when):
        self.env.flush_all()
        for line in self.order.order_line:
            self.assertGreaterEqual(line.qty_delivered, 0, when)
            back = sum(line.move_ids.filtered(lambda m: m.origin_returned_move_id).mapped("quantity"))
            self.assertLessEqual(back, line.product_uom_qty, when)
        for product in self.shirt | self.cup:
            self.check_goods(product, when)
        notes = self.charged.reversal_move_ids
        self.assertLessEqual(round(sum(notes.mapped("amount_total")), 2), round(self.charged.amount_total, 2), when)
        self.check_states(when)

    def check_goods(self, product, when):
        """Where every unit of the hundred is; and nothing counts as free but what lies in the stock."""
        lines = self.returns().line_ids.filtered(lambda line: line.product_id == product)
        sold = sum(self.order.order_line.filtered(lambda line: line.product_id == product).mapped("product_uom_qty"))
        arrived = sum(lines.filtered("arrived_move_id").mapped("quantity"))
        restocked = sum(lines.filtered(lambda line: line.disposition == "restock").mapped("quantity"))
        decided = sum(lines.filtered(lambda line: line.arrived_move_id and line.disposition).mapped("quantity"))
        self.assertEqual(self.on_hand(product, self.stock), 100 - sold + restocked, when)
        self.assertEqual(self.for_sale(product), 100 - sold + restocked, when)
        self.assertEqual(self.on_hand(product, self.quarantine), arrived - decided, when)
        quants = self.env["stock.quant"].search(
            [("product_id", "=", product.id), ("location_id.usage", "=", "internal")]
        )
        value = sum(quant.quantity for quant in quants) * product.standard_price
        self.assertMoney(product.total_value, round(value, 2))

    def check_states(self, when):
        """Whoever got money for goods that are not here stands on the board."""
        for line in self.returns().line_ids:
            if line.money == "executed" and line.goods in ("awaiting", "short") and not line.disposition:
                self.assertEqual(line.disagreement, "money_without_goods", when)
            if line.goods == "received" and not line.disposition:
                self.assertEqual(line.disagreement, "undecided_goods", when)

    def test_anything_in_any_order(self):
        for seed in range(3):
            with self.subTest(seed=seed):
                self.play(seed)
