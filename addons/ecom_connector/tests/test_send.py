from datetime import timedelta
from decimal import Decimal

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..channels import CHANNELS, register
from ..channels.contract import Channel
from ..channels.errors import Busy, Refused, Unanswered, Unreachable
from .shipping_case import ShippingCase


@tagged("post_install", "-at_install")
class TestSend(ShippingCase):
    def _try(self, message, fails=None, settle=True):
        """One try of the engine, as flow/work.py makes it; without settling: as if the power went off then. Returns
        the error that the call must raise where it `fails`."""
        message.attempts += 1
        send = self.env["ecom.flow.send"]
        call = send._prepare(self.channel, message)
        if fails:
            with self.assertRaises(fails) as caught:
                send._call(call)
            return caught.exception
        answer = send._call(call)
        return settle and send._settle(self.channel, message, answer)

    def _journal(self):
        return [(entry.key, entry.outcome) for entry in self.shop.journal("parcel")]

    def _record(self, parcel):
        return self.env["ecom.flow.send"]._prepare_shipment(self.channel, parcel)

    # --------------------------------------------------------------------- told
    def test_a_parcel_is_told_in_the_words_of_the_channel(self):
        order = self._order(2, 1)
        parcel = self._ship(order.picking_ids, number="AT1")
        message = self._messages(order)
        self._try(message)
        self.assertEqual(self._journal(), [(parcel.key, "applied")])
        (told,) = self.shop.papers("parcel")
        names = ("key", "order_id", "carrier", "carrier_name", "tracking_number", "tracking_url", "buyer_told")
        self.assertEqual(
            [told[name] for name in names],
            [parcel.key, order.ecom_external_id, "swift-at", "Swift Austria", "AT1", "https://swift.example/AT1", True],
        )
        self.assertEqual(
            [(line["line_id"], line["quantity"]) for line in told["lines"]],
            [(line.ecom_external_id, line.product_uom_qty) for line in order.order_line],
        )
        self.assertEqual(self._rows(parcel, "external_id", "told_state"), [(told["id"], "told")])
        self.assertTrue(parcel.told_at)
        self.assertEqual(self._rows(message, "state", "problem"), [("done", False)])
        self.assertEqual([paper["fulfilment"] for paper in self.shop.orders()], ["fulfilled"])

    def test_two_parcels_are_told_one_by_one_and_the_last_one_completes_the_order(self):
        order = self._order(2)
        self._pack(order.picking_ids, {0: 1}, {0: 1})
        parcels = self._ship(order.picking_ids, number="A,B")
        self.assertEqual([self._record(parcel).order_complete for parcel in parcels], [False, True])
        for message in self._messages(order):
            self._try(message)
        self.assertEqual(self._journal(), [(parcel.key, "applied") for parcel in parcels])
        self.assertEqual([paper["tracking_number"] for paper in self.shop.papers("parcel")], ["A", "B"])
        self.assertEqual([paper["fulfilment"] for paper in self.shop.orders()], ["fulfilled"])

    def test_a_back_order_leaves_the_order_open_until_its_parcel_is_told(self):
        order = self._order(3)
        self._ship(order.picking_ids, 1)
        self._try(self._messages(order))
        self.assertEqual([paper["fulfilment"] for paper in self.shop.orders()], ["partial"])
        self._ship(order.picking_ids.filtered(lambda picking: picking.state != "done"))
        self._try(self._messages(order)[1])
        self.assertEqual([paper["fulfilment"] for paper in self.shop.orders()], ["fulfilled"])
        self.assertEqual([paper["lines"][0]["quantity"] for paper in self.shop.papers("parcel")], [1, 2])

    def test_one_more_box_is_told_without_counting_anything_twice(self):
        order = self._order(2)
        order.picking_ids._set_parcels(["A", "B"])
        self._ship(order.picking_ids)
        for message in self._messages(order):
            self._try(message)
        self.assertEqual(
            [(paper["tracking_number"], len(paper["lines"])) for paper in self.shop.papers("parcel")],
            [("A", 1), ("B", 0)],
        )

    def test_the_location_is_the_channel_s_name_of_the_warehouse(self):
        parcel = self._ship(self._order(1).picking_ids)
        self.assertEqual(self._record(parcel).location_id, "")
        self.env["ecom.location.map"].create(
            {"channel_id": self.channel.id, "code": "main", "warehouse_id": self.warehouse.id}
        )
        self.assertEqual(self._record(parcel).location_id, "main")

    def test_a_carrier_without_a_name_on_the_channel_is_told_by_ours(self):
        order = self._order(1)
        order.picking_ids.carrier_id = self._carrier("Bicycle courier")
        record = self._record(self._ship(order.picking_ids, number="B1"))
        self.assertEqual((record.carrier, record.carrier_name, record.tracking_url), ("", "Bicycle courier", ""))

    def test_a_listing_of_six_is_told_when_its_sixth_piece_leaves(self):
        listing = self.env["ecom.listing"].search(
            [("channel_id", "=", self.channel.id), ("external_id", "=", self.items[0].id)]
        )
        listing.units = 6
        order = self._order(2)
        self.assertEqual(order.order_line.product_uom_qty, 12.0)
        told = []
        for pieces in (4, 4, 4):
            picking = order.picking_ids.filtered(lambda picking: picking.state != "done")
            record = self._record(self._ship(picking, pieces))
            told.append(([line.quantity for line in record.lines], record.order_complete))
        self.assertEqual(told, [([], False), ([Decimal(1)], False), ([Decimal(1)], True)])

    def test_more_than_was_sold_is_not_told(self):
        order = self._order(2)
        parcel = self._ship(order.picking_ids, 3)
        self.assertEqual(parcel.line_ids.quantity, 3.0)
        self.assertEqual([line.quantity for line in self._record(parcel).lines], [Decimal(2)])

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
            self._rows(exception, "category", "state", "severity", "name", "picking_id", "ecom_message_id", "can_retry"),
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
        cursors = self.channel.cursor_ids
        cursors.filtered(lambda cursor: cursor.topic in ("orders", "products")).next_try = False
        self.env["ecom.channel"].search([("id", "!=", self.channel.id)]).mode = "off"
        due = {}
        for mode in ("test", "live"):
            self.channel.mode = mode
            self.env.flush_all()
            self.env.cr.execute(self.env["ecom.flow.run"]._claim_query())
            due[mode] = [topic for _id, _channel, _company, topic, _failures in self.env.cr.fetchall()]
        self.assertEqual(due["test"], [])
        self.assertTrue(set(due["live"]) <= {"outbox", "stock"} and due["live"])
