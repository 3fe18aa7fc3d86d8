from odoo import api, fields, models

CAUSES = [
    ("import", "Late order elsewhere"),
    ("push", "Channel told late"),
    ("rule", "Rule shows more"),
    ("record", "Records were wrong"),
    ("other", "At the same moment"),
]


class EcomOversell(models.Model):
    """Units of an order line that could not be served from stock when it was sold, and why."""

    _name = "ecom.oversell"
    _description = "Oversold Units"
    _order = "sold_at desc, id desc"
    _rec_name = "order_line_id"

    order_line_id = fields.Many2one("sale.order.line", required=True, ondelete="cascade", index=True)
    order_id = fields.Many2one(related="order_line_id.order_id", store=True, index=True)
    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    product_id = fields.Many2one("product.product", required=True, ondelete="cascade", index=True)
    sold_at = fields.Datetime(required=True, help="When the buyer ordered.")
    quantity = fields.Float(digits="Product Unit", help="Units that were not there, in the product's unit.")
    cause = fields.Selection(CAUSES, required=True, index=True)
    other_channel_id = fields.Many2one("ecom.channel", string="Because Of", ondelete="set null")
    delay = fields.Float(string="Delay (Seconds)", aggregator="max", help="How late it was known, or told.")
    rule_id = fields.Many2one("ecom.buffer.rule", ondelete="set null", help="The rule that decided what was shown.")
    currency_id = fields.Many2one(related="company_id.currency_id")
    cost = fields.Monetary(
        help="The margin of the units that cannot be sold, and what the rule says a cancelled sale costs."
    )
    explanation = fields.Char(compute="_compute_explanation")

    _line_uniq = models.UniqueIndex("(order_line_id)")

    @api.depends("cause", "other_channel_id", "delay", "rule_id")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for oversell in self:
            oversell.explanation = oversell._explain()

    def _explain(self):
        values = {
            "other": self.other_channel_id.name or "",
            "channel": self.channel_id.name,
            "delay": self.env["ecom.channel.delay"]._in_words(self.delay),
            "rule": self.rule_id.name or "",
        }
        texts = {
            "import": self.env._(
                "An order of %(other)s was placed before, and became known here %(delay)s later.", **values
            ),
            "push": self.env._(
                "The stock had changed; %(channel)s confirmed the new figure %(delay)s later.", **values
            ),
            "rule": self.env._("The rule %(rule)s lets %(channel)s sell more than there is.", **values),
            "record": self.env._("A count or a scrap found fewer than were on record."),
            "other": self.env._("It was sold elsewhere in the same moment, or taken for another order."),
        }
        return texts[self.cause]
