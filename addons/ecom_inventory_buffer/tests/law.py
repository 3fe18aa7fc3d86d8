"""The naive model beside the add-ons: what people count by hand, and what follows for each shop. Nothing is remembered
but what came and went; the rest is asked of the orders anew each time."""

from typing import NamedTuple

# Channel: (item of the shop, units of the product in one listing)
ASSORTMENT = {"web": (("sofa", 1), ("lamp", 1)), "market": (("sofa", 3), ("lamp", 1))}


class Wish(NamedTuple):
    """What a merchant wants done with the stock of a channel."""

    keep_back: int = 0
    percent: int = 100
    zero_at: int = 0
    cap: int | None = None

    def quantity(self, free, units):
        """In listings; by the order of operations that the research fixed, counted on the fingers."""
        left = free - self.keep_back
        left = left * self.percent / 100 if left > 0 else left
        if self.zero_at and free <= self.zero_at:
            left = 0
        if self.cap is not None:
            left = min(left, self.cap)
        return max(0, int(left // units))


class Law:
    """To mix into the world, which has `on_hand`, `wishes`, `products`, `shelf` and `_orders`."""

    def promised(self, product):
        """Units that confirmed orders still want, read from the orders themselves."""
        lines = self._orders().filtered(lambda order: order.state == "sale").order_line
        goods = lines.filtered(lambda line: line.product_id == self.products[product])
        return sum(max(0, line.product_uom_qty - line.qty_delivered) for line in goods)

    def free(self, product):
        return self.on_hand[product] - self.promised(product)

    def units(self, name, product):
        return dict(ASSORTMENT[name])[product]

    def should_show(self, name, product, free=None):
        free = self.free(product) if free is None else free
        return self.wishes[name].quantity(free, self.units(name, product))

    def allowed(self, name, product):
        """Law 5: what an increase may show at most now, less the listings sold there of which nobody here knows."""
        units = self.units(name, product)
        return max(0, (self.free(product) - units * self.sold_unknown(name, product)) // units)

    def terms(self, product):
        """The sum, from quants and orders, with nothing remembered."""
        quants = self.env["stock.quant"].search(
            [("product_id", "=", self.products[product].id), ("location_id", "child_of", self.shelf.id)]
        )
        reserved = sum(quants.mapped("reserved_quantity"))
        return {
            "on_hand": self.on_hand[product],
            "reserved": reserved,
            "waiting": self.promised(product) - reserved,
        }
