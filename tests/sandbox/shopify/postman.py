"""Delivers what the shop announces: signed, with an id a delivery, again where it was not answered well."""

import hmac
import json
import random
import threading
import time
import uuid
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import requests

from tests.sandbox.shopify.shop import CLIENT_SECRET

TOPICS = {
    "orders/create": ("ORDERS_CREATE", "ORDERS_UPDATED"),
    "orders/updated": ("ORDERS_UPDATED",),
    "inventory_levels/update": ("INVENTORY_LEVELS_UPDATE",),
}
PATIENCE = 8  # times that one thing is delivered without a good answer, then the webhook is gone
AGAIN_SECONDS = 0.5  # after the first time; each time so much longer


@dataclass
class Mishaps:
    """Chances of what happens to a delivery on its way: it comes twice, never, or late by up to `seconds`."""

    twice: float = 0.0
    lost: float = 0.0
    late: float = 0.0
    seconds: float = 2.0
    dice: random.Random = field(default_factory=lambda: random.Random(7))


@dataclass
class Delivery:
    hook: dict
    topic: str
    about: int
    body: bytes
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    times: int = 0
    due: float = 0.0


class Postman(threading.Thread):
    """`twice`: everything comes twice, `reversed_order`: what waits is delivered from its end; `hands`: at a time.
    `told`: (topic, about, status) of each delivery."""

    def __init__(self, shop, twice=False, reversed_order=False, hands=1, mishaps=None):
        super().__init__(daemon=True)
        self.shop, self.twice, self.reversed_order = shop, twice, reversed_order
        self.mishaps = mishaps or Mishaps()
        self.told, self._over, self._mine = [], threading.Event(), threading.local()
        self._waiting, self._carried, self._guard = [], 0, threading.Lock()
        self._hands = ThreadPoolExecutor(hands, thread_name_prefix="postman")

    def stop(self):
        self._over.set()
        self.join()
        self._hands.shutdown(wait=True, cancel_futures=True)

    def undelivered(self):
        with self.shop.lock, self._guard:
            return len(self.shop.outbox) + len(self._waiting) + self._carried

    def run(self):
        while not self._over.wait(0.02):
            self._collect()
            self._send_out()

    def _collect(self):
        with self.shop.lock:
            news, self.shop.outbox[:] = list(self.shop.outbox), []
            hooks = list(self.shop.hooks.values())
            with self._guard:
                for topic, about, when, _more in reversed(news) if self.reversed_order else news:
                    self._waiting += [
                        Delivery(hook, topic, about, json.dumps(self._body(hook, topic, about, when)).encode())
                        for hook in hooks
                        if hook["topic"] in TOPICS[topic]
                    ]

    def _send_out(self):
        now = time.monotonic()
        with self._guard:
            due = [delivery for delivery in self._waiting if delivery.due <= now]
            self._waiting = [delivery for delivery in self._waiting if delivery.due > now]
            self._carried += len(due)
        for delivery in due:
            self._hands.submit(self._carry, delivery)

    def _carry(self, delivery):
        again = self._met_mishap(delivery)
        if again is None:
            turns = 2 if self.twice or self.mishaps.dice.random() < self.mishaps.twice else 1
            good = all([self._deliver(delivery) for _turn in range(turns)])
            again = 0 if good else AGAIN_SECONDS * delivery.times
        if again and delivery.times >= PATIENCE:
            self.shop.hooks.pop(delivery.hook["id"], None)
            again = 0
        with self._guard:
            self._carried -= 1
            if again:
                delivery.due = time.monotonic() + again
                self._waiting.append(delivery)

    def _met_mishap(self, delivery):
        """Seconds until it is carried after all, 0: never; None: nothing happened to it. Only on its first way."""
        mishaps = self.mishaps
        if delivery.due or delivery.times:
            return None
        if mishaps.dice.random() < mishaps.lost:
            return 0
        return mishaps.dice.uniform(0.01, mishaps.seconds) if mishaps.dice.random() < mishaps.late else None

    @staticmethod
    def _body(hook, topic, about, when):
        """Only what the webhook asks for."""
        whole = {
            "id": about,
            "admin_graphql_api_id": f"gid://shopify/Order/{about}",
            "updated_at": when.strftime("%Y-%m-%dT%H:%M:%S+00:00"),
        }
        if topic.startswith("inventory"):
            whole = {"inventory_item_id": about, "updated_at": whole["updated_at"]}
        return {name: value for name, value in whole.items() if not hook["fields"] or name in hook["fields"]}

    def _deliver(self, delivery):
        """Whether it was answered well."""
        hook, delivery.times = delivery.hook, delivery.times + 1
        headers = {
            "Content-Type": "application/json",
            "X-Shopify-Topic": hook["topic"].lower().replace("_", "/", 1)
            if "ORDERS" in hook["topic"]
            else delivery.topic,
            "X-Shopify-Hmac-Sha256": b64encode(hmac.digest(CLIENT_SECRET.encode(), delivery.body, "sha256")).decode(),
            "X-Shopify-Webhook-Id": delivery.id,
            "X-Shopify-Shop-Domain": f"{self.shop.name}.myshopify.com",
        }
        try:
            status = self._session().post(hook["uri"], data=delivery.body, headers=headers, timeout=5).status_code
        except requests.RequestException:
            status = 0
        self.told.append((hook["topic"], delivery.about, status))
        return status == 200

    def _session(self):
        if not hasattr(self._mine, "http"):
            self._mine.http = requests.Session()
        return self._mine.http
