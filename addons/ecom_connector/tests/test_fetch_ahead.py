"""After a rush: one worker asks for what was announced while another places, and each order is one piece of work."""

from odoo.tests import TransactionCase

from ..flow.run import Task
from .inbound_case import InboundCase


class TestFetchAhead(InboundCase, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ecom.channel"].search([]).mode = "off"

    def setUp(self):
        super().setUp()
        self.channel = self.make_channel(import_when="always", create_taxes=True)
        self.shop = self.make_shop(self.channel)
        self.channel.cursor_ids.write({"next_try": False})
        self.env.ref("base.EUR").active = True
        item = self.shop.items()[0]
        product = self.env["product.product"].create({"name": item.name, "default_code": item.sku})
        known = {"channel_id": self.channel.id, "external_id": item.id, "name": item.name}
        self.env["ecom.listing"].create({**known, "product_id": product.id})

    def announce(self, order, times=1):
        hints = [
            {"event_key": f"delivery:{order['id']}-{time}", "external_id": order["id"], "hint": True}
            for time in range(times)
        ]
        self.env["ecom.flow.receive"]._store(self.channel, hints)
        return self.messages(("external_id", "=", order["id"]))

    def claim(self):
        with self.enter_registry_test_mode():
            task = self.env["ecom.flow.run"]._claim()
        self.env.invalidate_all()
        return task

    def work(self, task):
        with self.enter_registry_test_mode():
            self.env["ecom.flow.run"]._run_task(task)
        self.env.invalidate_all()

    def test_while_one_worker_places_another_asks_for_what_was_announced(self):
        order = self.place_order()
        hints = self.announce(order, times=2)
        inbox, ahead = self.claim(), self.claim()
        self.assertEqual((inbox.topic, ahead.topic), ("inbox", "ahead"))
        self.work(ahead)
        self.assertEqual(hints.mapped("state"), ["superseded"] * 2)
        whole = self.messages(("state", "=", "waiting"))
        self.assertEqual((whole.external_id, whole.hint), (order["id"], False))
        self.work(inbox)
        self.assertFalse(whole.problem)
        placed = self.env["sale.order"].search([("ecom_channel_id", "=", self.channel.id)])
        self.assertEqual(placed.ecom_external_id, order["id"])
        self.assertEqual(whole.state, "done")

    def test_a_worker_who_is_alone_asks_and_places_by_himself(self):
        hint = self.announce(self.place_order())
        inbox = self.claim()
        self.work(inbox)
        self.assertFalse(hint.problem)
        self.assertEqual(self.env["sale.order"].search_count([("ecom_channel_id", "=", self.channel.id)]), 1)
        self.assertIsNone(self.claim())

    def test_nobody_asks_ahead_of_a_channel_that_did_not_answer_a_moment_ago(self):
        first = self.announce(self.place_order())
        self.announce(self.place_order())
        first.problem = "The shop did not answer."
        self.assertEqual(self.claim().topic, "inbox")
        self.assertIsNone(self.claim())

    def test_nothing_begins_beside_a_worker_who_asks_ahead(self):
        self.announce(self.place_order())
        inbox, ahead = self.claim(), self.claim()
        self.env["ecom.channel.cursor"].browse(inbox.cursor_id).leased_until = False
        self.assertEqual(ahead.topic, "ahead")
        self.assertIsNone(self.claim())

    def test_of_an_order_in_trouble_one_more_word_is_another_chance(self):
        order = self.place_order()
        failed = self.announce(order)
        failed._fail("Nobody knows the product.")
        hint = self.announce(order, times=2) - failed
        self.claim()
        self.work(self.claim())
        self.assertEqual((hint.state, hint.hint), ("waiting", True))

    def test_what_is_said_of_one_order_is_one_piece_of_work(self):
        twice, once = self.place_order(), self.place_order()
        both = self.announce(twice, times=2)
        alone = self.announce(once)
        task = Task(0, self.channel.id, self.channel.company_id.id, "inbox", 0, 0.0)
        with self.enter_registry_test_mode():
            claims = [self.env["ecom.flow.work"]._claim_orders(task, 1) for _turn in range(3)]
        self.assertEqual(claims, [both.ids, alone.ids, []])
