"""The demo shop over real HTTP: the client cannot tell it from the one in the same process, trouble included."""

import multiprocessing
import threading
from decimal import Decimal

import pytest

from tests.sandbox.demo_server import DemoProcess, DemoServer
from tests.sandbox.local_server import LocalServer

from channels import errors  # isort: skip
from channels.demo import client, orders, shipments, stock, webhook  # isort: skip
from channels.demo.shop import QUIET, Shop  # isort: skip
from channels.records import Shipment, ShipmentLine, StockLevel  # isort: skip

PATIENCE = 20


@pytest.fixture
def server(tmp_path):
    with DemoServer(tmp_path / "shop.sqlite") as running:
        yield running


@pytest.fixture
def reached(server):
    connected = client.connect({"url": server.url, "api_key": "demo-key"})
    yield connected
    connected.close()


class Receiver(LocalServer):
    """Takes webhooks and keeps them; answers the statuses it was given, then 200."""

    def __init__(self, *statuses):
        super().__init__()
        self.taken, self.broken = [], 0
        self._statuses = list(statuses)
        self._came = threading.Condition()

    @property
    def hook(self):
        return f"{self.url}/hook"

    def answer(self, _method, _target, headers, body):
        with self._came:
            if len(body) == int(headers["Content-Length"]):
                self.taken.append(({name.lower(): value for name, value in headers.items()}, body))
            else:
                self.broken += 1
            self._came.notify_all()
        return self._statuses.pop(0) if self._statuses else 200, {}, b""

    def wait_for(self, enough):
        with self._came:
            assert self._came.wait_for(enough, PATIENCE), f"only {len(self.taken)} came, {self.broken} broken"


def test_the_whole_road_of_an_order_over_http(server, reached):
    item = server.shop.items()[0]
    placed = server.shop.place_order([(item.id, 2)])
    order = orders.parse_order(orders.fetch_orders(reached, None).items[0].body)
    assert order.number == placed["number"]
    assert order.total == Decimal(placed["total"])
    lines = (ShipmentLine(line_id=order.lines[0].external_id, quantity=Decimal(2)),)
    parcel = Shipment(key="p-1", order_id=order.external_id, lines=lines, tracking_number="T1")
    assert shipments.send_shipment(reached, parcel) == shipments.find_shipment(reached, parcel)
    assert orders.parse_order(orders.fetch_order(reached, order.external_id).body).fulfilment == "fulfilled"


def test_a_wrong_key_is_refused(server):
    with pytest.raises(errors.Refused, match="API key"):
        client.connect({"url": server.url, "api_key": "guess"}).check()


def test_nobody_listening_is_unreachable_also_for_a_write(server):
    gone = client.connect({"url": "http://127.0.0.1:9", "api_key": "demo-key"})
    with pytest.raises(errors.Unreachable) as caught:
        stock.push_stock(gone, [StockLevel(variant_id="1", quantity=1)])
    assert not isinstance(caught.value, errors.Unanswered)


@pytest.mark.parametrize("fault", ["cut_after", "cut_midway", "not_json", "empty", "broken_after"])
def test_a_change_that_was_applied_and_not_answered_is_unanswered(server, reached, fault):
    item = server.shop.items()[0]
    server.shop.misbehave("stock.write", fault, times=1)
    with pytest.raises(errors.Unanswered):
        stock.push_stock(reached, [StockLevel(variant_id=item.id, quantity=3, key="k")])
    assert server.shop.stock(item.id) == 3
    assert stock.push_stock(reached, [StockLevel(variant_id=item.id, quantity=3, key="k")])[0].outcome == "applied"
    assert [entry.outcome for entry in server.shop.journal("stock")] == ["applied", "repeated"]


def test_a_read_that_is_cut_is_unreachable_and_nothing_more(server, reached):
    for fault in ("cut_after", "cut_before", "cut_midway", "hang"):
        server.shop.misbehave("orders.list", fault, times=1, seconds=0.2)
        with pytest.raises(errors.Unreachable) as caught:
            orders.fetch_orders(reached, None)
        assert not isinstance(caught.value, errors.Unanswered)


def test_trouble_is_switched_on_in_a_server_of_another_process(tmp_path):
    path = tmp_path / "shop.sqlite"
    with DemoProcess(path, "--seed", "9") as process:
        shop = Shop(path)
        reached = client.connect({"url": process.url, "api_key": "demo-key"})
        assert reached.check().external_id == "demo-9"
        shop.misbehave("shop", "throttled", times=1, seconds=7)
        with pytest.raises(errors.Busy) as caught:
            reached.check()
        assert caught.value.retry_after == 7
        reached.check()
        reached.close()
        shop.close()


def test_webhooks_arrive_signed_and_complete(server):
    with Receiver() as receiver:
        server.shop.subscribe(receiver.hook, "secret")
        placed = server.shop.place_order([(server.shop.items()[0].id, 1)])
        receiver.wait_for(lambda: receiver.taken)
        headers, body = receiver.taken[0]
        webhook.verify(headers, body, "secret")
        event = webhook.read_event(headers, body)
        assert (event.topic, event.external_id, event.complete) == ("orders", placed["id"], True)
        assert orders.parse_order(body).total == Decimal(placed["total"])
        with pytest.raises(errors.BadSignature):
            webhook.verify(headers, body + b" ", "secret")


def test_no_webhook_is_lost_through_failures_cuts_duplicates_and_reordering(server):
    with Receiver(503, 500, 503) as receiver:
        server.shop.misbehave("webhook", "cut_midway", chance=0.2, times=5, seed="c")
        server.shop.misbehave("webhook", "cut_after", chance=0.2, times=5, seed="a")
        server.shop.misbehave("webhook", "duplicate", chance=0.3, times=5, seed="d")
        server.shop.misbehave("webhook", "reorder", chance=0.5, times=10, seconds=0.3, seed="r")
        server.shop.subscribe(receiver.hook, "secret")
        placed = set(server.shop.place_random_orders(40))
        receiver.wait_for(lambda: placed <= {webhook.read_event(*taken).external_id for taken in receiver.taken})
        came = [webhook.read_event(*taken) for taken in receiver.taken]
        assert len({event.delivery_id for event in came}) == len(placed)
        assert len(came) > len(placed), "some came more than once"
        assert [event.version for event in came] != sorted(event.version for event in came)


def _sell(path, wanted, sold):
    shop = Shop(path)
    item = shop.items()[0].id
    for _turn in range(wanted):
        try:
            shop.place_order([(item, 1)])
        except Exception as error:
            assert getattr(error, "code", "") == "sold_out", error
        else:
            sold.put(1)
    shop.close()


def test_processes_that_sell_the_same_item_sell_it_no_oftener_than_it_is_there(tmp_path):
    path = tmp_path / "shop.sqlite"
    shop = Shop(path, profile=QUIET)
    item = shop.items()[0].id
    shop.set_stock([{"variant_id": item, "quantity": 25}])
    processes = multiprocessing.get_context("spawn")
    sold = processes.Queue()
    sellers = [processes.Process(target=_sell, args=(path, 20, sold)) for _seller in range(2)]
    for seller in sellers:
        seller.start()
    for seller in sellers:
        seller.join()
        assert seller.exitcode == 0
    assert len(shop.orders()) == 25
    assert shop.stock(item) == 0
    assert len({order["revision"] for order in shop.orders()}) == 25
