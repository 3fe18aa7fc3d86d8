"""How tests read an order of the sandbox, and send it."""

from decimal import Decimal

import tests.sandbox.shopify  # noqa: F401 finds the channels

from channels.records import Shipment, ShipmentLine  # isort: skip
from channels.shopify import orders, shipments  # isort: skip
from rules.amounts import amounts  # isort: skip


def read(client, number):
    return orders.parse_order(orders.fetch_order(client, str(number)).body)


def adds_up(order):
    """Nothing is left over, on either side."""
    for side in filter(None, (order, order.in_shop_currency)):
        found = amounts(side, 0 if side.currency == "JPY" else 2)
        assert not found.difference and not found.tax_difference, (side.currency, found)
    return order


def units(order):
    return {line.sku or line.external_id: int(line.quantity) for line in order.lines if line.kind == "product"}


def ship_all(shop, client, number):
    lines = tuple(
        ShipmentLine(line_id=str(line["id"]), quantity=Decimal(line["current"]))
        for line in shop.orders[number]["lines"]
        if line["ships"]
    )
    shipments.send_shipment(client, Shipment(key=f"all-{number}", order_id=str(number), lines=lines))
