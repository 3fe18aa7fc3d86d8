from collections import defaultdict

from odoo import Command, fields, models
from odoo.exceptions import UserError

from .plan import FAMILIES

# What a journal item of a payout is: its own role, and of an order's legs also which side of the order.
SIDES = {False: "order", True: "refund"}


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
        clearing, maps, entries = self.env["ecom.flow.plan"]._plan(settlement)
        journal = settlement.channel_id._settlement_journal()
        for day, _legs in entries:
            self._refuse_locked(settlement, day, journal)
        counterparts = self._counterparts(settlement, clearing, entries)
        moves = self.env["account.move"].create(
            [
                self._prepare_move(settlement, journal, part, day, legs, clearing, maps, counterparts)
                for part, (day, legs) in enumerate(entries, 1)
            ]
        )
        moves.action_post()
        self._check(settlement, moves, entries)
        self._pair(moves, counterparts)
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

    def _refuse_locked(self, settlement, day, journal):
        """Odoo would move the entry to another month without a word."""
        violated = settlement.company_id._get_violated_lock_dates(day, False, journal)
        if violated:
            raise UserError(
                self.env._(
                    "The books are closed for %(day)s: %(locks)s. Decide with your accountant whether to open them.",
                    day=fields.Date.to_string(day),
                    locks=settlement.company_id._format_lock_dates(violated),
                )
            )

    def _prepare_move(self, settlement, journal, part, day, legs, clearing, maps, counterparts):
        """Values of the entry of one month; a hook."""
        lines = [self._prepare_line(settlement, day, leg, clearing, maps, counterparts) for leg in legs]
        self._level(settlement, lines)
        return {
            "move_type": "entry",
            "journal_id": journal.id,
            "date": day,
            "ref": f"{settlement.channel_id.name} {settlement.external_id}",
            "company_id": settlement.company_id.id,
            "ecom_settlement_id": settlement.id,
            "ecom_settlement_part": part,
            "line_ids": [Command.create(line) for line in lines],
        }

    def _prepare_line(self, settlement, day, leg, clearing, maps, counterparts):
        """Values of one leg; a hook."""
        currency, company = settlement.currency_id, settlement.company_id
        amount = float(leg.amount)
        account, partner, name, analytic = clearing, False, settlement.external_id, False
        balance = currency._convert(amount, company.currency_id, company, day)
        if leg.role == "order":
            order = self.env["sale.order"].browse(leg.order)
            partner, name = order.partner_invoice_id.commercial_partner_id, order.ecom_number or order.name
            account, balance = self._order_side(settlement, leg, clearing, counterparts, balance)
        elif leg.role == "account":
            found = self.env["ecom.settlement.map"].browse(leg.account)
            account, name, analytic = found.account_id, leg.label, found.analytic_distribution
        elif leg.role in FAMILIES:
            account = maps[FAMILIES[leg.role]].account_id
        elif leg.role == "deposit":
            name = settlement.reference or settlement.external_id
        return {
            "account_id": account.id,
            "partner_id": partner.id if partner else False,
            "name": name,
            "currency_id": currency.id,
            "amount_currency": amount,
            "balance": balance,
            "analytic_distribution": analytic,
            "ecom_settlement_role": SIDES[leg.is_refund] if leg.role == "order" else leg.role,
            "ecom_order_id": leg.order or False,
        }

    def _order_side(self, settlement, leg, clearing, counterparts, balance):
        """Account and company amount of an order's leg. It takes the rate of what it is paired with, so that no
        exchange entry an order is made; the difference is one line of the payout's entry."""
        found = counterparts.get((leg.order, leg.is_refund))
        order = self.env["sale.order"].browse(leg.order).with_company(settlement.company_id)
        account = clearing
        if self._policy(settlement, order) == "payout":
            account = found[:1].account_id if found else order.partner_invoice_id.property_account_receivable_id
        if found and set(found.currency_id.ids) == {settlement.currency_id.id}:
            held = sum(found.mapped("amount_residual_currency"))
            if settlement.currency_id.compare_amounts(held, -float(leg.amount)) == 0:
                balance = -sum(found.mapped("amount_residual"))
        return account, balance

    def _level(self, settlement, lines):
        """Company amounts are rounded line by line and taken from several rates: what is left is one exchange line."""
        company = settlement.company_id
        rest = company.currency_id.round(sum(line["balance"] for line in lines))
        if company.currency_id.is_zero(rest):
            return
        gain, loss = company.income_currency_exchange_account_id, company.expense_currency_exchange_account_id
        account = gain if rest > 0 else loss
        if not account or settlement.currency_id == company.currency_id:
            raise UserError(self.env._("The entry of this payout is not balanced, or has no account for exchange."))
        lines.append(
            {
                "account_id": account.id,
                "name": self.env._("Exchange difference"),
                "currency_id": settlement.currency_id.id,
                "amount_currency": 0.0,
                "balance": -rest,
                "ecom_settlement_role": "exchange",
            }
        )

    @staticmethod
    def _policy(settlement, order):
        """When this order's receivable is cleared: as the account says that took its money."""
        accounts = {payment.provider_id or payment.channel_id for payment in order.ecom_payment_ids}
        policies = {account.receivable_policy for account in accounts}
        return policies.pop() if len(policies) == 1 else settlement.channel_id.receivable_policy

    # -------------------------------------------------------------------- pair
    def _counterparts(self, settlement, clearing, entries):
        """{(order, is refund): open journal items that the order's leg settles}."""
        sides = {(leg.order, leg.is_refund) for _day, legs in entries for leg in legs if leg.role == "order"}
        orders = self.env["sale.order"].browse({order for order, _is_refund in sides})
        found = defaultdict(self.env["account.move.line"].browse)
        captured = orders.filtered(lambda order: self._policy(settlement, order) == "capture")
        for payment in captured.ecom_payment_ids.filtered("payment_id"):
            lines = payment.payment_id.move_id.line_ids
            found[payment.order_id.id, payment.kind == "refund"] |= lines.filtered(
                lambda line: line.account_id == clearing and not line.reconciled
            )
        for order in orders - captured:
            for move in order.invoice_ids.filtered(lambda move: move.state == "posted"):
                found[order.id, move.move_type == "out_refund"] |= move.line_ids.filtered(
                    lambda line: line.account_type == "asset_receivable" and not line.reconciled
                )
        return {side: lines for side, lines in found.items() if side in sides and lines}

    def _pair(self, moves, counterparts):
        """Each order's leg with its own documents or payments; `reconcile` on a heap would pair strangers."""
        legs = defaultdict(self.env["account.move.line"].browse)
        for line in moves.line_ids.filtered("ecom_order_id"):
            legs[line.ecom_order_id.id, line.ecom_settlement_role == SIDES[True]] |= line
        plan = []
        for side, lines in legs.items():
            same = counterparts.get(side, lines.browse()).filtered_domain([("account_id", "=", lines.account_id.id)])
            if same:
                plan.append(lines | same)
        # Both months of a payout, and what one carries to the other.
        carried = moves.line_ids.filtered(lambda line: line.ecom_settlement_role == "carried")
        if carried and carried.account_id.reconcile:
            plan.append(carried)
        if plan:
            self.env["account.move.line"]._reconcile_plan(plan)

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
        moves = settlement._entries()
        deposits = moves.line_ids.filtered(lambda line: line.ecom_settlement_role == "deposit")
        self.env["ecom.flow.deposit"]._release(deposits)
        moves.line_ids.remove_move_reconcile()
        reversals = moves._reverse_moves([self._prepare_reversal(settlement, move) for move in moves], cancel=True)
        moves.ecom_settlement_undone = True
        # The index that lets a payout be booked once must know before it is booked again.
        moves.flush_recordset(["ecom_settlement_undone"])
        settlement.state = "new"
        return reversals

    def _prepare_reversal(self, settlement, move):
        """On the day of the entry, today where that is closed; a hook."""
        locked = settlement.company_id._get_violated_lock_dates(move.date, False, move.journal_id)
        return {
            "date": fields.Date.context_today(self) if locked else move.date,
            "ref": self.env._("Undone: %(ref)s", ref=move.ref),
        }
