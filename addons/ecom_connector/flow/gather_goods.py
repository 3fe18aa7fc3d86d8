from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.tools import SQL

from ..rules.checks.facts import Goods, Stock

ZERO = Decimal(0)


class EcomFlowGather(models.AbstractModel):
    """Facts about what was ordered: which products, at which price by the pricelist, and how many of them are free."""

    _inherit = "ecom.flow.gather"

    def _goods_lines(self, batch, order):
        """(line, its product, units of the product in one unit of the line) of what is goods and known."""
        for line in order.lines:
            product = batch.product(line) if line.kind == "product" else None
            if product:
                listing = batch.listing(line)
                yield line, product, Decimal(str(listing.units)) if listing is not None else Decimal(1)

    def _of_goods(self, batch, policies, placed):
        categories = self._categories(batch)
        return {
            external_id: {
                "goods": {
                    line.external_id: Goods(
                        product=product.id,
                        name=line.name or line.sku,
                        categories=categories.get(product.categ_id.id, frozenset()),
                    )
                    for line, product, _units in self._goods_lines(batch, order)
                }
            }
            for external_id, order in batch.orders.items()
        }

    def _categories(self, batch):
        """{category id: itself and all above it}, only where a restriction asks for categories."""
        restrictions = self.env["ecom.restriction"].sudo()
        if not restrictions.search_count([("categ_ids", "!=", False)], limit=1):
            return {}
        products = self.env["product.product"].concat(
            *(product for order in batch.orders.values() for _line, product, _units in self._goods_lines(batch, order))
        )
        return {
            category.id: frozenset(int(part) for part in category.parent_path.split("/") if part)
            for category in products.categ_id
        }

    # ------------------------------------------------------------------ prices
    def _of_prices(self, batch, policies, placed):
        """By the pricelist that was chosen for the site or the channel; nothing where there is none."""
        groups = defaultdict(list)
        for external_id, order in batch.orders.items():
            site = batch.sites.get(order.site)
            pricelist = (site.pricelist_id if site else False) or batch.channel.pricelist_id
            currency = batch.currencies.get(order.currency)
            if pricelist and currency:
                groups[pricelist, currency, order.created_at.date()].append((external_id, order))
        found = {}
        for (pricelist, currency, day), orders in groups.items():
            found.update(self._priced(batch, pricelist, currency, day, orders))
        return found

    def _priced(self, batch, pricelist, currency, day, orders):
        lines = {external_id: list(self._goods_lines(batch, order)) for external_id, order in orders}
        products = self.env["product.product"].concat(
            *(product for parts in lines.values() for _line, product, _units in parts)
        )
        prices = pricelist._get_products_price(products, 1.0, currency=currency, date=day)
        net = {product: self._without_tax(batch, product, prices[product.id], currency) for product in products}
        return {
            external_id: {"prices": {line.external_id: net[product] * units for line, product, units in parts}}
            for external_id, parts in lines.items()
        }

    def _without_tax(self, batch, product, price, currency):
        taxes = product.taxes_id._filter_taxes_by_company(batch.channel.company_id)
        if any(taxes.flatten_taxes_hierarchy().mapped("price_include")):
            price = taxes.compute_all(price, currency=currency, product=product)["total_excluded"]
        return Decimal(str(price))

    # ------------------------------------------------------------------- stock
    def _of_stock(self, batch, policies, placed):
        """The orders of a batch are served in turn: what one takes, the next one cannot have."""
        route = self.env["ecom.flow.route"]
        wanted = {
            external_id: (route._warehouse(batch, order).id, self._wanted(batch, order))
            for external_id, order in batch.orders.items()
        }
        product_ids = {product.id for _warehouse, units in wanted.values() for product in units}
        kept = self._kept(product_ids)
        warehouse_ids = {warehouse for warehouse, _units in wanted.values() if warehouse}
        if not kept or not warehouse_ids:
            return {}
        free = self.env["ecom.flow.measure"]._free(kept, warehouse_ids)
        left = {pair: Decimal(str(quantity)) for pair, quantity in free.items()}
        return {
            external_id: {"stock": self._served(left, warehouse, units, kept, placed.get(external_id))}
            for external_id, (warehouse, units) in wanted.items()
            if warehouse
        }

    def _wanted(self, batch, order):
        """{product: (its name on the order, units)}."""
        wanted = {}
        for line, product, units in self._goods_lines(batch, order):
            name, before = wanted.get(product, (line.name or line.sku, ZERO))
            wanted[product] = name, before + line.quantity * units
        return wanted

    def _served(self, left, warehouse, units, kept, here):
        found = []
        for product, (name, quantity) in units.items():
            if product.id not in kept:
                continue
            pair = product.id, warehouse
            found.append(Stock(item=name, wanted=quantity, free=left[pair] + (self._own(here, product) if here else 0)))
            if not here:
                left[pair] -= quantity
        return tuple(found)

    @staticmethod
    def _own(here, product):
        """A quotation of a channel counts as sold: what it wants itself is there for it."""
        lines = here.order_line.filtered(lambda line: line.product_id == product)
        return Decimal(str(sum(lines.mapped("product_uom_qty"))))

    def _kept(self, product_ids):
        """Of these, the products whose stock says how much of them can be sold."""
        if not product_ids:
            return set()
        self.env["product.template"].flush_model()
        # SQL: the condition on routes is one of the measuring step, and written in it.
        self.env.cr.execute(
            SQL(
                """SELECT product.id FROM product_product product
                     JOIN product_template template ON template.id = product.product_tmpl_id
                    WHERE product.id = ANY(%s) AND %s""",
                list(product_ids),
                self.env["ecom.flow.measure"]._tracked_condition(),
            )
        )
        return {row[0] for row in self.env.cr.fetchall()}
