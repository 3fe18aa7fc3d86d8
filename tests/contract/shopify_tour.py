"""Everything the adapter can ask of a Shopify, asked once or more: what it sends is then held to the schemas."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from tests.sandbox.shopify import people
from tests.sandbox.shopify.inside import connect, open_shop
from tests.sandbox.shopify.shop import CLIENT_SECRET

from channels.records import Cancellation, ItemChange, ItemParent, Note, Price, Refund, RefundLine  # isort: skip
from channels.records import Shipment, ShipmentLine, StockLevel  # isort: skip
from channels.shopify import coupons, customers, orders, prices, products, refunds, returns, settlements  # isort: skip
from channels.shopify import shipments, stock, subscriptions  # isort: skip
from channels.records import ReturnAnswer, ReturnAnswerLine  # isort: skip

LATELY = timedelta(hours=1)
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 32


def tour(version):
    """Returns the desk, which remembers what it was asked."""
    shop, desk, client = open_shop(version)
    client.check()
    since = datetime.now(timezone.utc) - LATELY
    _orders(shop, desk, client, since)
    _long_ones(shop, client)
    _stock(shop, client)
    _parcels(shop, client)
    _money(shop, client, since)
    _returns(shop, client)
    _goods(shop, client)
    _markets(shop, client)
    _lists(shop, client)
    _at_once(client)
    subscriptions.arm_subscriptions(client, "https://odoo.example.com/ecom/webhook/1", CLIENT_SECRET)
    next(iter(shop.hooks.values()))["fields"] = ["everything"]
    subscriptions.arm_subscriptions(client, "https://odoo.example.com/ecom/webhook/1", CLIENT_SECRET)
    return desk


def _orders(shop, desk, client, since):
    first = str(people.place_order(shop, {"SHIRT": 2, "CUP": 1}, country="CA", note="Ring twice"))
    second = str(people.place_order(shop, {"CUP": 2}))
    orders.fetch_orders(client, since)
    orders.fetch_orders(client, since, datetime.now(timezone.utc), open_only=True)
    orders.fetch_orders(connect(desk, leave_out="pos, shopify_draft_order"), None)
    orders.fetch_several(client, (first, second))
    orders.fetch_several(client, (f"FulfillmentOrder/{shop.orders[int(first)]['places'][0]['id']}",))
    orders.find_order(client, "#1001")
    orders.send_note(client, Note(key="n", order_id=first, text="Packed by Ada"))
    orders.find_note(client, Note(key="n", order_id=first, text="Packed by Ada"))
    line = str(shop.orders[int(second)]["lines"][0]["id"])
    fewer = (ShipmentLine(line_id=line, quantity=Decimal(1)),)
    orders.cancel_order(client, Cancellation(key="c", order_id=second, lines=fewer, reason="Broken"))
    orders.cancel_order(client, Cancellation(key="c", order_id=second, reason="Sold out"))


def _long_ones(shop, client):
    """One of everything that is longer than a page."""
    front = next(iter(shop.locations))
    skus = [f"PART{number:03d}" for number in range(40)]
    for sku in skus:
        shop.add_variant(sku, "1.10", {front: 100})
    number = people.place_order(shop, dict.fromkeys(skus, 2), shipping=["1.00"] * 60)
    order = shop.orders[number]
    for entry in range(25):
        order["transactions"].append(people.transaction(shop, order, "AUTHORIZATION", "card", Decimal(entry + 1)))
    for _place in range(12):
        order["places"].append(
            {"id": shop.next_id(), "location": front, "status": "CANCELLED", "holds": [], "lines": []}
        )
    lines = {str(line["id"]): line for line in order["lines"]}
    parcel = Shipment(
        key="long",
        order_id=str(number),
        lines=tuple(ShipmentLine(line_id=line, quantity=Decimal(1)) for line in lines),
        location_id=str(front),
    )
    shipments.send_shipment(client, parcel)
    made = people.take_units(shop, order, [(line, 1, "RETURN") for line in order["lines"]])
    for line in order["shipping"][:5]:
        people.give_up_shipping(shop, order, made, line, "0.50")
    for _entry in range(12):
        people.pay_back(shop, order, made, Decimal("1.00"), "SUCCESS")
    paper = {"id": shop.next_id(), "status": "CLOSED", "at": shop.now(), "name": "#R", "reason": "All"}
    paper["lines"] = [(line, 1) for line in order["lines"]]
    paper["exchange"] = [(shop.next_id(), line, 1) for line in order["lines"]]
    order["returns"].append(paper)
    made["return"] = paper
    for _entry in range(100):
        people.take_units(shop, order, [])
        people.leave(shop, order, order["lines"][0])
    orders.parse_order(orders.fetch_order(client, str(number)).body)


def _stock(shop, client):
    front, back = shop.locations
    shirt, cup = shop.by_sku("SHIRT"), shop.by_sku("CUP")

    def level(variant, place, quantity, expected, key):
        return StockLevel(
            variant_id=str(variant["id"]),
            stock_id=str(variant["item"]),
            location_id=str(place),
            quantity=quantity,
            expected=expected,
            key=key,
        )

    now = shop.stock.available(shirt["item"], front)
    stock.push_stock(client, [level(shirt, front, 3, now, "1"), level(cup, back, 4, None, "2")])
    stock.push_stock(client, [level(shirt, front, 5, 99, "3"), level(cup, front, 0, None, "4")])
    stock.read_stock(client, [level(shirt, front, 0, None, ""), level(cup, back, 0, None, "")])


def _parcels(shop, client):
    front, back = shop.locations
    number = people.place_order(shop, {"SHIRT": 2}, location=front)
    line = str(shop.orders[number]["lines"][0]["id"])
    common = {"order_id": str(number), "carrier_name": "DHL", "location_id": str(front)}
    one = (ShipmentLine(line_id=line, quantity=Decimal(1)),)
    first = Shipment(key="a", lines=one, tracking_number="T1", tracking_url="https://dhl.example.com/T1", **common)
    made = shipments.send_shipment(client, first)
    shipments.find_shipment(client, first)
    shipments.send_shipment(client, Shipment(key="a", external_id=made, tracking_number="T2", **common))
    shipments.send_shipment(client, Shipment(key="box", tracking_number="T3", **common))
    elsewhere = {**common, "location_id": str(back)}
    shipments.send_shipment(client, Shipment(key="b", lines=one, tracking_number="T4", **elsewhere))
    for request in ("SUBMITTED", "CANCELLATION_REQUESTED"):
        number = people.place_order(shop, {"SHIRT": 1}, location=front)
        people.ask_service(shop, number, request)
        one = (ShipmentLine(line_id=str(shop.orders[number]["lines"][0]["id"]), quantity=Decimal(1)),)
        asked = Shipment(key=request, order_id=str(number), location_id=str(front), lines=one)
        shipments.send_shipment(client, asked)
    number = people.place_order(shop, {"SHIRT": 1}, location=front)
    people.ask_service(shop, number, "CANCELLATION_REQUESTED")
    orders.cancel_order(client, Cancellation(key="s", order_id=str(number), reason="As you wished"))


def _returns(shop, client):
    number = people.place_order(shop, {"SHIRT": 1, "CUP": 2})
    line = {entry["variant"]["sku"]: str(entry["id"]) for entry in shop.orders[number]["lines"]}
    for sku, verbs in (("SHIRT", ("decline",)), ("CUP", ("approve", "decline")), ("CUP", ("approve", "inspect"))):
        paper = str(people.ask_return(shop, number, sku, 1))
        looked = (ReturnAnswerLine(line_id=line[sku], quantity=Decimal(1), disposition="restocked"),)
        for verb in verbs:
            returns.answer_return(
                client, ReturnAnswer(key="r", return_id=paper, order_id=str(number), verb=verb, note="No", lines=looked)
            )


def _money(shop, client, since):
    charged = people.place_order(shop, {"SHIRT": 1})
    people.return_with_fees(shop, charged, "SHIRT", "2.50", "1.00")
    number = people.place_order(shop, {"SHIRT": 1, "CUP": 1})
    line = str(shop.orders[number]["lines"][1]["id"])
    amount = Refund(
        external_id="",
        order_id=str(number),
        key="odoo-1-1",
        currency="USD",
        amount=Decimal("2.00"),
        reason="Late",
        pays=True,
    )
    refunds.send_refund(client, amount)
    refunds.find_refund(client, amount)
    freight = RefundLine(external_id="", line_id="shipping-1", amount=Decimal("0.50"))
    goods = (RefundLine(external_id="", line_id=line, quantity=Decimal(1)), freight)
    by_hand = Refund(
        external_id="", order_id=str(number), key="odoo-1-2", currency="USD", amount=Decimal("8.37"), lines=goods
    )
    refunds.send_refund(client, by_hand)
    people.ask_return(shop, number, "SHIRT", 1)
    refunds.fetch_refunds(client, since)
    returns.fetch_returns(client, since)
    people.pay_out(shop)
    settlements.fetch_settlements(client, since)


def _goods(shop, client):
    token = ""
    while True:
        page = products.fetch_products(client, token)
        token = page.next
        if not token:
            break
    variants = [str(number) for number in shop.variants]
    for count in range(1, 11):
        given = [Price(variant_id=number, amount=Decimal("9.50")) for number in variants[:count]]
        prices.push_prices(client, given)
    prices.push_prices(client, [Price(variant_id=variants[0], amount=Decimal("9.50"), offer=Decimal("8.00"))])
    said = {"name": "Shirt", "sku": "SHIRT", "barcode": "4006381333931", "description": "<p>Soft</p>", "active": True}
    products.change_products(client, [ItemChange(variant_id=variants[0], price=Decimal("21"), **said)])
    products.make_product(client, ItemChange(**{**said, "sku": "NEW", "active": False}, price=Decimal("1")))
    polo = ItemParent(key="ODOO-7", name="Polo", options=(("Size", ("S", "M")),))
    for size in ("S", "M"):
        chosen = {"sku": f"POLO-{size}", "parent": polo, "options": (("size", size),), "image": PICTURE}
        products.make_product(client, ItemChange(name=f"Polo ({size})", price=Decimal("30"), **chosen))
    known = replace(polo, product_id=str(shop.by_sku("POLO-S")["product"]))
    large = ItemChange(name="Polo (L)", sku="POLO-L", parent=known, options=(("size", "L"),))
    products.make_product(client, large)


def _markets(shop, client):
    """Prices of one market; more than a page of those that are fixed."""
    market = shop.markets[1]["id"]
    fixed = shop.price_list(market)
    wanted = [Price(variant_id=str(number), amount=Decimal("12.50"), currency="CAD") for number in shop.variants]
    wanted.append(replace(wanted[0], offer=Decimal("9.90")))
    prices.push_site_prices(client, str(market), wanted)
    fixed.update(dict.fromkeys(range(10**6, 10**6 + 160), (Decimal(5), None)))
    prices.fetch_site_prices(client, str(market), prices.fetch_site_prices(client, str(market)).next)


def _at_once(client):
    """All products and all orders as files."""
    client.large_catalogue, client.long_history = 3, 3
    for fetch in (products.fetch_products, lambda client, token="": orders.fetch_orders(client, None, None, token)):
        token = fetch(client).next
        while token:
            token = fetch(client, token).next


def _lists(shop, client):
    """Customers and coupons, more than a page of each."""
    for number in range(101):
        shop.add_customer(f"Ada Buyer{number}", mail=f"ada{number}@example.com")
    shop.add_discount("A letter", [f"LETTER{number}" for number in range(30)], value={"percentage": 0.1})
    for number in range(10):
        shop.add_discount(f"Free {number}", [f"FREE{number}"], kind="DiscountCodeFreeShipping")
    for fetch in (customers.fetch_customers, coupons.fetch_coupons):
        token = fetch(client).next
        while token:
            token = fetch(client, token).next
