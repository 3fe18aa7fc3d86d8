from dataclasses import replace
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..channels.records import Buyer, Risk
from .check_case import CheckCase
from .common import GRAZ, later, tax

HIGH = Risk(level="high")


@tagged("post_install", "-at_install")
class TestCheckHolds(CheckCase):
    # -------------------------------------------------------------------- held
    def test_a_held_order_waits_with_owner_and_deadline_of_its_check(self):
        self.policy("channel_risk", hours=3, user_id=self.colleague.id)
        before = fields.Datetime.now()
        order, hold = self.held(risk=HIGH)
        self.assertEqual((hold.user_id, hold.is_hold, hold.order_id), (self.colleague, True, order))
        self.assertTrue(timedelta(hours=3) <= hold.deadline - before < timedelta(hours=3, minutes=1))
        self.assertIn(order, self.env["sale.order"].search([("ecom_held", "=", True)]))
        self.assertFalse(order.picking_ids)

    def test_each_check_that_holds_is_a_decision_of_its_own(self):
        self.policy("channel_risk")
        self.policy("payment", payment_wanted="paid")
        order, holds = self.held(risk=HIGH, payment="authorized")
        self.assertEqual(sorted(holds.mapped("check_rule")), ["channel_risk", "payment"])
        self.release(holds[0], self.operator)
        self.assertEqual((order.state, order.ecom_held), ("draft", True), "the other one still holds it")
        self.release(holds[1], self.operator)
        self.assertEqual((order.state, order.ecom_held), ("sale", False))

    def test_nobody_confirms_a_held_order_behind_its_back(self):
        self.policy("channel_risk")
        order, _hold = self.held(risk=HIGH)
        with self.assertRaisesRegex(UserError, "On hold, release it first"):
            order.with_user(self.manager).action_confirm()

    def test_a_hold_cannot_be_solved_ignored_or_written_away(self):
        self.policy("channel_risk")
        order, hold = self.held(risk=HIGH)
        hold = hold.with_user(self.operator)
        other = self.place()
        for attempt in (
            lambda: hold.action_solve("Fine"),
            lambda: hold.action_ignore("Fine"),
            lambda: hold.write({"is_hold": False}),
            lambda: hold.write({"check_marks": ""}),
            lambda: hold.write({"order_id": other.id}),
            lambda: hold.write({"state": "solved"}),
        ):
            with self.assertRaises(UserError):
                attempt()
        self.assertTrue(order.ecom_held)

    def test_what_is_only_told_is_solved_like_any_other_exception(self):
        self.policy("channel_risk", "warn")
        order = self.place(risk=HIGH)
        told = self.holds(order)
        self.assertEqual((order.state, told.is_hold), ("sale", False))
        told.with_user(self.operator).action_solve("Looked at it")
        self.assertEqual(told.state, "solved")

    # ----------------------------------------------------------------- release
    def test_a_release_confirms_the_order_and_says_who_when_and_why(self):
        self.policy("channel_risk")
        self.channel.invoice_policy = "order"
        order, hold = self.held(risk=HIGH)
        self.release(hold, self.operator, "Called the buyer, it is his card")
        self.assertEqual((order.state, order.picking_ids.state, order.ecom_invoice_due), ("sale", "assigned", True))
        self.assertEqual(
            (hold.state, hold.decision, hold.decided_by),
            ("solved", "Called the buyer, it is his card", self.operator),
        )
        self.assertTrue(hold.decided_at)
        for record in (order, hold):
            note = record.message_ids.filtered(lambda message: "Released" in message.body)
            self.assertIn("Called the buyer, it is his card", note.body)
            self.assertEqual(note.author_id, self.operator.partner_id)

    def test_a_release_needs_a_reason(self):
        self.policy("channel_risk")
        order, hold = self.held(risk=HIGH)
        for reason in (False, "  "):
            with self.assertRaisesRegex(UserError, "Say why"):
                self.release(hold, self.operator, reason)
        self.assertTrue(order.ecom_held)

    def test_only_whom_the_policy_names_may_release(self):
        self.policy("channel_risk", release_by="channel_manager")
        order, hold = self.held(risk=HIGH)
        self.assertEqual(
            (hold.with_user(self.operator).may_release, hold.with_user(self.operator).release_hint),
            (False, "Only Channel Managers may release this."),
        )
        with self.assertRaisesRegex(AccessError, "Only Channel Managers"):
            self.release(hold, self.operator)
        self.assertTrue(order.ecom_held)
        self.assertTrue(order.with_user(self.manager).ecom_may_release)
        self.release(hold, self.manager)
        self.assertEqual(order.state, "sale")

    def test_a_release_by_two_people_needs_two_people(self):
        self.policy("channel_risk", second_person=True)
        order, hold = self.held(risk=HIGH)
        self.release(hold, self.operator, "Looks fine")
        self.assertEqual((order.state, hold.state, hold.approved_by), ("draft", "open", self.operator))
        with self.assertRaisesRegex(AccessError, "A second person must do so too"):
            self.release(hold, self.operator, "Really")
        self.release(hold, self.colleague, "I think so too")
        self.assertEqual((order.state, hold.decided_by, hold.approved_by), ("sale", self.colleague, self.operator))
        notes = " ".join(order.message_ids.mapped("body"))
        self.assertIn("Approved, and waits for a second person", notes)
        self.assertIn("I think so too", notes)

    def test_of_several_holds_everyone_releases_what_he_may(self):
        self.policy("channel_risk", release_by="channel_manager")
        self.policy("payment", payment_wanted="paid")
        order, holds = self.held(risk=HIGH, payment="authorized")
        self.release(holds, self.operator)
        self.assertEqual(self.holds(order).filtered(lambda hold: hold.state == "open").check_rule, "channel_risk")
        self.release(holds, self.manager)
        self.assertEqual(order.state, "sale")

    def test_a_released_order_stays_a_quotation_where_the_merchant_confirms_himself(self):
        self.policy("channel_risk")
        self.channel.confirm_orders = False
        order, hold = self.held(risk=HIGH)
        self.release(hold, self.operator)
        self.assertEqual((order.state, order.ecom_held), ("draft", False))

    def test_who_cancels_a_held_order_has_decided(self):
        self.policy("channel_risk")
        order, hold = self.held(risk=HIGH)
        order._action_cancel()
        self.assertEqual((hold.state, hold.decision, order.ecom_held), ("solved", "The order was cancelled.", False))

    # ------------------------------------------------------------------- again
    def test_what_is_not_so_any_more_holds_no_longer(self):
        self.policy("payment", payment_wanted="paid")
        order = self.order(payment="authorized")
        placed = self.feed(order).order_id
        self.assertTrue(placed.ecom_held)
        self.feed(later(order, payment="paid"))
        hold = self.holds(placed)
        self.assertEqual((placed.state, hold.state, hold.decision), ("sale", "solved", "It is not so any more."))
        self.assertFalse(hold.released_marks, "nobody released it")

    def test_a_release_stands_unless_what_was_released_has_changed(self):
        self.policy("address")
        self.channel.confirm_orders = False
        order = self.order(ship_to=replace(GRAZ, street=""))
        placed = self.feed(order).order_id
        self.release(self.holds(placed), self.operator)
        self.feed(later(order, "2", note="Ring twice"))
        self.assertFalse(placed.ecom_held, "the address is the one that was released")
        self.feed(later(order, "3", ship_to=replace(GRAZ, street="", city="")))
        self.assertTrue(placed.ecom_held, "it is another one now")
        self.assertEqual(self.holds(placed).detail, "The street is missing.\nThe town is missing.")

    def test_a_first_persons_word_is_about_what_he_saw(self):
        self.policy("address", second_person=True)
        order = self.order(ship_to=replace(GRAZ, street=""))
        placed = self.feed(order).order_id
        hold = self.holds(placed)
        self.release(hold, self.operator)
        self.feed(later(order, "2", note="Ring twice"))
        self.assertEqual(hold.approved_by, self.operator)
        self.feed(later(order, "3", ship_to=replace(GRAZ, street="", city="")))
        self.assertFalse(hold.approved_by)

    def test_a_risk_that_is_seen_later_keeps_the_goods_of_a_confirmed_order_here(self):
        self.policy("channel_risk")
        order = self.order()
        placed = self.feed(order).order_id
        self.feed(later(order, risk=HIGH))
        self.assertEqual((placed.state, placed.ecom_held, placed.ecom_risk), ("sale", True, "high"))
        picking = placed.picking_ids
        picking.move_ids.picked = True
        with self.assertRaisesRegex(UserError, "On hold"):
            picking.button_validate()
        self.release(self.holds(placed), self.operator)
        picking.button_validate()
        self.assertEqual(picking.state, "done")

    def test_what_was_ignored_by_a_person_is_not_told_again(self):
        self.policy("address", "warn")
        self.channel.confirm_orders = False
        order = self.order(ship_to=replace(GRAZ, street=""))
        placed = self.feed(order).order_id
        told = self.holds(placed)
        told.with_user(self.operator).action_ignore("The postman knows him")
        self.feed(later(order, "2", note="Ring twice"))
        self.assertEqual(told.state, "ignored")

    def test_an_order_that_has_left_is_not_judged_again(self):
        self.policy("channel_risk")
        order = self.order()
        placed = self.feed(order).order_id
        placed.picking_ids.move_ids.picked = True
        placed.picking_ids.button_validate()
        self.feed(later(order, risk=HIGH))
        self.assertFalse(self.holds(placed))

    # ------------------------------------------------------------------- stock
    def test_the_units_of_a_held_order_are_not_offered_again_and_come_back_when_it_is_cancelled(self):
        self.policy("channel_risk")
        warehouse = self.channel.warehouse_id
        lamp = self.make_product("LAMP", 5)
        free = self.env["ecom.flow.measure"]

        def left():
            return free._free({lamp.id}, {warehouse.id})[lamp.id, warehouse.id]

        order, hold = self.held(self.goods(lamp, 20, tax(4), quantity=2), risk=HIGH)
        self.assertEqual(left(), 3)
        self.release(hold, self.operator)
        self.assertEqual((order.state, left()), ("sale", 3), "now they are reserved")
        other, _hold = self.held(self.goods(lamp, 10, tax(2)), risk=HIGH, buyer=Buyer(email="b@example.com"))
        self.assertEqual(left(), 2)
        other._action_cancel()
        self.assertEqual(left(), 3)

    def test_a_hold_and_a_cancellation_tell_that_stock_changed(self):
        self.policy("channel_risk")
        lamp = self.make_product("LAMP", 5)
        self.make_listing(lamp)
        self.env.cr.precommit.run()
        self.env.cr.execute("DELETE FROM ecom_stock_change")
        order, _hold = self.held(self.goods(lamp, 20, tax(4)), risk=HIGH)
        self.env.cr.precommit.run()
        changes = self.env["ecom.stock.change"].search([("product_id", "=", lamp.id)])
        self.assertEqual(len(changes), 1)
        order._action_cancel()
        self.env.cr.precommit.run()
        self.assertEqual(len(self.env["ecom.stock.change"].search([("product_id", "=", lamp.id)])), 2)
