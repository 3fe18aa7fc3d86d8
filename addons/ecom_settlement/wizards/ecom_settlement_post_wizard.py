from collections import defaultdict

from odoo import Command, api, fields, models

from ..flow.plan import FAMILIES


class EcomSettlementPostWizard(models.TransientModel):
    """The entry of a payout before it exists."""

    _name = "ecom.settlement.post.wizard"
    _description = "Post a Payout"

    settlement_id = fields.Many2one("ecom.settlement", required=True, readonly=True)
    currency_id = fields.Many2one(related="settlement_id.currency_id")
    line_ids = fields.One2many("ecom.settlement.post.line", "wizard_id", readonly=True)
    open_count = fields.Integer(related="settlement_id.open_count")

    @api.model
    def _open(self, settlement):
        """The dry run, as a dialogue. UserError with what is missing."""
        clearing, maps, entries = self.env["ecom.flow.plan"].sudo()._plan(settlement.sudo())
        wizard = self.create(
            {
                "settlement_id": settlement.id,
                "line_ids": [
                    Command.create({"day": day, **values})
                    for day, legs in entries
                    for values in self._lines(settlement, clearing, maps, legs)
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Post a Payout"),
        }

    def _lines(self, settlement, clearing, maps, legs):
        """One line an account and label; the orders together, or ten thousand of them would hide the fees."""
        sums = defaultdict(lambda: [0, 0.0])
        for leg in legs:
            account = self._account(settlement, clearing, maps, leg)
            found = sums[self._label(settlement, leg), account, leg.amount > 0]
            found[0] += 1
            found[1] += float(leg.amount)
        for (label, account, is_debit), (count, amount) in sums.items():
            yield {
                "name": f"{label} ({count})" if count > 1 else label,
                "account_id": account.id,
                "debit": amount if is_debit else 0.0,
                "credit": 0.0 if is_debit else -amount,
            }

    def _account(self, settlement, clearing, maps, leg):
        """That of the tax, where it has one, else that of the kind; the clearing account for what the channel owes.
        Each buyer has a receivable of his own: none is shown where those are cleared at payout."""
        if leg.role == "order":
            return clearing if settlement.channel_id.receivable_policy == "capture" else clearing.browse()
        if leg.role in FAMILIES:
            return maps[FAMILIES[leg.role]].account_id
        if leg.role not in ("account", "tax"):
            return clearing
        tax = self.env["account.tax.repartition.line"].sudo().browse(leg.tax if leg.role == "tax" else 0)
        return tax.account_id or self.env["ecom.settlement.map"].sudo().browse(leg.account).account_id

    def _label(self, settlement, leg):
        return {
            "order": self.env._("Paid back to buyers") if leg.is_refund else self.env._("Paid by buyers"),
            "deposit": self.env._("Payout"),
            "share": self.env._("Orders with entries of their own"),
            "balance": self.env._("Left with the channel"),
            "carried": self.env._("Carried to the next month"),
            "rounding": self.env._("Rounding"),
            "suspense": self.env._("Not explained"),
        }.get(leg.role) or leg.label

    def action_post(self):
        self.ensure_one()
        return self.settlement_id.action_post()


class EcomSettlementPostLine(models.TransientModel):
    _name = "ecom.settlement.post.line"
    _description = "Line of an Entry to Come"
    _order = "day, id"

    wizard_id = fields.Many2one("ecom.settlement.post.wizard", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    day = fields.Date()
    name = fields.Char(string="What")
    account_id = fields.Many2one("account.account")
    debit = fields.Monetary()
    credit = fields.Monetary()
