from dataclasses import dataclass, field
from functools import cached_property

from odoo import Command, models
from odoo.exceptions import UserError

from .plan import FAMILIES


@dataclass
class Draft:
    """What the lines of one entry have in common."""

    settlement: object
    day: object
    clearing: object
    maps: dict
    sides: dict
    own: dict = field(default_factory=dict)

    @cached_property
    def currency(self):
        return self.settlement.currency_id

    @cached_property
    def company(self):
        return self.settlement.company_id

    @cached_property
    def rate(self):
        """Company currency for one of the payout's, on that day."""
        return self.currency._get_conversion_rate(self.currency, self.company.currency_id, self.company, self.day)

    def worth(self, amount):
        return self.company.currency_id.round(amount * self.rate)


class EcomFlowDraft(models.AbstractModel):
    """Legs -> values of journal entries: accounts, partners, taxes, and what each is worth in the company's currency.

    An order's leg takes the rate of what it settles, so that no exchange entry an order is made; the difference is one
    line of the payout's entry.
    """

    _name = "ecom.flow.draft"
    _description = "E-commerce: draft"

    def _draft(self, settlement, clearing, maps, entries, sides):
        """Values of all entries."""
        journal = settlement.channel_id._settlement_journal()
        # A leg knows its mapping by its id.
        own = {one.id: one for one in maps.values()}
        return [
            self._prepare_move(Draft(settlement, day, clearing, maps, sides, own), journal, part, legs)
            for part, (day, legs) in enumerate(entries, 1)
        ]

    def _prepare_move(self, draft, journal, part, legs):
        """Values of one entry; a hook."""
        settlement = draft.settlement
        lines = [line for leg in legs for line in self._prepare_lines(draft, leg)]
        self._level(draft, lines)
        return {
            "move_type": "entry",
            "journal_id": journal.id,
            "date": draft.day,
            "ref": f"{settlement.channel_id.name} {settlement.external_id}",
            "company_id": settlement.company_id.id,
            "ecom_settlement_id": settlement.id,
            "ecom_settlement_part": part,
            "line_ids": [Command.create(line) for line in lines],
        }

    def _prepare_lines(self, draft, leg):
        """Values of the journal item of one leg, in a list that may be longer; a hook."""
        amount = float(leg.amount)
        if leg.role == "order":
            return [self._prepare_order(draft, leg, amount)]
        if leg.role == "account":
            return self._prepare_account(draft, leg, amount)
        if leg.role == "tax":
            account, values = self.env["ecom.flow.fee.tax"]._prepare_tax(draft, leg)
            return [self._line(draft, amount, account, leg.label, **values)]
        account, name = draft.clearing, draft.settlement.external_id
        if leg.role in FAMILIES:
            account = draft.maps[FAMILIES[leg.role]].account_id
        elif leg.role == "deposit":
            name = draft.settlement.reference or name
        return [self._line(draft, amount, account, name, ecom_settlement_role=leg.role)]

    @staticmethod
    def _line(draft, amount, account, name, **values):
        values.setdefault("balance", draft.worth(amount))
        return {
            "account_id": account.id,
            "name": name,
            "currency_id": draft.currency.id,
            "amount_currency": amount,
            **values,
        }

    # ------------------------------------------------------------------- orders
    def _prepare_order(self, draft, leg, amount):
        side = draft.sides[leg.order, leg.is_refund]
        currency, amount, balance = self._valued(draft, amount, side.open)
        return self._line(
            draft,
            amount,
            side.account,
            side.name,
            balance=balance,
            currency_id=currency.id,
            partner_id=side.partner.id,
            ecom_settlement_role="refund" if leg.is_refund else "order",
            ecom_order_id=leg.order,
        )

    def _valued(self, draft, amount, waiting):
        """(currency, amount, balance) of a leg, at the rate of what it settles."""
        plain = draft.currency, amount, draft.worth(amount)
        currencies = {line.currency_id for line in waiting}
        if len(currencies) != 1:
            return plain
        (currency,) = currencies
        company = draft.company.currency_id
        if currency == draft.currency == company:
            return plain
        held = sum(line.amount_residual_currency for line in waiting)
        worth = sum(line.amount_residual for line in waiting)
        if currency == draft.currency:
            return currency, amount, self._share(draft, amount, held, worth)
        # Paired with a document in another currency only if both are worth about the same on that day.
        limit = draft.settlement.channel_id.conversion_limit / 100.0
        if abs(draft.worth(amount) + worth) <= limit * abs(worth):
            return currency, -held, -worth
        return plain

    def _share(self, draft, amount, held, worth):
        """What a part of the open amount is worth, the last part all that is left; what is beyond, at the day's
        rate."""
        currency, company = draft.currency, draft.company.currency_id
        if currency.compare_amounts(amount, -held) == 0:
            return -worth
        if amount * held >= 0:
            return draft.worth(amount)
        if abs(amount) < abs(held):
            return company.round(worth / held * amount)
        return company.round(-worth + (amount + held) * draft.rate)

    # ----------------------------------------------------------------- accounts
    def _prepare_account(self, draft, leg, amount):
        mapping = draft.own[leg.account]
        values = {"analytic_distribution": mapping.analytic_distribution, "ecom_settlement_role": "account"}
        if leg.pair:
            values |= {"ecom_settlement_pair": leg.pair, "balance": self._converted(draft, leg, amount, mapping)}
        if mapping.bill_partner_id:
            # The vendor's bill has the cost and its taxes; here it is only paid.
            values["partner_id"] = mapping.bill_partner_id.commercial_partner_id.id
        elif leg.tax:
            values |= self.env["ecom.flow.fee.tax"]._prepare_base(leg)
        return [self._line(draft, amount, mapping.account_id, leg.label, **values)]

    def _converted(self, draft, leg, amount, mapping):
        """A change of currency is worth what the vendor made of it: what its other leg is in the company's currency,
        booked already or only reported."""
        company = draft.company.currency_id
        if draft.currency == company:
            return amount
        booked = self.env["ecom.flow.pair"]._other_leg(draft.settlement, mapping.account_id, leg.pair)
        if len(booked) == 1 and booked.balance * amount < 0:
            return -booked.balance
        told = self.env["ecom.settlement.line"].search(
            [
                ("settlement_id.channel_id", "=", draft.settlement.channel_id.id),
                ("settlement_id.currency_id", "=", company.id),
                ("settlement_id.state", "!=", "superseded"),
                ("family", "=", "conversion"),
                ("refund_reference", "=", leg.pair),
            ]
        )
        if len(told) == 1 and told.net * amount > 0:
            return company.round(told.net)
        return draft.worth(amount)

    # ------------------------------------------------------------------ balance
    def _level(self, draft, lines):
        """Company amounts are rounded line by line and taken from several rates: what is left is one exchange line."""
        company = draft.company
        rest = company.currency_id.round(sum(line["balance"] for line in lines))
        if company.currency_id.is_zero(rest):
            return
        gain, loss = company.income_currency_exchange_account_id, company.expense_currency_exchange_account_id
        account = gain if rest > 0 else loss
        foreign = any(line["currency_id"] != company.currency_id.id for line in lines)
        if not account or not foreign:
            raise UserError(self.env._("The entry of this payout is not balanced, or has no account for exchange."))
        exchange = {"balance": -rest, "ecom_settlement_role": "exchange"}
        # Of a line in the company's own currency both amounts are one.
        amount = -rest if draft.currency == company.currency_id else 0.0
        lines.append(self._line(draft, amount, account, self.env._("Exchange difference"), **exchange))
