"""A kit and its components are one stock for the buffer that is sized by risk."""

from odoo.tests import tagged

from .kit_case import KitCase


@tagged("post_install", "-at_install")
class TestKitPool(KitCase):
    def setUp(self):
        super().setUp()
        self.market = self._new_channel("Market")
        self.legs = self._new_listing(self.leg, "L", channel_id=self.market.id).level_ids
        self.env["ecom.buffer.rule"].create(
            {"name": "Safe", "company_id": self.company.id, "use_risk": True, "risk_percent": 0.5}
        )

    def _sells(self, product, channel, units_an_hour):
        values = {"product_id": product.id, "warehouse_id": self.warehouse.id, "channel_id": channel.id}
        self.env["ecom.demand"].create({**values, "rate": units_an_hour, "share": 1})

    def _receive(self, **quantities):
        """Goods arrive: nobody knows yet how fast they will sell."""
        for name, quantity in quantities.items():
            move = self._move(quantity, self.suppliers, self.stock, getattr(self, name))
            move._action_confirm()
            move.quantity, move.picked = quantity, True
            move._action_done()

    def _shown(self):
        """(tables, legs)"""
        self.env["ecom.stock.change"]._mark("product", (self.table | self.leg).ids)
        self._decide()
        self.legs.invalidate_recordset()
        return self.level.decided, self.legs.decided

    def test_the_last_components_are_on_one_channel_as_a_kit_or_singly(self):
        self._sells(self.table, self.channel, 60)
        self._sells(self.leg, self.market, 60)
        self._receive(top=9, leg=4)
        tables, legs = self._shown()
        self.assertEqual(self._available(), 1)
        self.assertLessEqual(4 * tables + legs, 4)
        self.assertGreater(tables + legs, 0)

    def test_demand_for_the_kit_elsewhere_hides_its_components(self):
        for product, channel in ((self.leg, self.market), (self.table, self.channel)):
            self._sells(product, channel, 0.00001)
        self._receive(top=9, leg=4)
        self.assertEqual(self._shown(), (1, 4))
        self.env["ecom.demand"].search([("product_id", "=", self.table.id)]).rate = 60
        self.assertLess(sum(self._shown()), 5)

    def test_a_scarce_part_that_nobody_else_sells_hides_nothing(self):
        self._sells(self.table, self.channel, 60)
        self._sells(self.leg, self.market, 60)
        self._receive(top=1, leg=5000)
        self.assertEqual(self._shown(), (1, 5000))

    def test_two_kits_of_one_part_share_it(self):
        stool = self._new_product("Stool", is_storable=False)
        self._new_kit(stool, {self.leg: 4})
        stools = self._new_listing(stool, "S", channel_id=self.market.id).level_ids
        self._sells(self.table, self.channel, 60)
        self._sells(stool, self.market, 60)
        self.legs.listing_id.publish_stock = False
        self._receive(top=9, leg=4)
        self._decide()
        self.assertEqual(sorted((self.level.decided, stools.decided)), [0, 1])

    def test_one_level_by_itself_is_decided_as_with_all_others(self):
        self._sells(self.table, self.channel, 60)
        self._sells(self.leg, self.market, 60)
        self._receive(top=9, leg=6)
        together = self._shown()
        self._forget()
        self.env["ecom.flow.decide"]._decide(self.level)
        self.env["ecom.flow.decide"]._decide(self.legs)
        self.env.invalidate_all()
        self.assertEqual((self.level.decided, self.legs.decided), together)
        self.assertFalse(self._changes())
