import hashlib
from collections import defaultdict
from datetime import timezone
from decimal import Decimal
from io import BytesIO

from odoo import fields, models
from odoo.addons.ecom_connector.channels.errors import Unreadable
from odoo.addons.ecom_connector.channels.records import ZERO, Settlement, SettlementLine
from odoo.addons.ecom_connector.channels.reports.check import Check
from odoo.addons.ecom_connector.channels.reports.formats import recognise
from odoo.addons.ecom_connector.channels.reports.source import Source
from odoo.addons.ecom_connector.channels.storable import storable

# Lines created in one go: enough to be quick, few enough to stay small in memory.
SLICE = 2000
# All lines of a report are in memory at once: a kilobyte each.
MOST_LINES = 500_000


class EcomFlowRead(models.AbstractModel):
    """A report as it came -> settlements and their lines, held against what the report itself states.

    The same report again changes nothing. One that says something else under the same number is a revision beside the
    first, and the first is replaced, unless it is in the books already: then a person decides.
    """

    _name = "ecom.flow.read"
    _description = "E-commerce: read"

    def _read(self, channel, name, content):
        """Settlements that are new, and (number of settlements that were here already, lines in no payout yet).

        Unreadable, with nothing kept.
        """
        source = Source(BytesIO(content), name)
        form, check = self._form(channel, source), Check()
        lines, stated = self._gather(check.over(form.read(source)))
        attachment, made, known = None, self.env["ecom.settlement"], 0
        for key, settlement in stated.items():
            digest = self._digest(settlement, lines[key])
            if self._is_known(channel, key, digest):
                known += 1
                continue
            self._refuse_strangers(channel, digest)
            made += self._keep(channel, settlement, lines[key], check, {"digest": digest, "form_name": form.name})
        if made:
            attachment = self._attach(made[0], name, content)
            made.attachment_id = attachment
        self.env["ecom.flow.linger"]._wait(channel, lines.get("", ()), attachment)
        self._warn(made)
        return made, (known, len(lines.get("", ())))

    @staticmethod
    def _gather(items):
        """({settlement: its lines}, {settlement: what is stated of it}). Unreadable where there are too many."""
        lines, stated, count = defaultdict(list), {}, 0
        for item in items:
            if isinstance(item, SettlementLine):
                lines[item.settlement_id].append(item)
                count += 1
                if count > MOST_LINES:
                    raise Unreadable(f"This report has more than {MOST_LINES} lines. Upload it in parts.")
            elif isinstance(item, Settlement):
                stated[item.external_id] = item
        return lines, stated

    def _form(self, channel, source):
        """As somebody described it for this account, or as a reader knows it. Unreadable."""
        return self.env["ecom.settlement.template"]._form_of(channel, source) or recognise(source)

    # ------------------------------------------------------------------- known
    @staticmethod
    def _digest(settlement, lines):
        """Of what the report says, not of how it was written: row numbers and encodings do not count."""
        digest = hashlib.sha256(repr((settlement.currency, settlement.amount, settlement.closing)).encode())
        for line in lines:
            words = (
                line.kind,
                line.detail,
                line.order_id,
                line.order_number,
                line.payment_id,
                line.refund_id,
                line.sku,
            )
            digest.update(repr((words, str(line.amount), str(line.fee), str(line.net), line.at)).encode())
        return digest.hexdigest()

    def _is_known(self, channel, key, digest):
        """Whether its last revision says the same."""
        return self._last(channel, key).digest == digest

    def _last(self, channel, key):
        Settlement = self.env["ecom.settlement"]
        return Settlement.search(
            [("channel_id", "=", channel.id), ("external_id", "=", key)], order="revision desc", limit=1
        )

    def _refuse_strangers(self, channel, digest):
        """The very same lines under another account: somebody chose the wrong one."""
        found = self.env["ecom.settlement"].search(
            [("digest", "=", digest), ("channel_id", "!=", channel.id), ("line_ids", "!=", False)], limit=1
        )
        if found:
            raise Unreadable(f"This report was uploaded for the account {found.channel_id.name} already.")

    # -------------------------------------------------------------------- keep
    def _keep(self, channel, settlement, lines, check, values):
        """The settlement as a record, replacing an earlier one that is not in the books."""
        before = self._last(channel, settlement.external_id)
        found = check.sums[settlement.external_id]
        record = self.env["ecom.settlement"].create(
            {**self._prepare_settlement(channel, settlement, found), "revision": before.revision + 1, **values}
        )
        learned = self.env["ecom.settlement.map"]._learned(channel)
        for start in range(0, len(lines), SLICE):
            self.env["ecom.settlement.line"].create(
                [
                    {
                        "settlement_id": record.id,
                        "number": number,
                        **self._prepare_line(line),
                        **learned.of(line.kind, line.detail),
                    }
                    for number, line in enumerate(lines[start : start + SLICE], start + 1)
                ]
            )
        self.env["ecom.flow.linger"]._come(record, before)
        record.flaws = self._words(channel, record, settlement, check)
        if before.state == "new":
            before.state = "superseded"
        return record

    def _prepare_settlement(self, channel, settlement, found):
        """Values of the settlement; a hook."""
        currency = self._currency(settlement.currency)
        opening, closing = settlement.opening, settlement.closing
        if settlement.is_statement:
            opening = self._carried(channel, settlement, currency) if opening is None else opening
            closing = opening + found.moved + found.paid if closing is None else closing
        paid_at = settlement.paid_at or settlement.ends_at
        return {
            "channel_id": channel.id,
            "external_id": storable(settlement.external_id),
            "reference": storable(settlement.reference) or False,
            "currency_id": currency.id,
            "amount": float(-found.paid if settlement.is_statement else found.amount),
            "is_statement": settlement.is_statement,
            "opening": float(opening or ZERO),
            "closing": float(closing or ZERO),
            "date_from": naive(settlement.begins_at),
            "date_to": naive(settlement.ends_at),
            "deposit_date": paid_at.date() if paid_at else False,
            "payout_state": settlement.state,
        }

    def _currency(self, code):
        found = self.env["res.currency"].with_context(active_test=False).search([("name", "=", code.upper())], limit=1)
        if not found:
            raise Unreadable(f"This report is in a currency that is not known here: {code or '?'}.")
        if not found.active:
            raise Unreadable(f"This report is in {found.name}. Activate that currency first.")
        return found

    def _carried(self, channel, settlement, currency):
        """What the statement before left, for reports that do not say so themselves."""
        before = self.env["ecom.settlement"].search(
            [
                ("channel_id", "=", channel.id),
                ("currency_id", "=", currency.id),
                ("is_statement", "=", True),
                ("state", "!=", "superseded"),
                ("date_to", "<", naive(settlement.begins_at)),
            ],
            order="date_to desc",
            limit=1,
        )
        return Decimal(str(before.closing)) if before else ZERO

    def _prepare_line(self, line):
        """Values of a line; a hook."""
        return {
            "external_id": storable(line.external_id),
            "posted_at": naive(line.at),
            "kind": storable(line.kind) or "-",
            "detail": storable(line.detail) or False,
            "family": line.family,
            "order_reference": storable(line.order_id) or False,
            "order_number": storable(line.order_number) or False,
            "payment_reference": storable(line.payment_id) or False,
            "refund_reference": storable(line.refund_id) or False,
            "shipment_reference": storable(line.shipment_id) or False,
            "line_reference": storable(line.line_id) or False,
            "sku": storable(line.sku) or False,
            "quantity": float(line.quantity or 0),
            "description": storable(line.name) or False,
            "market": storable(line.market) or False,
            "amount": float(line.amount),
            "fee": float(line.fee),
            "net": float(line.net),
            "tax": float(line.tax or ZERO),
        }

    def _words(self, channel, record, settlement, check):
        """What is wrong with the report, a sentence a line; False where nothing is."""
        rows = [(flaw.row, flaw.text) for flaw in check.flaws if flaw.settlement_id in (settlement.external_id, "")]
        texts = [self.env._("Row %(row)s: %(text)s", row=row, text=text) if row else text for row, text in rows]
        overlap = ", ".join(self._overlapping(record).mapped("external_id"))
        if overlap:
            texts.append(self.env._("Its time overlaps with %(other)s: lines may stand in both.", other=overlap))
        return "\n".join(texts) or False

    def _overlapping(self, record):
        """Other statements of the same balance with days in common: a download of days that another one had."""
        if not record.is_statement or not record.date_from:
            return record.browse()
        return record.search(
            [
                ("id", "!=", record.id),
                ("channel_id", "=", record.channel_id.id),
                ("currency_id", "=", record.currency_id.id),
                ("external_id", "!=", record.external_id),
                ("is_statement", "=", True),
                ("state", "!=", "superseded"),
                ("date_from", "<=", record.date_to),
                ("date_to", ">=", record.date_from),
            ]
        )

    def _attach(self, settlement, name, content):
        return self.env["ir.attachment"].create(
            {"name": name, "raw": content, "res_model": "ecom.settlement", "res_id": settlement.id}
        )

    # -------------------------------------------------------------------- warn
    def _warn(self, settlements):
        """What a person must look at: reports that contradict themselves, and revisions of what is in the books."""
        for settlement in settlements:
            key = f"settlement:{settlement.external_id}"
            if settlement.flaws:
                self._tell(
                    settlement,
                    f"{key}:flaws",
                    self.env._("The payout report %(number)s contradicts itself", number=settlement.external_id),
                    settlement.flaws,
                )
            else:
                self.env["ecom.exception"]._solve(settlement.channel_id, {f"{key}:flaws"})
            posted = settlement.search(
                [
                    ("channel_id", "=", settlement.channel_id.id),
                    ("external_id", "=", settlement.external_id),
                    ("state", "=", "posted"),
                ]
            )
            if posted:
                self._tell(settlement, f"{key}:revision", *self._words_of_revision(posted[0], settlement))

    def _words_of_revision(self, before, now):
        return (
            self.env._("The payout %(number)s was reported again, and differently", number=now.external_id),
            self.env._(
                "Its lines came to %(before)s and come to %(now)s now. Undo the posting of the first report, then post "
                "this one.",
                before=before.currency_id.format(before.lines_amount),
                now=now.currency_id.format(now.lines_amount),
            ),
        )

    def _tell(self, settlement, key, name, detail, category="payout"):
        exception = self.env["ecom.exception"]._open(
            settlement.channel_id, category=category, severity="2", name=name, detail=detail, dedupe_key=key
        )
        exception.sudo().settlement_id = settlement


def naive(moment):
    """An aware datetime as Odoo keeps it."""
    return fields.Datetime.to_datetime(moment.astimezone(timezone.utc).replace(tzinfo=None)) if moment else False
