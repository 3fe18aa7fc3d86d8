"""What changes with time alone, and no write shows: holds that end, goods that become too old."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

# What was missed for longer is found by the daily recount.
LOOK_BACK = timedelta(days=1)


class EcomFlowSweep(models.AbstractModel):
    _name = "ecom.flow.sweep"
    _description = "E-commerce: what changes with time"

    @api.model
    def _cron_sweep(self):
        """Called every few minutes. Each task is a transaction of its own; one that fails keeps no other from it."""
        for task in self._tasks():
            try:
                with self.env["ecom.flow.run"]._transaction() as env:
                    getattr(env["ecom.flow.sweep"], task)()
            except Exception:
                _logger.exception("What changes with time: %s failed", task)

    @api.model
    def _tasks(self):
        """Names of the methods to call. To extend."""
        return ["_end_holds", "_notice_expiry", "_find_oversold", "_begin_audits"]

    def _end_holds(self):
        while self.env["ecom.stock.hold"]._expire():
            pass

    def _find_oversold(self):
        self.env["ecom.flow.oversell"]._find()

    def _begin_audits(self):
        audit = self.env["ecom.flow.audit"]
        audit._stop_old()
        for channel in audit._due_channels():
            audit._begin(channel)

    def _notice_expiry(self):
        """Goods whose last day for sale passed after they were counted last."""
        passed = self._passed()
        if not passed:
            return
        concerned = self.env["ecom.flow.decide"]._spread(passed)
        self.env["ecom.stock.level"].flush_model()
        self.env.cr.execute(
            "SELECT DISTINCT product_id, measured_at FROM ecom_stock_level WHERE product_id = ANY(%s)",
            (list(concerned),),
        )
        late = {product for product, measured in self.env.cr.fetchall() if measured and measured < concerned[product]}
        self.env["ecom.stock.change"]._mark("product", late)

    def _passed(self):
        """{product_id: the last such moment} by any of the leads in use."""
        if "removal_date" not in self.env["stock.quant"]._fields:
            return {}
        self.env["stock.quant"].flush_model()
        self.env["ecom.stock.scope"].flush_model()
        now = fields.Datetime.now()
        # SQL: a join of each date with each lead, by product.
        self.env.cr.execute(
            SQL(
                """SELECT quant.product_id, max(quant.removal_date - lead.days)
                     FROM stock_quant quant
                     JOIN (SELECT interval '0 days' AS days
                            UNION
                           SELECT make_interval(days => ship_lead_days) FROM ecom_stock_scope) lead
                       ON quant.removal_date - lead.days > %(since)s AND quant.removal_date - lead.days <= %(now)s
                    GROUP BY quant.product_id""",
                since=now - LOOK_BACK,
                now=now,
            )
        )
        return dict(self.env.cr.fetchall())
