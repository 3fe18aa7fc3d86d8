from odoo import models

from ..matching.bills import Item, find


class EcomFlowBill(models.AbstractModel):
    """Fees that a vendor bills for, kept of payouts <-> the bills, whichever came first; a payout's or a month's."""

    _name = "ecom.flow.bill"
    _description = "E-commerce: bills for fees"

    def _groups(self, items):
        """[ids of journal items that settle each other] for the vendors that these are owed to."""
        owed = items.filtered(lambda one: one.account_type == "liability_payable" and one.partner_id)
        groups = []
        for (account, partner, currency), _group in owed.grouped(
            lambda one: (one.account_id, one.partner_id, one.currency_id)
        ).items():
            groups += self._found(account, partner, currency)
        return groups

    def _pay(self, bills):
        """Bills that were posted: what was kept before pays them, where any was."""
        groups = self._groups(bills.line_ids)
        if groups:
            self.env["ecom.flow.pair"]._reconcile(groups)

    def _found(self, account, partner, currency):
        domain = [
            ("account_id", "=", account.id),
            ("partner_id", "=", partner.id),
            ("currency_id", "=", currency.id),
            ("parent_state", "=", "posted"),
            ("reconciled", "=", False),
        ]
        kept = self.env["account.move.line"].search(
            [*domain, ("ecom_settlement_role", "=", "account"), ("move_id.ecom_settlement_undone", "=", False)]
        )
        if not kept:
            return []
        bills = self.env["account.move.line"].search([*domain, ("move_type", "in", ("in_invoice", "in_refund"))])
        return [[bill, *ids] for bill, ids in find(self._items(bills, -1), self._items(kept, 1))]

    @staticmethod
    def _items(lines, sign):
        """The day of a bill is that of its paper, not that on which it was entered."""
        return [
            Item(
                key=line.id,
                amount=sign * round(line.amount_residual_currency / line.currency_id.rounding),
                day=line.move_id.invoice_date or line.date,
            )
            for line in lines
        ]
