from decimal import Decimal

from odoo.tests import tagged

from .common import ChannelCase, line, tax


@tagged("post_install", "-at_install")
class TestPlace(ChannelCase):
    def test_an_order_becomes_a_confirmed_reserved_sale_order_with_its_own_total(self):
        order = self.place(
            self.goods(self.shirt, 60, tax(11), discount=5, quantity=3),
            line("s1", 5, tax(1), kind="shipping", method="std", name="Standard"),
        )
        self.assertEqual(order.state, "sale")
        self.assertTotals(order, 60, 12)
        self.assertEqual(order.order_line[0].product_uom_qty, 3)
        self.assertEqual(order.picking_ids.move_ids.filtered(lambda m: m.product_id == self.shirt).state, "assigned")
        self.assertEqual(order.ecom_total, 72)
        self.assertEqual(Decimal(str(order.order_line[0].price_subtotal)), 55)
