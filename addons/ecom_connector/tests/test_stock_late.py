"""What comes late: a call that is carried out after its time-out, an answer after somebody else has asked, orders that
are too many to be counted."""

from unittest.mock import patch

from odoo.addons.ecom_connector.channels import CHANNELS, register
from odoo.addons.ecom_connector.channels.errors import Busy
from odoo.addons.ecom_connector.channels.records import StockResult
from odoo.addons.ecom_connector.flow import reckon
from odoo.addons.ecom_connector.flow.clock import now
from odoo.addons.ecom_connector.flow.publish import Answer
from odoo.tests import tagged

from .stock_case import PLAIN, ShopCase


@tagged("post_install", "-at_install")
class TestLate(ShopCase):
    """At a channel without compare-and-set, where a late write overwrites whatever is there."""

    platform = "plain"

    @classmethod
    def setUpClass(cls):
        register(PLAIN)
        cls.addClassCleanup(CHANNELS.pop, PLAIN.code)
        super().setUpClass()

    def setUp(self):
        super().setUp()
        self._show(10)

    def _intend(self):
        """The push that goes out next, after its reading; what became of it is not written down yet."""
        self._decide()
        for _turn in range(3):
            self._new_transaction()
            batch = self.env["ecom.flow.publish"]._intend(self.channel)
            if batch.kind == "push":
                return batch
            self._settle(batch, self._call(batch))
        self.fail("It only reads")

    def _call(self, batch):
        return self.env["ecom.flow.publish"]._call(batch)

    def _settle(self, batch, answer):
        self._new_transaction()
        self.env["ecom.flow.publish"]._settle(self.channel, batch, answer)
        self.env.flush_all()

    def _set_there(self, quantity):
        row = {"variant_id": self.item, "location_id": "", "quantity": quantity, "expected": None, "key": ""}
        self.shop.set_stock([row])

    # ----------------------------------------------------- carried out too late
    def test_a_call_that_is_carried_out_after_a_later_one_is_found_out(self):
        self.shop.misbehave("stock.write", "cut_before", times=1)
        self._put(-3)
        self._settle(batch := self._intend(), self._call(batch))
        self.assertGreater(self.level.look_again_at, now())
        self.level.next_try = False
        self._put(-5)
        self.assertEqual(self._publish(), 2)
        self._set_there(7)
        self._read_orders()
        self.assertEqual(self._publish(), 7, "nobody can know of it yet")
        self.level.look_again_at = now()
        self._read_orders()
        self.assertEqual(self._publish(), 2)
        self.assertFalse(self.level.look_again_at, "once")

    def test_a_call_that_was_answered_is_not_looked_at_again(self):
        self._put(-3)
        self.assertEqual(self._publish(), 7)
        self.assertFalse(self.level.look_again_at)

    # --------------------------------------------------------- answered too late
    def test_an_answer_after_somebody_else_has_asked_loses_no_unit_that_he_missed(self):
        """The write comes after a sale that the other one saw, and overwrites it."""
        self._put(-1)
        slow = self._intend()
        self._sell(2)
        self.assertEqual(self._step()[0].kind, "read")
        self.assertGreaterEqual(self.level.in_flight, 2)
        answer = self._call(slow)
        self.assertEqual(self.shop.stock(self.item), 9)
        self._settle(slow, answer)
        self.assertEqual(self._publish(), 7, "9 are free and 2 of them are sold")

    def test_an_answer_for_what_a_listing_stood_for_before_is_not_believed(self):
        self._put(-1)
        slow = self._intend()
        answer = self._call(slow)
        self._set_there(4)
        self.env["ecom.stock.level"]._forget_listings(self.listing)
        self._settle(slow, answer)
        self.assertFalse(self.level.known)
        self._read_orders()
        self.assertEqual(self._publish(), 9)
        self.assertEqual(self.shop.journal("stock")[-1].detail["quantity"], 9)

    def test_a_call_that_surely_did_nothing_says_nothing_of_a_later_one(self):
        self._put(-1)
        slow = self._intend()
        self._put(-1)
        self.shop.misbehave("stock.write", "cut_after", times=1)
        self._settle(later := self._intend(), self._call(later))
        self._settle(slow, Answer(error=Busy("Slow down.")))
        self.assertTrue(self.level.unsure, "the answer to the later one is still missing")

    # --------------------------------------------------------------- rejected
    def test_a_zero_that_is_rejected_leaves_an_older_doubt(self):
        self.shop.misbehave("stock.write", "cut_after", times=1)
        self._put(-3)
        self._settle(lost := self._intend(), self._call(lost))
        self._put(-7)
        zero = self._intend()
        self.assertEqual(zero.rows[0].level.quantity, 0)
        self._settle(zero, Answer(results={self.level.id: self._rejection(None)}))
        self.assertTrue(self.level.unsure)

    def test_what_a_rejecting_channel_says_it_shows_is_where_the_next_reading_starts_from(self):
        """It took something else than was asked for, and sold 2 of it: no increase may overwrite them."""
        self._put(20)
        self._read_orders()
        odd = self._intend()
        self._set_there(25)
        self._settle(odd, Answer(results={self.level.id: self._rejection(25)}))
        self.assertEqual(self.level.published, 25)
        self._sell(2)
        self.level.next_try = False
        self.assertEqual(self._publish(), 23, "more goes out when the orders have told what happened")

    def _rejection(self, held):
        return StockResult(variant_id=self.item, outcome="rejected", held=held, problem="No.")

    # ------------------------------------------------------- too many to count
    def test_no_increase_goes_out_while_more_orders_are_stuck_than_are_counted(self):
        self._put(5)
        self._read_orders()
        with patch.object(reckon, "MOST_STUCK", 1):
            item = {"event_key": "orders:9:1", "external_id": "9", "version": "1", "body": b"{}"}
            self.env["ecom.flow.receive"]._store(self.channel, [item])
            self.env["ecom.message"].search([("external_id", "=", "9")])._fail("Its tax is unknown.")
            self.assertEqual(self._publish(), 10)
            self.assertEqual(self.level.held_back, "inbox")
            self._put(-8)
            self.assertEqual(self._publish(), 7, "a decrease always goes out")
