from odoo.addons.ecom_returns.tests.returns_case import ReturnsCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestRepair(ReturnsCase):
    """Goods that are repaired and go back to the customer, instead of money."""

    def in_repair(self):
        order = self.sold((self.shirt, 2, 10))
        record = self.received(order, 1)
        record.line_ids.wanted = "repair"
        record.with_user(self.user("dock")).action_dispose()
        return order, record, record.line_ids.repair_ids

    def test_a_repair_takes_the_goods_where_they_wait_and_no_money_is_due(self):
        _order, record, repair = self.in_repair()
        self.assertEqual(
            (repair.state, repair.product_qty, repair.product_location_src_id), ("confirmed", 1, self.quarantine)
        )
        self.assertEqual(
            (record.line_ids.resolution, record.state, record.disagreement), ("none", "working", "undecided_goods")
        )
        self.assertEqual((self.for_sale(self.shirt), self.on_hand(self.shirt, self.quarantine)), (98, 1))

    def test_repaired_goods_go_back_and_the_return_is_closed_when_they_left(self):
        order, record, repair = self.in_repair()
        value = self.shirt.total_value
        repair.action_repair_start()
        repair.action_repair_end()
        picking = record.line_ids.disposed_move_ids.picking_id
        self.assertEqual((repair.state, picking.state, record.state), ("done", "assigned", "working"))
        self.deliver(picking)
        self.assertEqual((record.line_ids.goods, record.state), ("given_back", "closed"))
        self.assertEqual((order.order_line.qty_delivered, self.on_hand(self.shirt, self.quarantine)), (2, 0))
        self.assertMoney(self.shirt.total_value, value - 4)

    def test_a_repair_that_is_cancelled_is_decided_anew(self):
        _order, record, repair = self.in_repair()
        repair.action_repair_cancel()
        self.assertEqual((record.line_ids.disposition, record.line_ids.resolution), (False, "refund"))
        self.decide(record)
        self.assertTotals(self.credited(record), 10, 2)

    def test_who_wished_for_a_repair_is_proposed_one(self):
        record = self.received(self.sold((self.shirt, 1, 10)), 1, wish="repair")
        record.line_ids.grade = "a"
        self.assertEqual(record.line_ids.wanted, "repair")
