"""The recorded shop is strict: what nobody recorded is noticed, and our own client cannot tell it from the real one."""

import contextlib
import json

import pytest
import requests

from tests.contract import recorded
from tests.sandbox.recorded_shop import KEY, SECRET, RecordedShops

from channels import errors  # isort: skip
from channels.woocommerce import client, orders, products, signing, stock  # isort: skip
from channels.records import StockLevel  # isort: skip

ORDER = next(iter(recorded.woocommerce_orders()))
ID = str(json.loads(ORDER.body)["id"])


@pytest.fixture
def shops():
    with RecordedShops() as opened:
        yield opened


@pytest.fixture
def shop(shops):
    opened = shops.open("strict")
    opened.holds(ORDER.body)
    return opened


def _connect(shop, secret=SECRET):
    return client.connect({"url": shop.url, "consumer_key": KEY, "consumer_secret": secret})


def test_an_order_comes_in_its_recorded_bytes_by_id_and_in_lists(shop, shops):
    reached = _connect(shop)
    assert orders.fetch_order(reached, ID).body == ORDER.body
    assert [raw.body for raw in orders.fetch_orders(reached, None).items] == [ORDER.body]
    assert shops.surprises == []


def test_an_order_that_is_not_listed_can_still_be_fetched(shop):
    shop.holds(ORDER.body, listed=False)
    assert orders.fetch_orders(_connect(shop), None).items == ()
    assert orders.fetch_order(_connect(shop), ID).body == ORDER.body


def test_a_lost_order_is_gone(shop, shops):
    shop.loses(ID)
    with pytest.raises(errors.Gone):
        orders.fetch_order(_connect(shop), ID)
    assert shops.surprises == []


def test_the_catalogue_is_the_recorded_one(shop):
    page = products.fetch_products(_connect(shop))
    assert [item.sku for item in page.items] == ["MUG-300", "TOWEL/É-01", "", "EBOOK-1", "DRAFT-1", "a b/c#d?e&f+g"]


def test_a_wrong_secret_is_refused_in_the_recorded_words(shop):
    with pytest.raises(errors.Refused, match="Consumer secret is invalid."):
        orders.fetch_order(_connect(shop, secret="other"), ID)


def test_what_nobody_recorded_is_a_surprise(shop, shops):
    reached = _connect(shop)
    for ask in (
        lambda: orders.fetch_order(reached, "31"),
        lambda: reached.get("customers", what="x"),
        lambda: reached.get("orders", {"per_page": 5, "orderby": "modified", "order": "asc", "color": "red"}, what="x"),
        lambda: stock.push_stock(reached, [StockLevel(variant_id="11", quantity=1)]),
    ):
        known = len(shops.surprises)
        with contextlib.suppress(errors.ChannelError):
            ask()
        assert len(shops.surprises) == known + 1


def test_every_request_needs_a_proof_of_its_own(shop, shops):
    url = f"{shop.url}/wp-json/wc/v3/orders/{ID}"
    header = signing.oauth_header("GET", url, {}, KEY, SECRET)
    answers = [
        requests.get(url, headers=headers, timeout=10).status_code
        for headers in (
            {"Authorization": header},
            {"Authorization": header},
            {"Authorization": signing.basic_header(KEY, SECRET)},
            {},
        )
    ]
    assert answers == [200, 501, 501, 501]
    assert len(shops.surprises) == 3
