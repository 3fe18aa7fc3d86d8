from odoo import api, fields, models
from odoo.tools import SQL

# What came back, or was given back without coming: not what was refused, and not what never left the buyer.
COUNTED = ("received", "wrong_item", "given_back", "keep", "short", "lost")
LOST = ("scrap", "donate", "missing")


class EcomReturnReport(models.Model):
    """Sold and returned units side by side, so that a rate of returns can be read by whatever both have: a row is a
    line of a sale order, or a line of a return of it. Dates are of the sale, so that a month is compared with what came
    back of that very month. Amounts are in the company's currency."""

    _name = "ecom.return.report"
    _description = "Return Analysis"
    _auto = False
    _rec_name = "product_id"
    _order = "date desc"

    date = fields.Datetime(string="Sold On", readonly=True)
    returned_on = fields.Datetime(string="Return Opened On", readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True)
    return_id = fields.Many2one("ecom.return", readonly=True)
    product_id = fields.Many2one("product.product", string="Variant", readonly=True)
    product_tmpl_id = fields.Many2one("product.template", string="Product", readonly=True)
    categ_id = fields.Many2one("product.category", string="Category", readonly=True)
    supplier_id = fields.Many2one("res.partner", readonly=True)
    channel_id = fields.Many2one("ecom.channel", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    reason_id = fields.Many2one("ecom.return.reason", string="Reason Said", readonly=True)
    found_reason_id = fields.Many2one("ecom.return.reason", string="Reason Found", readonly=True)
    disposition = fields.Selection(
        selection=lambda self: self.env["ecom.return.line"]._selection_disposition(),
        string="Done With It",
        readonly=True,
    )
    grade = fields.Selection(
        [("a", "A: as new"), ("b", "B: opened"), ("c", "C: worn"), ("d", "D: broken")], readonly=True
    )
    sold_units = fields.Float(readonly=True)
    returned_units = fields.Float(readonly=True)
    return_rate = fields.Float(readonly=True, aggregator="avg", help="Returned of sold units, in percent.")
    credited = fields.Float(readonly=True, help="Without taxes.")
    shipping_cost = fields.Float(string="Return Shipping", readonly=True, help="What the carrier took.")
    lost_value = fields.Float(readonly=True, help="Cost of goods that were scrapped, given away or never came.")
    recovered_value = fields.Float(readonly=True, help="Cost of goods that are back and worth something.")
    days_to_receive = fields.Float(readonly=True, aggregator="avg")
    days_to_decide = fields.Float(readonly=True, aggregator="avg")
    days_to_credit = fields.Float(readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        return SQL("%s UNION ALL %s", self._sold(), self._returned())

    def _sold(self):
        return SQL(
            """
            SELECT sol.id * 2 AS id, so.date_order AS date, NULL::timestamp AS returned_on, so.id AS order_id,
                   NULL::integer AS return_id, %(facts)s,
                   NULL::integer AS reason_id, NULL::integer AS found_reason_id, NULL AS disposition, NULL AS grade,
                   sol.product_uom_qty * su.factor / NULLIF(tu.factor, 0) AS sold_units, 0.0 AS returned_units,
                   NULL::float AS return_rate, 0.0 AS credited, 0.0 AS shipping_cost, 0.0 AS lost_value,
                   0.0 AS recovered_value, NULL::float AS days_to_receive, NULL::float AS days_to_decide,
                   NULL::float AS days_to_credit
            FROM sale_order_line sol
            JOIN sale_order so ON so.id = sol.order_id AND so.state = 'sale'
            JOIN product_product pp ON pp.id = sol.product_id
            JOIN product_template pt ON pt.id = pp.product_tmpl_id AND pt.type = 'consu'
            JOIN uom_uom su ON su.id = sol.product_uom_id
            JOIN uom_uom tu ON tu.id = pt.uom_id
            LEFT JOIN res_partner ship ON ship.id = so.partner_shipping_id
            """,
            facts=self._facts(),
        )

    def _returned(self):
        return SQL(
            """
            SELECT l.id * 2 + 1, so.date_order, r.create_date, so.id, r.id, %(facts)s,
                   l.reason_id, l.found_reason_id, l.disposition, l.grade,
                   0.0, l.quantity, NULL::float, COALESCE(credit.amount, 0.0),
                   COALESCE(sp.carrier_price, 0.0) / GREATEST(COUNT(*) OVER (PARTITION BY sp.id), 1),
                   CASE WHEN l.disposition IN %(lost)s THEN l.quantity * cost.unit ELSE 0.0 END,
                   CASE WHEN l.disposition IS NOT NULL AND l.disposition NOT IN %(lost)s
                             AND l.disposition != 'give_back'
                        THEN l.quantity * cost.unit ELSE 0.0 END,
                   EXTRACT(EPOCH FROM am.date - r.create_date) / 86400,
                   EXTRACT(EPOCH FROM l.decided_at - am.date) / 86400,
                   EXTRACT(EPOCH FROM credit.at - r.create_date) / 86400
            FROM ecom_return_line l
            JOIN ecom_return r ON r.id = l.return_id AND r.authorisation IN ('approved', 'expired')
            JOIN sale_order_line sol ON sol.id = l.order_line_id
            JOIN sale_order so ON so.id = sol.order_id
            JOIN product_product pp ON pp.id = l.product_id
            JOIN product_template pt ON pt.id = pp.product_tmpl_id
            LEFT JOIN res_partner ship ON ship.id = so.partner_shipping_id
            LEFT JOIN stock_move am ON am.id = l.arrived_move_id
            LEFT JOIN stock_move om ON om.id = l.origin_move_id
            LEFT JOIN stock_picking sp ON sp.id = am.picking_id
            CROSS JOIN LATERAL (SELECT COALESCE(om.value / NULLIF(om.quantity, 0), 0.0) AS unit) cost
            LEFT JOIN LATERAL (
                SELECT SUM(aml.balance) AS amount, MIN(aml.create_date) AS at
                FROM account_move_line aml
                WHERE aml.ecom_return_line_id = l.id AND aml.parent_state = 'posted'
            ) credit ON true
            WHERE l.goods IN %(counted)s
            """,
            facts=self._facts(),
            lost=LOST,
            counted=COUNTED,
        )

    def _facts(self):
        """What sold and returned units have in common; the supplier is the first of the product."""
        return SQL(
            """
            pp.id AS product_id, pt.id AS product_tmpl_id, pt.categ_id,
            (SELECT si.partner_id FROM product_supplierinfo si WHERE si.product_tmpl_id = pt.id
             ORDER BY si.sequence, si.id LIMIT 1) AS supplier_id,
            so.ecom_channel_id AS channel_id, ship.country_id, so.company_id
            """
        )

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """A rate is of sums, not a mean of rates."""
        if aggregate_spec != "return_rate:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "100.0 * SUM(%(returned)s) / NULLIF(SUM(%(sold)s), 0.0)",
            returned=self._field_to_sql(self._table, "returned_units", query),
            sold=self._field_to_sql(self._table, "sold_units", query),
        )
