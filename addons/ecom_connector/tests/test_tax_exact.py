"""The order's untaxed amount, tax and total are the channel's, to the last digit of the currency."""

from decimal import Decimal

from odoo.tests import tagged

from .common import ChannelCase, line, tax


def gross(amount, rate):
    """(net, tax) of a gross price with all the digits a shop keeps."""
    net = (Decimal(amount) / (1 + Decimal(rate) / 100)).quantize(Decimal("1e-6"))
    return net, Decimal(amount) - net


@tagged("post_install", "-at_install")
class TestTaxExact(ChannelCase):
    def assertLines(self, order, *expected):
        """(net, tax) of each line in turn."""
        found = [(round(line.price_subtotal, 6), round(line.price_tax, 6)) for line in order.order_line]
        self.assertEqual(found, [(float(net), float(taxes)) for net, taxes in expected])

    def test_net_prices_with_a_tax_that_was_rounded_elsewhere_stay_as_stated(self):
        # 19.99 at 20 % is 3.998; this shop rounds down.
        order = self.place(self.goods(self.shirt, "19.99", tax("3.99")))
        self.assertTotals(order, "19.99", "3.99")
        self.assertEqual(order.order_line.tax_ids, self.tax20)

    def test_gross_prices_split_into_net_and_tax_come_back_to_the_gross_total(self):
        lines = []
        for price in ("9.99", "9.99", "9.99", "0.99"):
            net, vat = gross(price, 20)
            lines.append(self.goods(self.shirt, net, tax(vat)))
        order = self.place(*lines, prices_include_tax=True, total=Decimal("30.96"), tax_total=Decimal("5.16"))
        self.assertTotals(order, "25.80", "5.16")

    def test_a_tax_here_that_is_included_in_prices_shows_gross_prices_and_the_same_amounts(self):
        self.tax20.price_include_override = "tax_included"
        net, vat = gross("24.00", 20)
        order = self.place(self.goods(self.shirt, net * 3, tax(vat * 3), quantity=3), prices_include_tax=True)
        self.assertMoney(order.order_line.price_unit, 24)
        self.assertTotals(order, 60, 12)

    def test_an_included_tax_with_a_discount(self):
        self.tax20.price_include_override = "tax_included"
        order = self.place(self.goods(self.shirt, 100, tax(18), discount=10, quantity=2))
        self.assertEqual((order.order_line.price_unit, order.order_line.discount), (60, 10))
        self.assertTotals(order, 90, 18)

    def test_several_rates_and_an_untaxed_line(self):
        order = self.place(
            self.goods(self.shirt, "33.33", tax("6.67")),
            self.goods(self.cup, "11.11", tax("1.11", code="vat10", rate=10)),
            line("g", "5.55", kind="gift_card", name="Gift card"),
        )
        self.assertTotals(order, "49.99", "7.78")
        self.assertLines(order, ("33.33", "6.67"), ("11.11", "1.11"), ("5.55", 0))

    def test_a_compound_tax_is_based_on_the_tax_before_it(self):
        federal = self.make_tax(5, name="Federal", include_base_amount=True, sequence=1)
        provincial = self.make_tax("9.975", name="Provincial", is_base_affected=True, sequence=2)
        order = self.place(
            self.goods(
                self.shirt, "100.01", tax("5.00", code="f", rate=5), tax("10.48", code="p", rate="9.975", compound=True)
            )
        )
        self.assertEqual(order.order_line.tax_ids, federal | provincial)
        self.assertTotals(order, "100.01", "15.48")
        totals = order.tax_totals["subtotals"][0]["tax_groups"]
        self.assertMoney(sum(group["tax_amount_currency"] for group in totals), "15.48")

    def test_what_the_channel_states_for_a_whole_rate_is_spread_over_its_lines(self):
        # 8.33 at 20 % is 1.666: three lines rounded make 5.01, the channel rounds their sum to 5.00.
        lines = [self.goods(self.shirt, "8.33", tax("1.666")) for _number in range(3)]
        stated = (tax("5.00"),)
        order = self.place(*lines, tax_total=Decimal("5.00"), tax_totals=stated, total=Decimal("29.99"))
        self.assertTotals(order, "24.99", "5.00")
        self.assertLines(order, ("8.33", "1.66"), ("8.33", "1.67"), ("8.33", "1.67"))

    def test_both_ways_of_rounding_in_the_company_give_the_same_amounts(self):
        for method in ("round_per_line", "round_globally"):
            self.company.tax_calculation_rounding_method = method
            order = self.place(
                *(self.goods(self.shirt, "0.333333", tax("0.066667")) for _number in range(3)),
                total=Decimal("1.20"),
                tax_total=Decimal("0.20"),
            )
            self.assertTotals(order, "1.00", "0.20")

    def test_lines_without_tax_are_exact_too(self):
        # Unit price and discount alone would make 55.002, three times.
        lines = [self.goods(self.shirt, 60, discount=5, quantity=3) for _number in range(3)]
        self.assertTotals(self.place(*lines), 165, 0)

    def test_a_large_discount_is_exact(self):
        order = self.place(self.goods(self.shirt, "98765.43", tax("13168.73"), discount="32921.78", quantity=7))
        self.assertTotals(order, "65843.65", "13168.73")

    def test_what_is_given_away_keeps_its_price_and_costs_nothing(self):
        order = self.place(self.goods(self.shirt, 20, tax(4)), self.goods(self.cup, 15, tax(0), discount=15))
        self.assertTotals(order, 20, 4)
        self.assertEqual((order.order_line[1].price_unit, order.order_line[1].discount), (15, 100))

    def test_yen_has_no_decimals(self):
        order = self.place(
            self.goods(self.shirt, "1000.4", tax("100.04", code="jct", rate=10)),
            self.goods(self.cup, "999.6", tax("99.96", code="jct", rate=10)),
            currency="JPY",
            total=Decimal(2200),
            tax_total=Decimal(200),
        )
        self.assertEqual(order.currency_id.name, "JPY")
        self.assertTotals(order, 2000, 200)
        self.assertLines(order, (1000, 100), (1000, 100))

    def test_a_foreign_order_keeps_the_rate_of_the_day_it_was_placed(self):
        dollar = self.env.ref("base.USD")
        self.env["res.currency.rate"].create(
            [
                {"currency_id": dollar.id, "name": day, "rate": rate, "company_id": self.company.id}
                for day, rate in (("2026-03-01", 1.25), ("2026-03-03", 2.0))
            ]
        )
        order = self.place(self.goods(self.shirt, "19.99", tax("3.99")), currency="USD")
        self.assertEqual((order.currency_id, order.state), (dollar, "sale"))
        self.assertAlmostEqual(order.currency_rate, 1.25, 6)
        self.assertTotals(order, "19.99", "3.99")
        other = self.place(currency="USD")
        self.assertEqual(order.pricelist_id, other.pricelist_id)
        self.assertEqual(order.pricelist_id.company_id, self.company)

    # ------------------------------------------------------------ marketplaces
    def test_tax_that_the_marketplace_remits_is_kept_apart(self):
        order = self.place(
            self.goods(self.shirt, 100, tax("8.25", code="state", rate="8.25", remitted=True)), currency="USD"
        )
        self.assertTotals(order, 100, 0)
        self.assertFalse(order.order_line.tax_ids)
        self.assertMoney(order.ecom_remitted_tax, "8.25")
        self.assertMoney(order.order_line.ecom_remitted_tax, "8.25")
        self.assertMoney(order.ecom_total, "108.25")
        self.assertEqual(order.state, "sale")

    # -------------------------------------------------------------- differences
    def test_a_difference_within_tolerance_is_a_line_that_everybody_sees(self):
        order = self.place(self.goods(self.shirt, 20, tax(4)), total=Decimal("24.03"))
        self.assertMoney(order.amount_total, "24.03")
        self.assertMoney(order.amount_tax, 4)
        rounding = order.order_line[-1]
        self.assertEqual(rounding.product_id, self.env.ref("ecom_connector.product_rounding"))
        self.assertMoney(rounding.price_subtotal, "0.03")
        self.assertEqual(order.state, "sale")

    def test_a_difference_downwards_within_tolerance(self):
        order = self.place(self.goods(self.shirt, 20, tax(4)), total=Decimal("23.95"))
        self.assertMoney(order.amount_total, "23.95")
        self.assertEqual(order.order_line[-1].product_uom_qty, 1)

    def test_a_larger_difference_stays_a_quotation_with_an_exception(self):
        order = self.place(self.goods(self.shirt, 20, tax(4)), total=Decimal("24.06"))
        self.assertEqual((order.state, len(order.order_line)), ("draft", 1))
        self.assertMoney(order.amount_total, 24)
        exception = order.ecom_exception_ids
        self.assertEqual((exception.category, exception.state), ("money", "open"))
        self.assertIn("0.06", exception.detail)

    def test_tax_that_stands_on_no_line_is_a_difference(self):
        stated = (tax("2.00", code="eco", rate=5),)
        order = self.place(self.goods(self.shirt, 10), total=Decimal(12), tax_total=Decimal(2), tax_totals=stated)
        self.assertEqual((order.state, order.ecom_exception_ids.category), ("draft", "money"))
