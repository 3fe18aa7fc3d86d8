"""The business both sides work in: two taxes, products in stock, buyers who were here before."""

from odoo.fields import Command

from bench.ingestion import papers


class Shop:
    """Made once a database; remembers ids only, so that it outlives its transaction."""

    def __init__(self, env):
        company = env.ref("base.main_company")
        self.company_id = company.id
        self.country_id = env.ref("base.at").id
        self.unit_id = env.ref("uom.product_uom_unit").id
        warehouse = env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        self.warehouse_id = warehouse.id
        self.tax_ids = {rate: self._tax(env, rate).id for rate in (10, 20)}
        self.product_ids = self._products(env, warehouse).ids
        self.shipping_id = env["product.product"].create({"name": "Delivery", "type": "service", "taxes_id": False}).id
        self.returning = self._returning(env)

    def _tax(self, env, rate):
        values = {"name": f"VAT {rate}", "amount": rate, "type_tax_use": "sale", "company_id": self.company_id}
        return env["account.tax"].create(values)

    def _products(self, env, warehouse):
        products = env["product.product"].create(
            [
                {
                    "name": f"Product {number}",
                    "default_code": papers.sku(number),
                    "is_storable": True,
                    "list_price": float(papers.price(number)),
                    "taxes_id": [Command.set([self.tax_ids[papers.rate(number)]])],
                }
                for number in range(papers.PRODUCTS)
            ]
        )
        for product in products:
            env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, 100000)
        return products

    def _returning(self, env):
        """{e-mail: (contact, its delivery address)}, ids."""
        found = {}
        for number in range(papers.RETURNING):
            name, email, own, delivery = papers.returning(number)
            contact = env["res.partner"].create({"email": email, **self.contact(own)})
            address = {"parent_id": contact.id, "type": "delivery", **self.contact(delivery)}
            found[email] = (contact.id, env["res.partner"].create(address).id)
        return found

    def contact(self, address):
        """Values of a contact with that address."""
        return {
            "name": address["name"],
            "phone": address["phone"],
            "street": address["street"],
            "city": address["city"],
            "zip": address["postcode"],
            "country_id": self.country_id,
            "company_id": self.company_id,
        }
