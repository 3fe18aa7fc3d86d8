"""Every order recorded with a real Magento 1.9 and a real PrestaShop 1.6 travels the whole road of a running Odoo.

Each file has a shop and a channel of its own, so each is proven by itself. These shops tell nothing by themselves: the
orders come in by polling over real HTTP, Magento's in encoded and in WS-I mode by turns.
"""

import contextlib
import json
import re
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from lxml import etree

from tests.contract import recorded
from tests.sandbox.magento_shop import KEY as MAGENTO_KEY
from tests.sandbox.magento_shop import USER as MAGENTO_USER
from tests.sandbox.magento_shop import MagentoShop
from tests.sandbox.presta_shop import KEY as PRESTA_KEY
from tests.sandbox.presta_shop import PrestaShop
from tests.sandbox.replayed_magento import soap_exchanges

COUNTED = recorded.COUNTED["Magento 1 and PrestaShop, whole road"]
CANCELLED = "Cancelled on the channel before it came here."
PENDING = "Not ready on the channel: it waits for the buyer's payment."
# Files whose order rightly does not become a sale order, with what is said of it.
OUTSIDE = {
    "091-order-info-closed.json": CANCELLED,  # all money went back before anything was shipped
    "cfg-019-order-info-coupon-refunded.json": CANCELLED,
    "040-order-demo-1.json": CANCELLED,
    "042-order-demo-3.json": PENDING,  # its payment failed, as that of 7: paid was not what it cost
    "076-order-get-7.json": PENDING,
    "090-order-demo-1-cancelled.json": CANCELLED,
}
PRODUCTS = {"TOWEL-01": "Tea towel", "CHEAP": "Button", "SKU WITH SPACE/&": "Odd sku", "SHIRT-RED": "Shirt Red"}
PRODUCTS |= {"SHIRT-BLUE": "Shirt Blue", "demo_1": "T-shirt", "demo_2": "Blouse", "demo_3": "Dress"}
TAXES = {"15.5%": {"name": "Sales tax 15.5%", "amount": 15.5}, "21%": {"name": "BTW 21% (Magento)", "amount": 21.0}}


def _magento():
    """{file: the order of the shop's answer}"""
    answers = {e.file: e.answer for e in soap_exchanges() if b"salesOrderInfoResponse" in e.answer}
    return {file: etree.fromstring(answer)[0][0][0] for file, answer in answers.items()}


def _prestashop():
    found = {}
    for exchange in recorded.exchanges("prestashop"):
        request = exchange.request
        if request["method"] == "GET" and re.fullmatch(r"/api/orders/[0-9]+", urlsplit(request["url"]).path):
            found[exchange.file] = exchange.answer
    return found


MAGENTO, PRESTASHOP = _magento(), _prestashop()
PROVEN = [file for file in (*MAGENTO, *PRESTASHOP) if file not in OUTSIDE]


@pytest.fixture(scope="module")
def channels(merchant):
    """{file: channel}, after all that the shops hold has come in and was worked off."""
    merchant.sells(PRODUCTS)
    merchant.charges(TAXES)
    with contextlib.ExitStack() as stack:
        magento = {file: stack.enter_context(_magento_shop(place, file)) for place, file in enumerate(MAGENTO)}
        presta = {file: stack.enter_context(_presta_shop(answer)) for file, answer in PRESTASHOP.items()}
        entered = {file: {"url": shop.url, "user": MAGENTO_USER, "key": MAGENTO_KEY} for file, shop in magento.items()}
        channels = dict(zip(magento, merchant.open("magento1", entered, "flatrate_flatrate"), strict=True))
        entered = {file: {"url": shop.url, "key": PRESTA_KEY} for file, shop in presta.items()}
        channels |= dict(zip(presta, merchant.open("prestashop", entered, "2"), strict=True))
        merchant.go_live(list(channels.values()))
        merchant.await_quiet(list(channels.values()))
        yield channels
        for shop in (*magento.values(), *presta.values()):
            assert shop.surprises == []


def _magento_shop(place, file):
    return MagentoShop(wsi=bool(place % 2)).holds(file)


def _presta_shop(answer):
    shop = PrestaShop()
    shop.holds(answer)
    shop.only(etree.fromstring(answer)[0].findtext("id"))
    return shop


@pytest.fixture(scope="module")
def sales(merchant, channels):
    return merchant.orders(list(channels.values()))


@pytest.mark.parametrize("file", [file for file in PROVEN if file in MAGENTO])
def test_an_order_of_magento_is_a_confirmed_sale_order_to_the_cent(merchant, channels, sales, file):
    row = MAGENTO[file]
    order = sales[channels[file]][row.findtext("increment_id")]
    total, tax = Decimal(row.findtext("grand_total")), Decimal(row.findtext("tax_amount"))
    assert (order["state"], order["currency"]) == ("sale", "USD")
    assert (order["amount_total"], order["amount_tax"], order["amount_untaxed"]) == (total, tax, total - tax)
    assert order["ecom_total"] == total
    assert sum(order["taxes"].values()) == tax and len(order["taxes"]) == 1
    assert order["lines"] == _magento_lines(merchant, row)
    assert order["ecom_payment"] == ("paid" if row.findtext("total_paid") else "unpaid")
    COUNTED["Magento orders proven: total, tax and every line to the cent"] += 1


def _magento_lines(merchant, row):
    """{line: (product, quantity, net, tax)}; of a configurable only the line that has the price."""
    found = {}
    for item in row.iterfind("items/item"):
        net = Decimal(item.findtext("row_total")) - Decimal(item.findtext("discount_amount"))
        if net:
            product, quantity = merchant.products[item.findtext("sku")], float(item.findtext("qty_ordered"))
            found[item.findtext("item_id")] = (product, quantity, net, Decimal(item.findtext("tax_amount")))
    found["shipping"] = (merchant.carrier_product, 1, Decimal(row.findtext("shipping_amount")), Decimal(0))
    return found


@pytest.mark.parametrize("file", [file for file in PROVEN if file in PRESTASHOP])
def test_an_order_of_prestashop_is_a_confirmed_sale_order_to_the_cent(merchant, channels, sales, file):
    row = etree.fromstring(PRESTASHOP[file])[0]
    order = sales[channels[file]][row.findtext("id")]
    total = Decimal(row.findtext("total_paid_tax_incl"))
    assert (order["state"], order["currency"], order["ecom_payment"]) == ("sale", "USD", "unpaid")
    assert (order["amount_total"], order["amount_tax"], order["ecom_total"]) == (total, 0, total)
    lines = {}
    for item in row.iterfind("associations/order_rows/order_row"):
        net = Decimal(item.findtext("unit_price_tax_excl")) * int(item.findtext("product_quantity"))
        product = merchant.products[item.findtext("product_reference")]
        lines[item.findtext("id")] = (product, int(item.findtext("product_quantity")), net, 0)
    lines["shipping"] = (merchant.carrier_product, 1, Decimal(row.findtext("total_shipping_tax_excl")), 0)
    assert order["lines"] == lines
    COUNTED["PrestaShop orders proven: total and every line to the cent"] += 1


@pytest.mark.parametrize("file", sorted(OUTSIDE))
def test_an_order_that_is_not_to_be_placed_waits_outside_and_says_why(merchant, channels, sales, file):
    (message,) = [message for message in merchant.messages(channels[file]) if message["topic"] == "orders"]
    assert (message["state"], message["ignore_reason"]) == ("ignored", OUTSIDE[file])
    assert not sales[channels[file]] and not merchant.exceptions(channels[file])
    COUNTED[f"left outside: {OUTSIDE[file]}"] += 1


def test_nothing_went_wrong_and_every_order_is_accounted_for(merchant, channels, sales):
    assert len(MAGENTO) == 13 and len(PRESTASHOP) == 5
    assert sum(len(orders) for orders in sales.values()) == len(PROVEN) == len(channels) - len(OUTSIDE)
    assert {file: merchant.exceptions(channel) for file, channel in channels.items()} == dict.fromkeys(channels, [])


def test_no_key_stands_in_what_is_stored(merchant, channels):
    told = json.dumps([str(body) for channel in channels.values() for body in merchant.payloads(channel).values()])
    assert MAGENTO_KEY not in told and PRESTA_KEY not in told
