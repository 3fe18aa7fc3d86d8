"""The page of the shop that `make run SHOP=sandbox` opens, over HTTP."""

import requests

from tests.sandbox.shopify import schema


def test_who_buys_on_the_page_finds_his_order_there_and_less_stock():
    schema.versions()
    from tests.sandbox.shopify import window

    with window.opened() as (shop, words):
        page = requests.get(f"{shop.url}/", timeout=10)
        assert page.status_code == 200 and "None yet" in page.text and shop.url in words
        for form in (
            {"sku": "CUP-WHITE", "units": "3", "country": "CA"},
            {"sku": "<b>", "units": "1", "country": "CA"},
        ):
            page = requests.post(f"{shop.url}/buy", data=form, timeout=10)
        assert page.url == f"{shop.url}/" and "3 x White cup" in page.text and "Unfulfilled" in page.text
        assert len(shop.orders) == 1 and shop.available("CUP-WHITE", next(iter(shop.locations))) == 7
        assert requests.get(f"{shop.url}x/", timeout=10).status_code == 404
