"""The business that both sides have: products in stock, one tax, and what the shop calls them."""

import json
import os

from odoo.fields import Command

STOCK = 100000


class Trade:
    """`shop`: what bench_shopify_oca.py tells of the sandbox."""

    def __init__(self, env):
        self.shop = json.loads(os.environ["ECOM_BENCH_SHOP"])
        company = env.ref("base.main_company")
        self.company_id = company.id
        # Shopify rounds the tax of each line; Odoo computes it anew for OCA's connector, which refuses what differs.
        company.tax_calculation_rounding_method = "round_per_line"
        self.warehouse_id = env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1).id
        values = {"name": "State Tax", "amount": 6, "type_tax_use": "sale", "company_id": company.id}
        self.tax_id = env["account.tax"].create({**values, "price_include_override": "tax_excluded"}).id
        self.products = self._products(env)

    def _products(self, env):
        """{SKU: product}, ids."""
        goods = self.shop["goods"]
        products = env["product.product"].create(
            [
                {
                    "name": f"Product {sku}",
                    "default_code": sku,
                    "is_storable": True,
                    "list_price": float(one["price"]),
                    "company_id": self.company_id,
                    "taxes_id": [Command.set([self.tax_id])],
                }
                for sku, one in goods.items()
            ]
        )
        place = env["stock.warehouse"].browse(self.warehouse_id).lot_stock_id
        for product in products:
            env["stock.quant"]._update_available_quantity(product, place, STOCK)
        return dict(zip(goods, products.ids, strict=True))
