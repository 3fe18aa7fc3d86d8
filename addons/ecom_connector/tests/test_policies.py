"""What a shop leaves to the merchant: test orders, unknown items, and which of two currencies."""

from dataclasses import replace
from decimal import Decimal

from odoo.tests import tagged

from ..rules.currencies import in_chosen_currency
from .common import ChannelCase, tax


@tagged("post_install", "-at_install")
class TestPolicies(ChannelCase):
    # --------------------------------------------------------------- test orders
    def test_a_test_order_stays_a_quotation(self):
        order = self.place(test=True)
        self.assertEqual((order.state, order.ecom_test, len(order.picking_ids)), ("draft", True, 0))

    def test_a_test_order_can_be_left_outside(self):
        self.channel.test_orders = "ignore"
        message = self.feed(self.order(test=True))
        self.assertEqual((message.state, message.ignore_reason), ("ignored", "A test order."))

    def test_a_test_order_can_travel_like_any_other(self):
        self.channel.test_orders = "place"
        self.assertEqual(self.place(test=True).state, "sale")

    # -------------------------------------------------------------- unknown items
    def test_an_unknown_item_can_be_placed_with_a_placeholder(self):
        self.channel.unknown_products = "placeholder"
        order = self.place(self.goods(self.shirt, 20, tax(4)), self.goods("NEW", "9.99", tax("1.99"), quantity=3))
        self.assertEqual((order.state, len(order.order_line)), ("draft", 2))
        self.assertEqual(order.order_line[1].product_id, self.env.ref("ecom_connector.product_placeholder"))
        self.assertTotals(order, "29.99", "5.99")
        exception = order.ecom_exception_ids
        self.assertEqual((exception.category, exception.state), ("product", "open"))

    def test_the_placeholder_gives_way_to_the_product_at_the_same_amounts(self):
        self.channel.unknown_products = "placeholder"
        order = self.place(self.goods("NEW", "9.99", tax("1.99"), discount="0.99", quantity=3))
        listing = order.order_line.ecom_listing_id
        listing.write({"product_id": self.cup.id, "units": 2})
        line = order.order_line
        self.assertEqual((line.product_id, line.product_uom_qty, line.name), (self.cup, 6, "A new"))
        self.assertTotals(order, "9.00", "1.99")
        self.assertEqual((order.state, order.picking_ids.move_ids.product_uom_qty), ("sale", 6))
        invoice = order._create_invoices()
        self.assertTotals(invoice, "9.00", "1.99")
        invoice._post()
        self.assertTotals(invoice._reverse_moves(cancel=True), "9.00", "1.99")

    def test_what_else_holds_the_order_holds_it_when_the_product_is_known(self):
        self.channel.write({"unknown_products": "placeholder", "confirm_orders": False})
        order = self.place(self.goods("NEW", "9.99", tax("1.99")))
        order.order_line.ecom_listing_id.product_id = self.cup
        self.assertEqual((order.state, order.order_line.product_id), ("draft", self.cup))

    # ------------------------------------------------------------------- of before
    def test_a_channel_of_before_gets_what_newer_versions_have_one_of_for_each(self):
        topics, rules = self.channel.cursor_ids.mapped("topic"), self.channel.check_policy_ids.mapped("rule")
        self.channel.cursor_ids.filtered(lambda cursor: cursor.topic == "coupons").unlink()
        self.channel.check_policy_ids.filtered(lambda policy: policy.rule == "stock").unlink()
        for _update in range(2):
            self.env["ecom.channel"]._complete()
            self.env.invalidate_all()
            self.assertEqual(sorted(self.channel.cursor_ids.mapped("topic")), sorted(topics))
            self.assertEqual(sorted(self.channel.check_policy_ids.mapped("rule")), sorted(rules))

    # ----------------------------------------------------------------- currencies
    def stated_twice(self):
        shop = self.order(self.goods(self.shirt, 16, tax("3.20")))
        bought = replace(shop, currency="USD", total=Decimal(24), tax_total=Decimal(4))
        return replace(
            bought, lines=(replace(shop.lines[0], gross=Decimal(20), taxes=(tax(4),)),), in_shop_currency=shop
        )

    def test_the_order_is_placed_in_the_currency_that_the_policy_names(self):
        for policy, name, total, other, other_total in (
            ("buyer", "USD", 24, "EUR", "19.20"),
            ("shop", "EUR", "19.20", "USD", 24),
        ):
            order = self.feed(in_chosen_currency(self.stated_twice(), policy)).order_id
            self.assertEqual((order.currency_id.name, order.ecom_other_currency_id.name), (name, other))
            self.assertMoney(order.amount_total, total)
            self.assertMoney(order.ecom_other_total, other_total)

    def test_a_rate_that_changes_later_changes_nothing(self):
        dollar = self.env.ref("base.USD")
        rates = self.env["res.currency.rate"]
        values = {"currency_id": dollar.id, "name": "2026-03-01", "company_id": self.company.id}
        rate = rates.create({**values, "rate": 1.5})
        order = self.place(currency="USD")
        self.assertAlmostEqual(order.ecom_rate, 1.5, 6)
        rate.rate = 3
        rates.create({**values, "name": "2026-03-05", "rate": 4})
        invoice = order._create_invoices()
        invoice.invoice_date = "2026-03-06"
        invoice._post()
        self.assertAlmostEqual(order.currency_rate, 1.5, 6)
        self.assertAlmostEqual(invoice.invoice_currency_rate, 1.5, 6)
        self.assertAlmostEqual(invoice._reverse_moves(cancel=True).invoice_currency_rate, 1.5, 6)
