"""Amazon's order notifications from a queue of moto's SQS, over real HTTP and signed; the bodies are Amazon's own."""

import json
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "addons" / "ecom_connector"))

from tests.contract import recorded
from tests.sandbox.amazon_queue import KEYS, AmazonQueue
from tests.sandbox.amazon_shop import CREDENTIALS, AmazonShop

from channels import errors  # isort: skip
from channels.amazon import client, queue  # isort: skip

ORDER = "903-8868176-2219830"


def setUpModule():
    recorded.folder("amazon")


def notification(name):
    found = json.loads((recorded.folder("amazon") / "notifications" / f"{name}.json").read_bytes())
    return found[0] if isinstance(found, list) else found


class Queue(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.queue = AmazonQueue()
        cls.queue.__enter__()
        cls.addClassCleanup(cls.queue.__exit__)

    def setUp(self):
        self.queue.begin()
        self.reached = self.connect(**KEYS)

    def connect(self, **credentials):
        return client.connect({"region": "eu", **CREDENTIALS, "queue": self.queue.url, **credentials})

    def test_a_change_of_an_order_is_a_hint_at_its_number(self):
        self.queue.put(notification("OrderChangeNotification"))
        (waiting,) = queue.fetch_events(self.reached)
        self.assertEqual((waiting.event.topic, waiting.event.external_id), ("orders", ORDER))
        self.assertEqual(waiting.event.delivery_id, "d0e9e693-c3ad-4373-979f-ed4ec98dd746")

    def test_what_is_not_forgotten_comes_again_and_what_is_forgotten_does_not(self):
        for _time in range(12):
            self.queue.put(notification("OrderChangeNotification"))
        first = queue.fetch_events(self.reached)
        self.assertLessEqual(len(first), 10)
        self.queue.show_again(first)
        found = []
        while waiting := queue.fetch_events(self.reached):
            queue.forget_events(self.reached, waiting)
            found += waiting
        self.assertEqual(len(found), 12)
        self.assertEqual(self.queue.count(), 0)
        queue.forget_events(self.reached, found)

    def test_every_other_notification_is_filed_and_nothing_of_it_is_believed(self):
        files = sorted((recorded.folder("amazon") / "notifications").glob("*.json"))
        self.assertGreater(len(files), 20)
        for file in files:
            with self.subTest(file=file.name):
                event = queue.read_event(json.dumps(notification(file.stem)).encode())
                self.assertEqual(event.topic, "orders" if file.stem == "OrderChangeNotification" else "other")
        for body in (b"", b"{", b"[]", b'{"Payload": 1}', b'{"NotificationMetadata": []}'):
            self.assertIsNone(queue.read_event(body))

    def test_without_a_queue_nothing_is_asked(self):
        self.assertEqual(queue.fetch_events(client.connect({"region": "eu", **CREDENTIALS})), ())

    def test_a_queue_that_is_not_there_and_one_that_is_none_are_named(self):
        with self.assertRaisesRegex(errors.Gone, "no such queue"):
            queue.fetch_events(self.connect(queue=f"{self.queue.url}-other", **KEYS))
        with self.assertRaisesRegex(errors.Refused, "begins with https://sqs"):
            self.connect(queue="https://example.com/1/orders", **KEYS)
        with self.assertRaisesRegex(errors.Refused, "access key"):
            self.connect()

    def test_amazon_is_asked_once_to_put_changes_of_orders_there(self):
        with AmazonShop() as shop:
            reached = self.connect(region=shop.url, **KEYS)
            states = [queue.arm_queue(reached)[0].state for _time in range(2)]
            self.assertEqual(states, ["made", "kept"])
            (destination,) = shop.destinations
            self.assertEqual(destination["resource"]["sqs"]["arn"], self.queue.arn())
            shop.subscriptions["ORDER_CHANGE"]["destinationId"] = "another"
            with self.assertRaisesRegex(errors.Rejected, "go to another queue already"):
                queue.arm_queue(reached)
            self.assertEqual(shop.surprises, [])
        self.assertEqual(queue.arm_queue(client.connect({"region": "eu", **CREDENTIALS})), ())

    def test_the_connection_test_names_a_queue_that_cannot_be_read(self):
        with AmazonShop() as shop:
            here = {"region": shop.url, **CREDENTIALS, **KEYS}
            good = client.connect({**here, "queue": self.queue.url}).check()
            self.assertEqual(good.missing_scopes, ())
            (said,) = client.connect({**here, "queue": f"{self.queue.url}-other"}).check().missing_scopes
            self.assertIn("no such queue", said)
        self.assertNotIn(KEYS["aws_secret"], repr(self.reached.queue) + said)


if __name__ == "__main__":
    unittest.main()
