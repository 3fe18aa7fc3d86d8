from odoo import fields, models

POLICY = frozenset(("behind_policy", "behind_minutes", "behind_most"))


class EcomChannel(models.Model):
    """What a channel shows while its orders come in late."""

    _inherit = "ecom.channel"

    behind_policy = fields.Selection(
        [("keep", "As usual"), ("few", "A few at most"), ("zero", "Nothing")],
        string="While Orders Are Late, Show",
        default="keep",
        required=True,
        tracking=True,
        help="A channel whose orders cannot be read sells units that others may have sold already. Decreases go out as "
        "long as it takes them; increases wait in any case.",
    )
    behind_minutes = fields.Integer(
        string="Late After (Minutes)", default=30, tracking=True, help="Since its orders were last known here."
    )
    behind_most = fields.Integer(string="At Most", default=2, tracking=True)

    _behind_sensible = models.Constraint(
        "CHECK(behind_minutes > 0 AND behind_most >= 0)",
        "Orders are late after a minute at the earliest, and nobody can show less than nothing.",
    )

    def write(self, vals):
        result = super().write(vals)
        if not POLICY.isdisjoint(vals):
            self.env["ecom.stock.change"]._mark("channel", self.ids)
        return result


class EcomStockLevel(models.Model):
    _inherit = "ecom.stock.level"

    drawn_from = fields.Integer(
        help="Decided while the orders of the channel were late: what it would show if they were not. Otherwise null."
    )
