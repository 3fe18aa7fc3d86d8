import json
from datetime import timedelta

from odoo import fields
from odoo.tests import TransactionCase, tagged

from ..channels.errors import Gone, Refused, Unreadable
from .inbound_case import InboundCase


@tagged("post_install", "-at_install")
class TestNormalise(InboundCase, TransactionCase):
    def setUp(self):
        super().setUp()
        self.channel = self.make_channel()
        self.shop = self.make_shop(self.channel)
        # A fault that never bites, and counts how often it might have.
        self.shop.misbehave("orders.read", "slow", chance=0.0, seed="count")

    def hint(self, external_id, version="", delivery=None, body=None, **values):
        key = f"delivery:{delivery or len(self.messages()) + 1}"
        return self.store(event_key=key, external_id=external_id, version=version, body=body, hint=True, **values)

    def content(self, order, **values):
        body = json.dumps({**order, **values}).encode()
        return self.store(external_id=order["id"], version=self.version(order), body=body)

    @staticmethod
    def version(order):
        return f"{order['revision']:012d}"

    def asked(self):
        """How often the shop was asked for one order."""
        with self.shop.store.reading() as connection:
            return connection.execute("SELECT draws FROM fault WHERE seed = 'count'").fetchone()[0]

    def applied(self, order, version):
        """The order as it is here once it was placed."""
        return self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Buyer"}).id,
                "ecom_channel_id": self.channel.id,
                "ecom_external_id": order["id"],
                "ecom_version": version,
            }
        )

    # ---------------------------------------------------------------- in full
    def test_what_is_here_in_full_is_read_without_asking(self):
        order = self.place_order()
        message = self.content(order)
        reading = self.reading()[message]
        self.assertEqual(
            (reading.external_id, reading.version, reading.order.number, reading.error),
            (order["id"], self.version(order), order["number"], None),
        )
        self.assertEqual(self.asked(), 0)

    def test_one_odd_order_does_not_stop_the_others(self):
        good, odd = self.content(self.place_order()), self.content(self.place_order(), lines="none")
        torn = self.store(external_id="9", version="1", body=b'{"object": "order"')
        readings = self.reading()
        self.assertEqual(
            {message: bool(r.error) for message, r in readings.items()}, {good: False, odd: True, torn: True}
        )
        self.assertIsInstance(readings[odd].error, Unreadable)

    def test_characters_that_no_database_keeps_do_not_reach_it(self):
        order = self.place_order()
        message = self.content(order, note="Ring\0 twice \ud800", number="1\0")
        reading = self.reading()[message]
        self.assertEqual((reading.order.note, reading.order.number), ("Ring twice ?", "1"))

    def test_an_erased_body_is_fetched_again(self):
        order = self.place_order()
        message = self.content(order)
        message.sudo().payload_ids.unlink()
        self.assertEqual(self.reading(message)[message].order.number, order["number"])

    # ------------------------------------------------------------------- hints
    def test_a_hint_is_not_believed_but_followed(self):
        order = self.place_order()
        old = json.dumps(order).encode()
        order = self.shop.edit_order(order["id"], note="Ring twice")
        message = self.hint(order["id"], version="0", body=old)
        reading = self.reading()[message]
        self.assertEqual(reading.order.note, "Ring twice")
        self.assertEqual((reading.version, message.version), (self.version(order),) * 2)
        kept = json.loads(bytes(message.sudo().payload_ids.body))
        self.assertEqual(kept["note"], "Ring twice", "What was read is what is kept as evidence")

    def test_several_hints_about_one_order_are_followed_once(self):
        first, other = self.place_order(), self.place_order()
        hints = [self.hint(first["id"]), self.hint(other["id"]), self.hint(first["id"]), self.hint(first["id"])]
        readings = self.reading()
        self.assertEqual(set(readings), {hints[1], hints[3]})
        self.assertEqual([hint.state for hint in hints], ["superseded", "waiting", "superseded", "waiting"])
        self.assertEqual(self.asked(), 2)

    def test_a_hint_for_what_is_applied_needs_no_call(self):
        order = self.place_order()
        self.applied(order, self.version(order))
        message = self.hint(order["id"], self.version(order))
        self.assertFalse(self.reading())
        self.assertEqual((message.state, self.asked()), ("superseded", 0))

    def test_a_hint_for_what_waits_here_in_full_needs_no_call(self):
        order = self.place_order()
        content, message = self.content(order), self.hint(order["id"], self.version(order))
        self.assertEqual(list(self.reading()), [content])
        self.assertEqual((message.state, self.asked()), ("superseded", 0))

    def test_a_hint_for_something_newer_is_followed(self):
        order = self.place_order()
        self.applied(order, self.version(order))
        order = self.shop.edit_order(order["id"], note="Ring twice")
        message = self.hint(order["id"], self.version(order))
        self.assertEqual(self.reading()[message].order.note, "Ring twice")

    def test_a_hint_whose_content_failed_here_is_followed(self):
        order = self.place_order()
        content = self.content(order)
        content._fail("It did not work")
        message = self.hint(order["id"], self.version(order))
        self.assertEqual(list(self.reading(message)), [message])

    def test_what_is_gone_there_is_read_from_what_came(self):
        order = self.place_order()
        body = json.dumps({**order, "id": "gone-1"}).encode()
        message = self.hint("gone-1", body=body)
        self.assertEqual(self.reading()[message].order.number, order["number"])

    def test_of_what_is_gone_there_the_newest_that_came_counts_though_it_came_first(self):
        order = self.place_order()
        first = self.hint("gone-1", version="2", body=json.dumps({**order, "id": "gone-1", "note": "newer"}).encode())
        second = self.hint("gone-1", version="1", body=json.dumps({**order, "id": "gone-1", "note": "older"}).encode())
        readings = self.reading()
        self.assertEqual([reading.order.note for reading in readings.values()], ["newer"])
        self.assertEqual((list(readings), second.state), ([first], "superseded"))

    def test_what_is_gone_there_and_never_came_here_concerns_nobody(self):
        message = self.hint("gone-1", body=b'{"object": "order", "id": "gone-1"}')
        self.assertFalse(self.reading())
        self.assertEqual(message.state, "ignored")
        self.assertIn("does not exist", message.ignore_reason)

    def test_what_is_gone_there_and_stands_here_is_a_problem_of_its_own(self):
        good = self.hint(self.place_order()["id"])
        message = self.hint("gone-1", body=b'{"object": "order", "id": "gone-1"}')
        self.applied({"id": "gone-1"}, "1")
        readings = self.reading()
        self.assertIsInstance(readings[message].error, Gone)
        self.assertTrue(readings[good].order)

    # ------------------------------------------------------- a channel in trouble
    def test_hints_wait_while_the_channel_does_not_answer_and_the_rest_goes_on(self):
        content, hints = self.content(self.place_order()), []
        for _turn in range(3):
            hints.append(self.hint(self.place_order()["id"]))
        self.env["ecom.message"].browse([hint.id for hint in hints]).write(
            {"leased_until": fields.Datetime.now() + timedelta(seconds=60), "attempts": 1}
        )
        self.shop.misbehave("orders.read", "down")
        self.assertEqual(list(self.reading()), [content])
        now = fields.Datetime.now()
        for hint in hints:
            self.assertEqual((hint.state, hint.leased_until), ("waiting", False))
            self.assertGreater(hint.next_try, now)
            self.assertTrue(hint.problem)

    def test_a_hint_that_comes_while_the_channel_rests_makes_no_call(self):
        self.shop.misbehave("orders.read", "down")
        first = self.hint(self.place_order()["id"])
        self.reading()
        calls = self.asked()
        second = self.hint(self.place_order()["id"])
        self.assertFalse(self.reading(second))
        self.assertEqual((self.asked(), second.next_try), (calls, first.next_try))

    def test_as_much_as_the_channel_gives_is_taken_and_its_time_is_kept(self):
        hints = [self.hint(self.place_order()["id"]) for _turn in range(3)]
        self.shop.misbehave("orders.read", "throttled", times=1, seconds=120)
        self.assertFalse(self.reading())
        wait = hints[2].next_try - fields.Datetime.now()
        self.assertTrue(timedelta(seconds=110) < wait <= timedelta(seconds=121), wait)
        self.messages().write({"next_try": fields.Datetime.now()})
        self.assertEqual(len(self.reading()), 3)

    def test_a_refusal_concerns_the_channel_and_is_raised(self):
        self.hint(self.place_order()["id"])
        self.channel._set_credentials({"api_key": "wrong"})
        with self.assertRaises(Refused):
            self.reading()

    # ------------------------------------------------------------ what stays out
    def test_orders_from_before_going_live_stay_out_unless_they_are_here_or_were_asked_for(self):
        order = self.shop.cancel_order(self.place_order()["id"])
        asked = self.env["ecom.flow.receive"]._fetch_number(self.channel, order["number"])
        placed = self.place_order()
        known = self.shop.cancel_order(placed["id"])
        self.applied(known, "0")
        self.channel.go_live = fields.Datetime.now() + timedelta(days=1)
        old, here = self.content(order), self.content(known)
        self.assertEqual(set(self.reading()), {asked, here})
        self.assertEqual(old.state, "ignored")
        self.assertIn("went live", old.ignore_reason)

    def test_older_orders_that_are_open_come_in_where_they_are_wanted(self):
        order = self.place_order()
        self.channel.go_live = fields.Datetime.now() + timedelta(days=1)
        message = self.content(order)
        self.assertEqual(list(self.reading()), [message])
        self.channel.open_orders_only = False
        self.assertFalse(self.reading())
        self.assertEqual(message.state, "ignored")

    def test_kinds_of_message_that_nobody_reads_are_closed_politely(self):
        message = self.hint("7", topic="other")
        self.assertFalse(self.reading())
        self.assertEqual(message.state, "ignored")
        self.assertTrue(message.ignore_reason)
