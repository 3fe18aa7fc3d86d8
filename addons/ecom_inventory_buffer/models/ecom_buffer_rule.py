from odoo import fields, models


class EcomBufferRule(models.Model):
    """What is shown of the stock, where, and for which products. The most specific rule that fits counts.

    Each strategy is a switch and its numbers, so that a zero is a number like any other. What they mean together, and
    in which order they count, stands in `rules/`.
    """

    _name = "ecom.buffer.rule"
    _description = "Stock Buffer Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    # Where it holds
    channel_ids = fields.Many2many("ecom.channel", check_company=True, string="Channels", help="Empty: every channel.")
    warehouse_ids = fields.Many2many(
        "stock.warehouse", check_company=True, string="Warehouses", help="Empty: every warehouse."
    )
    categ_id = fields.Many2one("product.category", string="Product Category", help="With all categories below it.")
    product_ids = fields.Many2many("product.product", check_company=True, string="Products", help="Empty: every one.")
    domain = fields.Char(string="Only Products Where", help="A condition on the products.")
    date_from = fields.Date(string="Valid From")
    date_to = fields.Date(string="Valid Until", help="The last day, in the company's time zone.")
    holds = fields.Boolean(help="Whether it was valid when that was looked at last.", readonly=True, copy=False)
    # What it does, in the order in which it counts
    use_constant = fields.Boolean(string="Always Show the Same")
    constant = fields.Float(digits="Product Unit", string="Always", help="For goods that can be had at any time.")
    use_keep_back = fields.Boolean(string="Keep Units Back")
    keep_back = fields.Float(digits="Product Unit", help="Kept back from sale, in the product's unit.")
    use_risk = fields.Boolean(string="Size the Buffer by Risk")
    risk_basis = fields.Selection(
        [("percent", "A chance I accept"), ("cost", "What it costs")], default="percent", string="Risk From"
    )
    risk_percent = fields.Float(
        string="Accepted Chance",
        default=0.5,
        digits=(5, 3),
        help="Percent. How often stock may be sold once too often.",
    )
    cancel_cost = fields.Monetary(
        help="Of one cancelled sale: its margin, fees that are kept, what a bad rating costs you."
    )
    forgone_margin = fields.Monetary(help="The margin of one sale that is lost because the unit was hidden.")
    currency_id = fields.Many2one(related="company_id.currency_id")
    use_booking = fields.Boolean(
        string="Keep Units for Channels Where They Earn More", help="While stock will not last until the next receipt."
    )
    use_percent = fields.Boolean(string="Show a Part")
    percent = fields.Float(default=100, digits=(5, 2), help="Of what is left by now, rounded down.")
    use_allocation = fields.Boolean(string="Allocate Units")
    allocation = fields.Float(digits="Product Unit", help="Each of its channels gets so many units, and no more.")
    allocated_from = fields.Date(help="Units sold since then are taken from it.")
    use_zero_at = fields.Boolean(string="Show Nothing When Low")
    zero_at = fields.Float(digits="Product Unit", help="While so many units or fewer are free for sale.")
    use_last_units = fields.Boolean(string="Last Units to One Channel")
    last_units = fields.Float(digits="Product Unit")
    last_channel_id = fields.Many2one("ecom.channel", check_company=True, string="Preferred Channel")
    use_cap = fields.Boolean(string="Never Show More Than")
    cap = fields.Float(digits="Product Unit", string="Most Shown")
    use_pre_order = fields.Boolean(string="Sell Ahead")
    opens_on = fields.Date(string="From", help="Empty: at once.")
    released_on = fields.Date(string="Until", help="The day the goods are released.")
    pre_order_cap = fields.Float(digits="Product Unit", string="Most Ahead", help="On each channel.")
    incoming_percent = fields.Float(
        default=100, digits=(5, 2), help="The part of the incoming stock that is sold ahead."
    )
    use_back_order = fields.Boolean(string="Sell Beyond the Stock")
    back_order = fields.Float(digits="Product Unit", string="Most Beyond")
    use_smallest = fields.Boolean(
        string="Nothing Below the Smallest Order", help="For channels that sell some listings by several only."
    )
    smallest = fields.Integer(string="Smallest Order", default=1, help="Of the listing, whatever it holds.")
    use_low = fields.Boolean(string="Another Rule When Low")
    low_at = fields.Float(digits="Product Unit", help="While so many units or fewer are free for sale.")
    low_rule_id = fields.Many2one(
        "ecom.buffer.rule",
        check_company=True,
        ondelete="restrict",
        string="Then",
        help="What that rule does counts, not where it holds.",
    )
    # When it cannot be applied
    when_broken = fields.Selection(
        [("keep", "Keep the last quantity, as far as stock allows"), ("zero", "Show nothing")],
        string="When It Cannot Be Applied",
        default="keep",
        required=True,
        help="For instance when its condition asks for a field that was removed.",
    )
    problem = fields.Char(readonly=True, copy=False)

    scope = fields.Char(compute="_compute_scope", string="Where It Holds")
    summary = fields.Char(compute="_compute_summary", string="What It Does")

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "A rule cannot end before it begins: look at its two dates."
    )
