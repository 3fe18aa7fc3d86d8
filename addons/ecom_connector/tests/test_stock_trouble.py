"""Calls that fail, get lost or come late: nobody else is stopped, nothing is believed that was not said."""

from dataclasses import replace

from odoo.addons.ecom_connector.channels.errors import Busy, Rejected, Unanswered, Unreachable
from odoo.addons.ecom_connector.channels.records import StockResult
from odoo.addons.ecom_connector.flow.clock import now
from odoo.addons.ecom_connector.flow.publish import Answer
from odoo.tests import tagged

from .stock_case import ShopCase


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
        self.assertEqual((self.level.unsure, self.level.in_doubt), (False, 3), "or 3 were sold: the orders will tell")
        self._put(2)
        self.assertEqual(self._publish(), 7)
        self._settle_doubt(9)

    def _settle_doubt(self, quantity):
        """The orders were asked for and none came: the doubt ends, and nobody is bothered with it."""
        self._read_orders()
        self.assertEqual(self._publish(), quantity)
        self.assertEqual((self.level.in_flight, self.level.in_doubt), (0, 0))
        self.assertEqual(self.level.published_sequence, self.level.sequence)
        self.assertFalse(self.env["ecom.exception"].search([("channel_id", "=", self.channel.id)]))

    def test_an_answer_that_never_came_before_the_write_was_applied(self):
        self._show(10)
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

    def test_a_zero_goes_out_without_asking_and_takes_effect_whatever_happened_since_the_first(self):
        """Its answer was lost, and somebody raised the figure there before it is sent again."""
        self._show(10)
        self._put(-10)
        self._decide()
        publish = self.env["ecom.flow.publish"]
        batch = publish._intend(self.channel)
        publish._call(batch)
        self.shop.set_stock([{"variant_id": self.item, "location_id": "", "quantity": 11, "expected": None, "key": ""}])
        again, _answer = self._step()
        self.assertNotEqual(batch.rows[0].level.key, again.rows[0].level.key)
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
        self.assertFalse(self.level.unsure)
        self._settle_doubt(5)

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
