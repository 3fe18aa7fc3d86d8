"""Decided stock reaches the shop: decreases always, increases behind the orders, zeros first."""

from datetime import timedelta

from odoo.addons.ecom_connector.flow.clock import now
from odoo.tests import tagged

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

    def test_a_backlog_is_worked_through_before_orders_are_asked_for_and_then_they_are(self):
        """Asked for meanwhile, the same minutes would be read again and again, and an increase waits all the same."""
        self._show(10)
        later = now().replace(microsecond=0) + timedelta(hours=1)
        self.orders_cursor.write({"fresh_at": now() - timedelta(hours=1), "next_try": later})
        message = self.env["ecom.message"].create(
            {"channel_id": self.channel.id, "direction": "in", "topic": "orders", "event_key": "k", "external_id": "1"}
        )
        self._put(5)
        self.assertEqual(self._publish(), 10)
        self.assertEqual((self.level.held_back, self.orders_cursor.next_try), ("orders", later))
        message._done()
        self.env["ecom.flow.guard"]._release(self.channel)
        self.orders_cursor.invalidate_recordset()
        self.assertLess(self.orders_cursor.next_try, later)

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
