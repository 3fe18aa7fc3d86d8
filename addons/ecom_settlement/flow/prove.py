from collections import defaultdict

from odoo import models
from odoo.tools import SQL


class EcomFlowProve(models.AbstractModel):
    """Why a clearing account is not zero on a day: what of it is open, each item under the reason that it is."""

    _name = "ecom.flow.prove"
    _description = "E-commerce: prove a clearing account"

    def _open_items(self, account, day, company):
        """{journal item: what of it was open at the end of that day, in the company's currency}.

        SQL because the ORM knows what is open today only; on the day before, what was reconciled since counts again.
        What is open in sum is the balance: both sides of a pair lie on the same account.
        """
        self.env["account.move.line"].flush_model()
        self.env["account.partial.reconcile"].flush_model()
        self.env.cr.execute(
            SQL(
                """SELECT line.id, line.balance
                          - coalesce((SELECT sum(amount) FROM account_partial_reconcile
                                       WHERE debit_move_id = line.id AND max_date <= %(day)s), 0)
                          + coalesce((SELECT sum(amount) FROM account_partial_reconcile
                                       WHERE credit_move_id = line.id AND max_date <= %(day)s), 0) AS open
                     FROM account_move_line line
                    WHERE line.account_id = %(account)s AND line.company_id = %(company)s
                      AND line.parent_state = 'posted' AND line.date <= %(day)s""",
                account=account.id,
                company=company.id,
                day=day,
            )
        )
        items = self.env["account.move.line"]
        currency = company.currency_id
        return {items.browse(id_): float(left) for id_, left in self.env.cr.fetchall() if not currency.is_zero(left)}

    def _reasons(self, account, day, company):
        """{reason: (sum, journal items)}; the sums are the balance of that day."""
        found = defaultdict(lambda: [0.0, self.env["account.move.line"]])
        for item, left in self._open_items(account, day, company).items():
            reason = found[self._reason(item)]
            reason[0] += left
            reason[1] |= item
        return {reason: (company.currency_id.round(total), items) for reason, (total, items) in found.items()}

    @staticmethod
    def _reason(item):
        """Why this is open; a hook."""
        if item.ecom_settlement_role == "deposit":
            return "on_its_way"
        if item.payment_id:
            return "not_paid_out"
        if item.ecom_settlement_role in ("order", "refund"):
            return "without_payment"
        if item.ecom_settlement_role == "balance":
            return "left_there"
        if item.statement_line_id:
            return "bank_only"
        return "unexplained"
