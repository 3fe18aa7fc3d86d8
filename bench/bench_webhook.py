"""A flood of webhooks while orders are imported: how long each waits for its answer, and what it costs the import."""

import json
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path

from bench.figure import Figure
from bench.pairs import percentile
from tests.sandbox.business import SECRET, Business, quiet_shop
from tests.sandbox.demo_server import DemoServer
from tools.odoo_server import free_port
from tools.say import Stop

from channels.demo.shop import announcements  # isort: skip

FIGURES = ("webhook_p99_s", "webhook_max_s", "webhook_lost", "webhook_cut", "webhook_import_share")
RATE, SECONDS = 100, 30
COUNT = RATE * SECONDS
QUIET_SECONDS = 20


def measure(ground):
    with tempfile.TemporaryDirectory() as folder:
        with DemoServer(Path(folder) / "shop.sqlite", profile=quiet_shop(50_000)) as server:
            odoo = ground.odoo(ground.database("webhook"), "--workers=2", cron_threads=1, port=free_port())
            business = Business(odoo, server.shop, server.url)
            business.open(50_000)
            business.connect(subscribe=False)
            business.await_quiet(120)
            answers, busy = _flood(business)
            lost = COUNT - business.query("SELECT count(*) FROM ecom_message WHERE event_key LIKE 'delivery:%%'")[0][0]
            idle = _rate(business, QUIET_SECONDS)
    waits = tuple(sorted(wait for wait, _status, _cuts in answers))
    statuses = {status for _wait, status, _cuts in answers}
    if statuses != {200}:
        raise Stop(f"not every webhook was answered 200: {sorted(statuses)}")
    yield Figure("webhook_p99_s", percentile(waits, 0.99), "s", goal=1.0, runs=waits[::100])
    yield Figure("webhook_max_s", waits[-1], "s", goal=5.0, runs=waits[-5:])
    yield Figure("webhook_lost", lost, "webhooks", goal=0)
    yield Figure("webhook_cut", sum(cuts for _wait, _status, cuts in answers), "connections")
    yield Figure("webhook_import_share", busy / idle, "x of idle", goal=0.5, runs=(busy, idle), at_least=True)


def _flood(business):
    """([(seconds, status, connections cut)], orders placed a second meanwhile) of COUNT webhooks, each about a new
    order."""
    business.shop.place_random_orders(COUNT)
    key = business.query("SELECT webhook_key FROM ecom_channel WHERE id = %s", business.channel_id)[0][0]
    setup = {"url": f"{business.odoo.url}/ecom/webhook/{key}", "rate": RATE}
    lines = [setup, *map(_delivery, enumerate(business.shop.orders()))]
    load = subprocess.Popen(
        [sys.executable, "-m", "bench.webhook.load"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    begun, before = time.monotonic(), business.placed()
    told, _nothing = load.communicate("\n".join(map(json.dumps, lines)))
    rate = (business.placed() - before) / (time.monotonic() - begun)
    return [json.loads(line) for line in told.splitlines()], rate


def _delivery(numbered):
    number, order = numbered
    body = json.dumps(order).encode()
    delivery = announcements.Delivery(number, f"flood-{number}", "", "order", order["id"], body, 0, SECRET)
    headers = announcements.headers(delivery, datetime.now(timezone.utc))
    return {"headers": headers, "body": body.decode()}


def _rate(business, seconds):
    """Orders placed a second from the backlog that is left, nothing else going on."""
    begun, before = time.monotonic(), business.placed()
    time.sleep(seconds)
    if not business.has_work():
        raise Stop("the backlog was gone before the quiet import was measured")
    return (business.placed() - before) / (time.monotonic() - begun)
