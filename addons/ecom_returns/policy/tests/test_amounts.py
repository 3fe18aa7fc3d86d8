from dataclasses import replace
from decimal import Decimal
from unittest import TestCase

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..amounts import Back, refund
from ..exchange import difference
from ..fees import Fee
from ..shipping import Shipping
from ..sold import Sold, split_kit, with_discounts

CENT = Decimal("0.01")
ENOUGH = Decimal(10**6)


def money(text):
    return Decimal(str(text))


def sold(quantity=2, net=20, tax=4, **values):
    taxes = {"vat": money(tax)} if tax else {}
    return Sold(key=values.pop("key", "shirt"), quantity=Decimal(quantity), net=money(net), taxes=taxes, **values)


def one(article, quantity=1, **values):
    return Back(article=article, quantity=Decimal(quantity), **values)


class TestAmounts(TestCase):
    def back(self, *backs, refundable=ENOUGH, **values):
        found = refund(backs, unit=CENT, refundable=refundable, **values)
        self.assertEqual(sum(step.amount for step in found.steps), found.total, "the explanation adds up")
        return found

    def test_one_of_two_brings_half_with_its_tax(self):
        found = self.back(one(sold()))
        self.assertEqual((found.shares[0].net, found.shares[0].taxes, found.total), (10, {"vat": 2}, 12))

    def test_after_the_last_unit_no_cent_is_left(self):
        article, total = sold(quantity=3, net="9.99", tax="2.00"), Decimal(0)
        for before in range(3):
            found = self.back(one(replace(article, before=Decimal(before))))
            total += found.total
        self.assertEqual(total, money("11.99"))

    def test_more_units_than_were_sold_bring_an_error_and_no_money(self):
        with self.assertRaises(ValueError):
            self.back(one(sold(before=Decimal(1)), quantity=2))

    def test_goodwill_that_was_given_before_is_not_given_twice(self):
        found = self.back(one(sold(before=Decimal(1), given=money(15))))
        self.assertEqual(found.total, 9)
        self.assertEqual([step.code for step in found.steps], ["article", "limit"])

    def test_what_the_buyers_treatment_cost_is_kept_back_with_its_tax_and_fees_are_of_the_rest(self):
        found = self.back(one(sold(), worn=Decimal(25)))
        self.assertEqual(
            (found.worn[0].net, found.worn[0].taxes, found.total), (money("2.50"), {"vat": money("0.50")}, 9)
        )
        found = self.back(one(sold(), worn=Decimal(25)), fee=Fee(kind="percent", value=Decimal(10)))
        self.assertEqual((found.fees[0].gross, found.total), (money("0.90"), money("8.10")))
        self.assertEqual([step.code for step in found.steps], ["article", "worn", "fee"])
        found = self.back(one(sold(), worn=Decimal(100)), fee=Fee(kind="fixed", value=Decimal(5)))
        self.assertEqual((found.total, found.fees), (0, ()))

    def test_never_more_than_was_paid_and_not_given_back(self):
        found = self.back(one(sold(), quantity=2), refundable=money(10))
        self.assertEqual((found.total, found.withheld, found.steps[-1].code), (10, 14, "cap"))

    def test_what_was_given_back_in_full_already_brings_nothing(self):
        self.assertEqual(self.back(one(sold()), refundable=money(-3)).total, 0)

    def test_an_order_level_discount_is_shared_by_value(self):
        articles = (sold(key="a", net=30, tax=6), sold(key="b", net=10, tax=2))
        discount = Sold(key="code", quantity=Decimal(1), net=money(-4), taxes={"vat": money("-0.80")})
        a, b = with_discounts(articles, [discount], CENT)
        self.assertEqual((a.net, a.tax, b.net, b.tax), (27, money("5.40"), 9, money("1.80")))
        self.assertEqual(self.back(one(a)).total, money("16.20"))

    def test_a_free_product_of_a_promotion_is_credited_with_nothing(self):
        articles = (sold(key="a"), sold(key="gift", quantity=1, net=0, tax=0))
        discount = Sold(key="code", quantity=Decimal(1), net=money(-2))
        self.assertEqual(self.back(one(with_discounts(articles, [discount], CENT)[1])).total, 0)

    def test_of_a_kit_one_component_brings_its_share_and_all_bring_the_whole(self):
        kit = sold(key="kit", quantity=2, net="99.99", tax="20.00")
        parts = split_kit(kit, [("a", Decimal(4), money(10)), ("b", Decimal(2), money(30))], CENT)
        single = self.back(one(parts[0])).total
        self.assertEqual(single, money("12.00"), "40 of 100 for four of them: a quarter of 48.00, to the cent")
        whole = self.back(one(parts[0], quantity=4), one(parts[1], quantity=2)).total
        self.assertEqual(whole, money("119.99"))

    # --------------------------------------------------------------------- fees
    def test_a_fee_that_reduces_the_sale_takes_its_tax_along(self):
        found = self.back(one(sold(), quantity=2), fee=Fee(kind="percent", value=money(10)))
        self.assertEqual(
            (found.fees[0].net, found.fees[0].taxes, found.total), (2, {"vat": money("0.40")}, money("21.6"))
        )

    def test_a_fee_that_is_a_service_leaves_all_tax_to_the_buyer(self):
        found = self.back(one(sold(), quantity=2), fee=Fee(kind="fixed", value=money(5), treatment="service"))
        self.assertEqual((found.fees[0].net, found.fees[0].taxes, found.total), (5, {}, 19))

    def test_a_fee_above_the_refund_takes_the_refund_and_no_more(self):
        found = self.back(one(sold()), fee=Fee(kind="fixed", value=money(50)))
        self.assertEqual(found.total, 0)

    def test_what_is_our_fault_carries_no_fee(self):
        found = self.back(one(sold(), no_fee=True), fee=Fee(kind="percent", value=money(10)))
        self.assertEqual((found.fees, found.total), ((), 12))

    # ----------------------------------------------------------------- shipping
    def shipping(self, **values):
        return Shipping(key="dhl", net=money(5), taxes={"vat": money(1)}, **values)

    def test_shipping_is_refunded_once_only(self):
        shipping = self.shipping(mode="all", complete=True)
        self.assertEqual(self.back(one(sold()), shipping=shipping).total, 18)
        again = self.back(one(sold()), shipping=replace(shipping, given=money(6)))
        self.assertEqual((again.shipping, again.total), (None, 12))

    def test_withdrawal_brings_the_cheapest_standard_delivery_back(self):
        shipping = self.shipping(mode="standard", standard=money("3.60"), complete=True)
        found = self.back(one(sold()), shipping=shipping)
        self.assertEqual((found.shipping.net, found.shipping.taxes), (3, {"vat": money("0.60")}))

    def test_shipping_for_partial_withdrawal_waits_for_the_last_goods(self):
        self.assertIsNone(self.back(one(sold()), shipping=self.shipping(mode="standard")).shipping)

    def test_shipping_by_value_adds_up_to_all_of_it(self):
        first = self.shipping(mode="share", returned=money(10), whole=money(30))
        self.assertEqual(self.back(one(sold()), shipping=first).shipping.gross, 2)
        last = replace(first, returned=money(30), given=money(2))
        self.assertEqual(self.back(one(sold()), shipping=last).shipping.gross, 4)

    # ----------------------------------------------------------------- exchange
    def test_exchange_dearer_and_cheaper(self):
        self.assertEqual(difference(new=money(30), credit=money(24)), 6)
        self.assertEqual(difference(new=money(20), credit=money(24)), -4)

    def test_a_bonus_is_spent_in_the_exchange_and_never_paid_out(self):
        self.assertEqual(difference(new=money(30), credit=money(24), bonus=money(10)), 0)
        self.assertEqual(difference(new=money(20), credit=money(24), bonus=money(10)), -4)

    # ---------------------------------------------------------------- any order
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(st.tuples(st.integers(1, 9), st.integers(0, 99999), st.integers(0, 20000)), min_size=1, max_size=6),
        st.integers(0, 5000),
        st.data(),
    )
    def test_any_sequence_of_returns_gives_back_what_was_paid_and_not_a_cent_more(self, lines, taken_off, data):
        articles = [
            sold(key=number, quantity=quantity, net=Decimal(net) * CENT, tax=Decimal(tax) * CENT)
            for number, (quantity, net, tax) in enumerate(lines)
        ]
        discount = Sold(key="code", quantity=Decimal(1), net=-min(taken_off * CENT, sum(a.net for a in articles)))
        articles = with_discounts(articles, [discount], CENT)
        paid = sum((article.gross for article in articles), Decimal(0))
        units = data.draw(st.permutations([a.key for a in articles for _unit in range(int(a.quantity))]))
        back = dict.fromkeys((a.key for a in articles), Decimal(0))
        given_back = Decimal(0)
        for key in units:
            article = replace(articles[key], before=back[key])
            found = self.back(one(article), refundable=paid - given_back)
            given_back += found.total + found.withheld
            back[key] += 1
            self.assertLessEqual(found.total, paid)
        self.assertEqual(given_back, paid)

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.integers(1, 9),
        st.integers(0, 9999),
        st.integers(0, 9999),
        st.sampled_from(["fixed", "percent"]),
        st.integers(0, 200),
        st.sampled_from(["reduces", "service"]),
    )
    def test_no_fee_makes_a_buyer_pay_for_returning(self, quantity, net, tax, kind, value, treatment):
        article = sold(quantity=quantity, net=Decimal(net) * CENT, tax=Decimal(tax) * CENT)
        fee = Fee(kind=kind, value=Decimal(value), treatment=treatment)
        self.assertGreaterEqual(self.back(one(article), fee=fee).total, 0)
