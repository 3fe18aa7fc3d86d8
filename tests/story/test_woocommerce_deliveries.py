"""Every delivery of a real WooCommerce 9.9.5, all on one channel: in the order in which they came, shuffled, reversed.

However they come, and however often, each is stored once and the orders end as the shop stated them last.
"""

import json
import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.contract import recorded
from tests.sandbox.recorded_shop import SECRET

from channels.woocommerce import versions  # isort: skip

COUNTED = recorded.COUNTED["WooCommerce, whole road"]
DELIVERIES = list(recorded.woocommerce_deliveries())
OF_ORDERS = [recording for recording in DELIVERIES if b'"order_key"' in recording.body]
# Deliveries up to here were made before orders were edited, completed, cancelled and refunded.
EARLY = "197"
# In answers recorded after the last delivery: two orders more, and one whose product was deleted meanwhile.
LATE_LIST = "251-orders-list-status-filter.json"


def _newest():
    """{order: its newest state among the deliveries}"""
    found = {}
    for recording in OF_ORDERS:
        row = json.loads(recording.body)
        older = found.get(str(row["id"]))
        if not older or versions.of_order(older) <= versions.of_order(row):
            found[str(row["id"])] = row
    return found


NEWEST = _newest()
NEVER_PLACED = {"42"}  # waited for its payment until it was cancelled
EDITED = {"32"}  # from one unit to two


def _open(merchant, shops, name, **credentials):
    shop = shops.open(name)
    (channel,) = merchant.connect([shop], **credentials)
    return shop, channel


def _end(order):
    """What of an order must be the same however it came."""
    names = ("state", "ecom_version", "ecom_payment", "ecom_fulfilment", "amount_total", "amount_tax", "taxes", "lines")
    return {name: order[name] for name in names}


@pytest.fixture(scope="module")
def in_order(merchant, shops):
    """Recorded order, each delivery twice, the shop changing with them. (channel, orders before the changes)"""
    shop, channel = _open(merchant, shops, "in-order")
    merchant.go_live([channel])
    early = [recording for recording in DELIVERIES if recording.file < EARLY]
    _deliver_twice(merchant, shop, channel, early)
    merchant.await_quiet([channel])
    before = merchant.orders([channel])[channel]
    _deliver_twice(merchant, shop, channel, DELIVERIES[len(early) :])
    merchant.await_quiet([channel])
    return shop, channel, before


def _deliver_twice(merchant, shop, channel, recordings):
    for recording in recordings:
        if recording in OF_ORDERS:
            shop.holds(recording.body, listed=False)
        assert [merchant.deliver(channel, recording) for _time in range(2)] == [200, 200]
        COUNTED["deliveries proven: taken in, stored once though they came twice"] += 1


@pytest.fixture(scope="module")
def shuffled(merchant, shops):
    """In no order at all, when the shop has come to rest."""
    shop, channel = _open(merchant, shops, "shuffled")
    for row in NEWEST.values():
        shop.holds(_body(row), listed=False)
    merchant.go_live([channel])
    for recording in random.Random(19).sample(DELIVERIES, len(DELIVERIES)):
        assert merchant.deliver(channel, recording) == 200
    merchant.await_quiet([channel])
    return channel


@pytest.fixture(scope="module")
def backwards(merchant, shops):
    """Newest first, from a shop that has deleted its orders meanwhile: what the deliveries carried is all there is."""
    shop, channel = _open(merchant, shops, "backwards")
    for external_id in NEWEST:
        shop.loses(external_id)
    merchant.go_live([channel])
    for recording in reversed(OF_ORDERS):
        assert merchant.deliver(channel, recording) == 200
    merchant.await_quiet([channel])
    return channel


@pytest.fixture(scope="module")
def ends(merchant, in_order, shuffled, backwards):
    """What the orders are in the end: {channel: {order: what it says}} of the three, in this order."""
    channels = [in_order[1], shuffled, backwards]
    orders = merchant.orders(channels)
    return {channel: orders[channel] for channel in channels}


def _body(row):
    (body, *_same) = [recording.body for recording in OF_ORDERS if json.loads(recording.body) == row]
    return body


def test_each_delivery_is_stored_once_in_its_very_bytes(merchant, in_order):
    _shop, channel, _before = in_order
    # Orders that were asked for ahead are messages of their own.
    messages = [one for one in merchant.messages(channel) if one["event_key"].startswith("delivery:")]
    assert len(messages) == len(DELIVERIES) == len({message["event_key"] for message in messages})
    assert Counter(message["topic"] for message in messages) == Counter(map(_topic, DELIVERIES))
    kept = Counter(merchant.payloads(channel).values())
    # Those about orders lead to a fetch, and the order as it was fetched takes their place.
    assert not Counter(recording.body for recording in DELIVERIES if _topic(recording) != "orders") - kept
    assert {message["state"] for message in messages} <= {"done", "ignored", "superseded"}


def _topic(recording):
    resource, _dot, name = recording.topic.partition(".")
    if name.startswith("woocommerce_order_"):
        return "orders"
    return {"order": "orders", "product": "products"}.get(resource, "other")


@pytest.mark.parametrize("external_id", sorted(NEWEST.keys() - NEVER_PLACED))
def test_an_order_ends_as_the_shop_stated_it_last_however_its_deliveries_came(ends, external_id):
    row = NEWEST[external_id]
    in_order, shuffled, backwards = (_end(orders[external_id]) for orders in ends.values())
    assert in_order == shuffled == backwards
    assert in_order["ecom_version"] == versions.of_order(row)
    assert (in_order["state"], in_order["amount_total"]) == ("sale", Decimal(row["total"]))
    assert in_order["ecom_fulfilment"] == ("fulfilled" if row["status"] == "completed" else "open")


def test_an_order_that_was_never_paid_is_never_placed(ends):
    for orders in ends.values():
        assert orders.keys() == NEWEST.keys() - NEVER_PLACED


def test_each_refund_is_known_once(merchant, ends):
    stated = {str(refund["id"]) for row in NEWEST.values() for refund in row["refunds"]}
    for channel in ends:
        rows = merchant.query("SELECT external_id FROM ecom_refund WHERE channel_id = %s", channel)
        assert Counter(row[0] for row in rows) == Counter(stated)
    assert len(stated) == 3


def test_an_order_edited_in_the_shop_follows_while_nothing_is_picked(merchant, in_order, ends):
    """Placed with one unit and edited to two later; where the edit was there first, it is placed so."""
    (external_id,) = EDITED
    _shop, _channel, before = in_order
    assert before[external_id]["amount_total"] == Decimal("50.78")
    for channel in ends:
        assert ends[channel][external_id]["amount_total"] == Decimal("93.03")
        assert merchant.exceptions(channel) == []
    COUNTED["orders edited in the shop after they were placed here, followed to the cent"] += 1


def test_a_later_reading_of_a_range_repairs_and_disturbs_nothing(merchant, in_order, ends):
    """The lists hold two orders that no delivery told of, and one whose product was deleted after it was placed."""
    shop, channel, _before = in_order
    then, troubles = ends[channel], merchant.exceptions(channel)
    for recording in recorded.woocommerce_orders():
        if recording.file == LATE_LIST:
            shop.holds(recording.body)
    merchant.fetch_orders(channel, since="2026-11-20 16:00:00", until="2026-11-20 17:00:00")
    merchant.await_quiet([channel])
    now = merchant.orders([channel])[channel]
    assert now.keys() - then.keys() == {"43", "46"}
    assert {external_id: _end(now[external_id]) for external_id in then} == {
        external_id: _end(order) for external_id, order in then.items()
    }
    assert merchant.exceptions(channel) == troubles


# --------------------------------------------------------------------- refused
def test_each_delivery_is_refused_after_one_byte_is_changed(merchant, shops):
    _shop, channel = _open(merchant, shops, "refusing")
    merchant.go_live([channel])
    chance = random.Random(5)
    for recording in DELIVERIES:
        body = bytearray(recording.body)
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
        assert merchant.deliver(channel, recording, bytes(body)) == 401, recording.file
        COUNTED["deliveries refused after one byte was changed"] += 1
    forged = replace(DELIVERIES[0], headers={**DELIVERIES[0].headers, "x-wc-webhook-signature": "A" * 43 + "="})
    unsigned = {name: value for name, value in DELIVERIES[0].headers.items() if name != "x-wc-webhook-signature"}
    assert merchant.deliver(channel, forged) == 401
    assert merchant.deliver(channel, replace(forged, headers=unsigned)) == 401
    assert merchant.messages(channel) == [] and merchant.payloads(channel) == {}


def test_a_delivery_of_another_shop_is_refused(merchant, shops):
    """The same bytes and headers; only the secret differs."""
    _shop, channel = _open(merchant, shops, "another", webhook_secret="its-own-secret")
    merchant.go_live([channel])
    assert {merchant.deliver(channel, recording) for recording in DELIVERIES} == {401}
    assert merchant.messages(channel) == []
    (exception,) = merchant.exceptions(channel)
    assert exception["category"] == "connection" and "webhook secret" in exception["detail"]


def test_pings_are_answered_and_stored_nowhere(merchant, shops):
    _shop, channel = _open(merchant, shops, "pinging")
    merchant.go_live([channel])
    for recording in recorded.woocommerce_pings():
        assert merchant.deliver(channel, recording) == 200
        COUNTED["pings answered and stored nowhere"] += 1
    merchant.await_quiet([channel])
    assert merchant.messages(channel) == [] and merchant.payloads(channel) == {}
    assert COUNTED["pings answered and stored nowhere"] == 5


def test_a_wrong_secret_pauses_the_channel_and_says_so(merchant, shops):
    _shop, channel = _open(merchant, shops, "locked-out", consumer_secret=f"{SECRET}x")
    merchant.go_live([channel])
    merchant.await_paused(channel)
    (exception,) = merchant.exceptions(channel)
    assert (exception["category"], exception["state"]) == ("connection", "open")
    assert "Consumer secret is invalid." in exception["detail"]
    COUNTED["exceptions: the shop refuses the secret"] += 1
