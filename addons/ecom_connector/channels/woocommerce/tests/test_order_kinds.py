import unittest

from channels.woocommerce.order_kinds import read_kinds


def row(**meta):
    return {"meta_data": [{"key": key, "value": value} for key, value in meta.items()]}


class TestOrderKinds(unittest.TestCase):
    def test_a_renewal_names_its_subscription(self):
        self.assertEqual(read_kinds(row(_subscription_renewal="4711")), ("subscription",))
        self.assertEqual(read_kinds(row(_subscription_renewal=4711)), ("subscription",))

    def test_a_pre_order_says_so(self):
        self.assertEqual(read_kinds(row(_wc_pre_orders_is_pre_order="1")), ("preorder",))
        self.assertEqual(read_kinds(row(_wc_pre_orders_is_pre_order="0")), ())

    def test_an_ordinary_order_says_nothing(self):
        self.assertEqual(read_kinds({}), ())
        self.assertEqual(read_kinds(row(_subscription_renewal="")), ())
        self.assertEqual(read_kinds(row(_subscription_renewal=["4711"], _wc_pre_orders_is_pre_order=False)), ())
