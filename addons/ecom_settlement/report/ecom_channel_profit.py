from odoo import fields, models
from odoo.tools import SQL

FEES = ("commission", "payment_fee", "fulfilment", "storage", "advertising", "subscription", "inbound", "other_fee")


class EcomChannelProfit(models.Model):
    """What was sold on each channel, less goods, fees, postage and what was given back; in the company's currency."""

    _name = "ecom.channel.profit"
    _description = "Channel Profit"
    _auto = False
    _order = "day desc"
    _rec_name = "order_id"

    day = fields.Date(readonly=True)
    channel_id = fields.Many2one("ecom.channel", readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    quantity = fields.Float(string="Units", readonly=True)
    revenue = fields.Monetary(readonly=True, help="Without taxes.")
    shipping_charged = fields.Monetary(readonly=True)
    cost = fields.Monetary(
        string="Cost of Goods",
        readonly=True,
        help="At what it was worth when it left, less what came back; what has not left yet, at the cost of today.",
    )
    commission = fields.Monetary(readonly=True)
    payment_fee = fields.Monetary(string="Payment Fees", readonly=True)
    fulfilment = fields.Monetary(string="Fulfilment and Storage", readonly=True)
    advertising = fields.Monetary(readonly=True)
    other_fee = fields.Monetary(string="Other Fees", readonly=True)
    shipping_bought = fields.Monetary(readonly=True)
    refunded = fields.Monetary(readonly=True, help="As the payouts state it.")
    contribution = fields.Monetary(readonly=True)

    @property
    def _table_query(self):
        """A view in SQL: orders and lines of payouts, side by side, of any number."""
        return SQL(
            """SELECT rows.*, revenue + shipping_charged - cost - commission - payment_fee - fulfilment - advertising
                              - other_fee - shipping_bought - refunded AS contribution
                 FROM (%s UNION ALL %s) rows""",
            self._sold(),
            self._charged(),
        )

    def _sold(self):
        """Lines of orders. The cost of a product stands in a JSON by company."""
        return SQL(
            """SELECT l.id * 2 AS id, o.date_order::date AS day, o.ecom_channel_id AS channel_id, o.id AS order_id,
                      l.product_id, o.company_id, company.currency_id,
                      CASE WHEN l.is_delivery THEN 0 ELSE l.product_uom_qty END AS quantity,
                      CASE WHEN l.is_delivery THEN 0 ELSE l.price_subtotal / rate.value END AS revenue,
                      CASE WHEN l.is_delivery THEN l.price_subtotal / rate.value ELSE 0 END AS shipping_charged,
                      moved.value + coalesce((product.standard_price ->> company.id::text)::numeric, 0)
                          * greatest(l.product_uom_qty - moved.units, 0) AS cost,
                      0 AS commission, 0 AS payment_fee, 0 AS fulfilment, 0 AS advertising, 0 AS other_fee,
                      0 AS shipping_bought, 0 AS refunded
                 FROM sale_order_line l
                 JOIN sale_order o ON o.id = l.order_id
                 JOIN res_company company ON company.id = o.company_id
                 LEFT JOIN product_product product ON product.id = l.product_id
                CROSS JOIN LATERAL (SELECT coalesce(nullif(o.currency_rate, 0), 1) AS value) rate
                CROSS JOIN LATERAL (SELECT coalesce(sum(m.quantity) FILTER (WHERE m.is_out), 0) AS units,
                                           coalesce(sum(CASE WHEN m.is_out THEN m.value ELSE -m.value END), 0) AS value
                                      FROM stock_move m
                                     WHERE m.sale_line_id = l.id AND m.state = 'done' AND (m.is_out OR m.is_in)) moved
                WHERE o.state = 'sale' AND o.ecom_channel_id IS NOT NULL AND l.display_type IS NULL"""
        )

    def _charged(self):
        """Lines of payouts: a fee is what was kept, be it in a column of its own or as a negative amount."""
        return SQL(
            """SELECT l.id * 2 + 1 AS id, coalesce(l.posted_at, s.date_to, s.deposit_date)::date AS day,
                      coalesce(o.ecom_channel_id, s.channel_id) AS channel_id, l.order_id, product.id AS product_id,
                      s.company_id, company.currency_id, 0 AS quantity, 0 AS revenue, 0 AS shipping_charged, 0 AS cost,
                      %(commission)s AS commission,
                      %(payment_fee)s + CASE WHEN l.family NOT IN %(fees)s THEN l.fee * s.company_rate ELSE 0 END
                          AS payment_fee,
                      %(fulfilment)s AS fulfilment, %(advertising)s AS advertising, %(other_fee)s AS other_fee,
                      %(label)s AS shipping_bought,
                      CASE WHEN l.family = 'refund' THEN -l.amount * s.company_rate ELSE 0 END AS refunded
                 FROM ecom_settlement_line l
                 JOIN ecom_settlement s ON s.id = l.settlement_id
                 JOIN res_company company ON company.id = s.company_id
                 LEFT JOIN sale_order o ON o.id = l.order_id
                 LEFT JOIN LATERAL (SELECT pp.id FROM sale_order_line sol
                                      JOIN product_product pp ON pp.id = sol.product_id
                                     WHERE sol.order_id = o.id AND pp.default_code = l.sku LIMIT 1) product ON TRUE
                WHERE s.state <> 'superseded' AND s.is_waiting IS NOT TRUE
                  AND (l.family IN %(counted)s OR l.fee <> 0)""",
            commission=self._kept("commission"),
            payment_fee=self._kept("payment_fee"),
            fulfilment=self._kept("fulfilment", "storage", "inbound"),
            advertising=self._kept("advertising"),
            other_fee=self._kept("other_fee", "subscription"),
            label=self._kept("label"),
            fees=(*FEES, "label"),
            counted=(*FEES, "label", "refund"),
        )

    @staticmethod
    def _kept(*families):
        return SQL(
            "CASE WHEN l.family IN %s THEN (l.fee - l.amount) * s.company_rate ELSE 0 END",
            families,
        )
