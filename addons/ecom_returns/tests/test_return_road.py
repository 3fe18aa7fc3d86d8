from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestReturnRoad(ReturnsCase):
    """From "I want to send this back" to goods, money and stock that agree."""

    def test_a_return_travels_the_whole_road(self):
        order = self.sold((self.shirt, 2, 10))
        self.assertEqual(self.for_sale(self.shirt), 98)
        record = self.agreed(order, 1)
        self.assertEqual((record.state, record.disagreement), ("approved", "awaited_goods"))
        self.receive(record)
        self.assertEqual((record.line_ids.goods, record.disagreement), ("received", "undecided_goods"))
        self.assertEqual(self.on_hand(self.shirt, self.quarantine), 1)
        self.assertEqual(self.for_sale(self.shirt), 98, "nothing is sellable before somebody said so")
        self.decide(record)
        self.assertEqual(record.line_ids.disposition, "restock")
        self.assertEqual(self.for_sale(self.shirt), 99)
        self.assertEqual(record.disagreement, "goods_without_money")
        note = self.credited(record)
        self.assertTotals(note, 10, 2)
        self.assertEqual((note.state, note.reversed_entry_id), ("posted", order.invoice_ids - note))
        self.assertEqual(order.order_line.qty_delivered, 1)

    def test_a_return_gets_a_number_and_the_orders_customer(self):
        order = self.sold((self.shirt, 2, 10), invoice=False)
        record = self.opened(order)
        self.assertTrue(record.name.startswith("RET/"))
        self.assertEqual((record.partner_id, record.order_ids), (self.buyer, order))
        self.assertEqual(record.policy_id, self.policy)

    def test_several_orders_come_back_in_one_return(self):
        one, two = self.sold(invoice=False), self.sold(invoice=False)
        wanted = [(one.order_line, None, 1, {}), (two.order_line, None, 2, {})]
        record = self.env["ecom.flow.return.open"]._open(wanted)
        record.action_approve()
        self.assertEqual(record.order_ids, one | two)
        self.receive(record)
        self.assertEqual([one.order_line.qty_delivered, two.order_line.qty_delivered], [1, 0])

    def test_what_came_with_two_deliveries_comes_back_to_both(self):
        order = self.sold((self.shirt, 5, 10), deliver=False, invoice=False)
        first = order.picking_ids
        first.move_ids.quantity = 3
        first.move_ids.picked = True
        first.with_context(skip_backorder=True).button_validate()
        self.deliver(order.picking_ids - first)
        record = self.agreed(order, 4)
        self.assertEqual(sorted(record.line_ids.mapped("quantity")), [2, 2])
        self.assertEqual(len(record.line_ids.origin_move_id), 2)

    def test_fewer_than_said_are_short_and_the_rest_is_credited(self):
        order = self.sold((self.shirt, 3, 10))
        record = self.agreed(order, 3)
        self.receive(record, SHIRT=2)
        self.assertEqual(
            sorted(record.line_ids.mapped(lambda line: (line.goods, line.quantity))), [("received", 2), ("short", 1)]
        )
        self.decide(record)
        self.assertTotals(self.credited(record), 20, 4)
        self.assertFalse(record.disagreement)
        self.assertEqual(record.state, "closed")

    def test_return_backorder(self):
        order = self.sold((self.shirt, 3, 10))
        record = self.agreed(order, 3)
        wizard = self.env["ecom.return.receive.wizard"].create({"rest_follows": True})
        wizard.return_ids = record
        wizard._onchange_return_ids()
        wizard.line_ids.arrived = 1
        wizard.action_receive()
        self.assertEqual(sorted(record.line_ids.mapped("goods")), ["awaiting", "received"])
        self.receive(record)
        self.assertEqual(record.line_ids.mapped("goods"), ["received", "received"])
        self.assertEqual(sum(record.line_ids.mapped("quantity")), 3)

    def test_one_of_two_is_broken(self):
        record = self.received(self.sold((self.shirt, 2, 10), (self.cup, 1, 5)), 2, 1)
        self.decide(record, SHIRT="a", CUP="d")
        self.assertEqual(record.line_ids.mapped("disposition"), ["restock", "scrap"])
        self.assertEqual((self.for_sale(self.shirt), self.for_sale(self.cup)), (100, 99))
        self.assertEqual(self.on_hand(self.cup, self.quarantine), 0)

    def test_a_keep_item_moves_no_goods(self):
        order = self.sold((self.cup, 1, 5))
        record = self.opened(order, 1)
        record.action_keep()
        self.assertEqual((record.line_ids.goods, len(record.picking_ids)), ("keep", 0))
        self.assertTotals(self.credited(record), 5, 1)
        self.assertEqual(order.order_line.qty_delivered, 1)

    # ------------------------------------------------------------------ refused
    def test_decline_then_appeal(self):
        record = self.opened(self.sold(invoice=False))
        with self.assertRaisesRegex(UserError, "Say why"):
            record.action_refuse()
        record.action_refuse("Worn")
        self.assertEqual((record.state, record.refusal), ("rejected", "Worn"))
        with self.assertRaises(UserError):
            record.action_approve()
        record.action_reopen()
        record.action_approve()
        self.assertEqual(record.state, "approved")

    def test_return_then_cancel_return(self):
        order = self.sold(invoice=False)
        record = self.agreed(order, 2)
        record.action_cancel()
        self.assertEqual((record.state, record.picking_ids.state), ("cancelled", "cancel"))
        self.assertEqual(order.order_line.qty_delivered, 2)
        self.assertEqual(self.agreed(order, 2).state, "approved", "they can be asked for again")

    # ------------------------------------------------------------------ records
    def test_a_channels_return_stands_here_once(self):
        order = self.sold(invoice=False)
        self.opened(order, channel_id=self.channel.id, external_id="R-1")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.opened(order, channel_id=self.channel.id, external_id="R-1")

    def test_a_quantity_is_above_zero(self):
        record = self.opened(self.sold(invoice=False))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            record.line_ids.quantity = 0
            self.env.flush_all()

    def test_the_warehouse_reads_and_decides_nothing(self):
        record = self.opened(self.sold(invoice=False)).with_user(self.user("dock"))
        self.assertEqual(record.authorisation, "requested")
        with self.assertRaises(AccessError):
            record.action_approve()

    def test_nobody_writes_a_decision_past_the_buttons(self):
        record = self.opened(self.sold(invoice=False)).with_user(self.user("manager"))
        with self.assertRaises(AccessError):
            record.authorisation = "approved"

    def test_nobody_says_by_hand_where_goods_and_money_are(self):
        line = self.opened(self.sold(invoice=False)).line_ids
        for values in ({"goods": "received"}, {"quantity": 5}, {"disposition": "restock"}, {"arrived_move_id": 1}):
            with self.assertRaises(AccessError):
                line.with_user(self.user("manager")).write(values)
        line.with_user(self.user("operator")).reason_id = self.env.ref("ecom_returns.ecom_return_reason_size")
        with self.assertRaises(AccessError):
            line.with_user(self.user("manager")).copy()

    def test_returns_of_another_company_are_out_of_sight(self):
        record = self.opened(self.sold(invoice=False))
        other = self.make_company("Another shop")
        stranger = self.user("operator")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertNotIn(
            record, self.env["ecom.return"].with_user(stranger).with_context(allowed_company_ids=other.ids).search([])
        )
