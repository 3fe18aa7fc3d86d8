from collections import Counter, defaultdict

from odoo import fields, models
from odoo.addons.ecom_connector.channels.reports.families import MEMO, PAYOUT

# With its moment and its amounts: what tells a line from others before a payout names it.
NAMES = ("kind", "detail", "order_reference", "order_number", "payment_reference", "refund_reference", "sku")


class EcomFlowLinger(models.AbstractModel):
    """Lines that no payout names yet: kept apart for the end of a month, each until a payout comes that has it."""

    _name = "ecom.flow.linger"
    _description = "E-commerce: in no payout yet"

    def _wait(self, channel, lines, attachment):
        """Those of them that are neither waiting nor in a payout already. `lines`: SettlementLine."""
        by_currency = defaultdict(list)
        for line in lines:
            if line.at and line.currency and line.family not in (MEMO, PAYOUT):
                by_currency[line.currency].append(self.env["ecom.flow.read"]._prepare_line(line))
        for code, values in by_currency.items():
            currency = self.env["ecom.flow.read"]._currency(code)
            known = self._known(channel, currency, {one["posted_at"] for one in values})
            new = []
            for one in values:
                known[key(one)] -= 1
                if known[key(one)] < 0:
                    new.append(one)
            self._add(channel, currency, new, attachment)

    def _known(self, channel, currency, moments):
        """Counter of the lines of that account and those moments that are here."""
        lines = self.env["ecom.settlement.line"].search(
            [
                ("settlement_id.channel_id", "=", channel.id),
                ("settlement_id.currency_id", "=", currency.id),
                ("settlement_id.state", "!=", "superseded"),
                ("posted_at", "in", list(moments)),
            ]
        )
        return Counter(key(line) for line in lines)

    def _add(self, channel, currency, values, attachment):
        if not values:
            return
        waiting = self._waiting(channel, currency) or self._open(channel, currency)
        learned = self.env["ecom.settlement.map"]._learned(channel)
        last = max(waiting.line_ids.mapped("number"), default=0)
        self.env["ecom.settlement.line"].create(
            [
                {"settlement_id": waiting.id, **one, "number": number, **learned.of(one["kind"], one["detail"])}
                for number, one in enumerate(values, last + 1)
            ]
        )
        waiting.attachment_id = attachment or waiting.attachment_id
        self._count(waiting)
        self.env["ecom.flow.explain"]._explain(waiting)

    def _waiting(self, channel, currency):
        return self.env["ecom.settlement"].search(
            [("channel_id", "=", channel.id), ("currency_id", "=", currency.id), ("is_waiting", "=", True)]
        )

    def _open(self, channel, currency):
        return self.env["ecom.settlement"].create(
            {
                "channel_id": channel.id,
                "currency_id": currency.id,
                "external_id": self.env._("In no payout yet (%(currency)s)", currency=currency.name),
                "payout_state": "open",
                "is_waiting": True,
            }
        )

    @staticmethod
    def _count(waiting):
        waiting.amount = sum(waiting.line_ids.mapped("net"))

    # -------------------------------------------------------------------- come
    def _come(self, settlement, before):
        """The lines of a payout wait no longer; what was accrued of them, there or in the report before, stays so."""
        waiting = self._waiting(settlement.channel_id, settlement.currency_id)
        pool = defaultdict(list)
        for line in [*waiting.line_ids, *before.line_ids.filtered("accrued_on")]:
            pool[key(line)].append(line)
        if not pool:
            return
        came, accrued = waiting.line_ids.browse(), defaultdict(list)
        for line in settlement.line_ids:
            known = pool.get(key(line))
            if known:
                first = known.pop(0)
                came |= first & waiting.line_ids
                accrued[first.accrued_on].append(line.id)
        for day, ids in accrued.items():
            settlement.line_ids.browse(ids).accrued_on = day
        came.unlink()
        self._count(waiting)


def key(line):
    """What tells a line from others, of a record or of the values of one that is to be; the fee last, the amount before
    it."""
    words = (line[name] or False for name in NAMES)
    amounts = (round(line[name], 6) for name in ("amount", "fee"))
    return fields.Datetime.to_string(line["posted_at"] or None), *words, *amounts
