"""A sale beyond the stock is traced also where it is a kit that took the last components."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .kit_case import KitCase


@tagged("post_install", "-at_install")
class TestKitOversell(KitCase):
    def _sale(self, product, quantity, minutes):
        """Ordered on the channel so many minutes ago."""
        order = self._order(quantity, product)
        placed = fields.Datetime.now() - timedelta(minutes=minutes)
        order.write({"ecom_channel_id": self.channel.id, "ecom_placed_at": placed})
        order.action_confirm()
        self._decide()
        return order

    def _found(self):
        found = self.env["ecom.flow.oversell"]._find()
        return {(line.order_id, line.quantity) for line in found}

    def test_the_kit_that_took_the_last_components_is_what_oversold_them(self):
        self._new_listing(self.leg, "L")
        self._put(9, self.top)
        self._put(6, self.leg)
        self._sale(self.leg, 4, minutes=20)
        tables = self._sale(self.table, 1, minutes=10)
        self.assertEqual(self._found(), {(tables, 0.5)}, "Two of its four legs were not there")
        self.assertFalse(self._found())

    def test_the_component_that_was_sold_last_is_what_oversold_the_kit(self):
        self._new_listing(self.leg, "L")
        self._put(9, self.top)
        self._put(6, self.leg)
        self._sale(self.table, 1, minutes=20)
        legs = self._sale(self.leg, 4, minutes=10)
        self.assertEqual(self._found(), {(legs, 2)})

    def test_where_no_component_is_listed_the_kit_is_traced_by_itself(self):
        self._put(9, self.top)
        self._put(6, self.leg)
        tables = self._sale(self.table, 2, minutes=10)
        self.assertEqual(self._found(), {(tables, 0.5)})
