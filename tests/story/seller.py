"""The seller of a story: products of his own in his warehouses, parcels that he sends, and patience."""

import time

from tests.sandbox.business import PATIENCE


class Seller:
    """`prices`: {SKU: price} of what he sells; `counted`: what came about is counted there. Whoever inherits opens
    `channel` and `other`."""

    def __init__(self, merchant, prices, counted):
        self.merchant, self.call, self.query = merchant, merchant.call, merchant.query
        self.counted = counted
        values = [
            {"name": sku, "default_code": sku, "is_storable": True, "taxes_id": [(5,)], "invoice_policy": "delivery"}
            for sku in prices
        ]
        self.products = dict(zip(prices, self.call("product.product", "create", values), strict=True))
        ((self.main,),) = self.query("SELECT id FROM stock_warehouse ORDER BY id LIMIT 1")

    def stock(self, warehouse, products, each):
        """So many of each of these products are counted there."""
        location = self.query("SELECT lot_stock_id FROM stock_warehouse WHERE id = %s", warehouse)[0][0]
        rows = [{"product_id": p, "location_id": location, "inventory_quantity": each} for p in products]
        quants = self.call("stock.quant", "create", rows, context={"inventory_mode": True})
        self.call("stock.quant", "action_apply_inventory", quants)

    def ship(self, order, parcel, units=None):
        """The warehouse packs so many of each SKU (all that is left, if none is named) and sends the parcel off."""
        ready = [("sale_id", "=", order), ("state", "=", "assigned")]
        (picking,) = self.call("stock.picking", "search", ready)
        self.call("stock.picking", "write", [picking], {"carrier_tracking_ref": parcel})
        for move in self.call("stock.move", "search_read", [("picking_id", "=", picking)], ["product_id", "quantity"]):
            sku = next(sku for sku, product in self.products.items() if product == move["product_id"][0])
            packed = move["quantity"] if units is None else units.get(sku, 0)
            self.call("stock.move", "write", [move["id"]], {"quantity": packed, "picked": bool(packed)})
        self.call("stock.picking", "button_validate", [picking], context={"skip_backorder": True})

    def await_that(self, what, is_so):
        """Wait until it is so; what stands in its way is said."""
        until = time.monotonic() + PATIENCE
        while not is_so():
            if time.monotonic() > until:
                raise AssertionError(f"Not within {PATIENCE} s: {what}. {self.trouble()}")
            time.sleep(0.1)
        self.counted["things that came about"] += 1

    def trouble(self):
        return self.query(
            """SELECT 'exception', name, detail FROM ecom_exception WHERE channel_id = ANY(%s) AND state = 'open'
                UNION ALL
               SELECT topic, problem, '' FROM ecom_channel_cursor WHERE channel_id = ANY(%s) AND problem <> ''
                UNION ALL
               SELECT topic, state, problem FROM ecom_message WHERE channel_id = ANY(%s) AND state <> 'done'
                UNION ALL
               SELECT concat(l.channel_id, ' ', s.name, ': decided ', decided, ', published ', published,
                             ', in flight ', in_flight), held_back, l::text
                 FROM ecom_stock_level l JOIN ecom_listing s ON s.id = l.listing_id
                WHERE l.channel_id = ANY(%s) AND l.sequence > l.published_sequence""",
            *[[self.channel, self.other]] * 4,
        )
