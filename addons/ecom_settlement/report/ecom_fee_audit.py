from odoo import fields, models
from odoo.tools import SQL


class EcomFeeAudit(models.Model):
    """What was charged for each order against what the rate card lets expect; and commissions kept of refunds."""

    _name = "ecom.fee.audit"
    _description = "Fee of an Order"
    _auto = False
    _order = "difference desc"
    _rec_name = "order_id"

    channel_id = fields.Many2one("ecom.channel", string="Account", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    day = fields.Date(readonly=True)
    family = fields.Selection(
        [("commission", "Commission"), ("payment_fee", "Payment Fee"), ("fulfilment", "Fulfilment Fee")], readonly=True
    )
    sold = fields.Monetary(string="Paid by Buyer", readonly=True)
    refunded = fields.Monetary(readonly=True)
    charged = fields.Monetary(readonly=True, help="What was kept, less what was given back of it.")
    percent = fields.Float(string="Charged (%)", readonly=True, digits=(5, 2), aggregator="avg")
    expected = fields.Monetary(readonly=True, help="By the rate card in the accounts of payouts.")
    difference = fields.Monetary(readonly=True)
    kept_of_refund = fields.Monetary(string="Kept of Refunds", readonly=True, help="Of an order given back in full.")

    @property
    def _table_query(self):
        """A view in SQL: one pass over the lines, grouped by order and family of fee."""
        return SQL(
            """SELECT f.id, f.channel_id, f.company_id, f.order_id, f.currency_id, f.day, f.family, f.sold, f.refunded,
                      f.charged, CASE WHEN f.sold > 0 THEN 100.0 * f.charged / f.sold END AS percent, card.expected,
                      f.charged - card.expected AS difference,
                      CASE WHEN f.refunded >= f.sold AND f.sold > 0 AND f.charged > 0 THEN f.charged ELSE 0 END
                          AS kept_of_refund
                 FROM (SELECT min(l.id) * 3 + family.rank AS id, s.channel_id, s.company_id, l.order_id, s.currency_id,
                              min(l.posted_at)::date AS day, family.name AS family,
                              sum(CASE WHEN l.family IN ('sale', 'shipping', 'tax', 'promotion')
                                       THEN l.amount ELSE 0 END) AS sold,
                              -sum(CASE WHEN l.family = 'refund' THEN l.amount ELSE 0 END) AS refunded,
                              sum(CASE WHEN l.family = family.name THEN l.fee - l.amount
                                       WHEN family.name = 'payment_fee' AND l.family IN ('sale', 'refund') THEN l.fee
                                       ELSE 0 END) AS charged
                         FROM ecom_settlement_line l
                         JOIN ecom_settlement s ON s.id = l.settlement_id AND s.state <> 'superseded'
                        CROSS JOIN (VALUES ('commission', 0), ('payment_fee', 1), ('fulfilment', 2)) family (name, rank)
                        WHERE s.is_waiting IS NOT TRUE AND l.order_id IS NOT NULL AND NOT coalesce(l.is_remitted, FALSE)
                        GROUP BY s.channel_id, s.company_id, l.order_id, s.currency_id, family.name, family.rank) f
                 LEFT JOIN ecom_settlement_map map ON map.channel_id = f.channel_id AND map.family = f.family
                                                  AND map.code IS NULL AND map.market IS NULL AND map.active
                CROSS JOIN LATERAL (SELECT CASE WHEN map.rate_percent > 0 OR map.rate_fixed > 0
                                                THEN f.sold * map.rate_percent / 100.0 + map.rate_fixed END
                                           AS expected) card
                WHERE f.charged <> 0"""
        )
