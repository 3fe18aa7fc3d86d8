"""What was sold -> what to buy, and what to carry from one warehouse to another. A person accepts it, or does not."""

import logging
from collections import defaultdict
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ..rules.forecast.outlook import look_ahead
from ..rules.forecast.rebalance import SHORT_DAYS, Place, propose_transfers
from ..rules.forecast.season import learn_season

_logger = logging.getLogger(__name__)


class EcomFlowAdvise(models.AbstractModel):
    _name = "ecom.flow.advise"
    _description = "E-commerce: advise on purchases and transfers"

    def _cron_advise(self):
        """One transaction a company: what is wrong with one keeps no other from its advice."""
        for company in self.env["res.company"].search([("active", "=", True)]):
            try:
                with self.env.cr.savepoint():
                    self._advise(company)
            except Exception:
                _logger.exception("No advice for %s", company.name)

    def _advise(self, company):
        """Renew the proposals of this company from what is known today."""
        advise = self.with_company(company).with_context(allowed_company_ids=company.ids)
        history = advise.env["ecom.flow.recall"]._taken(company)
        outlooks = advise._outlooks(history)
        advise.env["ecom.reorder.proposal"]._renew(company, outlooks, history.weeks)
        advise.env["ecom.transfer.proposal"]._renew(company, advise._transfers(company, outlooks))
        for channel in advise.env["ecom.channel"].search([("company_id", "=", company.id), ("mode", "!=", "off")]):
            advise.env["ecom.flow.notice"]._notice(channel)

    # ----------------------------------------------------------------- outlook
    def _outlooks(self, history):
        """{(product id, warehouse id): Outlook}, the season learnt from all that is sold of a category."""
        products = self.env["product.product"].browse({product_id for product_id, _warehouse in history.weeks})
        categories = {product.id: product.categ_id.id for product in products}
        together = defaultdict(list)
        for (product_id, _warehouse), weeks in history.weeks.items():
            together[categories[product_id]].append(weeks)
        seasons = {
            category: learn_season([sum(week) for week in zip(*series, strict=True)], history.last)
            for category, series in together.items()
        }
        return {
            key: look_ahead(weeks, history.last, seasons[categories[key[0]]]) for key, weeks in history.weeks.items()
        }

    # --------------------------------------------------------------- transfers
    def _transfers(self, company, outlooks):
        """{product id: [rebalance.Transfer]}, places by warehouse id."""
        warehouses = self.env["stock.warehouse"].search([("company_id", "=", company.id)])
        product_ids = {product_id for product_id, _warehouse in outlooks}
        if len(warehouses) < 2 or not product_ids:
            return {}
        free = self.env["ecom.flow.measure"]._free(product_ids, warehouses.ids)
        incoming = self._incoming(product_ids, warehouses)
        nothing = look_ahead([], self.env["ecom.flow.recall"]._today(company))
        found = {}
        for product_id in product_ids:
            places = [
                Place(
                    warehouse_id,
                    float(free[product_id, warehouse_id]),
                    incoming.get((product_id, warehouse_id), 0.0),
                    outlooks.get((product_id, warehouse_id), nothing),
                )
                for warehouse_id in warehouses.ids
            ]
            found[product_id] = propose_transfers(places)
        return {product_id: transfers for product_id, transfers in found.items() if transfers}

    def _incoming(self, product_ids, warehouses):
        """Units on their way into each warehouse's stock within the time that a shortage is looked for."""
        self.env["stock.move"].flush_model()
        until = fields.Datetime.now() + timedelta(days=SHORT_DAYS)
        # SQL: the ORM cannot ask whether one of two locations lies below another.
        self.env.cr.execute(
            SQL(
                """SELECT move.product_id, warehouse.id, sum(move.product_qty)
                     FROM stock_move move
                     JOIN stock_location source ON source.id = move.location_id
                     JOIN stock_location target ON target.id = coalesce(move.location_final_id, move.location_dest_id)
                     JOIN stock_warehouse warehouse ON warehouse.id = ANY(%(warehouses)s)
                     JOIN stock_location shelf ON shelf.id = warehouse.lot_stock_id
                    WHERE move.product_id = ANY(%(products)s) AND move.date <= %(until)s
                      AND move.state IN ('waiting', 'confirmed', 'partially_available', 'assigned')
                      AND target.parent_path LIKE shelf.parent_path || '%%'
                      AND source.parent_path NOT LIKE shelf.parent_path || '%%'
                      AND NOT EXISTS (SELECT FROM stock_move_move_rel chain WHERE chain.move_dest_id = move.id)
                    GROUP BY 1, 2""",
                warehouses=warehouses.ids,
                products=list(product_ids),
                until=until,
            )
        )
        return {(product, warehouse): float(units) for product, warehouse, units in self.env.cr.fetchall()}
