"""Everything that an order can carry, read from one sample: a test a feature."""

import unittest
from decimal import Decimal as D

from channels.demo import orders

from .common import sample


class TestContent(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = orders.parse_order(sample("order_with_everything.json"))
        cls.shop = cls.order.in_shop_currency

    def line(self, name):
        return next(line for line in self.shop.lines if line.name.startswith(name))

    def test_an_allocated_discount_stands_on_its_line_without_tax(self):
        line = self.line("Midlayer")
        self.assertEqual((line.gross, line.discount, line.total), (D("133.17"), D("13.32"), D("119.85")))

    def test_net_prices_and_a_reduced_rate(self):
        line = self.line("Hut to hut")
        self.assertFalse(self.shop.prices_include_tax)
        self.assertEqual([(tax.rate, tax.amount) for tax in line.taxes], [(10, D("2.26"))])

    def test_a_free_gift_keeps_its_price_and_is_taken_off_whole(self):
        line = self.line("Repair kit")
        self.assertEqual((line.gross, line.discount, line.total), (D("10.75"), D("10.75"), 0))

    def test_a_bundle_names_its_parts(self):
        bundle = self.line("Camp kitchen")
        parts = [line.sku for line in self.shop.lines if line.part_of == bundle.external_id]
        self.assertEqual(parts, ["STV-GAS", "POT-SET"])

    def test_a_compound_tax_is_charged_on_the_tax_before_it(self):
        taxes = [(tax.rate, tax.amount, tax.compound) for tax in self.line("Water filter").taxes]
        self.assertEqual(taxes, [(5, D("2.00"), False), (D("9.975"), D("4.19"), True)])

    def test_tax_that_the_marketplace_remits_is_told_apart(self):
        self.assertEqual([tax.remitted for tax in self.line("Folding knife").taxes], [True])
        self.assertEqual([tax.code for tax in self.shop.tax_totals if tax.remitted], ["marketplace"])

    def test_gift_card_fee_tip_and_duty_are_kinds_of_their_own(self):
        for kind, amount in (("gift_card", 25), ("fee", D("3.25")), ("tip", 2), ("duty", D("4.40"))):
            self.assertEqual([line.total for line in self.shop.lines if line.kind == kind], [amount])

    def test_two_shipping_lines_have_their_own_methods_and_taxes(self):
        lines = [line for line in self.shop.lines if line.kind == "shipping"]
        self.assertEqual([(line.method, line.total) for line in lines], [("standard", D("4.08")), ("bulky", D("7.99"))])
        self.assertEqual([[tax.code for tax in line.taxes] for line in lines], [["standard"], ["reduced"]])

    def test_gift_card_and_store_credit_that_are_used_are_payments(self):
        paid = [(payment.tender, payment.amount) for payment in self.shop.payments]
        self.assertEqual(paid, [("gift_card", 10), ("store_credit", 5), ("money", D("374.89"))])
        self.assertEqual(sum(payment.amount for payment in self.shop.payments), self.shop.total)

    def test_both_currencies_state_the_whole_order(self):
        self.assertEqual((self.order.currency, self.order.total), ("USD", D("487.37")))
        self.assertEqual((self.shop.currency, self.shop.total), ("EUR", D("389.89")))
        for order in (self.order, self.shop):
            self.assertEqual(sum(line.total + line.tax_total for line in order.lines), order.total)

    def test_notes_attributes_and_gift_message(self):
        self.assertEqual(self.line("Midlayer").note, "For my brother, please")
        self.assertEqual(self.line("Midlayer").attributes, (("Embroidery", "J. G."), ("Colour of the thread", "red")))
        self.assertEqual(self.order.attributes, (("How did you hear of us?", "A friend"),))
        self.assertEqual(self.order.delivery_note, "Second floor, the bell is shy.")
        self.assertIn("See you on the summit", self.order.gift_message)
        self.assertTrue(self.order.note)

    def test_coupons_and_tags(self):
        self.assertEqual((self.order.coupons, self.order.tags), (("WELCOME10",), ("press", "priority")))
        self.assertEqual(self.order.buyer.tags, ("VIP", "Alpine club"))

    def test_company_vat_and_consent(self):
        buyer = self.order.buyer
        self.assertEqual((buyer.company, buyer.vat), ("Gruber Bergsport GmbH", "ATU 1234 5675"))
        self.assertIs(buyer.accepts_marketing, True)

    def test_a_test_order_says_so(self):
        self.assertTrue(self.order.test)
