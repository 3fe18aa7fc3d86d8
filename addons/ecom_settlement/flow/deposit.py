from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import date_utils

# A transfer may be on its way over a weekend and holidays, or be booked before the channel calls it paid.
BEFORE, AFTER = {"days": -3}, {"days": 10}


class EcomFlowDeposit(models.AbstractModel):
    """What the bank received -> the payouts it was, both reconciled on the clearing account."""

    _name = "ecom.flow.deposit"
    _description = "E-commerce: deposit"

    def _find(self, settlement):
        """{journal item of a payout: statement lines of that amount in that time, those that name it first}."""
        found = {}
        for payout in self._open_payouts(settlement):
            lines = self.env["account.bank.statement.line"].search(self._domain(settlement, payout))
            same = lines.filtered(lambda line, payout=payout: self._is_same(line, payout))
            named = same.filtered(lambda line: self._names(line, settlement))
            found[payout] = named or same
        return found

    def _open_payouts(self, settlements):
        return settlements._entries().line_ids.filtered(
            lambda line: line.ecom_settlement_role == "deposit" and not line.reconciled
        )

    def _domain(self, settlement, payout):
        first = settlement.date_from.date() if settlement.is_statement and settlement.date_from else None
        day = settlement.deposit_date or payout.date
        return [
            ("company_id", "=", settlement.company_id.id),
            ("is_reconciled", "=", False),
            ("date", ">=", date_utils.add(first or day, **BEFORE)),
            ("date", "<=", date_utils.add(day, **AFTER)),
            ("journal_id", "!=", settlement.channel_id.clearing_journal_id.id),
        ]

    @staticmethod
    def _is_same(line, payout):
        currency = line.foreign_currency_id or line.currency_id
        amount = line.amount_currency if line.foreign_currency_id else line.amount
        return currency == payout.currency_id and not currency.compare_amounts(amount, payout.amount_residual_currency)

    @staticmethod
    def _names(line, settlement):
        text = (line.payment_ref or "").casefold()
        return any(name and name.casefold() in text for name in (settlement.reference, settlement.external_id))

    # -------------------------------------------------------------------- take
    def _take_sure(self, settlement):
        """Reconcile the deposits that only one statement line can be. Returns how many."""
        found = self._find(settlement)
        claims = defaultdict(list)
        for payout, lines in found.items():
            for line in lines:
                claims[line].append(payout)
        sure = [(payout, lines) for payout, lines in found.items() if len(lines) == 1 and len(claims[lines]) == 1]
        for payout, line in sure:
            self._take(payout, line)
        return len(sure)

    def _take(self, payouts, statement_lines):
        """Several payouts in one deposit, one payout in several: what they come to must be the same. UserError."""
        clearing = payouts.account_id
        waiting = self.env["account.move.line"]
        for line in statement_lines:
            _liquidity, suspense, others = line._seek_for_lines()
            if others or len(suspense) != 1:
                raise UserError(self.env._("%(line)s is reconciled already.", line=line.display_name))
            waiting |= suspense
        owed = sum(payouts.mapped("amount_residual_currency"))
        came = -sum(waiting.mapped("amount_currency"))
        currency = payouts.currency_id
        if len(currency) != 1 or len(clearing) != 1 or waiting.currency_id != currency:
            raise UserError(self.env._("Payouts of one account and one currency go together with one deposit."))
        if currency.compare_amounts(owed, came):
            raise UserError(
                self.env._(
                    "The payouts come to %(owed)s, the bank received %(came)s.",
                    owed=currency.format(owed),
                    came=currency.format(came),
                )
            )
        waiting.account_id = clearing
        self.env["account.move.line"]._reconcile_plan([payouts | waiting])

    def _release(self, payouts):
        """The bank's lines wait again, as they did before."""
        taken = (payouts.matched_debit_ids.debit_move_id | payouts.matched_credit_ids.credit_move_id).statement_line_id
        for line in taken:
            line.action_undo_reconciliation()
