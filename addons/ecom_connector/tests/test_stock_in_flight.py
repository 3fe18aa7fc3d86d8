"""A unit that was sold over there and is not imported yet is never offered again."""

import json
from datetime import timedelta

from odoo.tests import new_test_user, tagged

from .stock_case import ShopCase


@tagged("post_install", "-at_install")
class TestInFlight(ShopCase):
    """A unit that was sold over there and is not imported yet is never offered again."""

    def test_a_sale_that_is_not_imported_is_not_overwritten_by_a_decrease(self):
        self._show(10)
        self._sell(3)
        self._put(-2)
        self.assertEqual(self._publish(), 5)
        self.assertEqual(self._writes()[-2:], [(8, "stale"), (5, "applied")])

    def test_a_sale_that_is_not_imported_is_not_overwritten_by_an_increase(self):
        self._show(10)
        self._sell(3)
        self._put(4)
        self.assertEqual(self._publish(), 7, "it learnt of the sale; now the orders must be asked for after that")
        self.assertEqual((self.level.published, self.level.in_flight), (7, 3))
        self.assertEqual(self.level.held_back, "orders")

    def test_once_the_order_is_imported_the_figure_is_right(self):
        self._show(10)
        paper = self._sell(3)
        self._put(4)
        self._publish()
        self._import(paper)
        self._read_orders()
        self.assertEqual(self._publish(), 11)
        self.assertEqual((self.level.in_flight, self.level.published_sequence), (0, self.level.sequence))
        self.assertFalse(self._told())

    def test_once_the_order_is_imported_nothing_is_in_flight_though_nothing_has_to_be_sent(self):
        self._show(10)
        paper = self._sell(3)
        self._put(-2)
        self.assertEqual((self._publish(), self.level.in_flight), (5, 3))
        # A second before it was found missing: what is placed in that very second is asked for.
        self._import(paper).ecom_placed_at -= timedelta(seconds=1)
        calls = len(self._writes())
        self.assertEqual((self._publish(), self.level.in_flight), (5, 0))
        self.assertEqual(len(self._writes()), calls)

    def test_a_sale_that_is_imported_first_needs_no_call_to_its_own_channel(self):
        self._show(10)
        self._import(self._sell(3))
        calls = len(self._writes())
        self.assertEqual(self._publish(), 7)
        self.assertEqual(len(self._writes()), calls)
        self.assertEqual(self.level.published_sequence, self.level.sequence)

    def test_a_decrease_on_top_of_an_imported_sale_expects_what_the_shop_shows(self):
        self._show(10)
        self._import(self._sell(3))
        self._put(-1)
        self.assertEqual(self._publish(), 6)
        self.assertEqual(self._writes()[-1], (6, "applied"))
        self.assertFalse(self._writes("stale"))

    def test_units_that_no_order_explains_are_given_up_and_a_person_is_told(self):
        """Somebody wrote 4 into the shop by hand."""
        self._show(10)
        self.shop.set_stock([{"variant_id": self.item, "location_id": "", "quantity": 4, "expected": None, "key": ""}])
        self._put(1)
        self.assertEqual(self._publish(), 4)
        self._read_orders()
        self.assertEqual(self._publish(), 11)
        self.assertIn("6 fewer", self._told().name)
        self.assertEqual((self._told().category, self._told().listing_id), ("stock", self.listing))

    def test_a_figure_raised_by_hand_is_put_down_again(self):
        self._show(10)
        self.shop.set_stock([{"variant_id": self.item, "location_id": "", "quantity": 50, "expected": None, "key": ""}])
        self._put(-1)
        self.assertEqual(self._publish(), 9)

    def test_an_order_cancelled_and_restocked_there_goes_up_again_here(self):
        self._show(10)
        paper = self._sell(3)
        order = self._import(paper)
        self._publish()
        self.shop.cancel_order(paper["id"])
        order._action_cancel()
        self._read_orders()
        self.assertEqual(self._publish(), 10)
        self.assertFalse(self._told())

    def test_an_order_between_the_last_write_and_the_last_reading_is_not_missed_when_it_is_asked_again(self):
        self._show(10)
        self._import(self._sell(3))
        for _time in range(2):
            self._new_transaction()
            self.level._doubt()
            self.assertEqual(self._publish(), 7)
            self.assertEqual((self.level.published, self.level.in_flight, self.level.in_doubt), (7, 0, 0))
        self.assertEqual(self.level.published_sequence, self.level.sequence)

    def _told(self):
        return self.env["ecom.exception"].search([("channel_id", "=", self.channel.id)])

    def test_an_order_that_cannot_be_placed_keeps_its_units_and_holds_back_nobody_else(self):
        self._show(10)
        self._list(self.other, self.second_item)
        paper = self._sell(3)
        message = self._stuck_message(paper)
        self._put(5)
        self._put(500, self.other)
        self._publish()
        self._read_orders()
        self.assertEqual(self._publish(), 12, "15 are free and 3 of them are sold")
        self.assertEqual(self.shop.stock(self.second_item), 500)
        message.with_user(self._new_operator())._ignore("Not ours")
        self._put(1)
        self._publish()
        self._read_orders()
        self.assertEqual(self._publish(), 16)

    def _new_operator(self):
        return new_test_user(
            self.env,
            "operator",
            "ecom_connector.ecom_connector_group_operator",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )

    def _stuck_message(self, paper):
        item = {
            "event_key": f"orders:{paper['id']}",
            "external_id": paper["id"],
            "version": "1",
            "body": json.dumps(paper).encode(),
        }
        self.env["ecom.flow.receive"]._store(self.channel, [item])
        message = self.env["ecom.message"].search([("external_id", "=", paper["id"])])
        return message._fail("Its product is unknown.")

    def test_an_order_that_comes_in_late_is_taken_off_only_once(self):
        """Sold before our write and imported after it: the write knew of it."""
        self._show(10)
        paper = self._sell(3, ago=timedelta(minutes=5))
        self._put(-1)
        self.assertEqual(self._publish(), 6)
        self._import(paper)
        self.assertEqual(self._publish(), 6)
        self.assertEqual(self.level.decided, 6)
        self.assertEqual(self.level.published_sequence, self.level.sequence)

    def test_an_order_that_is_held_as_a_quotation_is_neither_missing_nor_sold_twice(self):
        self._show(10)
        self._import(self._sell(3), confirm=False)
        self._read_orders()
        self.assertEqual(self._publish(), 7)
        self.assertEqual((self.level.decided, self.level.in_flight), (7, 0))

    def test_the_same_figure_is_told_again_after_a_sale_there_and_a_receipt_here(self):
        """Both before anybody looked: 10 were decided and are decided again, and the shop shows 8."""
        self._show(10)
        self._import(self._sell(2))
        self._put(2)
        self._read_orders()
        self.assertEqual(self._publish(), 10)

    def test_an_increase_after_a_zero_waits_for_the_orders_that_were_placed_before_it(self):
        self._show(10)
        paper = self._sell(3)
        self._put(-10)
        self.assertEqual(self._publish(), 0, "a zero asks nobody")
        self._read_orders(seconds=10)
        self._put(5)
        self.assertEqual(self._publish(), 0, "what was sold before the zero was not asked for since")
        self.assertEqual(self.level.held_back, "in_flight")
        self._import(paper)
        self._read_orders()
        self.assertEqual(self._publish(), 2)
        self.assertFalse(self._told())

    def test_an_order_that_was_being_placed_while_its_units_were_missed_bothers_nobody(self):
        """Another worker's transaction began before we looked and is committed after it."""
        self._show(10)
        paper = self._sell(3)
        self._put(-1)
        self.assertEqual(self._publish(), 6)
        self.env.flush_all()
        order = self._import(paper)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order_line SET create_date = %s WHERE order_id = %s",
            [self.level.counted_from - timedelta(seconds=1), order.id],
        )
        order.order_line.invalidate_recordset()
        self._publish()
        self._read_orders()
        self.assertEqual(self._publish(), 6)
        self.assertEqual((self.level.in_flight, self.level.published_sequence), (0, self.level.sequence))
        self.assertFalse(self._told())
