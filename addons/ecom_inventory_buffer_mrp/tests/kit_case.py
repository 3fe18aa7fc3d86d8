"""What the tests of kits stand on: a listed table of one top and four legs."""

from odoo import Command
from odoo.addons.ecom_inventory_buffer.tests.terms_case import TermsCase


class KitCase(TermsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.top, cls.leg = cls._new_product("Top"), cls._new_product("Leg")
        cls.table = cls._new_product("Table", is_storable=False)
        cls.bom = cls._new_kit(cls.table, {cls.top: 1, cls.leg: 4})
        cls.listing = cls._new_listing(cls.table, "K1")
        cls.level = cls.listing.level_ids

    @classmethod
    def _new_kit(cls, product, parts, **values):
        """A bill of the type Kit. `parts`: {product: quantity}, or a list of values of its lines."""
        if isinstance(parts, dict):
            parts = [{"product_id": part.id, "product_qty": quantity} for part, quantity in parts.items()]
        return cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "product_uom_id": product.uom_id.id,
                "type": "phantom",
                "company_id": cls.company.id,
                "bom_line_ids": [Command.create(part) for part in parts],
                **values,
            }
        )

    def _available(self, listing=None):
        return self._terms((listing or self.listing).level_ids).available

    def _by_core(self, product):
        """What core says is free of a kit, where no more is to be known: no lots, no moves that wait."""
        return product.with_context(warehouse_id=self.warehouse.id).with_company(self.company).free_qty
