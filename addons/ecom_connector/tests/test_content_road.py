"""Each feature of an order, after it was placed, invoiced and credited: equal to the channel to the cent."""

from decimal import Decimal

from odoo.tests import tagged

from .content_case import ContentCase


@tagged("post_install", "-at_install")
class TestContentRoad(ContentCase):
    def assertRoad(self, feature, untaxed, taxes, discount=0):
        """Order, invoice and credit note of the feature: amounts, and what was taken off. Returns all three."""
        order, invoice = self.roads[feature], self.invoices[feature]
        credit = order.invoice_ids - invoice
        self.assertEqual((order.state, invoice.state, credit.state), ("sale", "posted", "posted"))
        for document in (order, invoice, credit):
            self.assertTotals(document, untaxed, taxes)
        self.assertMoney(order.ecom_discount, discount)
        for lines in (order.order_line, invoice.invoice_line_ids, credit.invoice_line_ids):
            self.assertMoney(sum(lines.mapped("ecom_discount")), discount)
        return order, invoice, credit

    def balance(self, moves, account):
        return sum(moves.line_ids.filtered(lambda line: line.account_id == account).mapped("balance"))

    def tax_amounts(self, move):
        found = {
            line.tax_line_id.name: abs(round(line.amount_currency, 2)) for line in move.line_ids if line.tax_line_id
        }
        return {name: Decimal(str(amount)) for name, amount in found.items()}

    # ------------------------------------------------------------------- prices
    def test_net_prices(self):
        self.assertRoad("net prices", "19.99", "3.99")

    def test_gross_prices(self):
        self.assertRoad("gross prices", "25.00", "5.00")

    # -------------------------------------------------------------------- taxes
    def test_reduced_tax(self):
        _order, invoice, credit = self.assertRoad("reduced tax", "42.63", "6.26")
        for move in (invoice, credit):
            self.assertEqual(self.tax_amounts(move), {"Test 20 %": 4, "Test 10 %": Decimal("2.26")})

    def test_compound_tax(self):
        _order, invoice, credit = self.assertRoad("compound tax", "40.01", "6.19")
        for move in (invoice, credit):
            self.assertEqual(self.tax_amounts(move), {"Federal": 2, "Provincial": Decimal("4.19")})

    def test_tax_of_the_marketplace_is_never_ours(self):
        order, invoice, credit = self.assertRoad("marketplace tax", 100, 0)
        self.assertMoney(order.ecom_remitted_tax, "8.25")
        self.assertFalse((invoice | credit).line_ids.filtered("tax_line_id"))

    # ---------------------------------------------------------------- discounts
    def test_allocated_discounts(self):
        order, _invoice, _credit = self.assertRoad("allocated discounts", "35.56", "7.11", discount="4.44")
        self.assertEqual(order.ecom_coupons, "WELCOME10")
        self.assertEqual([round(line.ecom_discount, 2) for line in order.order_line], [3.33, 1.11])

    def test_a_coupon_on_a_line_of_its_own(self):
        self.assertRoad("coupon line", "15.00", "3.00")

    def test_a_free_gift(self):
        order, invoice, _credit = self.assertRoad("free gift", 20, 4, discount=15)
        self.assertEqual((order.order_line[1].price_unit, order.order_line[1].price_subtotal), (15, 0))
        self.assertEqual(len(invoice.invoice_line_ids), 2)

    # ----------------------------------------------------------------- services
    def test_a_fee(self):
        self.assertRoad("fee", 25, 5)

    def test_a_tip(self):
        self.assertRoad("tip", 25, 4)

    def test_duty(self):
        self.assertRoad("duty", 25, 4)

    def test_several_shipping_lines_with_taxes_of_their_own(self):
        order, invoice, _credit = self.assertRoad("shipping lines", "32.07", "5.62", discount=2)
        self.assertEqual(order.order_line.mapped("is_delivery"), [False, True, True])
        self.assertEqual(self.tax_amounts(invoice), {"Test 20 %": Decimal("4.82"), "Test 10 %": Decimal("0.80")})

    def test_a_rounding_line(self):
        order, _invoice, _credit = self.assertRoad("rounding line", "20.02", 4)
        self.assertEqual(order.order_line[-1].ecom_kind, "rounding")

    # ----------------------------------------------------------------- gift cards
    def test_a_gift_card_that_is_sold_is_owed(self):
        _order, invoice, credit = self.assertRoad("gift card sold", 25, 4)
        self.assertMoney(self.balance(invoice, self.owed), -5)
        self.assertMoney(self.balance(credit, self.owed), 5)

    def test_a_gift_card_that_is_used_pays(self):
        order, invoice, _credit = self.assertRoad("gift card used", 20, 4)
        booked = order.ecom_payment_ids.payment_id
        self.assertMoney(self.balance(booked.move_id, self.owed), 10)
        self.assertMoney(self.balance(booked.move_id, self.journal.default_account_id), 14)
        self.assertEqual(invoice.payment_state, "paid")

    def test_store_credit_that_is_used_pays(self):
        order, invoice, _credit = self.assertRoad("store credit used", 20, 4)
        self.assertMoney(self.balance(order.ecom_payment_ids.payment_id.move_id, self.owed), 24)
        self.assertEqual(invoice.payment_state, "paid")

    # ------------------------------------------------------------------- bundles
    def test_a_kit_is_one_line(self):
        order, _invoice, _credit = self.assertRoad("kit", 50, 10)
        self.assertEqual(order.order_line.product_id, self.kit)

    def test_an_unknown_bundle_is_sold_as_its_parts(self):
        order, _invoice, _credit = self.assertRoad("bundle", 30, 6)
        sold = [(line.product_id, line.product_uom_qty, line.price_subtotal) for line in order.order_line]
        self.assertEqual(sold, [(self.shirt, 1, 10), (self.cup, 2, 20)])

    # -------------------------------------------------------------------- people
    def test_a_guest(self):
        order, invoice, credit = self.assertRoad("guest", 20, 4)
        self.assertEqual((order.partner_id.name, order.partner_id.email), ("Gustav Gast", "guest@example.com"))
        self.assertEqual((invoice | credit).commercial_partner_id, order.partner_id)

    def test_a_company_with_its_vat_number(self):
        order, invoice, credit = self.assertRoad("company", 20, 4)
        company = order.partner_id.commercial_partner_id
        self.assertEqual((company.name, company.vat), ("Huber GmbH", "ATU12345675"))
        self.assertEqual((invoice.commercial_partner_id, credit.commercial_partner_id), (company, company))

    def test_bill_to_and_ship_to(self):
        order, invoice, credit = self.assertRoad("two addresses", 20, 4)
        self.assertEqual((order.partner_invoice_id.city, order.partner_shipping_id.city), ("Wien", "Graz"))
        self.assertEqual((invoice.partner_shipping_id, credit.partner_id.city), (order.partner_shipping_id, "Wien"))

    def test_what_the_buyer_said_reaches_those_whom_it_concerns(self):
        order, invoice, _credit = self.assertRoad("words", 20, 4)
        self.assertEqual((order.ecom_note, order.ecom_attributes), ("Ring twice", "Heard of us: A friend"))
        self.assertEqual(order.tag_ids.mapped("name"), ["press"])
        chosen = "Engraving: J. G.\nFor my brother"
        self.assertEqual(order.order_line.ecom_note, chosen)
        self.assertIn(chosen, invoice.invoice_line_ids.name)
        picking = order.picking_ids
        self.assertEqual((picking.ecom_delivery_note, picking.ecom_gift_message), ("Second floor", "Happy birthday"))
        self.assertEqual(picking.move_ids.description_picking, chosen)
        buyer = order.partner_id
        self.assertEqual((buyer.ecom_marketing, buyer.category_id.mapped("name")), ("accepted", ["VIP"]))

    # ---------------------------------------------------------------- currencies
    def test_the_rate_of_two_stated_totals_is_frozen(self):
        order, invoice, credit = self.assertRoad("two currencies", 20, 4)
        self.assertEqual((order.currency_id.name, order.ecom_other_currency_id), ("USD", self.euro))
        self.assertMoney(order.ecom_other_total, "19.20")
        for document, rate in ((order, "currency_rate"), (invoice, "invoice_currency_rate")):
            self.assertAlmostEqual(document[rate], 1.25, 6)
        self.assertAlmostEqual(credit.invoice_currency_rate, 1.25, 6)
        self.assertMoney(abs(invoice.amount_total_signed), "19.20")
        self.assertMoney(abs(credit.amount_total_signed), "19.20")
