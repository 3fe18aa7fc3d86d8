import unittest
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from lxml import etree

from ...errors import ChannelError, Unreadable
from ...records import Order
from ...tests.mutation import mutated_xml
from ..orders import parse_order

SAMPLE = (Path(__file__).resolve().parent.parent / "samples" / "order.xml").read_bytes()


def changed(**texts):
    """The sample with other words in some fields of the order."""
    root = etree.fromstring(SAMPLE)
    for name, text in texts.items():
        root.find(f".//result/{name}").text = text
    return etree.tostring(root)


class WhatAnOrderSays(unittest.TestCase):
    order = parse_order(SAMPLE)

    def test_lines_with_their_taxes_add_up_to_the_total(self):
        order = self.order
        self.assertEqual(sum(line.total + line.tax_total for line in order.lines), order.total)
        self.assertEqual((order.total, order.tax_total), (Decimal(78), Decimal(13)))

    def test_the_money_of_a_bundle_stands_on_its_first_line(self):
        bundle, first, second, *_rest = self.order.lines
        self.assertEqual((first.part_of, second.part_of), ("1", "1"))
        self.assertEqual((first.total, first.taxes, second.total), (0, (), 0))
        self.assertEqual(bundle.gross, Decimal(60))

    def test_tax_that_a_coupon_takes_off_is_given_back_to_it(self):
        """12.00 off with tax of 20 % are 10.00 without."""
        self.assertEqual(self.order.lines[0].discount, Decimal(10))

    def test_shipping_has_the_tax_that_the_lines_leave(self):
        shipping = self.order.lines[-1]
        self.assertEqual([(tax.code, tax.amount) for tax in shipping.taxes], [("20%", Decimal(1))])

    def test_the_order_in_the_shops_own_currency_stands_beside_it(self):
        own = self.order.in_shop_currency
        self.assertEqual((own.currency, own.total, self.order.other_total), ("USD", Decimal(90), Decimal(90)))

    def test_an_edited_order_names_the_one_it_replaces(self):
        self.assertIn(("replaces", "200000005"), self.order.references)
        self.assertIn(("purchase_order", "PO-9"), self.order.references)

    def test_streets_are_lines_and_states_are_understood(self):
        self.assertEqual((self.order.bill_to.street, self.order.bill_to.street2), ("Rue Haute 1", "Box 4, 3rd floor"))
        for state, said in (
            ("new", ("open", "paid")),
            ("pending_payment", ("pending", "paid")),
            ("holded", ("pending", "paid")),
            ("canceled", ("cancelled", "paid")),
            ("closed", ("cancelled", "refunded")),
        ):
            with self.subTest(state=state):
                order = parse_order(changed(state=state))
                self.assertEqual((order.status, order.payment), said)


class WhatMakesNoSense(unittest.TestCase):
    def test_what_is_no_order_is_unreadable(self):
        fault = SAMPLE.replace(b"ns1:salesOrderInfoResponse", b"SOAP-ENV:Fault")
        for body in (b"", b"<html>Maintenance</html>", b"[]", SAMPLE[:900], fault, changed(created_at="yesterday")):
            with self.subTest(body=body[:20]), self.assertRaises(Unreadable):
                parse_order(body)

    @settings(max_examples=80, deadline=None, derandomize=True, database=None)
    @given(mutated_xml(SAMPLE))
    def test_a_changed_payload_is_an_order_or_a_typed_error(self, body):
        try:
            order = parse_order(body)
        except ChannelError:
            return
        self.assertIsInstance(order, Order)
        self.assertTrue(order.external_id)
        self.assertTrue(order.total.is_finite())


if __name__ == "__main__":
    unittest.main()
