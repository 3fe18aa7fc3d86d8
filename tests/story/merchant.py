"""A merchant who connects recorded shops to an Odoo: what he sets up, what the shops do, what he then sees.

Everything goes over HTTP, as a browser, a shop and a webhook would; rows are read from the database afterwards.
"""

import time
from collections import defaultdict
from decimal import Decimal

import requests

from tests.sandbox.recorded_shop import KEY, SECRET
from tools import database as databases

WEBHOOK_SECRET = "wh-secret-7f3a9c"  # of the throw-away server on which all was recorded
# Before the first recorded order, so that all of them are wanted.
GO_LIVE = "2026-11-20 15:00:00"
STOCK_EACH = 1000
GIFT = "Gift wrapping"
PRODUCTS = {
    "MUG-300": 'Mug "Classic" 300 ml',
    "TOWEL/É-01": "Tea towel – été",
    "BOOK-C1": "Children book",
    "DON-5": "Donation",
    "SHIRT-BL-S": "Shirt Oxford - Blue, S",
    "SHIRT-BL-M": "Shirt Oxford - Blue, M",
    "GONE-1": "Discontinued",
    False: GIFT,
}
# The shop's numbers of its taxes -> ours. The county's is raised on the state's, the Belgian ones stand in prices here.
TAXES = {
    "1": {"name": "CA state tax", "amount": 7.25, "include_base_amount": True},
    "2": {"name": "CA county", "amount": 1.0, "is_base_affected": True},
    "3": {"name": "BTW 21%", "amount": 21.0, "price_include_override": "tax_included"},
    "4": {"name": "BTW 6%", "amount": 6.0, "price_include_override": "tax_included"},
}


class Merchant:
    def __init__(self, odoo):
        self.odoo = odoo
        self.taxes = {}  # the shop's number of a tax -> id of ours
        self.groups = {}  # id of a tax group -> the shop's number of its only tax
        self.products = {}  # SKU -> id
        self.keys = {}  # channel id -> the secret end of its webhook address
        self._http = requests.Session()

    def call(self, model, method, *args, **kwargs):
        return self.odoo.call(model, method, *args, **kwargs)

    def query(self, sql, *values):
        return databases.query(self.odoo.server, self.odoo.database, sql, *values)

    # ------------------------------------------------------------------ set up
    def settle_in(self):
        """Products in stock, taxes and a delivery method: what the business has before it connects any shop."""
        self.sells(PRODUCTS)
        self.charges(TAXES)
        (product,) = self.call("product.product", "create", [{"name": "Flat rate", "type": "service"}])
        (self.carrier,) = self.call("delivery.carrier", "create", [{"name": "Flat rate", "product_id": product}])
        self.carrier_product = product
        ((self.fee_product,),) = self.query(
            "SELECT res_id FROM ir_model_data WHERE module = 'ecom_connector' AND name = 'product_fee'"
        )

    def sells(self, products):
        """{SKU: name} of what he has in stock."""
        new = {sku: name for sku, name in products.items() if sku not in self.products}
        values = [
            {"name": name, "default_code": sku, "is_storable": True, "taxes_id": [(5,)]} for sku, name in new.items()
        ]
        made = dict(zip(new, self.call("product.product", "create", values), strict=True))
        self._stock(made.values())
        self.products.update(made)

    def charges(self, taxes):
        """{the shop's number of a tax: its values}; those that an earlier story made already stay."""
        for code, tax in taxes.items():
            if code in self.taxes:
                continue
            (group,) = self.call("account.tax.group", "create", [{"name": tax["name"]}])
            values = {"price_include_override": "tax_excluded", **tax, "type_tax_use": "sale", "tax_group_id": group}
            (self.taxes[code],) = self.call("account.tax", "create", [values])
            self.groups[group] = code

    def _stock(self, products):
        location = self.query("SELECT lot_stock_id FROM stock_warehouse ORDER BY id LIMIT 1")[0][0]
        values = [{"product_id": p, "location_id": location, "inventory_quantity": STOCK_EACH} for p in products]
        quants = self.call("stock.quant", "create", values, context={"inventory_mode": True})
        self.call("stock.quant", "action_apply_inventory", quants)

    def connect(self, shops, **credentials):
        """A channel for each recorded WooCommerce shop, set up and not live yet. Returns their ids."""
        entered = {"consumer_key": KEY, "consumer_secret": SECRET, "webhook_secret": WEBHOOK_SECRET, **credentials}
        channels = self.open("woocommerce", {shop.name: {"url": shop.url, **entered} for shop in shops}, "flat_rate")
        # An item without a SKU is matched by hand.
        listing = {"external_id": "13", "name": GIFT, "product_id": self.products[False], "state": "matched"}
        self._create("ecom.listing", channels, lambda _index: [listing])
        self.keys.update(self.query("SELECT id, webhook_key FROM ecom_channel WHERE id = ANY(%s)", channels))
        return channels

    def open(self, code, shops, delivery):
        """A channel of that kind for each {name: {credential: value}}, set up and not live yet; `delivery` is what the
        shops call the one way in which they ship. Returns their ids."""
        values = {"code": code, "import_when": "always", "go_live": GO_LIVE, "publish_stock": False}
        # A recorded shop knows no webhooks but those it delivers; nobody asked it for customers, coupons or refunds.
        values |= {"arm_webhooks": False, "customer_policy": "orders", "read_coupons": False}
        channels = self.call("ecom.channel", "create", [{"name": name, **values} for name in shops])
        self.query(
            "UPDATE ecom_channel_cursor SET next_try = NULL WHERE channel_id = ANY(%s) AND topic = ANY(%s)",
            channels,
            ["refund_list", "returns", "settlements"],
        )
        # The same buyers order the same things on every channel of a test, and live at addresses that were made up.
        others = self.call("ecom.check.policy", "search", [("channel_id", "in", channels), ("rule", "!=", "total")])
        self.call("ecom.check.policy", "write", others, {"effect": "off"})
        entered = list(shops.values())
        self._create(
            "ecom.channel.credential",
            channels,
            lambda index: [{"name": name, "value": value} for name, value in entered[index].items()],
        )
        taxes = [{"code": code, "tax_id": tax} for code, tax in self.taxes.items()]
        self._create("ecom.tax.map", channels, lambda _index: taxes)
        self._create("ecom.delivery.map", channels, lambda _index: [{"code": delivery, "carrier_id": self.carrier}])
        return channels

    def _create(self, model, channels, rows):
        """`rows(index)` of each channel, all in one call."""
        values = [{"channel_id": id, **row} for index, id in enumerate(channels) for row in rows(index)]
        self.call(model, "create", values)

    def go_live(self, channels):
        self.call("ecom.channel", "action_go_live", channels)

    # ------------------------------------------------------------------- shops
    def deliver(self, channel, recording, body=None):
        """What a shop's webhook does, to the letter. Returns the status answered."""
        return self._http.post(
            f"{self.odoo.url}/ecom/webhook/{self.keys[channel]}",
            data=recording.body if body is None else body,
            headers=recording.headers,
            timeout=30,
        ).status_code

    def fetch_orders(self, channel, **wish):
        """Asked for by a person: `number`, or `since` and `until`."""
        values = {"channel_id": channel, "kind": "number" if "number" in wish else "range", **wish}
        (wizard,) = self.call("ecom.fetch.orders.wizard", "create", [values])
        self.call("ecom.fetch.orders.wizard", "action_fetch", [wizard])

    def await_quiet(self, channels, seconds=60):
        """Wait until these channels have been read and all that came in is worked off."""
        until = time.monotonic() + seconds
        while self._unread(channels) or self._waiting(channels):
            assert time.monotonic() < until, (
                f"Not quiet after {seconds} s: to be read {self._unread(channels)}, waiting {self._waiting(channels)}"
            )
            time.sleep(0.1)

    def await_paused(self, channel, seconds=30):
        until = time.monotonic() + seconds
        while not self.query("SELECT 1 FROM ecom_exception WHERE channel_id = %s", channel):
            assert time.monotonic() < until, f"Not paused after {seconds} s"
            time.sleep(0.1)

    def _unread(self, channels):
        return self.query(
            """SELECT ch.name, c.problem, c.failures
                 FROM ecom_channel_cursor c JOIN ecom_channel ch ON ch.id = c.channel_id
                WHERE c.channel_id = ANY(%s) AND c.topic = 'orders'
                  AND (c.fresh_at IS NULL OR c.wish_until IS NOT NULL)""",
            channels,
        )

    def _waiting(self, channels):
        return self.query(
            """SELECT ch.name, m.event_key, m.problem FROM ecom_message m JOIN ecom_channel ch ON ch.id = m.channel_id
                WHERE m.channel_id = ANY(%s) AND m.direction = 'in' AND m.state = 'waiting'
                UNION ALL
               SELECT ch.name, 'refund ' || r.external_id, ''
                 FROM ecom_refund r JOIN ecom_channel ch ON ch.id = r.channel_id
                WHERE r.channel_id = ANY(%s) AND r.lines_wanted""",
            channels,
            channels,
        )

    # ----------------------------------------------------------------- look at
    def orders(self, channels):
        """{channel: {external id: what the order says}}, amounts as Decimal."""
        domain = [("ecom_channel_id", "in", channels)]
        fields = ["ecom_channel_id", "ecom_external_id", "ecom_version", "ecom_fulfilment", "ecom_payment", "state"]
        fields += ["amount_total", "amount_tax", "amount_untaxed", "currency_id", "tax_totals", "ecom_total"]
        lines = self._lines([("order_id.ecom_channel_id", "in", channels)])
        found = defaultdict(dict)
        for row in self.call("sale.order", "search_read", domain, fields):
            money = {name: cents(row[name]) for name in ("amount_total", "amount_tax", "amount_untaxed", "ecom_total")}
            found[row["ecom_channel_id"][0]][row["ecom_external_id"]] = {
                **row,
                **money,
                "currency": row["currency_id"][1],
                "taxes": self._taxes(row["tax_totals"]),
                "lines": lines[row["id"]],
            }
        return found

    def _lines(self, domain):
        """{order: {line on the channel: (product, quantity, net, tax)}}"""
        fields = ["order_id", "ecom_external_id", "product_id", "product_uom_qty", "price_subtotal", "price_tax"]
        found = defaultdict(dict)
        for row in self.call("sale.order.line", "search_read", domain, fields):
            amounts = cents(row["price_subtotal"]), cents(row["price_tax"])
            line = (row["product_id"][0], row["product_uom_qty"], *amounts)
            found[row["order_id"][0]][row["ecom_external_id"]] = line
        return found

    def invoices(self, orders):
        """{order: [what an invoice of it says]}"""
        rows = self.call("sale.order", "read", orders, ["invoice_ids"])
        order_of = {invoice: row["id"] for row in rows for invoice in row["invoice_ids"]}
        fields = ["amount_total", "amount_tax", "amount_untaxed", "tax_totals"]
        found = defaultdict(list)
        for row in self.call("account.move", "read", list(order_of), fields):
            money = {name: cents(row[name]) for name in fields[:3]}
            found[order_of[row["id"]]].append({**money, "taxes": self._taxes(row["tax_totals"])})
        return found

    def _taxes(self, totals):
        """{the shop's number of the tax: amount} as the order's own totals show them, one group a tax."""
        groups = [group for subtotal in totals["subtotals"] for group in subtotal["tax_groups"]]
        return {self.groups[group["id"]]: cents(group["tax_amount_currency"]) for group in groups}

    def refunds(self, channels):
        """{channel: {external id: (amount, {line on the channel: (quantity, net, tax)})}}"""
        rows = self.query(
            """SELECT r.channel_id, r.external_id, r.amount, l.ecom_external_id, i.quantity, i.amount, i.tax_amount
                 FROM ecom_refund r LEFT JOIN ecom_refund_line i ON i.refund_id = r.id
                 LEFT JOIN sale_order_line l ON l.id = i.order_line_id WHERE r.channel_id = ANY(%s)""",
            channels,
        )
        found = defaultdict(dict)
        for channel, refund, amount, line, quantity, net, tax in rows:
            _amount, lines = found[channel].setdefault(refund, (cents(amount), {}))
            if line:
                lines[line] = (quantity, cents(net), cents(tax))
        return found

    def messages(self, channel):
        """What came in on a channel, in the order in which it was stored."""
        names = (
            "id",
            "topic",
            "external_id",
            "event_key",
            "version",
            "state",
            "problem",
            "ignore_reason",
            "hint",
            "order_id",
        )
        rows = self.query(
            f"SELECT {', '.join(names)} FROM ecom_message WHERE channel_id = %s AND direction = 'in' ORDER BY id",
            channel,
        )
        return [dict(zip(names, row, strict=True)) for row in rows]

    def payloads(self, channel):
        """{event key: the raw bytes}"""
        rows = self.query(
            """SELECT m.event_key, p.body FROM ecom_payload p JOIN ecom_message m ON m.id = p.message_id
                WHERE m.channel_id = %s""",
            channel,
        )
        return {key: bytes(body) for key, body in rows}

    def exceptions(self, channel):
        names = ("category", "name", "detail", "state", "dedupe_key")
        rows = self.query(f"SELECT {', '.join(names)} FROM ecom_exception WHERE channel_id = %s ORDER BY id", channel)
        return [dict(zip(names, row, strict=True)) for row in rows]


def cents(amount):
    """A float that stands for whole cents, as the cents it stands for."""
    exact = Decimal(str(amount))
    whole = exact.quantize(Decimal("0.01"))
    assert abs(exact - whole) < Decimal("0.000001"), f"{amount} is no whole number of cents"
    return whole
