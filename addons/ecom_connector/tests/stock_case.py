"""What the tests of stock stand on: a live demo channel, one product with one listing, and its change log."""

from odoo import Command
from odoo.tests import TransactionCase


class StockCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Sofas"})
        cls.env.user.company_ids += cls.company
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids, "tracking_disable": True})
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.stock = cls.warehouse.lot_stock_id
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.suppliers = cls.env.ref("stock.stock_location_suppliers")
        cls.channel = cls._new_channel("Shop")
        cls.product = cls._new_product("Sofa")
        cls.other = cls._new_product("Table, sold nowhere")
        cls.listing = cls._new_listing(cls.product, "V1")
        cls.level = cls.listing.level_ids

    @classmethod
    def _new_channel(cls, name, **values):
        return cls.env["ecom.channel"].create(
            {
                "name": name,
                "code": "demo",
                "company_id": cls.company.id,
                "warehouse_id": cls.warehouse.id,
                "mode": "live",
                **values,
            }
        )

    @classmethod
    def _new_product(cls, name, **values):
        return cls.env["product.product"].create({"name": name, "is_storable": True, **values})

    @classmethod
    def _new_listing(cls, product, external_id, **values):
        return cls.env["ecom.listing"].create(
            {
                "channel_id": cls.channel.id,
                "external_id": external_id,
                "name": product.name,
                "product_id": product.id,
                "state": "matched",
                **values,
            }
        )

    # -------------------------------------------------------------- the log
    def _changes(self):
        """Names of the products in the change log; what was collected is written first."""
        self.env.cr.flush()
        self.env.cr.execute("SELECT DISTINCT product_id FROM ecom_stock_change")
        return set(self.env["product.product"].browse(row[0] for row in self.env.cr.fetchall()).mapped("name"))

    def _forget(self):
        self.env.cr.flush()
        self.env.cr.execute("DELETE FROM ecom_stock_change")

    def _decide(self):
        """Consume the change log and return what the first level shows."""
        self.env.cr.flush()
        while self.env["ecom.flow.decide"]._decide_changes(1000):
            pass
        self.level.invalidate_recordset()
        return self.level.decided

    # ------------------------------------------------------------- the stock
    def _put(self, quantity, product=None, location=None, **values):
        self.env["stock.quant"]._update_available_quantity(
            product or self.product, location or self.stock, quantity, **values
        )

    def _move(self, quantity, source=None, target=None, product=None, **values):
        product = product or self.product
        return self.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom": product.uom_id.id,
                "product_uom_qty": quantity,
                "location_id": (source or self.stock).id,
                "location_dest_id": (target or self.customers).id,
                "company_id": self.company.id,
                **values,
            }
        )

    def _delivery_type(self, reservation):
        picking_type = self.warehouse.out_type_id
        picking_type.reservation_method = reservation
        return picking_type

    def _order(self, quantity, product=None):
        product = product or self.product
        partner = self.env["res.partner"].create({"name": "Buyer"})
        return self.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "company_id": self.company.id,
                "warehouse_id": self.warehouse.id,
                "order_line": [Command.create({"product_id": product.id, "product_uom_qty": quantity})],
            }
        )
