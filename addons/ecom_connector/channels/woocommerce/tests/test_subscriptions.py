import json
import unittest

from ..subscriptions import TOPICS, arm_subscriptions
from .pretend import PretendShop, answer, pages

URL = "https://erp.example/ecom/webhook/key"


def hooks(**changes):
    """Ours as the shop lists them, all in order but for `changes` by topic."""
    return [
        {"id": number, "topic": topic, "delivery_url": URL, "status": changes.get(topic.replace(".", "_"), "active")}
        for number, topic in enumerate(TOPICS, start=1)
    ]


class ArmingWebhooks(unittest.TestCase):
    def test_a_new_shop_gets_one_a_topic_signed_with_the_secret(self):
        shop = PretendShop(
            {("GET", "webhooks"): pages([], 1), ("POST", "webhooks"): [answer({"id": 1}, 201)] * len(TOPICS)}
        )
        made = arm_subscriptions(shop.client(), URL, "sealed")
        self.assertEqual([(hook.topic, hook.state) for hook in made], [(topic, "made") for topic in TOPICS])
        sent = [json.loads(request.body) for request in shop.asked[1:]]
        self.assertEqual({(s["delivery_url"], s["secret"], s["status"]) for s in sent}, {(URL, "sealed", "active")})

    def test_what_works_is_left_alone(self):
        shop = PretendShop({("GET", "webhooks"): pages(hooks(), 1)})
        self.assertEqual({hook.state for hook in arm_subscriptions(shop.client(), URL, "sealed")}, {"kept"})

    def test_one_that_switched_itself_off_is_woken_and_one_that_a_person_paused_is_not(self):
        listed = hooks(order_updated="disabled", order_created="paused")
        shop = PretendShop({("GET", "webhooks"): pages(listed, 1), ("PUT", "webhooks/2"): answer({"id": 2})})
        found = {hook.topic: hook.state for hook in arm_subscriptions(shop.client(), URL, "sealed")}
        self.assertEqual((found["order.updated"], found["order.created"]), ("woken", "paused"))
        self.assertEqual(json.loads(shop.asked[1].body), {"status": "active", "secret": "sealed"})

    def test_webhooks_of_others_are_not_ours(self):
        others = [{**hook, "delivery_url": "https://other.example/", "status": "disabled"} for hook in hooks()]
        shop = PretendShop({("GET", "webhooks"): pages(others + hooks(), 1)})
        self.assertEqual({hook.state for hook in arm_subscriptions(shop.client(), URL, "sealed")}, {"kept"})

    def test_a_new_secret_reaches_every_one(self):
        answers = {("PUT", f"webhooks/{number}"): answer({}) for number in range(1, len(TOPICS) + 1)}
        shop = PretendShop({("GET", "webhooks"): pages(hooks(), 1), **answers})
        found = arm_subscriptions(shop.client(), URL, "new", renew=True)
        self.assertEqual({hook.state for hook in found}, {"renewed"})
        self.assertEqual({json.loads(request.body)["secret"] for request in shop.asked[1:]}, {"new"})
        self.assertEqual(shop.unused(), [])


if __name__ == "__main__":
    unittest.main()
