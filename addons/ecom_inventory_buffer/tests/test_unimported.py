"""Sold on one channel and not imported yet: gone for all others."""

import json
from datetime import timedelta

from odoo.addons.ecom_connector.tests.stock_case import ShopCase
from odoo.tests import tagged
from odoo.tools import SQL


@tagged("post_install", "-at_install")
class TestUnimported(ShopCase):
    def setUp(self):
        super().setUp()
        self._show(10)
        self.elsewhere = self._new_listing(
            self.product, "E1", channel_id=self._new_channel("Elsewhere").id, units=2
        ).level_ids

    def _unimported(self, level):
        self.env.flush_all()
        levels = self.env["ecom.flow.decide"]._levels(SQL("level.id = %s", level.id))
        return self.env["ecom.flow.measure"]._measure_levels(levels)[level.id].unimported

    def test_units_found_missing_on_one_channel_are_sold_for_the_others(self):
        self._forget()
        self.level.in_flight = 3
        self.assertEqual(self._changes(), {"Sofa"})
        self.assertEqual(self._unimported(self.elsewhere), 3)
        self.assertEqual(self._unimported(self.level), 0)

    def test_units_that_were_imported_are_not_taken_off_the_others_twice(self):
        paper = self._sell(4)
        self._put(-2)
        self._publish()
        self.assertEqual(self._unimported(self.elsewhere), 4)
        self._import(paper).ecom_placed_at -= timedelta(seconds=1)
        self._publish()
        self._decide()
        self.assertEqual(self._unimported(self.elsewhere), 0)
        self.assertEqual(self.elsewhere.decided, 2, "two packs of two of the four that are left")

    def test_units_are_those_of_the_product_whatever_the_listing_holds(self):
        self.elsewhere.in_flight = 3
        self.assertEqual(self._unimported(self.level), 6)

    def test_another_listing_of_the_same_channel_sells_the_same_units(self):
        pack = self._new_listing(self.product, "P3", channel_id=self.channel.id, units=3).level_ids
        pack.in_flight = 1
        self.assertEqual((self._unimported(self.level), self._unimported(pack)), (3, 0))
        self.level.in_flight = 2
        self.assertEqual((self._unimported(self.level), self._unimported(pack)), (3, 2))

    def test_an_order_that_cannot_be_placed_is_sold_for_the_others(self):
        paper = self._sell(4)
        message = self._message(paper)
        self._forget()
        message.state = "failed"
        self.assertEqual(self._changes(), {"Sofa"})
        self.assertEqual(self._unimported(self.elsewhere), 4)
        self._forget()
        message.state = "done"
        self.assertEqual(self._changes(), {"Sofa"})
        self.assertEqual(self._unimported(self.elsewhere), 0)

    def _message(self, paper):
        message = self.env["ecom.message"].create(
            {
                "channel_id": self.channel.id,
                "direction": "in",
                "topic": "orders",
                "external_id": paper["id"],
                "event_key": f"test:{paper['id']}",
                "state": "waiting",
            }
        )
        self.env["ecom.payload"].create({"message_id": message.id, "body": json.dumps(paper).encode()})
        return message
