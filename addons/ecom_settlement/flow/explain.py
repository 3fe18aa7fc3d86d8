from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytz

from odoo import Command, models
from odoo.addons.ecom_connector.flow.array import array
from odoo.tools import SQL

from ..matching.known import Known, bare
from ..matching.line import Line
from ..matching.match import match, remitted

FOUND = ("match_state", "order_id", "is_remitted")
# Read for all lines at once: a thousand at a time, Odoo looks through all of them for the next thousand.
READ = (
    *("number", "family", "kind", "detail", "amount", "fee", "tax", "posted_at", "accrued_on", "market"),
    *("order_reference", "order_number", "payment_reference", "refund_reference", "line_reference"),
    *("shipment_reference", "sku", "quantity", "matched_by", *FOUND),
)


class EcomFlowExplain(models.AbstractModel):
    """Lines of a payout -> the orders they are about. What a person chose stays chosen."""

    _name = "ecom.flow.explain"
    _description = "E-commerce: explain"

    def _explain(self, settlement):
        """Match all its lines, with one query a kind of name."""
        records = settlement.line_ids
        lines = list(self._lines(settlement, records))
        kept = remitted(lines)
        waiting = [(record, line) for record, line in zip(records, lines, strict=True) if not record.matched_by]
        known = self._known(settlement, [line for _record, line in waiting])
        changes, offers = [], {}
        for record, line in waiting:
            found = match(line, known)
            if "ambiguous" in (found.state, record.match_state):
                offers[record] = list(found.orders) if found.state == "ambiguous" else []
            order = next(iter(found.orders)) if found.state == "confirmed" else None
            now = (found.state, order, line.number in kept)
            if now != (record.match_state, record.order_id.id or None, record.is_remitted):
                changes.append((record.id, *now))
        self._keep(settlement, changes)
        for record, orders in offers.items():
            record.candidate_ids = [Command.set(orders)]

    def _keep(self, settlement, changes):
        """(line, state, order, is remitted): one statement for all, the ORM would write each order's lines apart."""
        if not changes:
            return
        ids, states, orders, kept = map(list, zip(*changes, strict=True))
        settlement.line_ids.flush_recordset(FOUND)
        self.env.cr.execute(
            SQL(
                """UPDATE ecom_settlement_line line
                      SET match_state = found.state, order_id = found.order_id, is_remitted = found.is_remitted
                     FROM unnest(%s, %s, %s, %s) AS found(id, state, order_id, is_remitted)
                    WHERE line.id = found.id""",
                array(ids),
                array(states, "varchar"),
                array(orders),
                array(kept, "boolean"),
            )
        )
        lines = settlement.line_ids.browse(ids)
        lines.invalidate_recordset(FOUND, flush=False)
        lines.modified(FOUND)

    # ------------------------------------------------------------------- lines
    def _lines(self, settlement, records):
        """Each of these records of the settlement as matching and booking see it."""
        records.fetch(READ)
        zone = self._zone(settlement)
        otherwise = settlement.date_to or settlement.date_from
        last = settlement.deposit_date or settlement.create_date.date()
        days = {}
        for record in records:
            moment = record.posted_at or otherwise
            if moment not in days:
                days[moment] = pytz.utc.localize(moment).astimezone(zone).date() if moment else last
            yield Line(
                number=record.number,
                family=record.family,
                kind=record.kind or "",
                detail=record.detail or "",
                amount=Decimal(str(record.amount)),
                fee=Decimal(str(record.fee)),
                tax=Decimal(str(record.tax)),
                order=record.order_reference or "",
                name=record.order_number or "",
                payment=record.payment_reference or "",
                refund=record.refund_reference or "",
                line=record.line_reference or "",
                parcel=record.shipment_reference or "",
                sku=record.sku or "",
                market=record.market or "",
                quantity=Decimal(str(record.quantity)),
                day=self._after(record.accrued_on, days[moment]),
            )

    @staticmethod
    def _after(accrued_on, day):
        """What was accrued for a month is in its books already."""
        return max(day, accrued_on + timedelta(days=1)) if accrued_on else day

    def _zone(self, settlement):
        """The time zone in which the books of this account are kept: its own, else the company's; a hook."""
        own = settlement.channel_id.settlement_tz or settlement.company_id.partner_id.tz
        return pytz.timezone(own or self.env.user.tz or "UTC")

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
        known = Known(
            ids=self._by_id(channels, {line.order for line in lines}),
            names=self._by_name(channels, {bare(name) for line in lines for name in (line.name, line.order)}),
            payments=self._by_payment(channels, {name for line in lines for name in (line.payment, line.refund)}),
            refunds=self._by_refund(channels, {line.refund for line in lines}),
        )
        left = [line for line in lines if match(line, known).state in ("open", "none")]
        return replace(known, **self.env["ecom.flow.identify"]._known(channels, left))

    def _by_id(self, channels, values):
        domain = [("ecom_channel_id", "in", channels.ids), ("ecom_external_id", "in", list(values - {""}))]
        # Only what is asked for: an order has two hundred fields.
        found = self.env["sale.order"].search_fetch(domain, ["ecom_external_id"])
        return self._grouped((order.ecom_external_id, order.id) for order in found)

    def _by_name(self, channels, values):
        values = values - {""}
        found = self._references(channels, [*values, *(f"#{value}" for value in values)])
        return self._grouped((bare(reference.value), reference.order_id.id) for reference in found)

    def _by_payment(self, channels, values):
        domain = [("channel_id", "in", channels.ids), ("external_id", "in", list(values - {""}))]
        found = self.env["ecom.order.payment"].search_fetch(domain, ["external_id", "order_id"])
        pairs = [(payment.external_id, payment.order_id.id) for payment in found]
        references = self._references(channels, list(values - {""}))
        return self._grouped([*pairs, *((reference.value, reference.order_id.id) for reference in references)])

    def _by_refund(self, channels, values):
        domain = [("channel_id", "in", channels.ids), ("external_id", "in", list(values - {""}))]
        found = self.env["ecom.refund"].search_fetch(domain, ["external_id", "order_id"])
        return self._grouped((refund.external_id, refund.order_id.id) for refund in found)

    def _references(self, channels, values):
        domain = [("channel_id", "in", channels.ids), ("value", "in", values)]
        return self.env["ecom.order.reference"].search_fetch(domain, ["value", "order_id"])

    @staticmethod
    def _grouped(pairs):
        found = defaultdict(set)
        for value, order in pairs:
            found[value].add(order)
        return {value: frozenset(orders) for value, orders in found.items()}
