"""Orders -> what an allocation has used up, and what was sold ahead."""

from odoo import models
from odoo.tools import SQL

from ..rules.strategies import Allocation, PreOrder


class EcomFlowSold(models.AbstractModel):
    _name = "ecom.flow.sold"
    _description = "E-commerce: sold under a rule"

    def _since_allocated(self, subjects):
        """{level id: units sold on its channel since its rule's allocation began}. `subjects`: see flow/pool.py."""
        rules = self.env["ecom.buffer.rule"].sudo()
        asked = [
            (level, rules.browse(rule_id).allocated_from or None)
            for level, _terms, available, rule_id, rule in subjects
            if rule.find(Allocation, available)
        ]
        return self._units(asked, SQL("line.product_uom_qty"))

    def _ahead(self, subjects):
        """{level id: units ordered on its channel since pre-orders opened, and not delivered}."""
        asked = []
        for level, _terms, available, _rule_id, rule in subjects:
            strategy = rule.find(PreOrder, available)
            if strategy:
                asked.append((level, strategy.opens))
        return self._units(asked, SQL("greatest(0, line.product_uom_qty - line.qty_delivered)"))

    def _units(self, asked, quantity):
        """`asked`: [(Level, first day or None)]. In the product's unit: an order may be in dozens."""
        if not asked:
            return {}
        self.env["sale.order"].flush_model()
        self.env["sale.order.line"].flush_model()
        # SQL: each level has its own first day.
        self.env.cr.execute(
            SQL(
                """SELECT given.level_id,
                          sum(%(quantity)s * unit.factor / own.factor)
                     FROM unnest(%(levels)s::integer[], %(products)s::integer[], %(channels)s::integer[],
                                 %(days)s::date[]) given (level_id, product_id, channel_id, since)
                     JOIN sale_order_line line ON line.product_id = given.product_id
                     JOIN sale_order sale ON sale.id = line.order_id AND sale.state = 'sale'
                      AND sale.ecom_channel_id = given.channel_id
                      AND (given.since IS NULL OR coalesce(sale.ecom_placed_at, sale.date_order) >= given.since)
                     JOIN product_product product ON product.id = line.product_id
                     JOIN product_template template ON template.id = product.product_tmpl_id
                     JOIN uom_uom unit ON unit.id = line.product_uom_id
                     JOIN uom_uom own ON own.id = template.uom_id
                    GROUP BY given.level_id""",
                quantity=quantity,
                levels=[level.id for level, _day in asked],
                products=[level.product_id for level, _day in asked],
                channels=[level.channel_id for level, _day in asked],
                days=[day for _level, day in asked],
            )
        )
        return {level_id: float(units or 0.0) for level_id, units in self.env.cr.fetchall()}
