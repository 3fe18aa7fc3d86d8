"""Carries the demo shop's webhooks to their receivers: signed, retried, and badly when it is told to misbehave."""

import http.client
import random
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[2] / "addons" / "ecom_connector"))

from channels.demo.shop import Shop, announcements, misbehaviour  # noqa: E402

LOOK_EVERY = 0.05
PATIENCE = 10.0


class Postman:
    """Looks into the shop's file for what is due and carries it, `hands` at a time."""

    def __init__(self, shop: Shop, hands: int = 4):
        self.shop = shop
        self._stop = threading.Event()
        self._hands = ThreadPoolExecutor(hands, thread_name_prefix="postman")
        self._round = threading.Thread(target=self._walk, name="postman", daemon=True)

    def start(self) -> None:
        self._round.start()

    def stop(self) -> None:
        self._stop.set()
        self._round.join()
        self._hands.shutdown(wait=True, cancel_futures=True)

    def _walk(self) -> None:
        while not self._stop.is_set():
            claimed = self._claim()
            for delivery in claimed:
                self._hands.submit(self._carry, delivery)
            if not claimed:
                self._stop.wait(LOOK_EVERY)
        self.shop.close()

    def _claim(self) -> list[announcements.Delivery]:
        with self.shop.store.reading() as connection:
            if not announcements.is_any_due(connection):
                return []
        with self.shop.store.writing() as connection:
            return announcements.due(connection)

    def _carry(self, delivery: announcements.Delivery) -> None:
        """One delivery with the trouble it runs into; what is not taken comes up again."""
        with self.shop.store.writing() as connection:
            fault = misbehaviour.draw(connection, "webhook")
            if fault.name == "drop":
                return announcements.settle(connection, delivery, "dropped", None)
            if fault.name == "reorder":
                return announcements.postpone(connection, delivery, random.uniform(0, fault.seconds))
        status = self._bring(delivery, fault.name)
        if fault.name == "duplicate":
            status = self._bring(delivery, "")
        with self.shop.store.writing() as connection:
            if status is not None and status < 300:
                announcements.settle(connection, delivery, "delivered", status)
            else:
                announcements.retry(connection, delivery, status)

    @staticmethod
    def _bring(delivery: announcements.Delivery, fault: str) -> int | None:
        """The receiver's status; None when there was no answer, or when it was our part to hang up."""
        to = urlsplit(delivery.url)
        connection = http.client.HTTPConnection(to.hostname, to.port or 80, timeout=PATIENCE)
        headers = announcements.headers(delivery, datetime.now(timezone.utc))
        try:
            connection.putrequest("POST", to.path + (f"?{to.query}" if to.query else ""))
            for name, value in {**headers, "Content-Length": str(len(delivery.body))}.items():
                connection.putheader(name, value)
            if fault == "cut_midway":
                connection.endheaders(delivery.body[: len(delivery.body) // 2])
                return None
            connection.endheaders(delivery.body)
            return None if fault == "cut_after" else connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
