from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError

from ..matching.entry import Part, Refused, Terms, compose
from ..matching.line import ORDER

# Legs that go to the account of a family.
FAMILIES = {"carried": "month", "suspense": "unknown", "rounding": "rounding"}


class EcomFlowPlan(models.AbstractModel):
    """A payout -> the legs of its entries, before anything is booked: the dry run and the posting are one."""

    _name = "ecom.flow.plan"
    _description = "E-commerce: plan"

    def _plan(self, settlement):
        """(clearing account, mappings, [(day, legs)] as `compose` makes them). UserError with what is missing."""
        clearing = self._clearing(settlement)
        maps = self._maps(settlement)
        parts, missing = [], set()
        for record in settlement.line_ids:
            parts += self._parts(record, maps, missing)
        if missing:
            raise UserError(self._words_missing(settlement, missing))
        terms = Terms(
            payout=None if settlement.is_statement else Decimal(str(settlement.amount)),
            digits=settlement.currency_id.decimal_places,
            limit=Decimal(str(settlement.channel_id.settlement_rounding)),
            is_accepted=bool(settlement.accepted_by),
        )
        try:
            entries = compose(parts, terms)
        except Refused as refusal:
            raise UserError(self._words_refused(settlement, refusal))
        for _day, legs in entries:
            missing.update((FAMILIES[leg.role], "", "") for leg in legs if leg.role in FAMILIES)
        missing = {key for key in missing if key[0] not in maps}
        if missing:
            raise UserError(self._words_missing(settlement, missing))
        return clearing, maps, entries

    def _clearing(self, settlement):
        account = settlement.channel_id.clearing_journal_id.default_account_id
        if not account:
            raise UserError(
                self.env._("Choose a clearing journal for %(channel)s first.", channel=settlement.channel_id.name)
            )
        return account

    def _maps(self, settlement):
        """{(family, kind, detail): mapping}, kinds and details empty where they do not matter."""
        found = self.env["ecom.settlement.map"].search([("channel_id", "=", settlement.channel_id.id)])
        by_key = {}
        for one in found.filtered("account_id"):
            key = (one.code or "", one.detail or "") if one.code else one.family
            by_key[key] = one
        return by_key

    def _map(self, maps, line, family):
        own = (maps.get((line.kind or "", detail)) for detail in (line.detail or "", ""))
        return next((one for one in own if one), None) or maps.get(family)

    def _parts(self, record, maps, missing):
        """What one line of the report puts into the entry: its amount and its fee, each in its place."""
        line = self.env["ecom.flow.explain"]._line(record)
        if line.family == "memo":
            return
        if line.family == "payout":
            if record.settlement_id.is_statement:
                yield Part(amount=line.amount - line.fee, day=line.day, is_payout=True, label=record.description or "")
            return
        if line.family in ORDER and record.order_id:
            yield Part(amount=line.amount, day=line.day, order=record.order_id.id, is_refund=line.is_refund)
        elif line.amount:
            # Money of an order that is not here waits where a person will find it.
            yield from self._elsewhere(record, line, "unknown" if line.family in ORDER else line.family, maps, missing)
        if line.fee:
            own = "payment_fee" if line.family in ORDER else line.family
            yield from self._elsewhere(record, line, own, maps, missing, -line.fee)

    def _elsewhere(self, record, line, family, maps, missing, amount=None):
        fee = amount is not None
        found = maps.get(family) if fee else self._map(maps, line, family)
        if not found:
            missing.add((family, "" if fee else line.kind, "" if fee else line.detail))
            return
        yield Part(
            amount=line.amount if amount is None else amount,
            day=line.day,
            account=found.id,
            label=found.name or found.account_id.name,
        )

    # ------------------------------------------------------------------- words
    def _words_missing(self, settlement, missing):
        names = dict(self.env["ecom.settlement.map"]._fields["family"]._description_selection(self.env))
        wanted = {f"{names[family]} ({kind} {detail})" if kind else names[family] for family, kind, detail in missing}
        return self.env._(
            "Where do these go in the books? %(kinds)s. Choose their accounts in the configuration of payouts of "
            "%(channel)s, or let them be proposed there.",
            kinds=", ".join(sorted(wanted)),
            channel=settlement.channel_id.name,
        )

    def _words_refused(self, settlement, refusal):
        amount = settlement.currency_id.format(float(refusal.amount))
        if refusal.code == "rounding":
            return self.env._(
                "Rounding would come to %(amount)s, more than %(channel)s allows.",
                amount=amount,
                channel=settlement.channel_id.name,
            )
        return self.env._("The payout is %(amount)s more than its lines come to.", amount=amount)
