from collections import defaultdict
from decimal import Decimal

import pytz

from odoo import Command, models

from ..matching.known import Known, bare
from ..matching.line import Line
from ..matching.match import match, remitted


class EcomFlowExplain(models.AbstractModel):
    """Lines of a payout -> the orders they are about. What a person chose stays chosen."""

    _name = "ecom.flow.explain"
    _description = "E-commerce: explain"

    def _explain(self, settlement):
        """Match all its lines, with one query a kind of name."""
        records = settlement.line_ids.filtered(lambda line: not line.matched_by)
        lines = [self._line(record) for record in records]
        known = self._known(settlement, lines)
        kept = remitted(self._line(record) for record in settlement.line_ids)
        changes = defaultdict(records.browse)
        for record, line in zip(records, lines, strict=True):
            found = match(line, known)
            state = found.state
            changes[state, found.orders, line.number in kept] |= record
        for (state, orders, is_remitted), group in changes.items():
            order = next(iter(orders)) if state == "confirmed" else False
            group.write({"match_state": state, "order_id": order, "is_remitted": is_remitted})
            offered = list(orders) if state == "ambiguous" else []
            # Most lines never had any, and writing none costs a query each.
            if offered or group.candidate_ids:
                group.write({"candidate_ids": [Command.set(offered)]})

    @staticmethod
    def _line(record):
        settlement = record.settlement_id
        moment = record.posted_at or settlement.date_to or settlement.date_from
        zone = pytz.timezone(settlement.company_id.partner_id.tz or record.env.user.tz or "UTC")
        return Line(
            number=record.number,
            family="remitted_tax" if record.is_remitted else record.family,
            kind=record.kind or "",
            detail=record.detail or "",
            amount=Decimal(str(record.amount)),
            fee=Decimal(str(record.fee)),
            order=record.order_reference or "",
            name=record.order_number or "",
            payment=record.payment_reference or "",
            refund=record.refund_reference or "",
            day=pytz.utc.localize(moment).astimezone(zone).date() if moment else settlement.deposit_date,
        )

    # ------------------------------------------------------------------- known
    def _channels(self, settlement):
        """The account itself, and the shops whose money it takes."""
        account = settlement.channel_id
        taken = self.env["ecom.payment.map"].search([("provider_id", "=", account.id)]).channel_id
        if account._adapter().kind == "provider" and not taken:
            taken = self.env["ecom.channel"].search([("company_id", "=", account.company_id.id)])
        return account | taken

    def _known(self, settlement, lines):
        channels = self._channels(settlement)
        return Known(
            ids=self._by_id(channels, {line.order for line in lines}),
            names=self._by_name(channels, {bare(name) for line in lines for name in (line.name, line.order)}),
            payments=self._by_payment(channels, {name for line in lines for name in (line.payment, line.refund)}),
            refunds=self._by_refund(channels, {line.refund for line in lines}),
        )

    def _by_id(self, channels, values):
        domain = [("ecom_channel_id", "in", channels.ids), ("ecom_external_id", "in", list(values - {""}))]
        return self._grouped((order.ecom_external_id, order.id) for order in self.env["sale.order"].search(domain))

    def _by_name(self, channels, values):
        values = values - {""}
        domain = [("channel_id", "in", channels.ids), ("value", "in", [*values, *(f"#{value}" for value in values)])]
        found = self.env["ecom.order.reference"].search(domain)
        return self._grouped((bare(reference.value), reference.order_id.id) for reference in found)

    def _by_payment(self, channels, values):
        domain = [("channel_id", "in", channels.ids), ("external_id", "in", list(values - {""}))]
        found = self.env["ecom.order.payment"].search(domain)
        references = self.env["ecom.order.reference"].search(
            [("channel_id", "in", channels.ids), ("value", "in", list(values - {""}))]
        )
        pairs = [(payment.external_id, payment.order_id.id) for payment in found]
        return self._grouped([*pairs, *((reference.value, reference.order_id.id) for reference in references)])

    def _by_refund(self, channels, values):
        domain = [("channel_id", "in", channels.ids), ("external_id", "in", list(values - {""}))]
        return self._grouped(
            (refund.external_id, refund.order_id.id) for refund in self.env["ecom.refund"].search(domain)
        )

    @staticmethod
    def _grouped(pairs):
        found = defaultdict(set)
        for value, order in pairs:
            found[value].add(order)
        return {value: frozenset(orders) for value, orders in found.items()}
