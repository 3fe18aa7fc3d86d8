"""Products -> what is free for sale in a warehouse, set-based."""

from typing import NamedTuple

from odoo import models
from odoo.tools import SQL


class Terms(NamedTuple):
    """The sum behind a free quantity, in the product's unit.

    on_hand     lies in the warehouse's stock location or below, and is ours
    reserved    of it, promised to a transfer
    waiting     ordered, to leave these locations, and not reserved yet; quotations of channels too
    """

    on_hand: float = 0.0
    reserved: float = 0.0
    waiting: float = 0.0

    @property
    def free(self):
        return self.on_hand - self.reserved - self.waiting


NOTHING = Terms()


class EcomFlowMeasure(models.AbstractModel):
    """Core's `free_qty` ignores demand that is confirmed and not reserved, and counts what lies in input, output and
    quality control: here the scope is the warehouse's stock location with all below it. Duplicate quants are normal in
    Odoo, negative ones happen: all are added up. A transfer inside the scope counts as reserved until it is done."""

    _name = "ecom.flow.measure"
    _description = "E-commerce: measure"

    def _free(self, product_ids, warehouse_ids):
        """Returns {(product_id, warehouse_id): free quantity} in the products' units; may be negative."""
        measured = self._measure(product_ids, warehouse_ids)
        return {
            (product_id, warehouse_id): measured.get((product_id, warehouse_id), NOTHING).free
            for product_id in product_ids
            for warehouse_id in warehouse_ids
        }

    def _measure_levels(self, levels):
        """Returns {level id: Terms} of all these levels, list of `decide.Level`; those that count the same stock share
        one object. The seam for an add-on with more terms, or with more to say about which stock a channel counts."""
        measured = self._measure({level.product_id for level in levels}, {level.warehouse_id for level in levels})
        return {level.id: measured.get((level.product_id, level.warehouse_id), NOTHING) for level in levels}

    def _measure(self, product_ids, warehouse_ids):
        """Returns {(product_id, warehouse_id): Terms}; a pair that is missing has nothing of anything.

        One statement for any number of products. It asks nobody's permission: what is on hand does not depend on who
        looks, and the warehouses say which company's stock it is.
        """
        self.env["stock.quant"].flush_model()
        self.env["stock.move"].flush_model()
        self.env["stock.location"].flush_model()
        self.env["sale.order.line"].flush_model()
        self.env["sale.order"].flush_model()
        self.env.cr.execute(self._measure_query(list(product_ids), list(warehouse_ids)))
        return {(product, warehouse): Terms(*terms) for product, warehouse, *terms in self.env.cr.fetchall()}

    def _measure_query(self, product_ids, warehouse_ids):
        """SQL: the ORM would need a query per warehouse and cannot join the two tables."""
        return SQL(
            """WITH scope AS MATERIALIZED (%(scope)s)
               SELECT product_id, warehouse_id, sum(on_hand), sum(reserved), sum(waiting)
                 FROM (%(quants)s UNION ALL %(moves)s UNION ALL %(quotations)s) term
                GROUP BY product_id, warehouse_id""",
            scope=self._scope_query(warehouse_ids),
            quants=self._quants_query(product_ids),
            moves=self._moves_query(product_ids),
            quotations=SQL(
                "SELECT product_id, warehouse_id, 0, 0, units FROM (%s) quotation",
                self._quotations_query(
                    SQL("sale.warehouse_id = ANY(%s) AND line.product_id = ANY(%s)", warehouse_ids, product_ids)
                ),
            ),
        )

    def _scope_query(self, warehouse_ids):
        return SQL(
            """SELECT warehouse.id AS warehouse_id, place.id AS location_id, company.partner_id AS owner_id
                 FROM stock_warehouse warehouse
                 JOIN res_company company ON company.id = warehouse.company_id
                 JOIN stock_location top ON top.id = warehouse.lot_stock_id
                 JOIN stock_location place ON place.parent_path LIKE top.parent_path || '%%'
                WHERE warehouse.id = ANY(%s) AND place.usage = 'internal' AND place.active""",
            warehouse_ids,
        )

    def _quants_query(self, product_ids):
        """A quant that somebody else owns is not ours to sell; the company as its own owner is."""
        return SQL(
            """SELECT quant.product_id, scope.warehouse_id, coalesce(quant.quantity, 0) AS on_hand,
                      coalesce(quant.reserved_quantity, 0) AS reserved, 0 AS waiting
                 FROM stock_quant quant
                 JOIN scope ON scope.location_id = quant.location_id
                WHERE quant.product_id = ANY(%s)
                  AND (quant.owner_id IS NULL OR quant.owner_id = scope.owner_id)""",
            product_ids,
        )

    def _moves_query(self, product_ids):
        """What is still to leave and has no quant reserved. As in core, the end of a chain of transfers counts, not
        its next stop. What is made or bought to order takes nothing from the shelf before it has arrived."""
        return SQL(
            """SELECT move.product_id, scope.warehouse_id, 0, 0,
                      greatest(0, move.product_qty * (1 - coalesce(move.quantity, 0) / move.product_uom_qty))
                 FROM stock_move move
                 JOIN scope ON scope.location_id = move.location_id
                WHERE move.product_id = ANY(%s)
                  AND move.state IN ('waiting', 'confirmed', 'partially_available', 'assigned')
                  AND move.product_uom_qty > 0
                  AND (move.restrict_partner_id IS NULL OR move.restrict_partner_id = scope.owner_id)
                  AND NOT EXISTS (SELECT FROM scope inside
                                   WHERE inside.warehouse_id = scope.warehouse_id
                                     AND inside.location_id = coalesce(move.location_final_id, move.location_dest_id))
                  AND (move.procure_method <> 'make_to_order' OR %s)""",
            product_ids,
            self._arrived_condition(),
        )

    def _quotations_query(self, condition):
        """SELECT of (product_id, warehouse_id, company_id, units of the product). An order of a channel that waits for
        a decision is sold over there: nobody else may be offered its goods. `condition`: on `sale` and `line`."""
        return SQL(
            """SELECT line.product_id, sale.warehouse_id, sale.company_id,
                      line.product_uom_qty * (ordered.factor / own.factor)::numeric AS units
                 FROM sale_order sale
                 JOIN sale_order_line line ON line.order_id = sale.id
                 JOIN product_product product ON product.id = line.product_id
                 JOIN product_template template ON template.id = product.product_tmpl_id
                 JOIN uom_uom own ON own.id = template.uom_id
                 JOIN uom_uom ordered ON ordered.id = line.product_uom_id
                WHERE sale.ecom_channel_id IS NOT NULL AND sale.state IN ('draft', 'sent') AND %s""",
            condition,
        )

    def _arrived_condition(self):
        origins = SQL(
            """SELECT FROM stock_move_move_rel chain JOIN stock_move origin ON origin.id = chain.move_orig_id
                WHERE chain.move_dest_id = move.id"""
        )
        return SQL("(EXISTS (%s) AND NOT EXISTS (%s AND origin.state NOT IN ('done', 'cancel')))", origins, origins)

    # ---------------------------------------------------------------- tracked
    def _tracked_condition(self):
        """Condition on `template` and `product`: its stock says how much of it can be sold.

        It says nothing of services, of goods no stock is kept of, and of what is bought or made when it is ordered,
        dropshipping included. Nothing is published for these, least of all a 0.
        """
        return SQL(
            """template.is_storable AND NOT EXISTS (
                   SELECT FROM stock_rule rule
                     JOIN stock_location origin ON origin.id = rule.location_src_id
                     JOIN stock_location target ON target.id = rule.location_dest_id
                    WHERE rule.active AND rule.route_id IN (%s)
                      AND (rule.procure_method = 'make_to_order'
                               AND origin.id IN (SELECT lot_stock_id FROM stock_warehouse)
                           OR origin.usage = 'supplier' AND target.usage = 'customer'))""",
            self._routes_query(),
        )

    def _routes_query(self):
        """The routes chosen on the product itself, on its category or one above."""
        return SQL(
            """SELECT chosen.route_id FROM stock_route_product chosen WHERE chosen.product_id = template.id
                UNION ALL
               SELECT chosen.route_id FROM product_category category
                 JOIN product_category above ON category.parent_path LIKE above.parent_path || '%%'
                 JOIN stock_route_categ chosen ON chosen.categ_id = above.id
                WHERE category.id = template.categ_id"""
        )
