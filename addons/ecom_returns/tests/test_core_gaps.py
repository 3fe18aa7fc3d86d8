from contextlib import contextmanager
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestCoreGaps(ReturnsCase):
    """What Odoo 19 does with returns, and what happens here instead. Should Odoo close a gap, the first of a pair
    fails and says so."""

    @contextmanager
    def as_in_core(self):
        """Our guards are off, so that Odoo shows what it does."""
        allot, move = type(self.env["ecom.flow.return.allot"]), type(self.env["stock.move"])
        with (
            patch.object(allot, "_check", lambda *args, **values: None),
            patch.object(allot, "_check_lots", lambda *args: None),
            patch.object(move, "_ecom_check_strangers", lambda *args: None),
        ):
            yield

    def core_return(self, picking, quantity, validate=True):
        """With Odoo's own wizard."""
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = quantity
        returned = wizard._create_return()
        if validate:
            self.deliver(returned)
        return returned

    # ------------------------------------------------------------- over-return
    def test_core_takes_back_more_than_it_delivered(self):
        order = self.sold(invoice=False)
        with self.as_in_core():
            self.core_return(order.picking_ids, 5)
        self.assertEqual(order.order_line.qty_delivered, -3)

    def test_here_never_more_comes_back_than_was_delivered(self):
        order = self.sold(invoice=False)
        returned = self.core_return(order.picking_ids, 5, validate=False)
        with self.assertRaisesRegex(UserError, "5.* cannot come back: 2"):
            self.deliver(returned)

    # ------------------------------------------------------------- sellable at once
    def test_core_sells_again_what_nobody_looked_at(self):
        order = self.sold(invoice=False)
        self.core_return(order.picking_ids, 1)
        self.assertEqual(self.for_sale(self.shirt), 99)

    def test_here_returned_goods_wait_beside_the_stock(self):
        self.received(self.sold(invoice=False), 1)
        self.assertEqual((self.for_sale(self.shirt), self.on_hand(self.shirt, self.quarantine)), (98, 1))

    # ------------------------------------------------------------- never ordered
    def stranger(self, order):
        returned = self.core_return(order.picking_ids, 1, validate=False)
        self.env["stock.move"].create(
            {
                "product_id": self.cup.id,
                "product_uom_qty": 1,
                "picking_id": returned.id,
                "location_id": returned.location_id.id,
                "location_dest_id": returned.location_dest_id.id,
                "to_refund": True,
            }
        )
        return returned

    def test_core_puts_what_was_never_ordered_on_the_order(self):
        order = self.sold(invoice=False)
        with self.as_in_core():
            self.deliver(self.stranger(order))
        line = order.order_line.filtered(lambda line: line.product_id == self.cup)
        self.assertEqual(line.qty_delivered, -1)

    def test_here_what_was_never_sold_does_not_come_back(self):
        order = self.sold(invoice=False)
        returned = self.stranger(order)
        with self.assertRaisesRegex(UserError, "was not delivered with"):
            self.deliver(returned)

    # ------------------------------------------------------------- serial numbers
    def serials(self):
        """(order, delivered number, number of another customer)"""
        self.cup.tracking = "serial"
        lots = self.env["stock.lot"].create([{"name": f"SN{n}", "product_id": self.cup.id} for n in (1, 2)])
        for lot in lots:
            self.env["stock.quant"]._update_available_quantity(self.cup, self.stock, 1, lot_id=lot)
        orders = self.sold((self.cup, 1, 10), deliver=False, invoice=False)
        other = self.sold((self.cup, 1, 10), deliver=False, invoice=False)
        self.deliver(orders.picking_ids, lots[0])
        self.deliver(other.picking_ids, lots[1])
        return orders, lots[0], lots[1]

    def test_core_takes_back_another_customers_serial_number(self):
        order, _mine, theirs = self.serials()
        returned = self.core_return(order.picking_ids, 1, validate=False)
        with self.as_in_core():
            returned.move_ids.move_line_ids.lot_id = theirs
            returned.move_ids.picked = True
            returned.button_validate()
        self.assertEqual(returned.state, "done")

    def test_here_a_wrong_serial_is_refused_unless_released(self):
        order, mine, theirs = self.serials()
        record = self.agreed(order, 1)
        move = record.picking_ids.move_ids
        self.assertEqual(move.move_line_ids.lot_id, mine, "the number that was sold is proposed")
        move.move_line_ids.lot_id = theirs
        move.picked = True
        with self.assertRaisesRegex(UserError, "SN2"), self.cr.savepoint():
            record.picking_ids.button_validate()
        move.ecom_lots_released = True
        record.picking_ids.button_validate()
        self.assertEqual((record.line_ids.goods, record.line_ids.lot_id), ("received", theirs))

    # ------------------------------------------------------------- kits
    def kits(self):
        """Two kits, each of two shirts and a cup, for 60.00 a kit."""
        if "mrp.bom" not in self.env:
            self.skipTest("there are no kits without mrp")
        kit = self.make_product("KIT")
        lines = [(self.shirt, 2), (self.cup, 1)]
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": kit.product_tmpl_id.id,
                "type": "phantom",
                "company_id": self.company.id,
                "bom_line_ids": [
                    Command.create({"product_id": product.id, "product_qty": quantity}) for product, quantity in lines
                ],
            }
        )
        return self.sold((kit, 2, 60))

    def test_core_credits_a_whole_kit_for_one_component(self):
        order = self.kits()
        wizard = self.env["stock.return.picking"].create({"picking_id": order.picking_ids.id})
        wizard.product_return_moves.filtered(lambda line: line.product_id == self.shirt).quantity = 1
        self.deliver(wizard._create_return())
        self.assertEqual(order.order_line.qty_delivered, 1)

    def test_here_one_component_of_several_brings_its_share(self):
        order = self.kits()
        record = self.env["ecom.flow.return.open"]._open([(order.order_line, self.shirt, 1, {})])
        record.action_approve()
        self.receive(record)
        self.decide(record)
        note = self.credited(record)
        # 120.00 for four shirts and two cups of 10.00 each.
        self.assertTotals(note, 20, 4)
        with self.assertRaisesRegex(UserError, "cannot come back"):
            self.env["ecom.flow.return.open"]._open([(order.order_line, self.shirt, 4, {})])

    def test_all_components_in_two_receipts_bring_the_whole_kit(self):
        order = self.kits()
        first = self.env["ecom.flow.return.open"]._open([(order.order_line, self.shirt, 3, {})])
        rest = [(order.order_line, self.shirt, 1, {}), (order.order_line, self.cup, 2, {})]
        second = self.env["ecom.flow.return.open"]._open(rest)
        for record in first | second:
            record.action_approve()
            self.receive(record)
            self.decide(record)
            self.credited(record)
        self.assertMoney(sum((first | second).credit_ids.mapped("amount_total")), 144)

    # ------------------------------------------------------------- invoiced when ordered
    def test_core_credits_nothing_where_one_invoices_what_was_ordered(self):
        order = self.sold()
        self.core_return(order.picking_ids, 1)
        self.assertEqual(order.order_line.qty_to_invoice, 0)
        with self.assertRaises(UserError):
            order._create_invoices(final=True)

    def test_here_policy_order_is_credited_and_not_invoiced_again(self):
        order = self.sold()
        record = self.received(order, 1)
        self.decide(record)
        self.assertTotals(self.credited(record), 10, 2)
        self.assertEqual(order.order_line.qty_to_invoice, 0)

    # ------------------------------------------------------------- delivered quantity
    def test_core_leaves_the_delivered_quantity_where_the_box_is_not_ticked(self):
        order = self.sold(invoice=False)
        returned = self.core_return(order.picking_ids, 1, validate=False)
        returned.move_ids.to_refund = False
        self.deliver(returned)
        self.assertEqual(order.order_line.qty_delivered, 2)

    def test_here_the_delivered_quantity_always_follows_the_goods(self):
        order = self.sold(invoice=False)
        self.received(order, 1)
        self.assertEqual(order.order_line.qty_delivered, 1)

    # ------------------------------------------------------------- valuation
    def perpetual(self, cost_method="standard"):
        category = self.env["product.category"].create(
            {"name": "Perpetual", "property_valuation": "real_time", "property_cost_method": cost_method}
        )
        self.shirt.categ_id = category
        return self.shirt._get_product_accounts()["stock_valuation"]

    def booked(self, notes, account):
        return sum(notes.line_ids.filtered(lambda line: line.account_id == account).mapped("balance"))

    def test_core_puts_value_into_the_stock_for_goods_the_buyer_keeps(self):
        account = self.perpetual()
        order = self.sold((self.shirt, 1, 10))
        note = order.invoice_ids._reverse_moves([{"invoice_date": "2026-03-02"}])
        note.action_post()
        self.assertMoney(self.booked(note, account), 4)

    def test_here_a_keep_item_leaves_the_stock_value_alone(self):
        account = self.perpetual()
        record = self.opened(self.sold((self.shirt, 1, 10)), 1)
        record.action_keep()
        note = self.credited(record)
        self.assertTotals(note, 10, 2)
        self.assertMoney(self.booked(note, account), 0)

    def test_credit_note_after_goods_brings_their_cost_back(self):
        account = self.perpetual()
        record = self.received(self.sold((self.shirt, 2, 10)), 1)
        self.decide(record)
        self.assertMoney(self.booked(self.credited(record), account), 4)

    def test_core_values_a_blind_return_at_todays_cost(self):
        self.perpetual("average")
        self.sold((self.shirt, 1, 10), invoice=False)
        self.shirt.standard_price = 20
        kind = self.warehouse.in_type_id
        customers = self.env.ref("stock.stock_location_customers")
        blind = self.env["stock.picking"].create(
            {
                "picking_type_id": kind.id,
                "location_id": customers.id,
                "location_dest_id": self.stock.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.shirt.id,
                            "product_uom_qty": 1,
                            "location_id": customers.id,
                            "location_dest_id": self.stock.id,
                        }
                    )
                ],
            }
        )
        blind.action_confirm()
        self.deliver(blind)
        self.assertMoney(blind.move_ids.value, 20)

    def test_here_value_of_return_after_cost_change_is_what_it_left_with(self):
        for method in ("standard", "average", "fifo"):
            with self.subTest(method=method):
                self.perpetual(method)
                self.shirt.standard_price = 4
                order = self.sold((self.shirt, 1, 10), invoice=False)
                left_with = order.picking_ids.move_ids.value
                self.shirt.standard_price = 20
                record = self.received(order, 1)
                self.assertMoney(record.line_ids.arrived_move_id.value, left_with)
