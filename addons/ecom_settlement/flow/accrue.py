from collections import defaultdict
from datetime import timedelta

from odoo import Command, fields, models
from odoo.exceptions import UserError

from ..matching.entry import Terms, compose
from .draft import Draft


class EcomFlowAccrue(models.AbstractModel):
    """What is sold and not yet released at the end of a month -> an entry of that day, and its reversal on the next.

    The payout itself stays as it is: once it is final it is booked as any other, but for what was accrued, which is
    booked after the day of its accrual; so nothing is in the books twice, nor in two months.
    Buyers' money is moved as a whole and paired with nothing, for it is taken back a day later.
    """

    _name = "ecom.flow.accrue"
    _description = "E-commerce: accrue"

    def _accrue(self, settlements, day):
        """The entries of that last day of a month and their reversals, for payouts that are not booked. UserError."""
        moves = self.env["account.move"]
        for settlement in settlements.filtered(lambda one: one.state == "new" and one.line_ids):
            settlement = settlement.with_company(settlement.company_id)
            settlement.lock_for_update()
            values = self._prepare(settlement, day)
            if values:
                move = self.env["account.move"].create(values)
                reversal = move._reverse_moves([self._prepare_reversal(settlement, move)])
                (move | reversal).action_post()
                self._of_that_time(settlement, day).accrued_on = day
                moves |= move | reversal
        return moves

    def _waiting(self, channel, day):
        """Payouts with lines up to that day that are not booked yet, the last report of each."""
        lines = self.env["ecom.settlement.line"]._read_group(
            [
                ("settlement_id.channel_id", "=", channel.id),
                ("settlement_id.state", "=", "new"),
                ("posted_at", "<", fields.Datetime.to_datetime(day) + timedelta(days=2)),
            ],
            ["settlement_id"],
        )
        return self.env["ecom.settlement"].union(*(settlement for (settlement,) in lines))

    def _of_that_time(self, settlement, day):
        """The lines that are in the accrual of that day."""
        lines = self.env["ecom.flow.explain"]._lines(settlement, settlement.line_ids)
        return settlement.line_ids.browse(
            [record.id for record, line in zip(settlement.line_ids, lines, strict=True) if line.day <= day]
        )

    def _prepare(self, settlement, day):
        """Values of the entry; False where nothing is of that time; a hook."""
        plan = self.env["ecom.flow.plan"]
        clearing, maps = plan._clearing(settlement), plan._maps(settlement)
        plan._refuse_locked(settlement.channel_id, day)
        parts = [one for one in plan._parts(settlement, maps) if one.day <= day and not one.is_payout]
        if not parts:
            return False
        if "accrued" not in maps:
            raise UserError(plan._words_missing(settlement, {("accrued", "", "")}))
        name = self.env._("Not yet released: %(payout)s", payout=settlement.display_name)
        sums = self._sums(settlement, day, clearing, maps, parts)
        lines = [self._prepare_line(settlement, name, key, *amounts) for key, amounts in sums.items()]
        rest = [-sum(amount) for amount in zip(*sums.values(), strict=True)]
        lines.append(self._prepare_line(settlement, name, maps["accrued"].account_id.id, *rest))
        return {
            "move_type": "entry",
            "journal_id": settlement.channel_id._settlement_journal().id,
            "date": day,
            "ref": name,
            "company_id": settlement.company_id.id,
            "ecom_accrual_of_id": settlement.id,
            "line_ids": [Command.create(line) for line in lines],
        }

    def _sums(self, settlement, day, clearing, maps, parts):
        """{account: [amount, what it is worth]}; without the taxes of fees, which are due when they are
        charged."""
        terms = Terms(payout=None, digits=settlement.currency_id.decimal_places)
        split = self.env["ecom.flow.fee.tax"]._split(settlement, maps, compose(parts, terms))
        legs = [leg for _day, month in split for leg in month if leg.role not in ("balance", "tax")]
        keys = {(leg.order, leg.is_refund) for leg in legs if leg.role == "order"}
        sides = self.env["ecom.flow.pair"]._sides(settlement, clearing, keys)
        for side in sides.values():
            side.open = []
        common = Draft(settlement, day, clearing, maps, sides, {one.id: one for one in maps.values()})
        step, sums = self.env["ecom.flow.draft"], defaultdict(lambda: [0.0, 0.0])
        for leg in legs:
            for values in step._prepare_lines(common, leg):
                known = sums[values["account_id"]]
                known[0] += values["amount_currency"]
                known[1] += values["balance"]
        return sums

    def _prepare_line(self, settlement, name, account, amount, balance):
        currency = settlement.currency_id
        return {
            "account_id": account,
            "name": name,
            "currency_id": currency.id,
            "amount_currency": currency.round(amount),
            "balance": settlement.company_id.currency_id.round(balance),
        }

    def _prepare_reversal(self, settlement, move):
        """Values of its reversal, on the day after; a hook."""
        return {
            "date": move.date + timedelta(days=1),
            "ref": self.env._("Reversal of %(ref)s", ref=move.ref),
            "ecom_accrual_of_id": settlement.id,
        }
