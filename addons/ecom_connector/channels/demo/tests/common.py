"""A quiet demo shop in a folder of its own, and a client that is connected to it."""

import shutil
import tempfile
import unittest
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from channels.demo import client
from channels.demo.shop import QUIET, Shop, ShopTransport

SAMPLES = Path(client.__file__).parent / "samples"
START = datetime(2026, 3, 2, 9, 30, tzinfo=timezone.utc)


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


class ShopCase(unittest.TestCase):
    """`self.shop` with 100 of each item and no flaws; `self.client`; `self.slept`, the waits it would have taken."""

    profile = replace(QUIET, stock_each=100, flaws=False)

    def setUp(self):
        super().setUp()
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.shop = self.found("shop")
        self.slept = []
        self.client = self.connected(self.shop)

    def found(self, name: str, **founding) -> Shop:
        founding = {"profile": self.profile, "now": START, **founding}
        shop = Shop(self.folder / f"{name}.sqlite", clock=lambda: START, **founding)
        self.addCleanup(shop.close)
        return shop

    def connected(self, shop: Shop, api_key: str = "demo-key"):
        transport = ShopTransport(shop, sleep=self.slept.append)
        return client.connect({"api_key": api_key}, transport)

    def item(self, sku: str) -> str:
        return next(item.id for item in self.shop.items() if item.sku == sku)

    def place(self, *items, **wishes) -> dict:
        return self.shop.place_order([(self.item(sku), *rest) for sku, *rest in items], **wishes)


def later(**delay) -> datetime:
    return START + timedelta(**delay)


def all_pages(fetch, *arguments, **options) -> list:
    """Everything of a paged list, page by page."""
    found, token = [], ""
    while True:
        page = fetch(*arguments, token=token, **options)
        found += page.items
        token = page.next
        if not token:
            return found
