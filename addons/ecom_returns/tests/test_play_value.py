from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.addons.ecom_connector.tests.playing import play
from odoo.tests import tagged

from . import test_play
from .play import Play

# What a vendor took for shirts and cups, receipt by receipt: (units, price).
BOUGHT = ((9, 4.0), (7, 5.5), (60, 6.1))


class PlayOverTime(Play):
    """Each step is a minute after the one before: the order of moves of one second is nobody's promise."""

    def __init__(self):
        self.freezer = freeze_time(fields.Datetime.now() + timedelta(days=1))
        self.clock = self.freezer.start()
        super().__init__()
        self.case.clock = self.clock

    def attempt(self, step, *args, **values):
        self.clock.tick(timedelta(minutes=1))
        return super().attempt(step, *args, **values)

    def teardown(self):
        self.freezer.stop()
        return super().teardown()


@tagged("post_install", "-at_install")
class TestPlayValue(test_play.TestPlay):
    """Anything happens to returns, in any order, of goods that cost differently each time they are bought: the stock is
    worth what a recount makes of all that came and went, at average cost and first in, first out."""

    method = valuation = None

    def test_anything_in_any_order(self):
        for method in ("average", "fifo"):
            for valuation in ("periodic", "real_time"):
                with self.subTest(method=method, valuation=valuation):
                    self.method, self.valuation = method, valuation
                    play(PlayOverTime, self, examples=1, steps=15)

    # -------------------------------------------------------------------- goods
    def sell_for_play(self):
        values = {"property_cost_method": self.method, "property_valuation": self.valuation}
        category = self.env["product.category"].create({"name": self.method, **values})
        self.shirt, self.cup = self.make_product("SHIRT", 0), self.make_product("CUP", 0)
        (self.shirt | self.cup).categ_id = category
        self.prices = {}
        for quantity, price in BOUGHT:
            self.clock.tick(timedelta(minutes=1))
            self.buy(quantity, price)
        self.clock.tick(timedelta(minutes=1))
        orders = super().sell_for_play()
        self.clock.tick(timedelta(minutes=1))
        return orders

    def sold(self, *articles, **values):
        self.clock.tick(timedelta(minutes=1))
        return super().sold(*articles, **values)

    def buy(self, quantity, price):
        vendors = self.env.ref("stock.stock_location_suppliers")
        places = {"location_id": vendors.id, "location_dest_id": self.stock.id, "company_id": self.company.id}
        goods = [{"product_id": product.id, "product_uom_qty": quantity} for product in self.shirt | self.cup]
        kind = {"picking_type_id": self.warehouse.in_type_id.id}
        moves = [Command.create({**places, **values}) for values in goods]
        picking = self.env["stock.picking"].create({**places, **kind, "move_ids": moves})
        picking.action_confirm()
        values = {"value": quantity * price, "company_id": self.company.id}
        self.env["product.value"].create([{**values, "move_id": move.id} for move in picking.move_ids])
        self.deliver(picking)
        self.prices.update(dict.fromkeys(picking.move_ids, price))

    # ------------------------------------------------------------------ recount
    def worth(self, product, _units):
        """Move by move as time went: what came at its price or at that of the move that it returns, what left at the
        average, or at that of the oldest there are."""
        domain = [("product_id", "=", product.id), ("state", "=", "done"), ("company_id", "=", self.company.id)]
        moves = self.env["stock.move"].search(domain, order="date, id")
        layers, each = [], {}
        for move in moves:
            ours = [place.usage == "internal" for place in (move.location_id, move.location_dest_id)]
            units = move.product_uom._compute_quantity(move.quantity, product.uom_id)
            if ours == [False, True]:
                each[move] = self.prices.get(move, each.get(move.origin_returned_move_id))
                layers.append([units, each[move]])
            elif ours == [True, False]:
                each[move] = self.take(layers, units) / units
        return sum(units * price for units, price in layers)

    def take(self, layers, units):
        """What so many units cost that leave now; `layers` are what is left."""
        if self.method == "average":
            there = sum(quantity for quantity, _price in layers)
            price = sum(quantity * price for quantity, price in layers) / there
            layers[:] = [[there - units, price]]
            return units * price
        cost = 0.0
        while units > 1e-9:
            share = min(units, layers[0][0])
            cost += share * layers[0][1]
            layers[0][0] -= share
            units -= share
            if layers[0][0] < 1e-9:
                layers.pop(0)
        return cost
