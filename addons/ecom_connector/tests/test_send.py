from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..channels import CHANNELS, register
from ..channels.contract import Channel
from ..channels.errors import Busy, Refused, Unanswered, Unreachable
from .shipping_case import ShippingCase


@tagged("post_install", "-at_install")
class TestSend(ShippingCase):
    # --------------------------------------------------------------------- once
    def test_a_parcel_is_told_once_also_when_the_answer_never_came(self):
        order = self._order(2)
        parcel = self._ship(order.picking_ids, number="A")
        message = self._messages(order)
        self.shop.misbehave("parcels.write", "cut_after", times=1)
        self._try(message, fails=Unanswered)
        self.assertEqual(self._rows(message, "state", "attempts"), [("waiting", 1)])
        self.assertEqual(self._rows(parcel, "tried", "told_state"), [(1, "waiting")])
        self._try(message)
        self.assertEqual(self._journal(), [(parcel.key, "applied")], "the shop was asked, not told again")
        self.assertEqual(message.state, "done")
        self.assertEqual(parcel.external_id, self.shop.papers("parcel")[0]["id"])

    def test_a_parcel_is_told_again_when_it_did_not_arrive(self):
        order = self._order(2)
        parcel = self._ship(order.picking_ids)
        self.shop.misbehave("parcels.write", "cut_before", times=1)
        self._try(self._messages(order), fails=Unanswered)
        self._try(self._messages(order))
        self.assertEqual(self._journal(), [(parcel.key, "applied")])

    def test_a_parcel_is_told_once_when_the_power_goes_off_after_the_call(self):
        order = self._order(2)
        parcel = self._ship(order.picking_ids)
        self._try(self._messages(order), settle=False)
        self._try(self._messages(order))
        self.assertEqual(self._journal(), [(parcel.key, "applied")])
        self.assertEqual(parcel.told_state, "told")

    def test_it_is_asked_first_also_after_a_person_pressed_retry(self):
        order = self._order(2)
        parcel = self._ship(order.picking_ids)
        message = self._messages(order)
        self._try(message, settle=False)
        message._fail("Somebody stopped it")
        message.action_retry()
        message.attempts = 0
        self._try(message)
        self.assertEqual(self._journal(), [(parcel.key, "applied")])

    # ---------------------------------------------------------------- corrected
    def test_a_number_that_changes_is_corrected_on_the_same_parcel(self):
        order = self._order(2)
        parcel = self._ship(order.picking_ids, number="A")
        self._try(self._messages(order))
        external_id = parcel.external_id
        order.picking_ids.carrier_tracking_ref = "B"
        self._try(self._messages(order)[1])
        self.assertEqual(self._journal(), [(parcel.key, "applied"), (parcel.key, "corrected")])
        self.assertEqual([paper["tracking_number"] for paper in self.shop.papers("parcel")], ["B"])
        self.assertEqual(parcel.external_id, external_id)

    def test_a_number_that_changes_while_the_answer_is_missing_is_corrected_too(self):
        order = self._order(2)
        parcel = self._ship(order.picking_ids, number="A")
        self.shop.misbehave("parcels.write", "cut_after", times=1)
        self._try(self._messages(order), fails=Unanswered)
        order.picking_ids.carrier_tracking_ref = "B"
        first, second = self._messages(order)
        self.assertEqual(self._rows(first | second, "state", "version"), [("superseded", "1"), ("waiting", "2")])
        self._try(second)
        self.assertEqual(self._journal(), [(parcel.key, "applied"), (parcel.key, "corrected")])
        self.assertEqual([paper["tracking_number"] for paper in self.shop.papers("parcel")], ["B"])
        self.assertEqual((parcel.told_state, bool(parcel.external_id)), ("told", True))

    def test_a_number_that_changes_back_before_it_was_told_needs_no_call(self):
        order = self._order(2)
        parcel = self._ship(order.picking_ids, number="A")
        self._try(self._messages(order))
        order.picking_ids.carrier_tracking_ref = "B"
        order.picking_ids.carrier_tracking_ref = "A"
        self._try(self._messages(order)[1])
        self.assertEqual(self._journal(), [(parcel.key, "applied")])
        self.assertEqual(self._messages(order).mapped("state"), ["done", "done"])

    def test_an_overtaken_message_calls_nobody_and_stays_as_it_is(self):
        order = self._order(2)
        self._ship(order.picking_ids)
        message = self._messages(order)
        message._move("superseded")
        self._try(message)
        self.assertEqual((message.state, self._journal()), ("superseded", []))

    # ------------------------------------------------------------------ refused
    def test_what_the_channel_rejects_waits_for_a_person_and_retry_works(self):
        order = self._order(2)
        line_id = order.order_line.ecom_external_id
        order.order_line.ecom_external_id = "no-such-line"
        parcel = self._ship(order.picking_ids)
        message = self._messages(order)
        self._try(message)
        self.assertEqual((message.state, parcel.told_state), ("failed", "failed"))
        exception = self.env["ecom.exception"].search([("order_id", "=", order.id)])
        self.assertEqual(
            self._rows(
                exception, "category", "state", "severity", "name", "picking_id", "ecom_message_id", "can_retry"
            ),
            [
                (
                    "shipment",
                    "open",
                    "2",
                    f"Test Shop did not take parcel 1 of order {order.ecom_number}",
                    order.picking_ids,
                    message,
                    True,
                )
            ],
        )
        self.assertEqual(exception.detail, message.problem)
        self.assertIn("Reporting a parcel", message.problem)
        order.order_line.ecom_external_id = line_id
        exception.action_retry()
        self.assertEqual(message.state, "waiting")
        self._try(message)
        self.assertEqual((message.state, exception.state, parcel.told_state), ("done", "solved", "told"))

    def test_a_corrected_number_ends_the_trouble_of_the_first(self):
        order = self._order(2)
        self.shop.cancel_order(order.ecom_external_id)
        self._ship(order.picking_ids, number="A")
        self._try(self._messages(order))
        order.picking_ids.carrier_tracking_ref = "B"
        first, second = self._messages(order)
        self.assertEqual((first.state, second.state), ("superseded", "waiting"))
        self._try(second)
        exceptions = self.env["ecom.exception"].search([("order_id", "=", order.id)])
        self.assertEqual(self._rows(exceptions, "state", "ecom_message_id"), [("open", second)])

    def test_ignoring_the_trouble_gives_the_message_up(self):
        order = self._order(2)
        self.shop.cancel_order(order.ecom_external_id)
        parcel = self._ship(order.picking_ids)
        self._try(self._messages(order))
        exception = self.env["ecom.exception"].search([("order_id", "=", order.id)])
        exception.action_ignore("The buyer knows")
        message = self._messages(order)
        self.assertEqual(self._rows(message, "state", "ignore_reason"), [("ignored", "The buyer knows")])
        self.assertEqual((exception.state, parcel.told_state), ("ignored", "quiet"))

    @mute_logger("odoo.addons.ecom_connector.flow.send")
    def test_an_error_of_our_own_stops_one_message_and_no_other(self):
        order = self._order(2)
        parcel = self._ship(order.picking_ids)
        parcel.shipped_at = False
        message = self._messages(order)
        self._try(message)
        self.assertEqual(self._rows(message, "state", "problem"), [("failed", "Something went wrong in Odoo itself.")])

    # -------------------------------------------------------------- unreachable
    def test_a_channel_that_is_down_makes_the_message_wait_and_then_tells_a_person(self):
        order = self._order(2)
        self._ship(order.picking_ids)
        message = self._messages(order)
        self.shop.misbehave("parcels.write", "down")
        self.shop.misbehave("parcels.read", "down")
        for _attempt in range(2):
            self._try(message, fails=Unreachable)
        exceptions = self.env["ecom.exception"].search([("order_id", "=", order.id)])
        now = fields.Datetime.now()
        self._try(message)
        self.assertEqual((message.state, message.attempts), ("waiting", 3))
        self.assertTrue(timedelta(seconds=59) < message.next_try - now < timedelta(seconds=80), message.next_try)
        self.assertFalse(exceptions)
        for _attempt in range(5):
            self._try(message)
        exceptions = self.env["ecom.exception"].search([("order_id", "=", order.id)])
        self.assertEqual((len(exceptions), exceptions.state, message.state), (1, "open", "waiting"))
        self.shop.behave()
        self._try(message)
        self.assertEqual((message.state, exceptions.state), ("done", "solved"))

    def test_trouble_of_the_whole_channel_is_raised_and_the_message_waits(self):
        order = self._order(2)
        self._ship(order.picking_ids)
        message = self._messages(order)
        self.shop.misbehave("parcels.write", "throttled", seconds=7, times=1)
        busy = self._try(message, fails=Busy)
        self.assertEqual(busy.retry_after, 7.0)
        self.channel._set_credentials({"api_key": "wrong"})
        self._try(message, fails=Refused)
        self.assertEqual((message.state, self._journal()), ("waiting", []))

    # -------------------------------------------------------------- not for all
    def test_a_platform_that_takes_no_word_of_shipments_is_left_alone(self):
        register(Channel(code="mute", name="Mute", package="odoo.addons.ecom_connector.tests.mute"))
        self.addCleanup(CHANNELS.pop, "mute")
        order = self._order(1)
        parcel = self._ship(order.picking_ids)
        self.channel.code = "mute"
        message = self._messages(order)
        self._try(message)
        self.assertEqual(
            self._rows(message, "state", "ignore_reason"), [("ignored", "This platform takes no word of shipments.")]
        )
        self.assertEqual(parcel.told_state, "quiet")

    def test_nothing_leaves_a_channel_in_test_mode(self):
        order = self._order(1)
        self._ship(order.picking_ids)
        self.channel.cursor_ids.next_try = False
        self.env["ecom.channel"].search([("id", "!=", self.channel.id)]).mode = "off"
        due = {}
        for mode in ("test", "live"):
            self.channel.mode = mode
            self.env.flush_all()
            self.env.cr.execute(self.env["ecom.flow.run"]._claim_query())
            due[mode] = [topic for _id, _channel, _company, topic, _failures in self.env.cr.fetchall()]
        self.assertEqual(due["test"], [])
        self.assertTrue(set(due["live"]) <= {"outbox", "stock"} and due["live"])
