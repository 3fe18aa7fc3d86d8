"""Decided stock reaches the shop: decreases always, increases behind the orders, nothing that was sold twice."""

import json
from dataclasses import replace
from datetime import timedelta

from odoo.addons.ecom_connector.channels.errors import Busy, Rejected, Unanswered, Unreachable
from odoo.addons.ecom_connector.channels.records import StockResult
from odoo.addons.ecom_connector.flow.clock import now
from odoo.addons.ecom_connector.flow.publish import Answer
from odoo.tests import new_test_user, tagged

from .stock_case import ShopCase


@tagged("post_install", "-at_install")
class TestStockPublish(ShopCase):
    def test_what_is_free_is_what_the_shop_shows(self):
        self._show(12)
        self.assertEqual(self.level.published, 12)
        self.assertIn("12 ÷ 1 = 12 to show; acknowledged", self.level.explanation)

    def test_the_first_time_the_channel_is_asked_what_it_shows(self):
        """It shows 100: our 12 are a decrease, which need not wait for any order."""
        self._put(12)
        self._decide()
        batch, _answer = self._step()
        self.assertEqual(batch.kind, "read")
        self.assertEqual((self.level.known, self.level.published), (True, 100))
        self.assertEqual(self._publish(), 12)

    def test_the_first_increase_waits_for_the_orders(self):
        self._put(120)
        self.assertEqual(self._publish(), 100)
        self.assertEqual(self.level.held_back, "orders")
        self._read_orders()
        self.assertEqual(self._publish(), 120)

    def test_a_decrease_goes_out_whatever_the_orders(self):
        self._show(12)
        self.orders_cursor.fresh_at = False
        self._put(-5)
        self.assertEqual(self._publish(), 7)

    def test_an_increase_waits_until_the_orders_were_asked_for(self):
        self._show(12)
        self._read_orders(minutes=10)
        self._put(5)
        self.assertEqual(self._publish(), 12)
        self.assertEqual(self.level.held_back, "orders")
        self.assertIn("12 shown there, the rest waits", self.level.explanation)
        self.assertLessEqual(self.orders_cursor.next_try, now(), "it calls for the orders itself")
        self._read_orders()
        self.assertEqual(self._publish(), 17)
        self.assertFalse(self.level.held_back)

    def test_a_failing_order_topic_is_not_called(self):
        self._show(12)
        self._read_orders(minutes=10)
        self.orders_cursor.failures = 3
        later = self.orders_cursor.next_try
        self._put(5)
        self._publish()
        self.assertEqual(self.orders_cursor.next_try, later, "a channel that slowed us down is left alone")

    def test_an_increase_waits_while_an_order_that_came_in_is_not_worked_through(self):
        self._show(12)
        message = self.env["ecom.message"].create(
            {"channel_id": self.channel.id, "direction": "in", "topic": "orders", "event_key": "k", "external_id": "1"}
        )
        self._put(5)
        self.assertEqual(self._publish(), 12)
        self.assertEqual(self.level.held_back, "inbox")
        self._put(-8)
        self.assertEqual(self._publish(), 9, "a decrease does not wait")
        self._put(8)
        self._publish()
        message._done()
        self._read_orders()
        self.assertEqual(self._publish(), 17)

    def test_many_increases_are_held_with_one_statement_and_go_out_in_order(self):
        self._show(12)
        self._read_orders(minutes=10)
        products = self.env["product.product"].create([{"name": f"P{n}", "is_storable": True} for n in range(3)])
        items = [item.id for item in self.shop.items()[1:4]]
        listings = [self._list(product, item) for product, item in zip(products, items, strict=True)]
        for product in products:
            self._put(200, product)
        self._put(5)
        self._publish()
        levels = self.level.union(*(listing.level_ids for listing in listings))
        self.assertEqual(levels.mapped("held_back"), ["orders"] * 4)
        self._read_orders()
        self._publish()
        self.assertEqual([self.shop.stock(item) for item in [self.item, *items]], [17, 200, 200, 200])

    def test_zeros_go_first_then_decreases_then_increases(self):
        products = self.env["product.product"].create([{"name": f"P{n}", "is_storable": True} for n in range(3)])
        items = [item.id for item in self.shop.items()[1:4]]
        for product, item in zip(products, items, strict=True):
            self._list(product, item)
            self._put(10, product)
        self._show(10)
        up, down, zero = products
        self._put(1, up)
        self._put(-1, down)
        self._put(-10, zero)
        self._decide()
        batch, _answer = self._step()
        self.assertEqual([row.level.variant_id for row in batch.rows], [items[2], items[1], items[0]])

    def test_a_batch_is_as_large_as_the_channel_allows(self):
        products = self.env["product.product"].create([{"name": f"P{n}", "is_storable": True} for n in range(59)])
        for product, item in zip(products, self.shop.items()[1:], strict=False):
            self._list(product, item.id)
        self._decide()
        batch, _answer = self._step()
        self.assertEqual((batch.kind, len(batch.rows)), ("push", 50))
        self._publish()
        self.assertEqual({self.shop.stock(item.id) for item in self.shop.items()[1:60]}, {0})

    def test_each_location_is_told_its_own_stock(self):
        second = self.env["stock.warehouse"].create({"name": "Second", "code": "W2", "company_id": self.company.id})
        self.env["ecom.location.map"].create(
            [
                {"channel_id": self.channel.id, "code": "main", "warehouse_id": self.warehouse.id},
                {"channel_id": self.channel.id, "code": "store", "warehouse_id": second.id},
            ]
        )
        self.level = self.listing.level_ids
        self._put(5)
        self._put(3, location=second.lot_stock_id)
        self._read_orders()
        self.env.cr.flush()
        self.env["ecom.flow.decide"]._decide_changes(100)
        while self._step():
            pass
        self.assertEqual((self.shop.stock(self.item, "main"), self.shop.stock(self.item, "store")), (5, 3))

    def test_nothing_is_published_in_test_mode_but_it_is_decided(self):
        self.env["ecom.channel"].search([]).mode = "test"
        self._put(5)
        self.assertEqual(self._decide(), 5)
        self.env.flush_all()
        self.env.cr.execute(self.env["ecom.flow.run"]._claim_query())
        self.assertNotIn("stock", [row[3] for row in self.env.cr.fetchall()])

    def test_a_call_leaves_one_message_with_what_was_asked_and_said(self):
        self._show(12)
        message = self.env["ecom.message"].search([("channel_id", "=", self.channel.id), ("topic", "=", "stock")])
        self.assertEqual((len(message), message.direction, message.state), (1, "out", "done"))
        self.assertEqual(
            bytes(message.sudo().payload_ids.body).decode(),
            f'[{{"item":"{self.item}","quantity":12,"expected":100,"key":"{self.level.id}:1","outcome":"applied",'
            f'"held":12}}]',
        )


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


@tagged("post_install", "-at_install")
class TestTrouble(ShopCase):
    def test_an_answer_that_never_came_after_the_write_was_applied(self):
        self._show(10)
        self.shop.misbehave("stock.write", "cut_after", times=1)
        self._put(-3)
        self._decide()
        _batch, answer = self._step()
        self.assertIsInstance(answer.error, Unanswered)
        self.assertTrue(self.level.unsure)
        self.assertIn("asked what it shows", self.level.explanation)
        self.level.next_try = False
        batch, _answer = self._step()
        self.assertEqual(batch.kind, "read")
        self.assertEqual(self._publish(), 7)
        self.assertEqual(self._writes()[-1:], [(7, "applied")], "it was there already: not written again")
        self.assertEqual((self.level.in_flight, self.level.unsure), (0, False))

    def test_an_answer_that_never_came_before_the_write_was_applied(self):
        self._show(10)
        self.shop.misbehave("stock.write", "broken_after", times=1)
        self.shop.behave()
        self.shop.misbehave("stock.write", "cut_before", times=1)
        self._put(-3)
        self._decide()
        self._step()
        self.assertTrue(self.level.unsure)
        self.level.next_try = False
        self.assertEqual(self._publish(), 7)
        self.assertEqual(self.level.in_flight, 0)

    def test_a_process_that_dies_after_its_intent_asks_first(self):
        self._show(10)
        self._put(-3)
        self._decide()
        self.env["ecom.flow.publish"]._intend(self.channel)
        self.assertTrue(self.level.unsure)
        batch, _answer = self._step()
        self.assertEqual(batch.kind, "read")
        self.assertEqual(self._publish(), 7)

    def test_a_zero_goes_out_without_asking_and_with_the_same_key(self):
        self._show(10)
        self._put(-10)
        self._decide()
        batch = self.env["ecom.flow.publish"]._intend(self.channel)
        again, _answer = self._step()
        self.assertEqual(batch.rows[0].level.key, again.rows[0].level.key)
        self.assertEqual((again.kind, again.rows[0].level.expected), ("push", None))
        self.assertEqual(self.shop.stock(self.item), 0)

    def test_a_channel_that_is_down_or_busy_changed_nothing(self):
        self._show(10)
        for fault, error in (("down", Unreachable), ("throttled", Busy)):
            with self.subTest(fault):
                self.shop.misbehave("stock.write", fault, times=1, seconds=7)
                self._put(-1)
                self._decide()
                _batch, answer = self._step()
                self.assertFalse(self.level.unsure)
                with self.assertRaises(error):
                    answer.raise_error()
                self.assertEqual(self._publish(), self.level.decided)

    def test_a_write_that_fails_again_and_again_is_not_tried_without_pause(self):
        self._show(10)
        self.shop.misbehave("stock.write", "stale")
        self._put(-3)
        self._publish()
        self.assertGreater(self.level.next_try, now())
        self.assertLess(len(self._writes("stale")), 5)
        self.shop.behave()
        self.level.next_try = False
        self.assertEqual(self._publish(), 7)
        self.assertEqual(self.level.attempts, 0)

    def test_one_rejected_row_stops_nobody_and_waits_for_a_person(self):
        listing = self._list(self.other, "unknown-there")
        self._show(10)
        level = listing.level_ids
        self.assertEqual(self.shop.stock(self.item), 10)
        self.assertIn("not in this shop", level.problem)
        self.assertIn("not in this shop", level.explanation)
        exception = self.env["ecom.exception"].search([("listing_id", "=", listing.id)])
        self.assertEqual((exception.state, exception.category, len(exception)), ("open", "stock", 1))
        self.assertGreater(level.next_try, now())
        level.next_try = False
        self._publish()
        self.assertEqual(self.env["ecom.exception"].search_count([("listing_id", "=", listing.id)]), 1)

        listing.external_id = self.second_item
        level.next_try = False
        self._publish()
        self.assertEqual((level.problem, exception.state), (False, "solved"))

    def test_a_batch_refused_as_a_whole_is_halved_down_to_the_guilty_one(self):
        listings = [self._list(self.other, item.id) for item in self.shop.items()[1:8]]
        self._decide()
        batch = self.env["ecom.flow.publish"]._intend(self.channel)
        guilty = listings[3].external_id
        calls = []

        class Stock:
            @staticmethod
            def push_stock(_client, levels):
                calls.append(len(levels))
                if any(level.variant_id == guilty for level in levels):
                    raise Rejected("There is something wrong with it.")
                return [StockResult(variant_id=level.variant_id) for level in levels]

        answer = self.env["ecom.flow.publish"]._call(replace(batch, stock=Stock))
        self.assertIsNone(answer.error)
        outcomes = {answer.results[row.level_id].outcome for row in batch.rows if row.level.variant_id != guilty}
        self.assertEqual(outcomes, {"applied"})
        self.assertEqual(answer.results[listings[3].level_ids.id].problem, "There is something wrong with it.")
        self.assertLessEqual(len(calls), 7)

    def test_a_level_the_answer_leaves_out_is_asked_for(self):
        self._show(10)
        self._put(-3)
        self._decide()
        publish = self.env["ecom.flow.publish"]
        batch = publish._intend(self.channel)
        publish._settle(self.channel, batch, Answer())
        self.assertTrue(self.level.unsure)
        self.assertGreater(self.level.next_try, now())

    def test_a_late_answer_to_an_older_write_is_not_believed(self):
        """Two workers: the first one hung until its lease was over, the second one wrote a newer figure."""
        self._show(10)
        publish = self.env["ecom.flow.publish"]
        self._put(-3)
        self._decide()
        first = publish._intend(self.channel)
        late = publish._call(first)
        self._put(-2)
        self.assertEqual(self._publish(), 5)
        self.assertEqual(self.level.published, 5)
        publish._settle(self.channel, first, late)
        self.assertEqual(self.level.published, 5)
        self.assertTrue(self.level.unsure, "nobody knows which of the two came last over there")
        self.assertEqual(self._publish(), 5)
        self.assertEqual((self.level.unsure, self.level.in_flight), (False, 0))

    def test_a_decision_made_during_the_call_goes_out_after_it(self):
        self._show(10)
        publish = self.env["ecom.flow.publish"]
        self._put(-3)
        self._decide()
        batch = publish._intend(self.channel)
        answer = publish._call(batch)
        self._put(-2)
        self._decide()
        publish._settle(self.channel, batch, answer)
        self.assertGreater(self.level.sequence, self.level.published_sequence)
        self.assertEqual(self._publish(), 5)


@tagged("post_install", "-at_install")
class TestEcho(ShopCase):
    """The shop tells by webhook that the stock of an item changed."""

    def _hear(self, topic="stock", item=None, seconds_later=0):
        """A notice comes so long after our last write. Returns its message."""
        self._new_transaction()
        self.env.cr._now = self.level.sent_at + timedelta(seconds=seconds_later)
        item = item or self.item
        message = self.env["ecom.message"].create(
            {
                "channel_id": self.channel.id,
                "direction": "in",
                "topic": topic,
                "external_id": item,
                "event_key": f"{topic}:{item}:{seconds_later}",
                "hint": True,
            }
        )
        self.assertEqual(self.env["ecom.flow.normalise"]._read(self.channel, message), [])
        self.assertEqual(message.state, "done")
        return message

    def test_the_echo_of_our_own_write_starts_nothing(self):
        self._show(10)
        for topic in ("stock", "products"):
            self._hear(topic, seconds_later=2)
            self.assertIsNone(self._step())

    def test_a_late_echo_is_asked_for_and_writes_nothing(self):
        self._show(10)
        writes = len(self._writes())
        self._hear(seconds_later=300)
        batch, _answer = self._step()
        self.assertEqual(batch.kind, "read")
        self.assertIsNone(self._step())
        self.assertEqual(len(self._writes()), writes)
        self.assertEqual(self.level.published_sequence, self.level.sequence)

    def test_a_sale_is_known_before_its_order_is_imported(self):
        self._show(10)
        paper = self._sell(3)
        self._hear(seconds_later=300)
        self._publish()
        self.assertEqual((self.level.published, self.level.in_flight, self.level.held_back), (7, 3, "in_flight"))
        self._import(paper)
        self.assertEqual(self._publish(), 7)
        self.assertEqual((self.level.decided, self.level.published_sequence), (7, self.level.sequence))

    def test_a_figure_changed_by_hand_is_put_right_once(self):
        self._show(10)
        self.shop.set_stock([{"variant_id": self.item, "location_id": "", "quantity": 50, "expected": None, "key": ""}])
        self._hear(seconds_later=300)
        self.assertEqual(self._publish(), 10)
        self._hear(seconds_later=1)
        self.assertIsNone(self._step())

    def test_a_product_that_nobody_knows_has_the_catalogue_read(self):
        self._show(10)
        cursor = self.channel.cursor_ids.filtered(lambda cursor: cursor.topic == "products")
        cursor.next_try = later = now() + timedelta(hours=5)
        self._hear("products", seconds_later=2)
        self.assertEqual(cursor.next_try, later)
        self._hear("products", item="a new one")
        self.assertLess(cursor.next_try, later)
