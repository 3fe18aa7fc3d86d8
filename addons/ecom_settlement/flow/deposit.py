from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError

from ..matching.deposits import Deposit, find

# Days that a transfer may be booked before the channel calls it paid, or be on its way over a weekend and holidays.
BEFORE, AFTER = 3, 10


class EcomFlowDeposit(models.AbstractModel):
    """What the bank received -> the payouts it was, both reconciled on the clearing account."""

    _name = "ecom.flow.deposit"
    _description = "E-commerce: deposit"

    # -------------------------------------------------------------------- find
    def _find(self, settlements):
        """[(payouts, statement lines)] that can only be each other, and {payout: lines that it may be}."""
        wanted = settlements._deposits().filtered(lambda line: not line.reconciled)
        sure, offered = [], {}
        for (channel, currency), group in wanted.grouped(
            lambda one: (one.move_id.ecom_settlement_id.channel_id, one.currency_id)
        ).items():
            # The other payouts that wait there may be what is in the same deposit.
            payouts = self._waiting(channel, currency, group)
            lines = self._lines(channel, currency, payouts)
            found = self._match(currency, payouts, lines)
            items = {one.id: one for one in payouts}
            for keys, own in found.sure:
                if set(keys) & set(group.ids):
                    sure.append((payouts.browse(keys), lines.browse(own)))
            offered |= {items[key]: lines.browse(own) for key, own in found.offered.items() if items[key] in group}
        return sure, offered

    def _waiting(self, channel, currency, group):
        days = [self._day(one) for one in group]
        near = self.env["account.move.line"].search(
            [
                ("ecom_settlement_role", "=", "deposit"),
                ("reconciled", "=", False),
                ("parent_state", "=", "posted"),
                ("move_id.ecom_settlement_id.channel_id", "=", channel.id),
                ("move_id.ecom_settlement_undone", "=", False),
                ("currency_id", "=", currency.id),
                ("account_id", "in", group.account_id.ids),
            ]
        )
        first, last = min(days) - timedelta(days=AFTER), max(days) + timedelta(days=AFTER)
        return near.filtered(lambda one: one in group or first <= self._day(one) <= last)

    @staticmethod
    def _day(payout):
        return payout.move_id.ecom_settlement_id.deposit_date or payout.date

    def _lines(self, channel, currency, payouts):
        """Lines of bank statements that nobody has reconciled, of that currency and time."""
        first = min(self._first_day(one) for one in payouts) - timedelta(days=BEFORE)
        last = max(self._day(one) for one in payouts) + timedelta(days=AFTER)
        lines = self.env["account.bank.statement.line"].search(
            [
                ("company_id", "=", channel.company_id.id),
                ("is_reconciled", "=", False),
                ("date", ">=", first),
                ("date", "<=", last),
                ("journal_id", "not in", (channel.clearing_journal_id | channel.settlement_clearing_ids).ids),
            ]
        )
        return lines.filtered(lambda line: (line.foreign_currency_id or line.currency_id) == currency)

    def _first_day(self, payout):
        """A statement of a balance has several payouts, on any of its days."""
        settlement = payout.move_id.ecom_settlement_id
        is_long = settlement.is_statement and settlement.date_from
        return settlement.date_from.date() if is_long else self._day(payout)

    def _match(self, currency, payouts, lines):
        """What is sure and what may be, by the ids of these."""
        coin = currency.rounding

        def units(amount):
            return round(amount / coin)

        return find(
            [
                Deposit(
                    key=one.id,
                    amount=units(one.amount_residual_currency),
                    day=self._day(one).toordinal(),
                    first=self._first_day(one).toordinal(),
                    names=self._names(one),
                )
                for one in payouts
            ],
            [
                Deposit(
                    key=line.id,
                    amount=units(line.amount_currency if line.foreign_currency_id else line.amount),
                    day=line.date.toordinal(),
                    text=line.payment_ref or "",
                )
                for line in lines
            ],
            BEFORE,
            AFTER,
        )

    @staticmethod
    def _names(payout):
        """What the text of the transfer may say; a hook."""
        settlement = payout.move_id.ecom_settlement_id
        return tuple(name for name in (settlement.reference, settlement.external_id) if name)

    # -------------------------------------------------------------------- take
    def _take_sure(self, settlement):
        """Reconcile the deposits that only one choice of statement lines can be. Returns how many."""
        sure, _offered = self._find(settlement)
        for payouts, lines in sure:
            self._take(payouts, lines)
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
