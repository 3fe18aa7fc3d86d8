"""Whatever an order consists of: what four vendors state of it is read to the cent."""

import unittest
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from ..bigcommerce import orders as bigcommerce
from ..ebay import orders as ebay
from ..magento2 import orders as magento2
from ..walmart import orders as walmart
from . import stated

SETTINGS = {"deadline": None, "derandomize": True, "database": None, "max_examples": 150}
YES = st.booleans()


class AnyOrder(unittest.TestCase):
    def hold(self, order, total, found):
        """Lines with their taxes are the total, paid as such, and no unit is lost."""
        self.assertEqual(order.total, Decimal(total) / 100)
        self.assertEqual(sum(line.total + line.tax_total for line in order.lines), order.total)
        self.assertEqual(sum(line.tax_total for line in order.lines), order.tax_total)
        goods = [line for line in order.lines if line.kind == "product" and line.sku != "SET"]
        self.assertEqual([line.quantity for line in goods], [item.quantity for item in found])
        self.assertTrue(all(line.gross >= line.discount >= 0 for line in goods))

    @settings(**SETTINGS)
    @given(stated.orders(), YES, YES, st.integers(-50, 50), st.sampled_from(("", "19", "7.7", "20", "5.5")))
    def test_of_ebay(self, found, remitted, after, adjustment, vat):
        body, total = stated.ebay(found, remitted, after, adjustment, vat)
        order = ebay.parse_order(body)
        self.hold(order, total, found)
        if not vat:
            self.assertTrue(all(tax.remitted == remitted for line in order.lines for tax in line.taxes))

    @settings(**SETTINGS)
    @given(stated.orders(), YES, st.integers(0, 100_00))
    def test_of_magento_2(self, found, bundle, credit):
        body, total = stated.magento2(found, bundle, credit)
        order = magento2.parse_order(body)
        self.hold(order, total, found)
        self.assertEqual(len([line for line in order.lines if line.part_of]), len(found) if bundle else 0)

    @settings(**SETTINGS)
    @given(stated.orders(), YES, st.integers(0, 100_00), YES)
    def test_of_bigcommerce(self, found, listed, credit, inside):
        body, total = stated.bigcommerce(found, listed, credit, inside)
        self.hold(bigcommerce.parse_order(body), total, found)

    @settings(**SETTINGS)
    @given(stated.orders())
    def test_of_walmart(self, found):
        body, total = stated.walmart(found)
        order = walmart.parse_order(body)
        self.hold(order, total, found)
        self.assertTrue(all(tax.remitted for line in order.lines for tax in line.taxes))


if __name__ == "__main__":
    unittest.main()
