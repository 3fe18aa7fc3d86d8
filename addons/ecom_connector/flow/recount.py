"""A recount of everything, daily: a change of stock that no hook saw is found here at the latest."""

import logging

from odoo import models
from odoo.tools import SQL, split_every

_logger = logging.getLogger(__name__)
PORTION = 10000
DUST = 1e-6


class EcomFlowHousekeep(models.AbstractModel):
    _inherit = "ecom.flow.housekeep"

    def _tasks(self):
        return [*super()._tasks(), "_fit_levels", "_recount_levels"]

    def _fit_levels(self, limit):
        """Routes and rules of a warehouse decide whether the stock of a product says anything; no hook watches them."""
        self.env["ecom.stock.level"]._fit(SQL("TRUE"))
        return False

    def _recount_levels(self, limit):
        """Mark every product of which a level says something else than a recount. Only reads, but for the marks, so
        that it stands in nobody's way however long it takes."""
        self.env["ecom.stock.level"].flush_model()
        self.env.cr.execute("SELECT id FROM ecom_stock_level ORDER BY id")
        wrong = set()
        for ids in split_every(PORTION, [row[0] for row in self.env.cr.fetchall()], list):
            wrong |= self._wrong_products(ids)
        if wrong:
            _logger.info("A recount found other stock than was decided on for %s products", len(wrong))
            self.env["ecom.stock.change"]._mark("product", wrong)
        return False

    def _wrong_products(self, level_ids):
        decide = self.env["ecom.flow.decide"]
        levels = decide._levels(SQL("level.id = ANY(%s)", level_ids))
        recounted = decide._recount(levels)
        columns = list(decide._decision_columns())
        names = SQL(", ").join(map(SQL.identifier, columns))
        self.env.cr.execute(SQL("SELECT id, decided_at, %s FROM ecom_stock_level WHERE id = ANY(%s)", names, level_ids))
        kept = {row[0]: dict(zip(["decided_at", *columns], row[1:], strict=True)) for row in self.env.cr.fetchall()}
        return {
            level.product_id
            for level in levels
            if level.id in recounted and self._is_wrong(kept[level.id], recounted[level.id])
        }

    @staticmethod
    def _is_wrong(kept, recounted):
        def differ(one, other):
            if isinstance(one, int | float) and isinstance(other, int | float):
                return abs(one - other) > DUST
            return one != other

        return not kept["decided_at"] or any(differ(kept[name], value) for name, value in recounted.items())
