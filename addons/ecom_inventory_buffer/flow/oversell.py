"""Order lines that could not be served from stock -> who sold too much, and why.

Whenever more is promised of a product than there is, the newest sales on channels are the ones that took what was not
there. Each is traced: to an order of another channel that was placed earlier and known later, to a figure that the
channel confirmed too late, to a rule that means to sell more than there is, to a count that found fewer.
"""

from datetime import timedelta

from odoo import fields, models

# Later the traces are gone: levels keep what is, not what was.
LOOK_BACK = timedelta(days=2)


class EcomFlowOversell(models.AbstractModel):
    _name = "ecom.flow.oversell"
    _description = "E-commerce: what was oversold"

    def _find(self):
        """Trace every sale that is new among those beyond the stock. Returns what was found."""
        short = self._short()
        found = self.env["ecom.oversell"]
        for (product_id, warehouse_id), units in short.items():
            found |= self._trace_product(product_id, warehouse_id, units)
        return found

    def _short(self):
        """{(product_id, warehouse_id): units promised beyond what there is}"""
        self.env["ecom.stock.level"].flush_model()
        # SQL: the smallest of all levels of a product; a million of them are looked at.
        self.env.cr.execute(
            """SELECT product_id, warehouse_id, -min(free_quantity) FROM ecom_stock_level
                WHERE free_quantity < 0 GROUP BY product_id, warehouse_id"""
        )
        return {(product, warehouse): float(units) for product, warehouse, units in self.env.cr.fetchall()}

    def _trace_product(self, product_id, warehouse_id, units):
        """The newest lines take what was not there; `units` of it."""
        made = self.env["ecom.oversell"]
        for line, each in self._takers(product_id, warehouse_id):
            if units <= 0:
                break
            taken = min(self._wanted(line), units / each)
            units -= taken * each
            known = self.env["ecom.oversell"].search([("order_line_id", "=", line.id)])
            if not known and taken > 0:
                made |= self.env["ecom.oversell"].create(self._prepare_values(line, warehouse_id, taken))
        return made

    def _takers(self, product_id, warehouse_id):
        """[(order line, units of the product that one unit of it takes)], the newest sale first. To extend."""
        return [(line, 1.0) for line in self._lines([product_id], warehouse_id)]

    @staticmethod
    def _wanted(line):
        """Units of its product that are still to be delivered."""
        return line.product_uom_id._compute_quantity(
            line.product_uom_qty - line.qty_delivered, line.product_id.uom_id, round=False
        )

    def _lines(self, product_ids, warehouse_id):
        domain = [
            ("product_id", "in", list(product_ids)),
            ("order_id.ecom_channel_id", "!=", False),
            ("order_id.warehouse_id", "=", warehouse_id),
            ("order_id.state", "in", ("draft", "sent", "sale")),
            ("create_date", ">=", fields.Datetime.now() - LOOK_BACK),
        ]
        lines = self.env["sale.order.line"].search(domain)
        return lines.sorted(lambda line: (self._sold_at(line), line.id), reverse=True)

    @staticmethod
    def _sold_at(line):
        return line.order_id.ecom_placed_at or line.order_id.date_order

    def _prepare_values(self, line, warehouse_id, units):
        """A hook."""
        channel = line.order_id.ecom_channel_id
        level = self.env["ecom.stock.level"].search(
            [
                ("channel_id", "=", channel.id),
                ("product_id", "=", line.product_id.id),
                ("warehouse_id", "=", warehouse_id),
            ],
            limit=1,
        )
        return {
            "order_line_id": line.id,
            "channel_id": channel.id,
            "product_id": line.product_id.id,
            "sold_at": self._sold_at(line),
            "quantity": units,
            "rule_id": level.buffer_rule_id.id,
            "cost": self._cost(line, units, level.buffer_rule_id),
            **self._cause(line, level, warehouse_id),
        }

    def _cost(self, line, units, rule):
        """In the company's currency: the margin of these units, and what the rule says a cancelled sale costs."""
        company, sold = (
            line.company_id,
            line.product_uom_id._compute_quantity(line.product_uom_qty, line.product_id.uom_id),
        )
        price = line.price_subtotal / sold if sold else 0.0
        price = line.currency_id._convert(price, company.currency_id, company, self._sold_at(line).date(), round=False)
        margin = price - line.product_id.with_company(company).standard_price
        each = rule.cancel_cost if rule.use_risk and rule.risk_basis == "cost" else max(0.0, margin)
        return company.currency_id.round(each * units)

    # ------------------------------------------------------------------- cause
    def _cause(self, line, level, warehouse_id):
        sold_at = self._sold_at(line)
        late = self._late_order(line, warehouse_id, sold_at)
        if late:
            return {
                "cause": "import",
                "other_channel_id": late.order_id.ecom_channel_id.id,
                "delay": (late.create_date - self._sold_at(late)).total_seconds(),
            }
        if level.changed_at and level.published_at and level.changed_at <= sold_at < level.published_at:
            delay = (level.published_at - level.changed_at).total_seconds()
            return {"cause": "push", "other_channel_id": level.channel_id.id, "delay": delay}
        if self._shows_more(level.buffer_rule_id):
            return {"cause": "rule"}
        return {"cause": "record" if self._was_corrected(line, level, sold_at) else "other"}

    def _late_order(self, line, warehouse_id, sold_at):
        """The line of another channel that had been sold before, and was known here only after."""
        others = self._lines(line.product_id.ids, warehouse_id).filtered(
            lambda other: other.order_id.ecom_channel_id != line.order_id.ecom_channel_id
            and self._sold_at(other) <= sold_at < other.create_date
        )
        return others[:1]

    @staticmethod
    def _shows_more(rule):
        return rule.use_constant or rule.use_back_order or rule.use_pre_order

    def _was_corrected(self, line, level, sold_at):
        places = level.warehouse_id.view_location_id
        return bool(
            self.env["stock.move"].search_count(
                [
                    ("product_id", "=", line.product_id.id),
                    ("state", "=", "done"),
                    ("date", ">=", sold_at),
                    ("location_id", "child_of", places.id),
                    ("location_dest_id.usage", "=", "inventory"),
                ],
                limit=1,
            )
        )
