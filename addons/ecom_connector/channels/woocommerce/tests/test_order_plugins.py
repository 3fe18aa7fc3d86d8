import json
import unittest
from decimal import Decimal

from .. import orders
from .pretend import changed, sample

WOOPAYMENTS = {
    "_wcpay_multi_currency_order_default_currency": "CHF",
    "_wcpay_multi_currency_order_exchange_rate": "0.8",
}


def with_meta(**meta):
    held = [{"id": number, "key": key, "value": value} for number, (key, value) in enumerate(meta.items())]
    return orders.parse_order(changed("order_checkout", meta_data=held))


class OrdersOfShopsWithPlugins(unittest.TestCase):
    def test_the_total_in_the_shops_own_currency_is_kept_beside_what_the_buyer_paid(self):
        order = with_meta(**WOOPAYMENTS)
        self.assertEqual(order.other_currency, "CHF")
        self.assertEqual(order.other_total, (order.total / Decimal("0.8")).quantize(Decimal("0.01")))
        order = with_meta(_woocs_order_base_currency="JPY", _woocs_order_rate=0.5)
        self.assertEqual((order.other_currency, order.other_total), ("JPY", order.total * 2))

    def test_fields_of_currency_plugins_that_make_no_sense_say_nothing_and_change_no_amount(self):
        plain = with_meta()
        for meta in (
            {"_wcpay_multi_currency_order_default_currency": "CHF"},
            {**WOOPAYMENTS, "_wcpay_multi_currency_order_exchange_rate": "0"},
            {**WOOPAYMENTS, "_wcpay_multi_currency_order_exchange_rate": ["x"]},
            {**WOOPAYMENTS, "_wcpay_multi_currency_order_default_currency": {"a": 1}},
            {"wmc_order_info": {"EUR": {"rate": 1, "is_main": 1}, "USD": {"rate": "1.1", "pos": "left"}}},
            {"_order_currency": "GBP", "_base_currency_exchange_rate": None, "_aelia": [[{"deep": []}]]},
        ):
            with self.subTest(meta=meta):
                order = with_meta(**meta)
                self.assertEqual((order.other_currency, order.other_total), ("", 0))
                self.assertEqual((order.currency, order.total, order.lines), (plain.currency, plain.total, plain.lines))

    def test_an_order_in_the_shops_own_currency_has_no_other(self):
        own = json.loads(sample("order_checkout"))["currency"]
        order = with_meta(**{**WOOPAYMENTS, "_wcpay_multi_currency_order_default_currency": own})
        self.assertEqual(order.other_currency, "")

    def test_test_payments_are_recognised(self):
        self.assertFalse(with_meta().test)
        self.assertTrue(with_meta(_wcpay_mode="test").test)
        self.assertFalse(with_meta(_wcpay_mode="prod").test)

    def test_the_codes_that_the_buyer_entered_are_named(self):
        coupons = [{"code": "tenoff", "discount": "1.00"}, {"code": "", "discount": "0"}]
        self.assertEqual(orders.parse_order(changed("order_checkout", coupon_lines=coupons)).coupons, ("tenoff",))


if __name__ == "__main__":
    unittest.main()
