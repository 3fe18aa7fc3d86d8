from random import Random

from odoo import models

from ..channels.demo.shop.catalogue import assortment

# Cents are the catalogue's, dollars are ours.
CENTS = 100
TWICE = "CMP-BASE"


class EcomDemo(models.AbstractModel):
    """What the demo seller sells and ships with: the goods behind the listings of its shops."""

    _inherit = "ecom.demo"

    def _stock_up(self, company):
        """Products in stock for the whole assortment; some are short, a few are gone."""
        category = self.env["product.category"].create({"name": "Outdoor"})
        products = self.env["product.product"].create(
            [
                {
                    "name": item.name,
                    "default_code": item.sku,
                    "barcode": item.barcode,
                    "list_price": item.price / CENTS,
                    "standard_price": item.price / CENTS * 0.55,
                    "weight": item.weight / 1000,
                    "is_storable": True,
                    "invoice_policy": "delivery",
                    "categ_id": category.id,
                    "taxes_id": False,
                }
                for item in assortment()
            ]
        )
        # The same SKU once more: which of the two a shop means is for a person to say.
        self.env["product.product"].create(
            {"name": "Baseplate compass (old model)", "default_code": TWICE, "is_storable": True, "taxes_id": False}
        )
        chance = Random("shelves")
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        quants = (
            self.env["stock.quant"]
            .with_context(inventory_mode=True)
            .create(
                [
                    {
                        "product_id": product.id,
                        "location_id": warehouse.lot_stock_id.id,
                        "inventory_quantity": chance.choice((0, 2, 5)) if turn % 12 == 0 else chance.randint(20, 90),
                    }
                    for turn, product in enumerate(products)
                ]
            )
        )
        quants.action_apply_inventory()

    def _hire_carriers(self):
        """{shipping method of the shops: delivery method here}"""
        link = "https://parcels.example.com/follow/<shipmenttrackingnumber>"
        carriers = {}
        for code, name, price in (("standard", "Parcel Post", 4.9), ("express", "Express Courier", 12.9)):
            product = self.env["product.product"].create(
                {"name": name, "type": "service", "list_price": price, "invoice_policy": "order", "taxes_id": False}
            )
            carriers[code] = self.env["delivery.carrier"].create(
                {
                    "name": name,
                    "product_id": product.id,
                    "delivery_type": "fixed",
                    "fixed_price": price,
                    "tracking_url": link,
                }
            )
        return carriers
