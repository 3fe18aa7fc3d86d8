"""Delivers what the shop announces: signed, with an id a delivery, again where it was not answered well."""

import hmac
import json
import threading
import uuid
from base64 import b64encode

import requests

from tests.sandbox.shopify.shop import CLIENT_SECRET

TOPICS = {
    "orders/create": ("ORDERS_CREATE", "ORDERS_UPDATED"),
    "orders/updated": ("ORDERS_UPDATED",),
    "inventory_levels/update": ("INVENTORY_LEVELS_UPDATE",),
}
PATIENCE = 8  # deliveries in a row without a good answer, then the webhook is gone


class Postman(threading.Thread):
    """`twice`: everything comes twice, `reversed_order`: what waits is delivered from its end.
    `told`: (topic, about, status) of each delivery."""

    def __init__(self, shop, twice=False, reversed_order=False):
        super().__init__(daemon=True)
        self.shop, self.twice, self.reversed_order = shop, twice, reversed_order
        self.told, self._over, self._http = [], threading.Event(), requests.Session()

    def stop(self):
        self._over.set()
        self.join()

    def run(self):
        while not self._over.wait(0.02):
            with self.shop.lock:
                waiting, self.shop.outbox[:] = list(self.shop.outbox), []
            for topic, about, when, _more in reversed(waiting) if self.reversed_order else waiting:
                self._tell(topic, about, when)

    def _tell(self, topic, about, when):
        for hook in list(self.shop.hooks.values()):
            if hook["topic"] in TOPICS[topic]:
                body = json.dumps(self._body(hook, topic, about, when)).encode()
                delivery = str(uuid.uuid4())
                for _turn in range(2 if self.twice else 1):
                    self._deliver(hook, topic, about, body, delivery)

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

    def _deliver(self, hook, topic, about, body, delivery):
        headers = {
            "Content-Type": "application/json",
            "X-Shopify-Topic": hook["topic"].lower().replace("_", "/", 1) if "ORDERS" in hook["topic"] else topic,
            "X-Shopify-Hmac-Sha256": b64encode(hmac.digest(CLIENT_SECRET.encode(), body, "sha256")).decode(),
            "X-Shopify-Webhook-Id": delivery,
            "X-Shopify-Shop-Domain": f"{self.shop.name}.myshopify.com",
        }
        try:
            status = self._http.post(hook["uri"], data=body, headers=headers, timeout=5).status_code
        except requests.RequestException:
            status = 0
        self.told.append((hook["topic"], about, status))
        hook["failures"] = 0 if status == 200 else hook["failures"] + 1
        if hook["failures"] >= PATIENCE:
            self.shop.hooks.pop(hook["id"], None)
