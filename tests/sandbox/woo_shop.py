"""A WooCommerce that remembers: products with stock, orders, refunds, notes and webhooks, written as the real one does.

What buyers and people in its back office do are methods here (`place_order`, `refund`, `cancel`, `edit`); what a
connector asks comes through `woo_server`. Each change is announced to the webhooks, signed, and a webhook that is not
answered well five times in a row switches itself off, as the real one does.
"""

import hashlib
import hmac
import itertools
import json
import threading
from base64 import b64encode
from datetime import datetime, timezone
from decimal import Decimal

import requests

from tests.sandbox import woo_till
from tests.sandbox.woo_shape import like, patterns

PATIENCE = 5  # failures in a row that a webhook bears


class WooShop:
    def __init__(self, name, url):
        self.name, self.url = name, url
        self.lock = threading.RLock()
        self.patterns = patterns()
        self.products, self.orders, self.refunds, self.notes, self.hooks, self.secrets = {}, {}, {}, {}, {}, {}
        self.customers, self.coupons, self.variations, self.failures = {}, {}, {}, {}
        self.told = []  # (topic, status) of each delivery, in the order in which they were made
        self._ids = itertools.count(101)

    def next_id(self):
        return next(self._ids)

    # ------------------------------------------------------------- shop's side
    def add_product(self, sku, price, stock):
        number = next(self._ids)
        self.products[number] = like(
            self.patterns["product"],
            id=number,
            name=f"Story {sku}",
            sku=sku,
            price=price,
            regular_price=price,
            stock_quantity=stock,
            global_unique_id="",
            categories=[],
            tags=[],
        )
        return number

    def register(self, first_name, last_name, email):
        """Somebody opens an account, and orders nothing yet. Returns its number."""
        number, pattern = next(self._ids), self.patterns["customer"]
        names = {"first_name": first_name, "last_name": last_name}
        billing = {**pattern["billing"], **names, "email": email}
        self.customers[number] = like(pattern, id=number, email=email, username=email, billing=billing, **names)
        return number

    def add_coupon(self, code, percent, description):
        number = next(self._ids)
        said = {"code": code, "amount": percent, "description": description}
        self.coupons[number] = like(self.patterns["coupon"], id=number, **said)

    def place_order(self, goods, shipping="7.95", number_of_customer=0):
        """`goods`: {SKU: units}. Paid at once; the shop takes the units off its stock. Returns the order's id."""
        with self.lock:
            number, now = next(self._ids), _now()
            order = like(self.patterns["order"], id=number, number=str(number), customer_id=number_of_customer)
            order.update(status="processing", order_key=f"wc_order_{number}", transaction_id=f"TX-{number}")
            order.update(refunds=[], meta_data=[], date_completed=None, date_completed_gmt=None)
            for name in ("date_created", "date_paid"):
                order[name] = order[f"{name}_gmt"] = now
            sold = [(next(self._ids), self._by_sku(sku), count) for sku, count in goods.items()]
            woo_till.charge(self.patterns["order"], order, sold, (next(self._ids), Decimal(shipping)))
            self.orders[number] = order
            self._move_stock(order, -1)
            self._touch(order)
        self.announce("order.created", order)
        return number

    def refund(self, number, sku, count, reason):
        """Some units of a line are paid back in the back office, and put back on sale. Returns (refund id, amount)."""
        with self.lock:
            order = self.orders[number]
            (line,) = [item for item in order["line_items"] if item["sku"] == sku]
            refund = next(self._ids)
            row, amount = woo_till.pay_back(self.patterns["refund"], refund, line, count, _now(), reason)
            next(self._ids)
            self.refunds.setdefault(number, []).append(row)
            order["refunds"] = [{"id": refund, "reason": reason, "total": f"-{amount}"}, *order["refunds"]]
            self._by_sku(sku)["stock_quantity"] += count
            self._touch(order)
        self.announce("order.updated", order)
        return refund, amount

    def cancel(self, number):
        with self.lock:
            self._set_status(self.orders[number], "cancelled")
        self.announce("order.updated", self.orders[number])

    def edit(self, number, sku, count):
        """Somebody changes the units of a line by hand; the shop reckons anew and moves its stock."""
        with self.lock:
            order = self.orders[number]
            self._move_stock(order, +1)
            sold = [
                (item["id"], self._by_sku(item["sku"]), count if item["sku"] == sku else item["quantity"])
                for item in order["line_items"]
            ]
            shipping = order["shipping_lines"][0]
            woo_till.charge(self.patterns["order"], order, sold, (shipping["id"], Decimal(shipping["total"])))
            self._move_stock(order, -1)
            self._touch(order)
        self.announce("order.updated", order)

    def stock(self, sku):
        with self.lock:
            return self._by_sku(sku)["stock_quantity"]

    def tracking_numbers(self, number):
        """As the tracking plug-ins show them to the buyer."""
        with self.lock:
            held = {entry["key"]: entry["value"] for entry in self.orders[number]["meta_data"]}
        return [item["tracking_number"] for item in held.get("_wc_shipment_tracking_items", [])]

    # -------------------------------------------------------- connector's side
    def change_order(self, number, values):
        """What a PUT of an order may say: its status and its own fields."""
        order = self.orders[number]
        for entry in values.get("meta_data", []):
            known = next((held for held in order["meta_data"] if held["id"] == entry.get("id")), None)
            if known:
                known.update(value=entry["value"])
            else:
                order["meta_data"].append({"id": next(self._ids), "key": entry["key"], "value": entry["value"]})
        if "status" in values:
            self._set_status(order, values["status"])
        self._touch(order)
        return order

    def add_hook(self, values):
        number = next(self._ids)
        self.secrets[number] = values["secret"]
        resource, _dot, event = values["topic"].partition(".")
        said = {name: value for name, value in values.items() if name != "secret"}
        self.hooks[number] = like(self.patterns["webhook"], id=number, resource=resource, event=event, hooks=[], **said)
        return self.hooks[number]

    def change_hook(self, number, values):
        self.secrets[number] = values.pop("secret", self.secrets[number])
        self.hooks[number].update(values)
        self.failures.pop(number, None)
        return self.hooks[number]

    def add_note(self, number, values):
        note = like(self.patterns["note"], id=next(self._ids), **values)
        self.notes.setdefault(number, []).insert(0, note)
        return note

    # --------------------------------------------------------------- webhooks
    def announce(self, topic, row):
        """Carried at once. The real shop queues them, so nobody may count on their order or on their coming."""
        body = json.dumps(row, ensure_ascii=False).encode()
        with self.lock:
            due = [hook for hook in self.hooks.values() if (hook["topic"], hook["status"]) == (topic, "active")]
        for hook in due:
            status = self._deliver(hook, topic, body)
            self.told.append((topic, status))
            self.failures[hook["id"]] = 0 if 200 <= status < 300 else self.failures.get(hook["id"], 0) + 1
            if self.failures[hook["id"]] >= PATIENCE:
                hook["status"] = "disabled"

    def _deliver(self, hook, topic, body):
        mark = hmac.digest(self.secrets[hook["id"]].encode(), body, hashlib.sha256)
        headers = {
            "Content-Type": "application/json",
            "X-WC-Webhook-Source": f"{self.url}/",
            "X-WC-Webhook-Topic": topic,
            "X-WC-Webhook-Signature": b64encode(mark).decode(),
            "X-WC-Webhook-ID": str(hook["id"]),
            "X-WC-Webhook-Delivery-ID": hashlib.sha256(body).hexdigest()[:32],
        }
        try:
            return requests.post(hook["delivery_url"], data=body, headers=headers, timeout=30).status_code
        except requests.RequestException:
            return 0

    # ----------------------------------------------------------------- inside
    def _by_sku(self, sku):
        (found,) = [row for row in self.products.values() if row["sku"] == sku]
        return found

    def _move_stock(self, order, sign):
        for item in order["line_items"]:
            self._by_sku(item["sku"])["stock_quantity"] += sign * item["quantity"]

    def _set_status(self, order, status):
        if status == "cancelled" and order["status"] != "cancelled":
            self._move_stock(order, +1)
        if status == "completed":
            order["date_completed"] = order["date_completed_gmt"] = _now()
        order["status"] = status
        self._touch(order)

    @staticmethod
    def _touch(order):
        order["date_modified"] = order["date_modified_gmt"] = _now()


def _now():
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
