"""How many kits the components make: the scarcest one decides, and its terms are the kit's."""

from odoo import models
from odoo.addons.ecom_inventory_buffer.flow.measure import NOTHING
from odoo.addons.ecom_inventory_buffer.rules.kits import kit_terms
from odoo.tools import SQL


class EcomFlowMeasure(models.AbstractModel):
    _inherit = "ecom.flow.measure"

    def _measure_places(self, product_ids, places):
        companies = self._companies(places)
        recipes = self.env["ecom.flow.explode"]._recipes(product_ids, set(companies.values()))
        if not recipes:
            return super()._measure_places(product_ids, places)
        components = {component for recipe in recipes.values() for component in recipe}
        measured = super()._measure_places({*product_ids, *components}, places)
        for (kit, company), recipe in recipes.items():
            for place in places:
                if companies[place.warehouse_id] == company:
                    parts = [(measured.get((part, place), NOTHING), units) for part, units in recipe.items()]
                    measured[kit, place] = kit_terms(parts)
        return measured

    def _companies(self, places):
        """{warehouse_id: company_id}"""
        self.env.cr.execute(
            SQL(
                "SELECT id, company_id FROM stock_warehouse WHERE id = ANY(%s)",
                [place.warehouse_id for place in places],
            )
        )
        return dict(self.env.cr.fetchall())

    # ---------------------------------------------------------------- promises
    def _promises_query(self, products):
        """A kit that is promised is its components that are promised."""
        recipes = self._promised_recipes()
        if not recipes:
            return super()._promises_query(products)
        rows = [
            (kit, company, component, units)
            for (kit, company), recipe in recipes.items()
            for component, units in recipe.items()
        ]
        kits, companies, components, units = (list(column) for column in zip(*rows, strict=True)) if rows else [[]] * 4
        return SQL(
            """SELECT coalesce(recipe.component_id, promise.product_id) AS product_id, promise.warehouse_id,
                      promise.company_id, promise.units * coalesce(recipe.units, 1)::numeric AS units
                 FROM (%(promises)s) promise
                 LEFT JOIN unnest(%(kits)s::integer[], %(companies)s::integer[], %(components)s::integer[],
                                  %(units)s::float8[]) recipe (kit_id, company_id, component_id, units)
                   ON recipe.kit_id = promise.product_id AND recipe.company_id = promise.company_id
                WHERE coalesce(recipe.component_id, promise.product_id) = ANY(%(products)s)""",
            promises=super()._promises_query(SQL("(%s || %s::integer[])", products, kits)),
            kits=kits,
            companies=companies,
            components=components,
            units=units,
            products=products,
        )

    def _promised_recipes(self):
        """The recipes of all kits that somebody holds or has ordered; mostly none."""
        self.env.cr.execute(
            SQL(
                """SELECT promise.product_id, promise.company_id
                     FROM (SELECT product_id, company_id FROM ecom_stock_hold WHERE state = 'active'
                            UNION
                           SELECT line.product_id, sale.company_id
                             FROM sale_order sale JOIN sale_order_line line ON line.order_id = sale.id
                            WHERE sale.ecom_channel_id IS NOT NULL AND sale.state IN ('draft', 'sent')) promise
                     JOIN product_product product ON product.id = promise.product_id
                    WHERE EXISTS (SELECT FROM mrp_bom bom WHERE bom.product_tmpl_id = product.product_tmpl_id
                                     AND bom.active AND bom.type = 'phantom')"""
            )
        )
        found = self.env.cr.fetchall()
        if not found:
            return {}
        products, companies = ({row[place] for row in found} for place in (0, 1))
        return self.env["ecom.flow.explode"]._recipes(products, companies)

    # -------------------------------------------------------------- unimported
    def _unimported(self, product_ids):
        """A kit sold over there takes its components from all that share them."""
        explode = self.env["ecom.flow.explode"]
        related = explode._ancestors(explode._descendants(product_ids))
        found = super()._unimported({*product_ids, *related})
        if not found:
            return found
        companies = self._warehouse_companies({warehouse for _product, warehouse in found})
        recipes = explode._recipes({*product_ids, *related}, set(companies.values()))
        taken = {}
        for (product, warehouse), listings in found.items():
            for part, units in recipes.get((product, companies[warehouse]), {product: 1}).items():
                sold = taken.setdefault((part, warehouse), {})
                for listing, count in listings.items():
                    sold[listing] = sold.get(listing, 0) + count * units
        return {**taken, **self._taken_from_kits(taken, recipes, companies)}

    def _warehouse_companies(self, warehouse_ids):
        self.env.cr.execute("SELECT id, company_id FROM stock_warehouse WHERE id = ANY(%s)", (list(warehouse_ids),))
        return dict(self.env.cr.fetchall())

    @staticmethod
    def _taken_from_kits(taken, recipes, companies):
        """{(kit, warehouse): {listing: kits that cannot be made any more}}; the component that lost most decides."""
        found = {}
        for (kit, company), recipe in recipes.items():
            for warehouse in (warehouse for warehouse, owner in companies.items() if owner == company):
                lost = [(taken.get((part, warehouse), {}), units) for part, units in recipe.items()]
                listings = {listing for sold, _units in lost for listing in sold}
                found[kit, warehouse] = {
                    listing: max(sold.get(listing, 0) / units for sold, units in lost) for listing in listings
                }
        return found

    # ----------------------------------------------------------------- tracked
    def _stock_is_kept_condition(self):
        """As of a product that is no kit."""
        return super()._tracked_condition()  # pylint: disable=super-method-mismatch

    def _tracked_condition(self):
        """A kit can be counted when stock is kept of a component; whatever is said of the kit itself."""
        return SQL(
            "CASE WHEN EXISTS (%(kit)s) THEN EXISTS (%(parts)s) ELSE %(own)s END",
            kit=SQL(
                """SELECT FROM mrp_bom bom
                    WHERE bom.active AND bom.type = 'phantom' AND bom.product_tmpl_id = template.id
                      AND (bom.product_id IS NULL OR bom.product_id = product.id)"""
            ),
            parts=self._limiting_parts_query(),
            own=self._stock_is_kept_condition(),
        )

    def _limiting_parts_query(self):
        """Bills of any company: which one looks is not known here."""
        return SQL(
            """WITH RECURSIVE below (id) AS (
                   SELECT product.id
                    UNION
                   SELECT line.product_id FROM below
                     JOIN product_product made ON made.id = below.id
                     JOIN mrp_bom bom ON bom.product_tmpl_id = made.product_tmpl_id AND bom.active
                      AND bom.type = 'phantom' AND (bom.product_id IS NULL OR bom.product_id = made.id)
                     JOIN mrp_bom_line line ON line.bom_id = bom.id AND line.product_qty > 0)
               SELECT FROM below
                 JOIN product_product product ON product.id = below.id
                 JOIN product_template template ON template.id = product.product_tmpl_id
                WHERE NOT EXISTS (SELECT FROM mrp_bom bom WHERE bom.active AND bom.type = 'phantom'
                                     AND bom.product_tmpl_id = template.id
                                     AND (bom.product_id IS NULL OR bom.product_id = product.id))
                  AND (%s)""",
            self._stock_is_kept_condition(),
        )
