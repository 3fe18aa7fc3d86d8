"""The same life with kits: a table and the legs it takes, sold singly and in pairs, in both shops."""

from odoo import Command
from odoo.addons.ecom_connector.tests.common import ChannelCase
from odoo.addons.ecom_connector.tests.inbound_case import InboundCase
from odoo.addons.ecom_connector.tests.playing import play
from odoo.addons.ecom_inventory_buffer.tests.play import Play
from odoo.addons.ecom_inventory_buffer.tests.world import World
from odoo.tests import tagged


class KitWorld(World):
    assortment = {"web": (("table", 1), ("leg", 1)), "market": (("table", 1), ("leg", 2))}
    sold = ("table", "leg")
    stocked = {"top": 4, "leg": 12}
    recipes = {"table": {"top": 1, "leg": 2}}

    def _make_products(self):
        products = super()._make_products()
        table = self.case.make_product("TABLE", is_storable=False)
        lines = [{"product_id": products[part].id, "product_qty": units} for part, units in self.parts("table").items()]
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": table.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [Command.create(line) for line in lines],
            }
        )
        return {**products, "table": table}


class KitPlay(Play):
    made_of = KitWorld


@tagged("post_install", "-at_install")
class TestPlayKits(ChannelCase, InboundCase):
    def test_whatever_happens_kits_and_their_parts_never_show_what_is_not_there(self):
        play(KitPlay, self, examples=3, steps=25)
