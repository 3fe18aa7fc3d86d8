"""Announcements: proven before they are read, and hints when they are read."""

from channels import errors
from channels.demo import orders, webhook
from channels.demo.shop import announcements

from .common import ShopCase, sample


class TestVerifying(ShopCase):
    SECRET = "the secret"

    def signed(self, body):
        return {"x-demo-signature": announcements.signature(body, self.SECRET), "x-demo-delivery": "d-1"}

    def test_what_the_shop_signed_is_accepted(self):
        body = sample("order.json")
        webhook.verify(self.signed(body), body, self.SECRET)

    def test_one_changed_byte_anywhere_is_refused(self):
        body = sample("return.json")
        headers = self.signed(body)
        for place in range(len(body)):
            changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
            with self.assertRaises(errors.BadSignature):
                webhook.verify(headers, changed, self.SECRET)

    def test_a_changed_signature_another_secret_or_none_at_all_is_refused(self):
        body = sample("order.json")
        good = self.signed(body)["x-demo-signature"]
        for signature in ("", "sha256=", good[:-1], good[:-1] + "x", good.upper(), good[7:], "sha256=é\udcff"):
            with self.assertRaises(errors.BadSignature):
                webhook.verify({"x-demo-signature": signature}, body, self.SECRET)
        with self.assertRaises(errors.BadSignature):
            webhook.verify({}, body, self.SECRET)
        with self.assertRaises(errors.BadSignature):
            webhook.verify(self.signed(body), body, "another secret")

    def test_without_a_secret_nothing_is_proven(self):
        body = sample("order.json")
        headers = {"x-demo-signature": announcements.signature(body, "")}
        with self.assertRaisesRegex(errors.BadSignature, "No webhook secret"):
            webhook.verify(headers, body, "")

    def test_every_delivery_of_this_shop_is_signed(self):
        self.assertFalse(webhook.is_unsigned_ping({}, b'{"object": "ping"}'))


class TestEvents(ShopCase):
    def test_an_event_names_the_thing_its_version_and_its_delivery(self):
        self.shop.subscribe("http://127.0.0.1:9/hook", "s", ("order", "stock", "product"))
        placed = self.place(("FD-TEA", 1))
        self.shop.edit_item(self.item("FD-TEA"), name="Tea")
        with self.shop.store.writing() as connection:
            carried = announcements.due(connection)
        events = [webhook.read_event({"x-demo-delivery": one.id}, one.body) for one in carried]
        self.assertEqual([event.topic for event in events], ["stock", "orders", "products"])
        order = events[1]
        self.assertEqual((order.external_id, order.delivery_id), (placed["id"], carried[1].id))
        self.assertEqual(order.version, orders.fetch_order(self.client, placed["id"]).version)
        self.assertEqual([event.complete for event in events], [False, True, False])

    def test_a_complete_event_is_the_order_itself(self):
        self.shop.subscribe("http://127.0.0.1:9/hook", "s")
        placed = self.place(("FD-TEA", 1))
        with self.shop.store.writing() as connection:
            body = announcements.due(connection)[0].body
        self.assertEqual(orders.parse_order(body).number, placed["number"])

    def test_a_ping_and_the_unknown_are_told_apart(self):
        self.assertEqual(webhook.read_event({}, b'{"object": "ping"}').topic, "ping")
        self.assertEqual(webhook.read_event({}, b'{"object": "weather", "id": "7"}').topic, "other")
        self.assertEqual(webhook.read_event({}, b"{}").topic, "other")

    def test_what_is_no_event_is_unreadable(self):
        for body in (
            b"",
            b"[]",
            b"\xff",
            b'{"object": ["order"]}',
            b'{"object": "order", "id": 5}',
            b'{"object": "order"}',
        ):
            with self.assertRaises(errors.Unreadable):
                webhook.read_event({}, body)
