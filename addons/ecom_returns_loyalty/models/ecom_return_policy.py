from odoo import fields, models


class EcomReturnPolicy(models.Model):
    _inherit = "ecom.return.policy"

    wallet_id = fields.Many2one(
        "loyalty.program",
        string="Store Credit",
        domain="[('program_type', '=', 'ewallet')]",
        help="The eWallet that is filled where customers agree to credit instead of money. Empty: none is offered.",
    )
    wallet_bonus = fields.Float(string="Bonus", digits=(5, 2), help="Percent on top of what is credited.")
    bonus_account_id = fields.Many2one("account.account", string="Bonus Expense", help="Where the bonus is booked.")
    _wallet_bonus_percent = models.Constraint("CHECK(wallet_bonus >= 0)", "A bonus is not below zero.")
