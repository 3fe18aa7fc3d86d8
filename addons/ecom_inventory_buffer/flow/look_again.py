"""Time that passes changes what may be shown, and nothing is written: demand does not come, rules begin or end."""

import logging

from psycopg2 import OperationalError

from odoo import api, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

# At a time; the others come with the next minute.
MOST = 5000


class EcomFlowLookAgain(models.AbstractModel):
    _name = "ecom.flow.look.again"
    _description = "E-commerce: look at buffers again"

    @api.model
    def _cron_look_again(self):
        """Called every minute. Only marks what is to be decided again; the engine does it."""
        try:
            with self.env.cr.savepoint():
                self._look_again()
        except OperationalError as error:
            _logger.info("Buffers: %s; looked at again in a minute", type(error).__name__)

    def _look_again(self):
        self._look_at_dates()
        self._look_at_risks()

    def _look_at_dates(self):
        dated = ["|", ("date_from", "!=", False), ("date_to", "!=", False)]
        rules = self.env["ecom.buffer.rule"].sudo().search(dated)
        rules._begin_or_end()._decide_again()

    def _look_at_risks(self):
        """Stock that a risk-sized buffer hides: when the next minutes are quiet, less of it has to be hidden."""
        self.env["ecom.stock.level"].flush_model()
        self.env["ecom.buffer.rule"].flush_model()
        # SQL: the oldest of very many, one column each.
        self.env.cr.execute(
            SQL(
                """SELECT product_id FROM (
                       SELECT level.product_id, min(level.measured_at) AS measured_at
                         FROM ecom_stock_level level
                         JOIN ecom_buffer_rule rule ON rule.id = level.buffer_rule_id
                        WHERE rule.use_risk AND level.free_quantity > 0 AND level.kept_back > 0
                        GROUP BY level.product_id) hidden
                    ORDER BY measured_at LIMIT %s""",
                MOST,
            )
        )
        product_ids = [row[0] for row in self.env.cr.fetchall()]
        if product_ids:
            self.env["ecom.stock.change"]._mark("product", product_ids)
