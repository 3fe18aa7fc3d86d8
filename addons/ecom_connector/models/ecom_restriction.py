from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules.checks.facts import Restriction


class EcomRestriction(models.Model):
    """Something that must not be sold to somewhere: a destination, a product, or the one to the other."""

    _name = "ecom.restriction"
    _description = "Selling Restriction"
    _inherit = ["mail.thread"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(string="Why", required=True, tracking=True, help="Shown to whoever decides.")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    active = fields.Boolean(default=True, tracking=True)
    channel_ids = fields.Many2many("ecom.channel", string="Channels", check_company=True, help="Empty: all of them.")
    country_ids = fields.Many2many("res.country", string="Countries", help="Empty: everywhere.")
    state_ids = fields.Many2many(
        "res.country.state", string="States", domain="[('country_id', 'in', country_ids)]", help="Empty: all of them."
    )
    postcodes = fields.Char(help="Beginnings of postcodes, separated by commas. Empty: all of them.")
    product_ids = fields.Many2many("product.product", string="Products", check_company=True)
    categ_ids = fields.Many2many("product.category", string="Categories", help="With all categories below them.")

    @api.constrains("name", "country_ids", "state_ids", "postcodes", "product_ids", "categ_ids")
    def _check_anything(self):
        for restriction in self:
            if restriction._plain() == Restriction(name=restriction.name):
                raise ValidationError(self.env._("Name a destination or a product: this would concern every order."))

    def _plain(self):
        """As the plain rule wants it."""
        states = {word.casefold() for state in self.state_ids for word in (state.code, state.name)}
        starts = (start.replace(" ", "").upper() for start in (self.postcodes or "").split(","))
        return Restriction(
            name=self.name,
            products=frozenset(self.product_ids.ids),
            categories=frozenset(self.categ_ids.ids),
            countries=frozenset(self.country_ids.mapped("code")),
            states=frozenset(states),
            postcodes=tuple(start for start in starts if start),
        )
