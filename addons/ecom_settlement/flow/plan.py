from datetime import timedelta
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError

from ..matching.entry import Part, Refused, Terms, compose
from ..matching.line import FEES, ORDER

# Legs that go to the account of a family.
FAMILIES = {"carried": "month", "suspense": "unknown", "rounding": "rounding"}


class EcomFlowPlan(models.AbstractModel):
    """A payout -> the legs of its entries, before anything is booked: the dry run and the posting are one."""

    _name = "ecom.flow.plan"
    _description = "E-commerce: plan"

    def _plan(self, settlement):
        """(clearing account, mappings, [(day, legs)] as `compose` makes them). UserError with what is missing."""
        clearing, maps = self._clearing(settlement), self._maps(settlement)
        parts = self._in_open_months(settlement, maps, self._parts(settlement, maps))
        try:
            entries = compose(parts, self._terms(settlement))
        except Refused as refusal:
            raise UserError(self._words_refused(settlement, refusal))
        wanted = {(FAMILIES[leg.role], "", "") for _day, legs in entries for leg in legs if leg.role in FAMILIES}
        missing = {key for key in wanted if key[0] not in maps}
        if missing:
            raise UserError(self._words_missing(settlement, missing))
        return clearing, maps, entries

    def _terms(self, settlement):
        channel = settlement.channel_id
        return Terms(
            payout=None if settlement.is_statement else Decimal(str(settlement.amount)),
            digits=settlement.currency_id.decimal_places,
            limit=Decimal(str(channel.settlement_rounding)),
            is_accepted=bool(settlement.accepted_by),
            is_by_order=channel.settlement_entries == "order",
        )

    def _clearing(self, settlement):
        """The account on which the channel owes what is in this payout, in the payout's currency. UserError."""
        channel, currency = settlement.channel_id, settlement.currency_id
        journal = channel._clearing_journal(currency)
        if not journal.default_account_id:
            raise UserError(self.env._("Choose a clearing journal for %(channel)s first.", channel=channel.name))
        if journal.currency_id not in (currency, journal.currency_id.browse()):
            raise UserError(
                self.env._(
                    "%(journal)s is kept in %(own)s. Choose a clearing journal of %(channel)s for %(currency)s.",
                    journal=journal.name,
                    own=journal.currency_id.name,
                    channel=channel.name,
                    currency=currency.name,
                )
            )
        return journal.default_account_id

    # -------------------------------------------------------------------- maps
    def _maps(self, settlement):
        """{(kind, detail) or family: mapping}, details empty where they do not matter; with the marketplace behind it
        where a mapping is of one: (kind, detail, market), ("", family, market)."""
        found = self.env["ecom.settlement.map"].search([("channel_id", "=", settlement.channel_id.id)])
        by_key = {}
        for one in found.filtered("account_id"):
            words = (one.code, one.detail or "") if one.code else ("", one.family)
            key = (*words, one.market) if one.market else words if one.code else one.family
            by_key[key] = one
        return by_key

    def _map(self, maps, line, family):
        """The most exact one: what the report calls it counts for more than where it is of."""
        kinds = ((line.kind, line.detail), (line.kind, ""))
        found = (self._of_market(maps, line, words) or maps.get(words) for words in kinds)
        return next(filter(None, found), None) or self._map_family(maps, line, family)

    def _map_family(self, maps, line, family):
        return self._of_market(maps, line, ("", family)) or maps.get(family)

    @staticmethod
    def _of_market(maps, line, words):
        return maps.get((*words, line.market)) if line.market else None

    # ------------------------------------------------------------------- parts
    def _parts(self, settlement, maps):
        """What each line of the report puts into the entries: its amount and its fee, each in its place."""
        records, missing, parts = settlement.line_ids, set(), []
        # Read once: a mapping stands behind thousands of lines.
        labels = {one: one.name or one.account_id.name for one in maps.values()}
        for record, line in zip(records, self.env["ecom.flow.explain"]._lines(settlement, records), strict=True):
            order = record.order_id.id or 0
            for amount, family, is_fee in self._amounts(settlement, record, line):
                if family in ORDER and order:
                    parts.append(Part(amount=amount, day=line.day, order=order, is_refund=line.is_refund))
                    continue
                if family == "payout":
                    label = record.description or ""
                    parts.append(Part(amount=amount, day=line.day, is_payout=True, label=label))
                    continue
                found = self._map_family(maps, line, family) if is_fee else self._map(maps, line, family)
                if found:
                    parts.append(self._part(line, amount, family, found, labels[found], order, is_fee))
                else:
                    missing.add((family, "" if is_fee else line.kind, "" if is_fee else line.detail))
        if missing:
            raise UserError(self._words_missing(settlement, missing))
        return parts

    def _amounts(self, settlement, record, line):
        """(amount, family as the books take it, whether it is the fee) of one line."""
        family = "remitted_tax" if record.is_remitted else line.family
        if family == "memo":
            return
        if family == "payout":
            if settlement.is_statement:
                yield line.amount - line.fee, family, False
            return
        if line.amount:
            # Money of an order that is not here waits where a person will find it.
            known = family not in ORDER or record.order_id
            yield line.amount, family if known else self._family_elsewhere(settlement, family), False
        if line.fee:
            yield -line.fee, family if family in FEES else "payment_fee", True

    def _family_elsewhere(self, settlement, family):
        """What buyers' money of an order is that is not here; a hook."""
        return "unknown"

    def _part(self, line, amount, family, mapping, label, order, is_fee):
        pair = line.refund if family == "conversion" else ""
        return Part(
            amount=amount,
            day=line.day,
            about=order,
            account=mapping.id,
            label=label,
            # Stated without a sign.
            tax=line.tax.copy_sign(amount),
            pair=pair,
        )

    # -------------------------------------------------------------- closed months
    def _in_open_months(self, settlement, maps, parts):
        """What falls into a closed month goes to the first open day, where somebody decided that."""
        if not settlement.late_by:
            return parts
        days = {part.day for part in parts}
        moved = {day: self._open_day(settlement.channel_id, day) for day in days}
        names = Part.__slots__
        return [
            part if moved[part.day] == part.day
            else Part(**{**{name: getattr(part, name) for name in names}, "day": moved[part.day]})
            for part in parts
        ]  # fmt: skip

    def _open_day(self, channel, day):
        """That day, or the first one after it on which the books are open."""
        while violated := self._violated(channel, day):
            day = max(locked for locked, _kind in violated) + timedelta(days=1)
        return day

    def _violated(self, channel, day):
        """[(lock date, its kind)] that keep an entry of that day out; Odoo would move it to another month."""
        taxed = [("channel_id", "=", channel.id), "|", ("tax_id", "!=", False), ("tax_before_id", "!=", False)]
        has_tax = bool(self.env["ecom.settlement.map"].search_count(taxed, limit=1))
        return channel.company_id._get_violated_lock_dates(day, has_tax, channel._settlement_journal())

    def _refuse_locked(self, channel, day):
        violated = self._violated(channel, day)
        if violated:
            raise UserError(
                self.env._(
                    "The books are closed for %(day)s: %(locks)s. Decide with your accountant whether to open them, or "
                    "to book what is of that time on the first open day.",
                    day=fields.Date.to_string(day),
                    locks=channel.company_id._format_lock_dates(violated),
                )
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
