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
    """To mix into the world, which has `on_hand`, `left`, `holds`, `wishes`, `products`, `shelf` and `_orders`."""

    assortment = ASSORTMENT
    # Kits: what one of them takes of what lies on the shelf. All else is made of itself.
    recipes = {}

    def parts(self, product):
        return self.recipes.get(product, {product: 1})

    def promised(self, part):
        """Units that confirmed orders still want: what they ordered, less what left for them."""
        names = {product: name for name, product in self.products.items()}
        wanted = 0
        for order in self._orders().filtered(lambda order: order.state == "sale"):
            lines = order.order_line.filtered(lambda line: line.product_id in names)
            ordered = sum(line.product_uom_qty * self.parts(names[line.product_id]).get(part, 0) for line in lines)
            wanted += max(0, ordered - self.left[order.id, part])
        return wanted

    def held(self, part):
        return sum(quantity * self.parts(held).get(part, 0) for held, quantity in self.holds.values())

    def left_over(self, part):
        return self.on_hand[part] - self.promised(part) - self.held(part)

    def free(self, product):
        """The scarcest part decides."""
        return min(self.left_over(part) / units for part, units in self.parts(product).items())

    def units(self, name, product):
        return dict(self.assortment[name])[product]

    def should_show(self, name, product, free=None):
        free = self.free(product) if free is None else free
        return self.wishes[name].quantity(free, self.units(name, product))

    def allowed(self, name, product):
        """Law 5: what an increase may show at most now, less the listings sold there of which nobody here knows."""
        units = self.units(name, product)
        return max(0, (self.free(product) - units * self.sold_unknown(name, product)) // units)

    def terms(self, product):
        """The sums that are right, from quants and orders, with nothing remembered: that of its scarcest part, or of
        one of them."""
        free = self.free(product)
        return [
            {name: value / units for name, value in self._terms_of(part).items()}
            for part, units in self.parts(product).items()
            if self.left_over(part) / units == free
        ]

    def _terms_of(self, part):
        quants = self.env["stock.quant"].search(
            [("product_id", "=", self.products[part].id), ("location_id", "child_of", self.shelf.id)]
        )
        reserved = sum(quants.mapped("reserved_quantity"))
        return {
            "on_hand": self.on_hand[part],
            "reserved": reserved,
            "waiting": self.promised(part) - reserved,
            "held": self.held(part),
        }
