from odoo import api, fields, models

from ..flow.allot import exact
from ..policy.dispositions import Rule
from .ecom_return_line import GRADES


class EcomReturnRule(models.Model):
    """What becomes of goods that came back: the first rule that fits proposes, a person may say otherwise."""

    _name = "ecom.return.rule"
    _description = "Return Decision Rule"
    _order = "sequence, id"
    _rec_name = "wanted"

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, help="Empty: all companies.")
    grade = fields.Selection(GRADES, help="As inspected. Empty: any.")
    reason_ids = fields.Many2many("ecom.return.reason", help="As found, else as declared. Empty: any.")
    category_ids = fields.Many2many("product.category", help="With all below them. Empty: any.")
    product_ids = fields.Many2many("product.product", help="Empty: any.")
    channel_ids = fields.Many2many("ecom.channel", help="Empty: any, and orders of no channel.")
    below = fields.Float(string="Cost Below", digits="Product Price", help="Of one unit. 0: any.")
    wanted = fields.Selection(selection="_selection_disposition", string="Decision", required=True)

    @api.model
    def _selection_disposition(self):
        found = self.env["ecom.return.line"]._selection_disposition()
        return [(value, label) for value, label in found if value != "missing"]

    def _rules(self, companies):
        """{company: [policy.dispositions.Rule]} in their order."""
        known = self.sudo().search([("company_id", "in", [False, *companies.ids])])
        return {
            company: [rule._rule() for rule in known if rule.company_id in (company, rule.company_id.browse())]
            for company in companies
        }

    def _rule(self):
        return Rule(
            disposition=self.wanted,
            grades=(self.grade,) if self.grade else (),
            reasons=tuple(self.reason_ids.ids),
            categories=tuple(self.category_ids.ids),
            products=tuple(self.product_ids.ids),
            channels=tuple(self.channel_ids.ids),
            below=exact(self.below) if self.below else None,
        )
