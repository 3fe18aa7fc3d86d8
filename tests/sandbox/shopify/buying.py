"""How an order comes to be: its lines, taxes, places, payments. Under the shop's lock."""

from decimal import Decimal

from tests.sandbox.shopify.money import ZERO, buyers, rounded, times
from tests.sandbox.shopify.totals import current_total

RATES = {"US": ("State Tax", "0.06"), "CA": ("GST", "0.05"), "DE": ("MwSt", "0.19"), "AT": ("USt", "0.2")}


def place_order(shop, goods, country="US", **said):
    """`goods`: {SKU: units}. Paid at once unless `paid` is False. Returns the order's id.

    shipping        price of each shipping line, a list           discount   taken off all goods together
    tip, gift_card  given at the checkout; used to pay with       included   prices hold their taxes
    remitted        the taxes are collected by the channel        company    name of a company that buys
    second_tax      (title, rate) of one more tax                  duty       on the first line, in the shop's currency
    bill_to, ship_to  what is another one in these addresses
    """
    with shop.lock:
        purse = shop.purse(country)
        order = _paper(shop, purse, country, said)
        for sku, units in goods.items():
            order["lines"].append(line_of_goods(shop, order, shop.by_sku(sku), units))
        _take_off(order, Decimal(said.get("discount", "0")))
        if said.get("tip"):
            order["lines"].append(_plain_line(shop, order, "Tip", purse.local(said["tip"])))
            order["tip"] = purse.local(said["tip"])
        for price in said.get("shipping", ["5.00"]):
            order["shipping"].append(_shipping(shop, order, purse.local(price)))
        for line in (*order["lines"], *order["shipping"]):
            tax(order, line)
        if said.get("duty"):
            order["lines"][0]["duty"] = (shop.next_id(), purse.bag(purse.local(said["duty"])))
        _assign(shop, order, said.get("location"))
        shop.orders[order["id"]] = order
        if said.get("paid", True):
            _pay(shop, order, purse.local(said.get("gift_card", "0")))
        order["created"] = order["updated"] = shop.now()
        shop.announce("orders/create", order)
        return order["id"]


def _paper(shop, purse, country, said):
    number = shop.next_id()
    return {
        "id": number,
        "name": f"#{next(shop._numbers)}",
        "purse": purse,
        "country": country,
        "said": said,
        "lines": [],
        "shipping": [],
        "places": [],
        "parcels": [],
        "refunds": [],
        "returns": [],
        "transactions": [],
        "tip": ZERO,
        "note": said.get("note", ""),
        "metafields": {},
        "cancelled": None,
        "edited": False,
        "created": shop.now(),
        "updated": shop.now(),
        "customer": shop.next_id(),
    }


def line_of_goods(shop, order, variant, units):
    purse = order["purse"]
    total = purse.local(variant["price"]) * units
    return {
        "id": shop.next_id(),
        "variant": variant,
        "title": variant["title"],
        "quantity": units,
        "current": units,
        "total": purse.bag(total),
        "off": purse.bag(ZERO),
        "taxes": [],
        "ships": not variant["gift_card"],
        "taxable": not variant["gift_card"],
    }


def _plain_line(shop, order, title, amount):
    return {
        **{"id": shop.next_id(), "variant": None, "title": title, "quantity": 1, "current": 1},
        **{"total": order["purse"].bag(amount), "off": order["purse"].bag(ZERO), "taxes": []},
        **{"ships": False, "taxable": False},
    }


def _shipping(shop, order, price):
    bag = order["purse"].bag(price)
    return {
        "id": shop.next_id(),
        "title": "Standard",
        "total": bag,
        "off": order["purse"].bag(ZERO),
        "taxes": [],
        "taxable": True,
    }


def _take_off(order, percent):
    for line in order["lines"]:
        line["off"] = times(line["total"], percent / 100, order["purse"])


def tax(order, line):
    if line["taxable"]:
        found = [RATES.get(order["country"], ("Tax", "0.1")), order["said"].get("second_tax")]
        charged = [(title, Decimal(rate)) for title, rate in filter(None, found)]
        whole, paid = sum(rate for _title, rate in charged), buyers(line["total"]) - buyers(line["off"])
        remitted = bool(order["said"].get("remitted"))
        base = paid / (1 + whole) if order["said"].get("included") else paid
        line["taxes"] = [
            (title, rate, order["purse"].bag(rounded(base * rate, order["purse"].currency)), remitted)
            for title, rate in charged
        ]


def _assign(shop, order, location):
    """Each line to the first location that has enough of it; orders may leave from several."""
    for line in order["lines"]:
        if line["ships"] and line["variant"]:
            item = line["variant"]["item"]
            kept = [place for place in shop.locations if shop.stock.keeps(item, place)]
            enough = [place for place in kept if shop.stock.available(item, place) >= line["quantity"]]
            place = location or next(iter(enough or kept), next(iter(shop.locations)))
            shop.stock.keep(item, place)
            shop.stock.sell(item, place, line["quantity"])
            shop.outbox.append(("inventory_levels/update", item, shop.now(), {}))
            add_to_place(shop, order, place, line, line["quantity"])


def add_to_place(shop, order, location, line, units):
    found = [place for place in order["places"] if place["location"] == location and place["status"] == "OPEN"]
    if not found:
        found = [{"id": shop.next_id(), "location": location, "status": "OPEN", "holds": [], "lines": []}]
        order["places"] += found
    found[0]["lines"].append({"id": shop.next_id(), "line": line, "total": units, "left": units})


def _pay(shop, order, by_card):
    total = buyers(current_total(order))
    for gateway, amount in (("gift_card", by_card), ("shopify_payments", total - by_card)):
        if amount:
            order["transactions"].append(transaction(shop, order, "SALE", gateway, amount))


def transaction(shop, order, kind, gateway, amount, status="SUCCESS", parent=None):
    return {
        **{"id": shop.next_id(), "kind": kind, "gateway": gateway, "bag": order["purse"].bag(amount)},
        **{"status": status, "parent": parent, "at": shop.now()},
    }
