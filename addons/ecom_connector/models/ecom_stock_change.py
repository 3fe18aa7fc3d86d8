from odoo import api, fields, models
from odoo.tools import SQL

PENDING = "ecom_connector.stock_change"


class EcomStockChange(models.Model):
    """Append-only: the availability of this product moved. No unique key, on purpose: under REPEATABLE READ a "dirty"
    row shared by two transactions makes stock moves fail to serialise.

    Rows are collected in the transaction and written with one statement a flush, so they cost a stock move next to
    nothing, and a rolled-back savepoint takes its own with it. A row says "look again", never how much: two rows too
    many are harmless.
    """

    _name = "ecom.stock.change"
    _description = "Stock Change"
    _log_access = False

    product_id = fields.Integer(required=True)
    changed_at = fields.Datetime(required=True)

    @api.model
    def _mark(self, source, ids):
        """Remember that these may have changed what can be sold; written at the next flush.

        `source`: "product", "template", "quant", "move", "location", "listing" or "channel". Quants and moves are
        looked up at the flush, when what they say is in the database: mark the product of one that goes away, and of
        one that changes its product, before it does.
        """
        data = self.env.cr.precommit.data
        pending = data.get(PENDING)
        if pending is None:
            pending = data[PENDING] = {}
            self.env.cr.precommit.add(self.sudo()._write_pending)
        pending.setdefault(source, set()).update(ids)

    def _write_pending(self):
        pending = self.env.cr.precommit.data.pop(PENDING, None)
        if not pending:
            return
        queries = [self._products_query(source, [id_ for id_ in ids if id_]) for source, ids in pending.items() if ids]
        if not queries:
            return
        self.env.cr.execute(
            SQL(
                """INSERT INTO ecom_stock_change (product_id, changed_at)
                   SELECT product.id, clock_timestamp() AT TIME ZONE 'UTC'
                     FROM (%s) product (id)
                    WHERE %s""",
                SQL(" UNION ").join(queries),
                self._listed_condition(SQL("product.id")),
            )
        )
        if self.env.cr.rowcount:
            self.env["ecom.flow.run"]._wake()

    def _listed_condition(self, product):
        """Only products somebody sells on a channel matter. A kit's components matter too: the add-on that knows of
        them extends this."""
        return SQL("EXISTS (SELECT FROM ecom_listing listing WHERE listing.product_id = %s)", product)

    def _products_query(self, source, ids):
        """SELECT of the product ids behind these records; SQL, because it becomes part of one statement."""
        return getattr(self, f"_products_of_{source}")(ids)

    def _products_of_product(self, ids):
        return SQL("SELECT unnest(%s)", ids)

    def _products_of_template(self, ids):
        return SQL("SELECT id FROM product_product WHERE product_tmpl_id = ANY(%s)", ids)

    def _products_of_quant(self, ids):
        return SQL("SELECT product_id FROM stock_quant WHERE id = ANY(%s)", ids)

    def _products_of_move(self, ids):
        return SQL("SELECT product_id FROM stock_move WHERE id = ANY(%s)", ids)

    def _products_of_location(self, ids):
        """All that lies in these locations and below, and all that is still to leave them."""
        inside = SQL(
            """SELECT place.id FROM stock_location place
                 JOIN stock_location top ON place.parent_path LIKE top.parent_path || '%%'
                WHERE top.id = ANY(%s)""",
            ids,
        )
        return SQL(
            """SELECT product_id FROM stock_quant WHERE location_id IN (%(inside)s)
                UNION
               SELECT product_id FROM stock_move
                WHERE location_id IN (%(inside)s)
                  AND state IN ('waiting', 'confirmed', 'partially_available', 'assigned')""",
            inside=inside,
        )

    def _products_of_listing(self, ids):
        return SQL("SELECT product_id FROM ecom_listing WHERE id = ANY(%s)", ids)

    def _products_of_channel(self, ids):
        return SQL("SELECT product_id FROM ecom_listing WHERE channel_id = ANY(%s)", ids)

    def _products_of_warehouse(self, ids):
        return SQL("SELECT product_id FROM ecom_stock_level WHERE warehouse_id = ANY(%s)", ids)
