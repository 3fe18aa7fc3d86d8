from odoo import fields, models
from odoo.tools import SQL


class EcomFeeTier(models.Model):
    """Where the fulfilment fee of a unit changed: the warehouse measures a product anew and puts it into another size.
    One record is a time with one fee, after a time with another."""

    _name = "ecom.fee.tier"
    _description = "Change of a Fulfilment Fee"
    _auto = False
    _order = "day desc, id desc"
    _rec_name = "sku"

    channel_id = fields.Many2one("ecom.channel", string="Account", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    sku = fields.Char(string="SKU", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    day = fields.Date(string="Since", readonly=True)
    before = fields.Monetary(string="Fee Before", readonly=True, aggregator=None)
    fee = fields.Monetary(string="Fee of a Unit", readonly=True, aggregator=None)
    change = fields.Monetary(readonly=True, aggregator=None)
    units = fields.Float(string="Units Since", readonly=True, digits="Product Unit")
    extra = fields.Monetary(string="Costs More", readonly=True, help="Of the units since; negative: costs less.")

    @property
    def _table_query(self):
        """A view in SQL: runs of one fee among the charges of a SKU in order of time are windows there, and a loop over
        all lines anywhere else. Reports state the units on the line of the sale, the fee on one of its own."""
        return SQL(
            """WITH charge AS (
                   SELECT min(l.id) AS id, s.channel_id, s.company_id, s.currency_id, l.sku,
                          min(l.posted_at) AS moment, max(l.quantity) AS units,
                          sum(CASE WHEN l.family = 'fulfilment' THEN l.fee - l.amount ELSE 0 END) AS fee
                     FROM ecom_settlement_line l
                     JOIN ecom_settlement s ON s.id = l.settlement_id
                    WHERE s.state <> 'superseded' AND s.is_waiting IS NOT TRUE
                      AND l.sku IS NOT NULL AND l.posted_at IS NOT NULL AND l.family IN ('sale', 'fulfilment')
                    GROUP BY s.id, l.sku, coalesce(l.order_reference, l.order_number), l.line_reference,
                             l.shipment_reference
               ), unit AS (
                   SELECT charge.*, round((fee / units)::numeric, 2) AS each
                     FROM charge WHERE fee > 0 AND units > 0
               ), mark AS (
                   SELECT unit.*, each IS DISTINCT FROM lag(each) OVER own AS is_first
                     FROM unit WINDOW own AS (PARTITION BY channel_id, currency_id, sku ORDER BY moment, id)
               ), step AS (
                   SELECT mark.*, count(*) FILTER (WHERE is_first) OVER own AS run
                     FROM mark WINDOW own AS (PARTITION BY channel_id, currency_id, sku ORDER BY moment, id)
               ), run AS (
                   SELECT min(id) AS id, channel_id, company_id, currency_id, sku, run, min(moment)::date AS day,
                          min(each) AS fee, sum(units) AS units
                     FROM step GROUP BY channel_id, company_id, currency_id, sku, run
               ), change AS (
                   SELECT run.*, lag(fee) OVER (PARTITION BY channel_id, currency_id, sku ORDER BY run) AS before
                     FROM run
               )
               SELECT change.id, channel_id, company_id, currency_id, sku, product.id AS product_id, day, before, fee,
                      fee - before AS change, units, (fee - before) * units AS extra
                 FROM change
                 LEFT JOIN LATERAL (SELECT pp.id FROM product_product pp
                                     WHERE pp.default_code = sku AND pp.active ORDER BY pp.id LIMIT 1) product ON TRUE
                WHERE before IS NOT NULL"""
        )
