"""`make run SHOP=sandbox`: a Shopify to play with. Its page shows stock and orders; a button buys."""

from contextlib import contextmanager
from html import escape
from urllib.parse import parse_qs

from tests.sandbox.shopify import graph, people
from tests.sandbox.shopify.server import ShopifyServer
from tests.sandbox.shopify.shop import CLIENT_ID, CLIENT_SECRET

NAME = "playground"
COUNTRIES = {"US": "United States (US dollars)", "CA": "Canada (Canadian dollars)", "DE": "Germany (US dollars)"}
GOODS = {"SHIRT-BLUE": ("Blue shirt", "20.00"), "CUP-WHITE": ("White cup", "7.90"), "PIN-STAR": ("Star pin", "2.50")}
WORDS = """
    A Shopify to play with: {url}
    Connect it in Odoo (E-commerce > Overview > Connect a Channel > Shopify):

      Shop address   {url}
      Client ID      {id}
      Client secret  {secret}

    Tick "Create Missing Taxes" on the way, and start live. Its products are under Listings, To Review: make products of
    them there, and count some stock. Then buy something on its page and watch it arrive.
"""


@contextmanager
def opened(port=0):
    """(the shop, what to tell the person who plays)"""
    with ShopifyServer(port) as server:
        shop, _desk = server.open(NAME)
        places = [shop.add_location("Main street"), shop.add_location("Harbour")]
        shop.add_market("United States", ["US"], "USD")
        shop.add_market("Canada", ["CA"], "CAD", "1.37")
        for sku, (title, price) in GOODS.items():
            shop.add_variant(sku, price, dict.fromkeys(places, 10), title=title)
        shop.window = Window(shop)
        yield shop, WORDS.format(url=shop.url, id=CLIENT_ID, secret=CLIENT_SECRET)


class Window:
    def __init__(self, shop):
        self.shop = shop

    def buy(self, form):
        """`form`: the body of the page's own form."""
        given = {name: values[-1] for name, values in parse_qs(form.decode()).items()}
        units = int(given.get("units", "1"))
        if given.get("sku") not in GOODS or given.get("country") not in COUNTRIES or not 1 <= units <= 99:
            return
        people.place_order(self.shop, {given["sku"]: units}, country=given["country"])

    def page(self):
        with self.shop.lock:
            return PAGE.format(
                name=escape(self.shop.name),
                goods="".join(f"<option value='{sku}'>{escape(title)}</option>" for sku, (title, _p) in GOODS.items()),
                countries="".join(f"<option value='{code}'>{words}</option>" for code, words in COUNTRIES.items()),
                places="".join(f"<th>{escape(place['name'])}</th>" for place in self.shop.locations.values()),
                stock="".join(map(self._stock, self.shop.variants.values())),
                orders="".join(map(self._order, reversed(self.shop.orders.values()))) or "<tr><td>None yet</td></tr>",
            )

    def _stock(self, variant):
        left = (
            self.shop.stock.available(variant["item"], place) if self.shop.stock.keeps(variant["item"], place) else "-"
            for place in self.shop.locations
        )
        return f"<tr><td>{escape(variant['title'])}</td>{''.join(f'<td>{units}</td>' for units in left)}</tr>"

    @staticmethod
    def _order(order):
        goods = ", ".join(f"{line['current']} x {line['title']}" for line in order["lines"])
        numbers = ", ".join(number for parcel in order["parcels"] for number in parcel["numbers"])
        state = graph.fulfilment(order).replace("_", " ").capitalize()
        cells = (order["name"], goods, state, numbers)
        return f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in cells)}</tr>"


PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{name}</title>
<style>body {{ font: 16px sans-serif; margin: 2em; max-width: 50em }} td, th {{ padding: .3em 1em; text-align: left }}
select, input, button {{ font: inherit; padding: .3em }}</style></head>
<body><h1>A shop to play with</h1>
<form method="post" action="buy"><input name="units" type="number" value="1" min="1" max="99" aria-label="Units">
<select name="sku" aria-label="Product">{goods}</select>
<select name="country" aria-label="Country">{countries}</select> <button>Buy</button></form>
<h2>What it shows as available</h2><table><tr><th></th>{places}</tr>{stock}</table>
<h2>Orders</h2><table>{orders}</table></body></html>"""
