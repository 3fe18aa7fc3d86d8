"""Refunds that an order only named -> what they were for, asked of the channel order by order."""

from dataclasses import dataclass
from types import ModuleType
from typing import Any

from odoo import fields, models

from ..channels.errors import RETRYABLE, ChannelError, Gone, Refused
from .batch import naive

AT_ONCE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`orders`: the channel's ids of those whose refunds are to be told in full."""

    client: Any
    refunds: ModuleType
    orders: tuple[str, ...]


class EcomFlowItemise(models.AbstractModel):
    _name = "ecom.flow.itemise"
    _description = "E-commerce: itemise refunds"

    def _question(self, channel):
        """None where nothing is left to ask."""
        wanted = self.env["ecom.refund"].search(
            [("channel_id", "=", channel.id), ("lines_wanted", "=", True)], limit=AT_ONCE
        )
        if not wanted:
            return None
        orders = dict.fromkeys(wanted.order_id.mapped("ecom_external_id"))
        return Question(client=channel._connect(), refunds=channel._adapter().noun("refunds"), orders=tuple(orders))

    def _ask(self, question):
        """The outward calls. Returns {order: its Refunds, or what is wrong with this one}. Raises what concerns the
        channel and not an order."""
        answers = {}
        for order in question.orders:
            try:
                raws = question.refunds.fetch_order_refunds(question.client, order)
                answers[order] = [question.refunds.parse_refund(raw.body) for raw in raws]
            except (Refused, *RETRYABLE):
                raise
            except ChannelError as error:
                answers[order] = error
        return answers

    def _store(self, channel, question, answers):
        """Write down the lines. What the channel would not tell stays a plain amount, with a word to a person."""
        domain = [("channel_id", "=", channel.id), ("lines_wanted", "=", True)]
        wanted = self.env["ecom.refund"].search([*domain, ("order_id.ecom_external_id", "in", list(question.orders))])
        for order, refunds in wanted.grouped("order_id").items():
            answer = answers[order.ecom_external_id]
            if isinstance(answer, ChannelError):
                self._tell(channel, order, answer)
            else:
                self._itemise(order, refunds, {refund.external_id: refund for refund in answer})
        wanted.lines_wanted = False
        self.env["ecom.flow.withhold"]._withhold(wanted.order_id)

    def _itemise(self, order, refunds, told):
        lines = {line.ecom_external_id: line for line in order.order_line}
        attach = self.env["ecom.flow.attach"]
        for refund in refunds:
            said = told.get(refund.external_id)
            if said:
                items = [attach._prepare_refund_line(line, lines.get(line.line_id)) for line in said.lines]
                refund.write(self._prepare_refund(said, items))

    @staticmethod
    def _prepare_refund(said, items):
        """Values that the channel told beyond the order. A hook."""
        return {
            "line_ids": [fields.Command.clear(), *(fields.Command.create(item) for item in items)],
            "refunded_at": naive(said.created_at),
            "reason": said.reason or False,
        }

    def _tell(self, channel, order, error):
        """Of an order that was deleted there nobody can find out more."""
        if isinstance(error, Gone):
            said = self.env._(
                "A refund of this order is known by its amount only: the order was deleted on the channel."
            )
            order._message_log(body=said)
            return
        self.env["ecom.exception"]._open(
            channel,
            category="order",
            severity="1",
            name=self.env._("What was refunded on %(number)s is not known", number=order.ecom_number or order.name),
            detail=self.env._("The channel does not say which lines it was for. %(error)s", error=error),
            dedupe_key=f"refund_lines:{order.ecom_external_id}",
            order_id=order.id,
        )
