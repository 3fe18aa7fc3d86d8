"""Every order of a real WooCommerce 9.9.5 travels the whole road of a running Odoo, file by file.

An order that stands in an answer comes in by polling a shop that holds it. A delivery is posted unchanged to the
webhook of a shop whose lists are empty: the order comes in by the delivery alone and is fetched by its id. Each file
has a shop and a channel of its own, so each is proven by itself.
"""

import json
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

import pytest

from tests.contract import recorded
from tests.story.merchant import GIFT, PRODUCTS

COUNTED = recorded.COUNTED["WooCommerce, whole road"]
CENT = Decimal("0.01")

PENDING = "Not ready on the channel: it waits for the buyer's payment."
CANCELLED = "Cancelled on the channel before it came here."
# Files whose order rightly does not become a sale order, with what is said of it.
OUTSIDE = {
    "147-order-create-pending-unpaid.json": PENDING,
    "185-webhook-order-created-orders-created.json": PENDING,
    "186-webhook-order-updated-orders-created.json": PENDING,
    "205-order-cancel.json": CANCELLED,
    "224-webhook-order-updated-refunds-and-status.json": CANCELLED,
}
# Files with an order whose product was deleted in the shop: its line names nothing any more, so a person must say what
# was sold. 150, 191 and 192 have the same order from before.
NAMELESS = {"198-order-get-with-deleted-product.json": "45", "251-orders-list-status-filter.json": "45"}

ORDERS = list(recorded.woocommerce_orders())
STATED = [(recording.file, json.loads(recording.body)) for recording in ORDERS]


def _is_proven(file, row):
    return file not in OUTSIDE and NAMELESS.get(file) != str(row["id"])


PROVEN = [pytest.param(file, row, id=f"{file[:3]}-order-{row['id']}") for file, row in STATED if _is_proven(file, row)]


@pytest.fixture(scope="module")
def channels(merchant, shops):
    """{file: channel}, after all that the files hold has come in and was worked off."""
    opened = {recording.file: shops.open(recording.file[:3]) for recording in ORDERS}
    for recording in ORDERS:
        opened[recording.file].holds(recording.body, listed=recording.kind == "order")
    channels = dict(zip(opened, merchant.connect(list(opened.values())), strict=True))
    merchant.go_live(list(channels.values()))
    for recording in ORDERS:
        if recording.kind == "delivery":
            assert merchant.deliver(channels[recording.file], recording) == 200
    merchant.await_quiet(list(channels.values()))
    return channels


@pytest.fixture(scope="module")
def sales(merchant, channels):
    return merchant.orders(list(channels.values()))


@pytest.mark.parametrize("file, row", PROVEN)
def test_an_order_is_a_confirmed_sale_order_to_the_cent(merchant, channels, sales, file, row):
    order = sales[channels[file]][str(row["id"])]
    assert (order["state"], order["currency"]) == ("sale", row["currency"])
    assert order["amount_total"] == order["ecom_total"] == Decimal(row["total"])
    assert order["amount_tax"] == Decimal(row["total_tax"])
    assert order["amount_untaxed"] == Decimal(row["total"]) - Decimal(row["total_tax"])
    assert order["taxes"] == _taxes_by_rate(row)
    assert order["lines"] == _lines(merchant, row)
    assert order["ecom_payment"] == ("paid" if row["date_paid_gmt"] else "unpaid")
    assert order["ecom_fulfilment"] == ("fulfilled" if row["status"] == "completed" else "open")
    COUNTED["orders proven: total, taxes by rate and every line to the cent"] += 1
    COUNTED["  lines of them"] += len(order["lines"])


def _taxes_by_rate(row):
    found = {str(t["rate_id"]): Decimal(t["tax_total"]) + Decimal(t["shipping_tax_total"]) for t in row["tax_lines"]}
    return {code: amount for code, amount in found.items() if amount}


def _lines(merchant, row):
    """{line: (product, quantity, net, tax)}, each tax of each line rounded as the shop rounds it."""
    found = {}
    for kind in ("line_items", "shipping_lines", "fee_lines"):
        for item in row[kind]:
            taxes = [Decimal(tax["total"]) for tax in item["taxes"] if tax["total"]]
            rounded = sum((tax.quantize(CENT, ROUND_HALF_UP) for tax in taxes), Decimal(0))
            assert rounded == Decimal(item["total_tax"])
            product = _product(merchant, kind, item)
            found[str(item["id"])] = (product, item.get("quantity", 1), Decimal(item["total"]), rounded)
    return found


def _product(merchant, kind, item):
    if kind == "shipping_lines":
        return merchant.carrier_product
    if kind == "fee_lines":
        return merchant.fee_product
    return merchant.products[item["sku"] or False]


def test_invoices_bill_what_the_shop_charged(merchant, sales):
    """The same amounts, tax by tax, on the invoice that Odoo makes of the order."""
    ids = [order["id"] for orders in sales.values() for order in orders.values()]
    values = {"sale_order_ids": ids, "advance_payment_method": "delivered", "consolidated_billing": False}
    (wizard,) = merchant.call("sale.advance.payment.inv", "create", [values])
    merchant.call("sale.advance.payment.inv", "create_invoices", [wizard])
    invoices = merchant.invoices(ids)
    for orders in sales.values():
        for order in orders.values():
            (invoice,) = invoices[order["id"]]
            assert invoice == {name: order[name] for name in ("amount_total", "amount_tax", "amount_untaxed", "taxes")}
            COUNTED["invoices proven: total and taxes by rate to the cent"] += 1


def test_every_refund_of_an_order_is_here_with_its_amount_and_its_lines(merchant, channels, sales):
    """The order only names it; the shop was asked what it was for."""
    stated = {str(row["id"]): row for row, _body in recorded.woocommerce_refunds()}
    found = merchant.refunds(list(channels.values()))
    for file, row in STATED:
        if _is_proven(file, row) and row["refunds"]:
            for refund in row["refunds"]:
                amount, lines = found[channels[file]][str(refund["id"])]
                assert amount == Decimal(stated[str(refund["id"])]["amount"]) == -Decimal(refund["total"])
                assert lines == _refunded(stated[str(refund["id"])])
                COUNTED["refunds proven: amount and every line to the cent"] += 1
    assert COUNTED["refunds proven: amount and every line to the cent"] >= len(stated) - 2


def _refunded(row):
    """{line of the order: (quantity, net, tax)}; a plain amount has none."""
    found = {}
    for item in [*row["line_items"], *row["shipping_lines"], *row["fee_lines"]]:
        (line,) = [str(entry["value"]) for entry in item["meta_data"] if entry["key"] == "_refunded_item_id"]
        found[line] = (-item.get("quantity", 0), -Decimal(item["total"]), -Decimal(item["total_tax"]))
    return found


def test_an_order_is_fetched_by_its_number_when_a_person_asks_for_it(merchant, shops):
    """No list and no delivery tells of it; the largest recorded one, as the buyer would name it."""
    shop = shops.open("by-number")
    (channel,) = merchant.connect([shop])
    merchant.go_live([channel])
    (largest,) = [recording for recording in ORDERS if json.loads(recording.body)["id"] == 46]
    shop.holds(largest.body, listed=False)
    merchant.fetch_orders(channel, number="#46")
    merchant.await_quiet([channel])
    assert merchant.orders([channel])[channel]["46"]["amount_total"] == Decimal("850.10")


@pytest.mark.parametrize("file", sorted(OUTSIDE))
def test_an_order_that_is_not_to_be_placed_waits_outside_and_says_why(merchant, channels, sales, file):
    (message,) = _order_messages(merchant, channels[file])
    assert (message["state"], message["ignore_reason"]) == ("ignored", OUTSIDE[file])
    assert not sales[channels[file]] and not merchant.exceptions(channels[file])
    COUNTED[f"left outside: {OUTSIDE[file]}"] += 1


@pytest.mark.parametrize("file", sorted(NAMELESS))
def test_a_deleted_product_is_asked_for_in_plain_words(merchant, channels, sales, file):
    channel, external_id = channels[file], NAMELESS[file]
    (message,) = [m for m in _order_messages(merchant, channel) if m["external_id"] == external_id]
    (exception,) = merchant.exceptions(channel)
    said = (
        "No product here for Discontinued (SKU -). The item was deleted on the channel, and nothing says which product "
        "it was. Enter this order by hand and ignore the message, with the number of your order as the reason."
    )
    assert (message["state"], message["problem"]) == ("failed", said)
    assert (exception["state"], exception["category"], exception["detail"]) == ("open", "product", said)
    assert external_id not in sales[channel]
    COUNTED["exceptions: the product was deleted in the shop"] += 1


def test_nothing_else_went_wrong_and_every_order_is_accounted_for(merchant, channels, sales):
    assert len(STATED) == len(PROVEN) + len(OUTSIDE) + len(NAMELESS) > 40
    assert sum(len(orders) for orders in sales.values()) == len(PROVEN)
    troubled = {file for file, channel in channels.items() if merchant.exceptions(channel)}
    assert troubled == set(NAMELESS)


def test_what_is_stored_are_the_very_bytes_of_the_shop(merchant, channels):
    bodies = defaultdict(list)
    for recording in ORDERS:
        bodies[recording.file].append(recording.body)
    for file, channel in channels.items():
        # An order in trouble may have been asked for once more.
        assert set(merchant.payloads(channel).values()) == set(bodies[file])


def test_every_item_of_the_recordings_is_one_that_the_merchant_sells():
    """Else an order would be proven with the wrong product."""
    named = {item["sku"] or GIFT for _file, row in STATED for item in row["line_items"] if item["product_id"]}
    assert named == {sku or GIFT for sku in PRODUCTS}


def _order_messages(merchant, channel):
    return [message for message in merchant.messages(channel) if message["topic"] == "orders"]
