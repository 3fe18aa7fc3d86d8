from odoo import fields, models
from odoo.tools import SQL


class EcomUnsettled(models.Model):
    """Money that buyers paid and no payout has brought yet, by its age."""

    _name = "ecom.unsettled"
    _description = "Sale Not Paid Out"
    _auto = False
    _order = "paid_at, id"
    _rec_name = "order_id"

    order_id = fields.Many2one("sale.order", readonly=True)
    channel_id = fields.Many2one("ecom.channel", readonly=True)
    account_id = fields.Many2one("ecom.channel", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Buyer", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    transaction = fields.Char(readonly=True)
    amount = fields.Monetary(readonly=True)
    paid_at = fields.Datetime(string="Paid On", readonly=True)
    days = fields.Integer(readonly=True, aggregator="avg")
    age = fields.Selection(
        [("1", "Up to 7 days"), ("2", "8 to 14 days"), ("3", "15 to 30 days"), ("4", "31 to 60 days"), ("5", "Older")],
        readonly=True,
    )
    shipped_on = fields.Date(readonly=True, help="The last parcel of the order.")
    shipped_days = fields.Integer(
        string="Days since Shipped", readonly=True, aggregator="avg", help="Empty: nothing was shipped."
    )
    is_late = fields.Boolean(string="Later Than Usual", readonly=True)

    @property
    def _table_query(self):
        """A view in SQL: the age of all captured payments against all lines is one pass there, and none in the ORM.

        Accounts without any payout are left out: nobody uploads their reports.
        """
        return SQL(
            """SELECT p.id, p.order_id, p.channel_id, coalesce(p.provider_id, p.channel_id) AS account_id,
                      o.company_id, o.partner_id, p.currency_id, p.external_id AS transaction, p.amount,
                      coalesce(p.paid_at, o.date_order) AS paid_at, age.days, shipped.day AS shipped_on,
                      age.today - shipped.day AS shipped_days,
                      CASE WHEN age.days <= 7 THEN '1' WHEN age.days <= 14 THEN '2' WHEN age.days <= 30 THEN '3'
                           WHEN age.days <= 60 THEN '4' ELSE '5' END AS age,
                      age.days > coalesce(account.payout_lag_days, 14) AS is_late
                 FROM ecom_order_payment p
                 JOIN sale_order o ON o.id = p.order_id
                 JOIN ecom_channel account ON account.id = coalesce(p.provider_id, p.channel_id)
                CROSS JOIN LATERAL (SELECT (now() AT TIME ZONE 'UTC')::date AS today,
                                           (now() AT TIME ZONE 'UTC')::date
                                           - coalesce(p.paid_at, o.date_order)::date AS days) age
                CROSS JOIN LATERAL (SELECT max(shipped_at)::date AS day FROM ecom_shipment
                                     WHERE order_id = o.id) shipped
                WHERE p.kind = 'capture' AND p.state = 'done' AND p.tender = 'money' AND o.state <> 'cancel'
                  AND EXISTS (SELECT FROM ecom_settlement s
                               WHERE s.channel_id = account.id AND s.is_waiting IS NOT TRUE)
                  AND NOT EXISTS (SELECT FROM ecom_settlement_line l
                                    JOIN ecom_settlement s ON s.id = l.settlement_id AND s.state <> 'superseded'
                                                         AND s.is_waiting IS NOT TRUE
                                   WHERE l.order_id = o.id AND l.family IN ('sale', 'shipping')
                                     AND s.channel_id = account.id)"""
        )
