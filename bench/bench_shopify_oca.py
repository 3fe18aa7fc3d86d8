"""How much faster our road from a Shopify webhook to the confirmed and reserved order is than OCA's shopify_connector.

Both import the same paid orders of three lines from the same sandbox over HTTP, each in a database and a process of
its own, one working while the other waits. OCA's side is the call that their queue makes for each webhook, without
their queue and without customers; ours is the engine's slices, contacts and all.
"""

import json

from bench.figure import Figure
from bench.ingestion import papers
from bench.ingestion.side import Side
from bench.oca import packages
from bench.oca.older_desk import TOKEN, VERSION, OlderDesk
from bench.pairs import abba, median, ratios
from tests.sandbox.shopify import people
from tests.sandbox.shopify.server import ShopifyServer
from tests.sandbox.shopify.shop import CLIENT_ID, CLIENT_SECRET
from tools import odoo_command
from tools.places import ADDONS
from tools.say import Stop, say

FIGURES = ("shopify_vs_oca_ratio",)
PAIRS, WARM_UPS, SIZE = 9, 1, 20
GOODS, LINES = 60, 3
CHILD = "bench.oca.child"


def measure(ground):
    folder = packages.fetch()
    with ShopifyServer() as server:
        shop, _desk = server.open("bench")
        server.desks["bench-older"] = OlderDesk(shop, VERSION, rate=1e9)
        location = shop.add_location("Front")
        for number in range(GOODS):
            shop.add_variant(papers.sku(number), papers.price(number), {location: 100000})
        told = json.dumps(_told(shop, location))
        theirs = _with_their_addon(ground, folder)
        with (
            Side(ground, "ours", ground.database("ours"), CHILD, ECOM_BENCH_SHOP=told) as ours,
            Side(ground, "theirs", theirs, CHILD, packages.ADDONS, ECOM_BENCH_SHOP=told, PYTHONPATH=str(folder)) as oca,
        ):
            pairs = _pairs(shop, ours, oca)
            _compare(ours.ask("tell"), oca.ask("tell"))
        if server.complaints():
            raise Stop(f"the sandbox complains: {server.complaints()[:5]}")
    found = ratios([(theirs_took, ours_took) for ours_took, theirs_took in pairs])
    for name, took in zip(("ours", "OCA's"), zip(*pairs, strict=True), strict=True):
        say(f"{name}: {median(took) / SIZE * 1000:.0f} ms an order")
    yield Figure(FIGURES[0], median(found), "x", goal=1.6, runs=found, at_least=True)


def _told(shop, location):
    goods = {
        row["sku"]: {"variant": row["id"], "product": row["product"], "item": row["item"], "price": str(row["price"])}
        for row in shop.variants.values()
    }
    return {
        "location": location,
        "goods": goods,
        "keys": {"url": shop.url, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET},
        "older_url": f"{shop.url}-older",
        "older_token": TOKEN,
    }


def _with_their_addon(ground, folder):
    """A database with OCA's connector and none of our add-ons."""
    name = ground.database("theirs", addons=False)
    option = f"--addons-path={ADDONS},{packages.ADDONS}"
    install = (option, "-i", "shopify_connector")
    odoo_command.run_once(ground.server, name, *install, log=f"{name}_oca", PYTHONPATH=str(folder))
    return name


def _pairs(shop, ours, oca):
    """[(seconds of ours, seconds of theirs)] for the same orders."""
    orders = [[_buy(shop, round_, place) for place in range(SIZE)] for round_ in range(WARM_UPS + PAIRS)]
    for side in (ours, oca):
        for some in orders[:WARM_UPS]:
            side.ask("work", *some)
    return abba(*(lambda n, side=side: side.ask("work", *orders[n + WARM_UPS]) for side in (ours, oca)), PAIRS)


def _buy(shop, round_, place):
    first = round_ * SIZE + place
    goods = {papers.sku((first + step) % GOODS): 1 + (first + step) % 3 for step in range(LINES)}
    return people.place_order(shop, goods)


def _compare(ours, theirs):
    if ours != theirs:
        raise Stop(f"the two sides did not do the same work: {ours} and {theirs}")
