from odoo import models
from odoo.exceptions import UserError

from ..policy.states import HERE


class EcomFlowReturnFollow(models.AbstractModel):
    """What a channel says of one of its returns, now and later."""

    _name = "ecom.flow.return.follow"
    _description = "E-commerce: follow a channel's return"

    def _take_in(self, channel, order, notice):
        """A new one, or the return that a refund of it opened before. UserError where so much cannot come back."""
        if notice.state == "declined":
            return self.env["ecom.return"]
        wanted = self._wanted(order, notice)
        record = self._same(channel, order, wanted)
        if not record:
            record = self.env["ecom.flow.return.open"]._open(wanted, reason=notice.reason)
        record.write({"channel_id": channel.id, "external_id": notice.external_id, "version": notice.version})
        for line, (_order_line, _product, _quantity, values) in zip(record.line_ids, wanted, strict=False):
            line.external_id = line.external_id or values["external_id"]
        record = record.with_context(ecom_heard=notice.state != "requested")
        if record.authorisation == "requested":
            record.action_judge() if notice.state == "requested" else record._approve()
        if notice.state == "closed":
            self._tell_awaited(record)
        return record

    def _wanted(self, order, notice):
        lines = {line.ecom_external_id: line for line in order.order_line if line.ecom_external_id}
        unknown = [line.line_id for line in notice.lines if line.line_id not in lines]
        if unknown or not notice.lines:
            raise UserError(self.env._("The return is of articles that are not on order %(order)s.", order=order.name))
        return [
            (
                lines[line.line_id],
                None,
                float(line.quantity) * (lines[line.line_id].ecom_listing_id.units or 1.0),
                {"external_id": line.external_id},
            )
            for line in notice.lines
            if line.quantity > 0
        ]

    def _same(self, channel, order, wanted):
        """The return of the same units that is here without a name of the channel: its refund was told first."""
        records = self.env["ecom.return"].search(
            [
                ("channel_id", "=", channel.id),
                ("external_id", "=", False),
                ("order_ids", "=", order.id),
                ("authorisation", "in", ("requested", "approved")),
            ]
        )
        asked = sorted((line.id, quantity) for line, _product, quantity, _values in wanted)
        return next(
            (
                record
                for record in records
                if sorted((line.order_line_id.id, line.quantity) for line in record.line_ids) == asked
            ),
            records.browse(),
        )

    def _follow(self, record, notice):
        """The channel decided something: it is so here too, unless that contradicts what happened here."""
        heard = record.with_context(ecom_heard=True)
        if notice.state in ("approved", "received", "closed") and record.authorisation == "requested":
            heard._approve()
        elif notice.state in ("approved", "received") and record.authorisation == "rejected":
            self._contradict(record, self.env._("It was refused here, and agreed to on the channel."))
        elif notice.state == "declined" and record.authorisation in ("requested", "approved"):
            self._decline(heard)
        elif notice.state == "closed":
            self._tell_awaited(record)
        record.version = notice.version

    def _tell_awaited(self, record):
        """Whoever closed it there may have the goods; nobody received them here."""
        if record.line_ids.filtered(lambda line: line.goods == "awaiting"):
            self._contradict(record, self.env._("It is closed on the channel, and its goods are still awaited here."))

    def _decline(self, record):
        if record.line_ids.filtered(lambda line: line.goods in HERE):
            self._contradict(record, self.env._("It was declined on the channel, and its goods are here."))
        elif record.authorisation == "requested":
            record._refuse(self.env._("Declined on the channel"))
        else:
            record._authorise("cancelled")
            record._withdraw_moves()

    def _contradict(self, record, words):
        """Said once a state of both; nothing is changed here."""
        record.message_post(body=words)
        self.env["ecom.exception"]._open(
            record.channel_id,
            category="order",
            severity="2",
            name=self.env._("%(record)s is not what the channel says", record=record.name),
            detail=words,
            dedupe_key=f"return:{record.external_id}:{record.authorisation}",
            order_id=record.order_ids[:1].id,
        )
