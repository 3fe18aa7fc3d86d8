"""Orders of any mixture, from a seed: exact on the order and over any split of its invoices."""

import random
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from odoo.tests import tagged

from .common import ChannelCase, line, tax

RATES = {"vat20": 20, "vat10": 10, "odd": "7.7", "gst": 5}


@tagged("post_install", "-at_install")
class TestAnyOrder(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_tax("7.7")
        cls.make_tax(5, include_base_amount=True)
        cls.channel.tolerance = 0

    def order_from(self, chance):
        """A channel that keeps six digits on each line and rounds each rate once, or each line."""
        currency = chance.choice(("EUR", "EUR", "JPY", "USD"))
        unit = Decimal(1) if currency == "JPY" else Decimal("0.01")
        digits = chance.choice((unit, Decimal("0.000001")))
        lines = [self.line_from(chance, digits) for _number in range(chance.randint(1, 6))]
        totals = defaultdict(Decimal)
        for entry in lines:
            for one in entry.taxes:
                totals[one.code] += one.amount
        stated = tuple(
            tax(amount.quantize(unit, ROUND_HALF_UP), code=code, rate=RATES[code]) for code, amount in totals.items()
        )
        tax_total = sum((one.amount for one in stated), Decimal(0))
        total = (sum(entry.total for entry in lines) + sum(totals.values())).quantize(unit, ROUND_HALF_UP)
        return self.order(*lines, currency=currency, total=total, tax_total=tax_total, tax_totals=stated)

    def line_from(self, chance, digits):
        quantity = chance.randint(1, 9)
        gross = (Decimal(chance.randint(0, 90000)) / 100 * quantity / Decimal(chance.choice((1, "1.2")))).quantize(
            digits
        )
        discount = (gross * chance.choice((0, 0, 0, 10, 33, 100)) / 100).quantize(digits)
        codes = chance.sample(sorted(RATES), chance.choice((0, 1, 1, 1, 2)))
        taxes = [
            tax(((gross - discount) * Decimal(str(RATES[code])) / 100).quantize(digits), code=code, rate=RATES[code])
            for code in codes
        ]
        if chance.random() < 0.2:
            return line(f"s{next(self.numbers)}", gross, *taxes, discount=discount, kind="fee", name="Fee")
        product = chance.choice((self.shirt, self.cup))
        return self.goods(product, gross, *taxes, discount=discount, quantity=quantity)

    def test_sixty_orders_come_to_what_the_channel_charged(self):
        chance = random.Random(19)
        self.channel.tolerance = 0.02
        orders = [self.order_from(chance) for _number in range(60)]
        messages = self.feed(*orders)
        for order, message in zip(orders, messages, strict=True):
            with self.subTest(order=order):
                placed = message.order_id
                self.assertEqual(placed.state, "sale", message.problem)
                self.assertMoney(placed.amount_total, order.total, placed.currency_id)
                self.assertMoney(placed.amount_tax, order.tax_total, placed.currency_id)
                self.assertMoney(sum(placed.order_line.mapped("price_total")), order.total, placed.currency_id)

    def test_any_split_of_the_invoices_adds_up(self):
        chance = random.Random(7)
        orders = [self.order_from(chance) for _number in range(12)]
        for order, message in zip(orders, self.feed(*orders), strict=True):
            placed = message.order_id
            with self.subTest(order=order):
                while any(entry.qty_invoiced < entry.product_uom_qty for entry in placed.order_line):
                    for entry in placed.order_line:
                        left = entry.product_uom_qty - entry.qty_invoiced
                        entry.qty_to_invoice = chance.randint(0, int(left)) if left > 1 else left
                    if any(entry.qty_to_invoice for entry in placed.order_line):
                        placed._create_invoices()._post()
                self.assertMoney(sum(placed.invoice_ids.mapped("amount_total")), order.total, placed.currency_id)
                self.assertMoney(sum(placed.invoice_ids.mapped("amount_tax")), order.tax_total, placed.currency_id)
