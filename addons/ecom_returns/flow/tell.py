from decimal import Decimal

from odoo import fields, models

from ...ecom_connector.channels.records import ReturnAnswer, ReturnAnswerLine
from ...ecom_connector.flow.send import Answer, Call

# What a channel calls what became of goods.
WORDS = {"regrade": "processing", "refurbish": "processing", "repair": "processing", "missing": "missing"}
VERBS = [("approve", "Approved"), ("decline", "Declined"), ("inspect", "Looked At")]


class EcomFlowReturnTell(models.AbstractModel):
    """What is decided about a return of a channel -> a message to it. It says what holds in all, so what is told later
    contains what was told before."""

    _name = "ecom.flow.return.tell"
    _description = "E-commerce: tell the channel about a return"

    def _tell(self, records, verb):
        """Once a change; nothing of what the channel itself just said."""
        if self.env.context.get("ecom_heard"):
            return
        told = False
        for record in records.sudo().filtered("external_id"):
            channel = record.channel_id
            if channel.mode == "live" and hasattr(channel._adapter().noun("returns"), "answer_return"):
                self.env["ecom.message"].sudo().create(self._prepare_message(record, verb))
                told = True
        if told:
            self.env["ecom.flow.run"]._wake()

    def _prepare_message(self, record, verb):
        turn = self.env["ecom.message"].sudo().search_count([("return_id", "=", record.id)])
        return {
            "channel_id": record.channel_id.id,
            "direction": "out",
            "topic": "returns",
            "event_key": f"return:{record.id}:{turn}:{verb}",
            "external_id": record.external_id,
            "order_id": record.order_ids[:1].id,
            "return_id": record.id,
            "return_verb": verb,
        }


class EcomMessage(models.Model):
    _inherit = "ecom.message"

    return_id = fields.Many2one("ecom.return", readonly=True, index="btree_not_null", ondelete="set null")
    return_verb = fields.Selection(VERBS, readonly=True)


class EcomFlowSend(models.AbstractModel):
    _inherit = "ecom.flow.send"

    def _prepare_returns(self, channel, message):
        """Returns the Call that answers the message's return. Its answer is safe to repeat: nobody is asked first."""
        noun, record = channel._adapter().noun("returns"), message.return_id
        if not record or not hasattr(noun, "answer_return"):
            return Call(answer=Answer(ignored=self.env._("This platform hears nothing about returns.")))
        return Call(
            client=channel._connect(),
            send=noun.answer_return,
            record=self._prepare_return_answer(channel, record, message.return_verb),
            attempts=message.attempts,
        )

    def _prepare_return_answer(self, channel, record, verb):
        """records.ReturnAnswer; a hook."""
        return ReturnAnswer(
            key=f"odoo-return-{record.id}-{verb}",
            return_id=record.external_id,
            order_id=record.order_ids[:1].ecom_external_id or "",
            verb=verb,
            reason=record.refusal_code or "other",
            note=record.refusal or "",
            lines=tuple(self._prepare_return_lines(channel, record)) if verb == "inspect" else (),
        )

    def _prepare_return_lines(self, channel, record):
        """All units that were decided about, those decided first before the others. Where stock is published from here
        the channel puts nothing back on sale itself: it would count twice."""
        lines = record.line_ids.filtered(lambda line: line.external_id and line.disposition)
        for line in lines.sorted(lambda line: (line.decided_at, line.id)):
            word = WORDS.get(line.disposition, "not_restocked")
            if line.disposition == "restock" and not channel.publish_stock:
                word = "restocked"
            units = line.quantity / (line.order_line_id.ecom_listing_id.units or 1.0)
            yield ReturnAnswerLine(
                line_id=line.external_id, quantity=Decimal(f"{units:.6f}").normalize(), disposition=word
            )

    def _settle_returns(self, channel, message, answer):
        """Nothing to remember: the return has its name there already."""

    def _settle_refunds(self, channel, message, answer):
        """Where the channel told of our refund by itself, ours is that one: returns follow it."""
        owed = message.refund_id
        lines = self.env["ecom.return.line"].sudo().search([("owed_refund_id", "=", owed.id)]) if owed else None
        result = super()._settle_refunds(channel, message, answer)
        if lines and message.refund_id != owed:
            lines.filtered(lambda line: not line.refund_line_id).owed_refund_id = message.refund_id
            message.refund_id.return_looked_at = True
        return result
