from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestGuards(ReturnsCase):
    """Never more than was delivered and is not back, in any unit, through any door."""

    def test_second_and_third_partial_return(self):
        order = self.sold((self.shirt, 3, 10), invoice=False)
        for _time in range(3):
            self.received(order, 1)
        self.assertEqual(order.order_line.qty_delivered, 0)
        with self.assertRaisesRegex(UserError, "1 of .* cannot come back: 0"):
            self.opened(order, 1)

    def test_what_is_announced_cannot_be_announced_twice(self):
        order = self.sold((self.shirt, 3, 10), invoice=False)
        self.agreed(order, 2)
        with self.assertRaises(UserError):
            self.opened(order, 2)

    def test_approval_of_the_last_returnable_unit_is_given_once(self):
        order = self.sold((self.shirt, 1, 10), invoice=False)
        first, second = self.opened(order, 1), self.opened(order, 1)
        first.action_approve()
        with self.assertRaisesRegex(UserError, "cannot come back"):
            second.action_approve()

    def test_two_transfers_of_odoos_own_for_the_same_units_do_not_block_each_other(self):
        order = self.sold((self.shirt, 1, 10), invoice=False)
        delivery, prepared = order.picking_ids, []
        for _time in range(2):
            wizard = self.env["stock.return.picking"].create({"picking_id": delivery.id})
            wizard.product_return_moves.quantity = 1
            prepared.append(wizard._create_return())
        self.deliver(prepared[1])
        self.assertEqual(order.order_line.qty_delivered, 0)
        with self.assertRaisesRegex(UserError, "cannot come back"):
            self.deliver(prepared[0])

    def test_a_lock_makes_who_comes_second_start_anew(self):
        """Under REPEATABLE READ a lock alone would let him count what he saw before: the row itself must change."""
        order = self.sold((self.shirt, 1, 10), invoice=False)
        move = order.picking_ids.move_ids
        self.env.flush_all()
        self.cr.execute("SELECT xmin, ctid FROM stock_move WHERE id = %s", [move.id])
        before = self.cr.fetchone()
        self.env["ecom.flow.return.allot"]._lock(move)
        self.cr.execute("SELECT xmin, ctid FROM stock_move WHERE id = %s", [move.id])
        self.assertNotEqual(self.cr.fetchone(), before)

    def test_multi_uom_sold_in_dozens_back_in_units(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self.sold((self.shirt, 1, 120, {"product_uom_id": dozen.id}))
        self.assertEqual(self.for_sale(self.shirt), 88)
        wanted = [(order.order_line, self.shirt, 5, {})]
        record = self.env["ecom.flow.return.open"]._open(wanted)
        self.assertEqual(record.line_ids.quantity, 5)
        record.action_approve()
        self.receive(record)
        self.decide(record)
        self.assertTotals(self.credited(record), 50, 10)
        with self.assertRaisesRegex(UserError, "8 of .* cannot come back: 7"):
            self.env["ecom.flow.return.open"]._open([(order.order_line, self.shirt, 8, {})])

    def test_return_of_a_return_can_come_back_once_more(self):
        order = self.sold((self.shirt, 1, 10), invoice=False)
        record = self.received(order, 1)
        record.line_ids.wanted = "give_back"
        record.with_user(self.user("dock")).action_dispose()
        self.assertEqual((record.line_ids.goods, order.order_line.qty_delivered), ("given_back", 1))
        self.assertEqual(self.on_hand(self.shirt, self.quarantine), 0)
        again = self.received(order, 1)
        self.assertEqual((again.line_ids.goods, order.order_line.qty_delivered), ("received", 0))

    def test_return_before_delivery_is_done(self):
        order = self.sold((self.shirt, 1, 10), deliver=False, invoice=False)
        with self.assertRaisesRegex(UserError, "cannot come back: 0"):
            self.opened(order, 1)

    def test_return_line_with_0(self):
        with self.assertRaisesRegex(UserError, "Say what"):
            self.env["ecom.flow.return.open"]._open([])

    def test_empty_box(self):
        record = self.agreed(self.sold((self.shirt, 1, 10), invoice=False), 1)
        wizard = self.env["ecom.return.receive.wizard"].create({})
        wizard.return_ids = record
        wizard._onchange_return_ids()
        with self.assertRaisesRegex(UserError, "Nothing was counted"):
            wizard.action_receive()
        wizard.is_empty = True
        wizard.action_receive()
        self.assertEqual((record.line_ids.goods, record.picking_ids.state), ("short", "cancel"))

    def test_two_returns_in_one_box(self):
        order = self.sold((self.shirt, 2, 10), (self.cup, 1, 5), invoice=False)
        one, two = self.agreed(order, 1), self.agreed(order, 0, 1)
        self.receive(one | two)
        self.assertEqual((one.line_ids.goods, two.line_ids.goods), ("received", "received"))

    def test_consignment_owner_restored(self):
        owner = self.env["res.partner"].create({"name": "Consignor"})
        product = self.make_product("LAMP")
        self.env["stock.quant"]._update_available_quantity(product, self.stock, 1, owner_id=owner)
        order = self.sold((product, 1, 10), deliver=False, invoice=False)
        move = order.picking_ids.move_ids
        move.move_line_ids.unlink()
        move.move_line_ids = [
            Command.create(
                {
                    "product_id": product.id,
                    "quantity": 1,
                    "owner_id": owner.id,
                    "location_id": self.stock.id,
                    "location_dest_id": move.location_dest_id.id,
                    "picking_id": move.picking_id.id,
                    "product_uom_id": product.uom_id.id,
                }
            )
        ]
        move.picked = True
        order.picking_ids.button_validate()
        record = self.received(order, 1)
        self.decide(record)
        quant = self.env["stock.quant"].search(
            [("product_id", "=", product.id), ("location_id", "=", self.stock.id), ("quantity", ">", 0)]
        )
        self.assertEqual(quant.owner_id, owner)

    def test_the_scanner_counts_and_says_what_is_not_expected(self):
        self.shirt.barcode = "4006381333931"
        record = self.agreed(self.sold((self.shirt, 2, 10), invoice=False), 2)
        wizard = self.env["ecom.return.receive.wizard"].new({})
        said = []
        for code in (record.name, "4006381333931", "4006381333931", "4006381333931", "999"):
            wizard.scan = code
            wizard._onchange_scan()
            said.append(wizard.message)
        self.assertEqual(wizard.line_ids.mapped("arrived"), [3, 1])
        self.assertEqual(said[0], record.name)
        self.assertIn("2 of 2", said[2])
        self.assertIn("3 of 2", said[3])
        self.assertIn("999 is not expected", said[4])
