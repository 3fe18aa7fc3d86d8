"""The places whose stock counts, and the SELECTs behind each term."""

from odoo import models
from odoo.tools import SQL

from .measure import KIND

# Goods that stand outside the stock location of the warehouse and are no step of receiving or sending.
ELSEWHERE = KIND["quarantine"]


class EcomFlowMeasure(models.AbstractModel):
    _inherit = "ecom.flow.measure"

    # ------------------------------------------------------------------ places
    def _places_query(self, places):
        """The common table `place`: one row for each location that says something about a place, `key` its number.

        `kind`: KIND["free"] for what can be sold from there, else why not. What a person said of a location, or of
        the next one above it, comes first; then what the warehouse uses it for. Steps of sending hold what is sold
        already, so they are in no sum.
        """
        return SQL(
            """asked AS MATERIALIZED (%(asked)s),
               root AS MATERIALIZED (%(roots)s),
               counting AS MATERIALIZED (
                   SELECT DISTINCT root.key, root.parent_path FROM root
                    WHERE NOT EXISTS (SELECT FROM root above
                                       WHERE above.key = root.key AND above.parent_path <> root.parent_path
                                         AND root.parent_path LIKE above.parent_path || '%%')),
               label AS MATERIALIZED (
                   SELECT parent_path, ecom_kind AS kind FROM stock_location WHERE ecom_kind IS NOT NULL),
               place AS MATERIALIZED (
                   SELECT asked.*, location.id AS location_id,
                          CASE WHEN said.kind IS NOT NULL
                               THEN array_position(%(kinds)s::varchar[], said.kind) - 1
                               WHEN top.counts THEN %(free)s
                               WHEN location.parent_path LIKE asked.input_path || '%%'
                                    OR location.parent_path LIKE asked.control_path || '%%' THEN %(inspection)s
                               ELSE %(elsewhere)s END AS kind
                     FROM asked
                     JOIN (SELECT key, parent_path, TRUE AS counts FROM counting
                            UNION ALL
                           SELECT key, view_path, FALSE FROM asked) top ON top.key = asked.key
                     JOIN stock_location location ON location.parent_path LIKE top.parent_path || '%%'
                      AND location.usage = 'internal' AND location.active
                     LEFT JOIN LATERAL (%(said)s) said ON TRUE
                    WHERE (top.counts OR NOT (%(beside)s)) AND NOT EXISTS (%(excluded)s))""",
            asked=self._asked_query(places),
            roots=self._roots_query(),
            kinds=list(KIND),
            free=KIND["free"],
            inspection=KIND["inspection"],
            elsewhere=ELSEWHERE,
            said=self._said_query(),
            beside=self._beside_condition(),
            excluded=self._excluded_query(),
        )

    def _asked_query(self, places):
        """Each location by a SELECT of its own: of a dozen joined tables, planning takes longer than reading."""
        return SQL(
            """SELECT asked.key, warehouse.id AS warehouse_id, warehouse.lot_stock_id, asked.wide,
                      company.id AS company_id, company.partner_id AS owner_id,
                      coalesce((SELECT tz FROM res_partner WHERE id = company.partner_id), 'UTC') AS tz,
                      scope.id AS scope_id, coalesce(scope.lot_rule, 'any') AS lot_rule,
                      %(now)s::timestamp + make_interval(days => coalesce(scope.ship_lead_days, 0)) AS fresh_after,
                      %(view)s AS view_path, %(input)s AS input_path, %(control)s AS control_path,
                      %(output)s AS output_path, %(pack)s AS pack_path
                 FROM unnest(%(warehouses)s::integer[], %(scopes)s::integer[], %(wide)s::boolean[])
                      WITH ORDINALITY AS asked (warehouse_id, scope_id, wide, key)
                 JOIN stock_warehouse warehouse ON warehouse.id = asked.warehouse_id
                 JOIN res_company company ON company.id = warehouse.company_id
                 LEFT JOIN ecom_stock_scope scope ON scope.id = asked.scope_id""",
            now=self._now(),
            view=self._path("view_location_id"),
            input=self._path("wh_input_stock_loc_id"),
            control=self._path("wh_qc_stock_loc_id"),
            output=self._path("wh_output_stock_loc_id"),
            pack=self._path("wh_pack_stock_loc_id"),
            warehouses=[place.warehouse_id for place in places],
            scopes=[place.scope_id or None for place in places],
            wide=[place.wide for place in places],
        )

    @staticmethod
    def _path(column):
        return SQL("(SELECT parent_path FROM stock_location WHERE id = %s)", SQL.identifier("warehouse", column))

    def _roots_query(self):
        """The locations whose stock counts with all below; one may lie in another."""
        return SQL(
            """SELECT chosen.key, location.parent_path
                 FROM (SELECT key, lot_stock_id AS location_id FROM asked
                        UNION ALL
                       SELECT asked.key, other.lot_stock_id FROM asked
                         JOIN ecom_stock_scope_stock_warehouse_rel more ON more.ecom_stock_scope_id = asked.scope_id
                         JOIN stock_warehouse other ON other.id = more.stock_warehouse_id
                        WHERE asked.wide
                        UNION ALL
                       SELECT asked.key, more.location_id FROM asked
                         JOIN ecom_stock_scope_counted_rel more ON more.scope_id = asked.scope_id
                        WHERE asked.wide) chosen
                 JOIN stock_location location ON location.id = chosen.location_id"""
        )

    def _beside_condition(self):
        """A location of the warehouse that counts already, or is a step of sending."""
        return SQL(
            """location.parent_path LIKE coalesce(asked.output_path, '-') || '%%'
               OR location.parent_path LIKE coalesce(asked.pack_path, '-') || '%%'
               OR EXISTS (SELECT FROM counting WHERE counting.key = asked.key
                             AND location.parent_path LIKE counting.parent_path || '%%')"""
        )

    def _said_query(self):
        return SQL(
            """SELECT above.kind FROM label above
                WHERE location.parent_path LIKE above.parent_path || '%%'
                ORDER BY length(above.parent_path) DESC LIMIT 1"""
        )

    def _excluded_query(self):
        return SQL(
            """SELECT FROM ecom_stock_scope_excluded_rel less
                 JOIN stock_location outside ON outside.id = less.location_id
                WHERE less.scope_id = asked.scope_id AND location.parent_path LIKE outside.parent_path || '%%'"""
        )

    # ------------------------------------------------------------------- parts
    # `products`: SQL of an array of product ids.
    def _stock_part(self, products):
        """What lies there. Goods of others come first, then goods that are too old: each unit is in one term."""
        return SQL(
            """SELECT quant.product_id, place.key, state.kind,
                      coalesce(quant.quantity, 0) AS units,
                      CASE WHEN state.kind = %(free)s THEN coalesce(quant.reserved_quantity, 0) ELSE 0 END AS reserved
                 FROM stock_quant quant
                 JOIN place ON place.location_id = quant.location_id
                CROSS JOIN LATERAL (SELECT CASE WHEN place.kind <> %(free)s THEN place.kind
                                                WHEN NOT (%(ours)s) THEN %(foreign)s
                                                WHEN %(stale)s THEN %(expired)s
                                                WHEN NOT (%(lot)s) THEN %(nothing)s
                                                ELSE %(free)s END) state (kind)
                WHERE quant.product_id = ANY(%(products)s)""",
            **KIND,
            products=products,
            ours=self._ours_condition(SQL("quant.owner_id")),
            stale=self._stale_condition(),
            lot=self._lot_condition(),
        )

    def _ours_condition(self, owner):
        """A quant that somebody else owns is not ours to sell, unless the scope names the owner."""
        return SQL(
            """%(owner)s IS NULL OR %(owner)s = place.owner_id
               OR EXISTS (SELECT FROM ecom_stock_scope_res_partner_rel theirs
                           WHERE theirs.ecom_stock_scope_id = place.scope_id AND theirs.res_partner_id = %(owner)s)""",
            owner=owner,
        )

    def _stale_condition(self):
        """Dates come with `product_expiry`, which the add-on does not need."""
        if "removal_date" not in self.env["stock.quant"]._fields:
            return SQL("FALSE")
        return SQL("coalesce(quant.removal_date <= place.fresh_after, FALSE)")

    def _lot_condition(self):
        named = SQL(
            """EXISTS (SELECT FROM ecom_stock_scope_stock_lot_rel lots
                        WHERE lots.ecom_stock_scope_id = place.scope_id AND lots.stock_lot_id = quant.lot_id)"""
        )
        return SQL(
            "place.lot_rule = 'any' OR (place.lot_rule = 'only' AND %s) OR (place.lot_rule = 'without' AND NOT %s)",
            named,
            named,
        )

    def _leaving_part(self, products):
        """As in the connector: to leave these places, and not reserved."""
        return SQL(
            """SELECT move.product_id, place.key, %(waiting)s AS kind,
                      greatest(0, move.product_qty * (1 - coalesce(move.quantity, 0) / move.product_uom_qty)) AS units,
                      NULL::date AS day
                 FROM stock_move move
                 JOIN place ON place.location_id = move.location_id AND place.kind = %(free)s
                WHERE move.product_id = ANY(%(products)s)
                  AND move.state IN ('waiting', 'confirmed', 'partially_available', 'assigned')
                  AND move.product_uom_qty > 0
                  AND (%(ours)s)
                  AND NOT EXISTS (SELECT FROM place inside
                                   WHERE inside.key = place.key AND inside.kind = %(free)s
                                     AND inside.location_id = coalesce(move.location_final_id, move.location_dest_id))
                  AND (move.procure_method <> 'make_to_order' OR %(arrived)s)""",
            **KIND,
            products=products,
            ours=self._ours_condition(SQL("move.restrict_partner_id")),
            arrived=self._arrived_condition(),
        )

    def _arriving_part(self, products):
        """What will come into these places from outside, by day; and what of it lies in transit by now. Of a receipt in
        steps the first one counts, which names the last location: the others move what is in the warehouse already."""
        return SQL(
            """SELECT move.product_id, place.key, told.kind, told.units, told.day
                 FROM stock_move move
                 JOIN stock_location origin ON origin.id = move.location_id
                 JOIN place ON place.location_id = coalesce(move.location_final_id, move.location_dest_id)
                  AND place.kind = %(free)s
                CROSS JOIN LATERAL (
                    SELECT %(incoming)s AS kind, move.product_qty AS units,
                           ((move.date AT TIME ZONE 'UTC') AT TIME ZONE place.tz)::date AS day
                     UNION ALL
                    SELECT %(travelling)s, move.product_qty * coalesce(move.quantity, 0) / move.product_uom_qty, NULL
                     WHERE origin.usage = 'transit') told
                WHERE move.product_id = ANY(%(products)s)
                  AND move.state IN ('waiting', 'confirmed', 'partially_available', 'assigned')
                  AND move.product_uom_qty > 0
                  AND origin.usage IN ('supplier', 'transit', 'production', 'customer')""",
            **KIND,
            products=products,
        )

    def _promised_part(self, products):
        """Soft holds, and orders of a channel that are here and not confirmed: somebody waits for their goods."""
        return SQL(
            """SELECT promise.product_id, wanted.key, %(held)s, promise.units, NULL
                 FROM (%(promises)s) promise
                 JOIN (SELECT DISTINCT key, warehouse_id, company_id FROM place) wanted
                   ON wanted.warehouse_id = promise.warehouse_id
                   OR promise.warehouse_id IS NULL AND wanted.company_id = promise.company_id""",
            **KIND,
            promises=self._promises_query(products),
        )

    def _promises_query(self, products):
        """SELECT of (product_id, warehouse_id or null for all of the company, company_id, units of the product)."""
        return SQL(
            """SELECT hold.product_id, hold.warehouse_id, hold.company_id, hold.quantity AS units
                 FROM ecom_stock_hold hold
                WHERE hold.product_id = ANY(%(products)s) AND hold.state = 'active' AND hold.expires_at > %(now)s
                UNION ALL
               %(orders)s""",
            products=products,
            now=self._now(),
            orders=self._quotations_query(SQL("line.product_id = ANY(%s)", products)),
        )
