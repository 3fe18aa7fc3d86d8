from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError


class EcomFlowBook(models.AbstractModel):
    """A payout -> one entry equal to it (one a month where it spans two), paired order by order.

    Where receivables are cleared on capture the customers' money is taken off the clearing account; where they are
    cleared at payout, off the receivable. Either way the payout is owed by the channel on the clearing account until
    the bank has it.
    """

    _name = "ecom.flow.book"
    _description = "E-commerce: book"

    # -------------------------------------------------------------------- post
    def _post(self, settlement):
        """The posted entries; once, whoever asks. UserError, with nothing booked."""
        settlement = settlement.with_company(settlement.company_id)
        settlement.lock_for_update()
        settlement.invalidate_recordset(["state"])
        if settlement.state != "new":
            raise UserError(self.env._("This payout is not waiting to be posted."))
        self._refuse(settlement)
        plan, pair = self.env["ecom.flow.plan"], self.env["ecom.flow.pair"]
        clearing, maps, entries = plan._plan(settlement)
        for day in {day for day, _legs in entries}:
            plan._refuse_locked(settlement.channel_id, day)
        keys = {(leg.order, leg.is_refund) for _day, legs in entries for leg in legs if leg.role == "order"}
        sides = pair._sides(settlement, clearing, keys)
        values = self.env["ecom.flow.draft"]._draft(settlement, clearing, maps, entries, sides)
        moves = self.env["account.move"].create(values)
        if moves:
            moves.action_post()
        self._check(settlement, moves, entries)
        pair._pair(moves, sides)
        settlement.state = "posted"
        self._tell_unclear(settlement)
        return moves

    def _tell_unclear(self, settlement):
        """What was booked to be clarified: money of orders that are not here, and kinds that nobody knows."""
        unclear = settlement.line_ids.filtered(
            lambda line: line.match_state == "open" or (line.family == "unknown" and not line.order_id)
        )
        key = f"settlement:{settlement.external_id}:unclear"
        if not unclear:
            self.env["ecom.exception"]._solve(settlement.channel_id, {key})
            return
        self.env["ecom.flow.read"]._tell(
            settlement,
            key,
            self.env._(
                "%(count)s lines of the payout %(number)s are to be clarified",
                count=len(unclear),
                number=settlement.external_id,
            ),
            self.env._("Their orders are not here, or nobody knows what they are. Their money waits apart."),
            "unclear",
        )

    def _refuse(self, settlement):
        """What a person must decide first."""
        posted = settlement.search_count(
            [
                ("channel_id", "=", settlement.channel_id.id),
                ("external_id", "=", settlement.external_id),
                ("state", "=", "posted"),
            ]
        )
        problem = ""
        if posted:
            problem = self.env._("Another report of this payout is in the books. Undo its posting first.")
        elif settlement.payout_state == "open":
            problem = self.env._("This payout is not final yet. Upload its report again when it is paid.")
        elif settlement.flaws and not settlement.accepted_by:
            problem = self.env._("The report contradicts itself. Look at it, and accept it as it is if it is right.")
        elif settlement.ambiguous_count:
            problem = self.env._("Choose the orders of the lines that several orders are possible for.")
        if problem:
            raise UserError(problem)

    def _check(self, settlement, moves, entries):
        """What Odoo made is what was planned: it balances entries and moves their dates without a word."""
        for move, (day, legs) in zip(moves, entries, strict=True):
            extra = move.line_ids.filtered(lambda line: not line.ecom_settlement_role)
            planned = sum(leg.amount for leg in legs if leg.role == "deposit")
            deposits = move.line_ids.filtered(lambda line: line.ecom_settlement_role == "deposit")
            found = sum(deposits.mapped("amount_currency"))
            if extra or move.date != day or settlement.currency_id.compare_amounts(found, float(planned)):
                raise UserError(self.env._("The books did not take the entry of this payout as it was planned."))

    # -------------------------------------------------------------------- undo
    def _undo(self, settlement):
        """Everything back in order: the bank, the pairs, the entry by a reversal. Returns the reversals."""
        settlement.lock_for_update()
        settlement.invalidate_recordset(["state"])
        if settlement.state != "posted":
            raise UserError(self.env._("This payout is not posted."))
        moves = reversals = settlement._entries()
        self.env["ecom.flow.deposit"]._release(settlement._deposits())
        moves.line_ids.remove_move_reconcile()
        # A payout in which nothing moved has no entry.
        if moves:
            reversals = moves._reverse_moves([self._prepare_reversal(settlement, move) for move in moves], cancel=True)
        moves.ecom_settlement_undone = True
        # The index that lets a payout be booked once must know before it is booked again.
        moves.flush_recordset(["ecom_settlement_undone"])
        settlement.state = "new"
        return reversals

    def _prepare_reversal(self, settlement, move):
        """On the day of the entry; where that is closed, today or the first open day after it. A hook."""
        day, taxed = move.date, bool(move._affect_tax_report())
        while locked := settlement.company_id._get_violated_lock_dates(day, taxed, move.journal_id):
            day = max(fields.Date.context_today(self), locked[-1][0] + timedelta(days=1))
        return {"date": day, "ref": self.env._("Undone: %(ref)s", ref=move.ref)}
