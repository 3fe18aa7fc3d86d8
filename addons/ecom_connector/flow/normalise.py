import logging
import traceback
from dataclasses import dataclass

from odoo import fields, models

from ..channels.errors import ChannelError, Gone, Unreadable
from ..channels.records import Order, Raw
from ..channels.storable import is_plain, storable
from ..rules.currencies import in_chosen_currency
from .receive import ASKED, naive

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one message says: an order as the channel states it, or why it cannot be read.

    asked       the channel was asked for this very order just now and has nothing newer of it
    """

    message_id: int
    external_id: str
    version: str
    order: Order | None = None
    error: ChannelError | None = None
    asked: bool = False


class EcomFlowNormalise(models.AbstractModel):
    """Messages -> records.Order, in the words of the channel."""

    _name = "ecom.flow.normalise"
    _description = "E-commerce: normalise"

    def _read(self, channel, messages):
        """Returns Readings for what can be placed, at most one a message. Messages that need nothing more are closed
        here; those that the channel does not give out now wait on, without holding up the others.

        Refused is raised: it concerns the channel, not a message. A topic is read by
        `_read_<topic>(channel, messages)`; those that nobody reads come last: no call is made after a write.
        """
        readings = []
        by_topic = messages.grouped("topic")
        for topic in sorted(by_topic, key=lambda topic: not hasattr(self, f"_read_{topic}")):
            read = getattr(self, f"_read_{topic}", self._read_unused)
            readings += read(channel, by_topic[topic])
        return readings

    def _read_unused(self, channel, messages):
        reason = self.env._("Nothing is done with messages of this kind.")
        messages._move("ignored", ignore_reason=reason, done_at=fields.Datetime.now())
        return []

    # ------------------------------------------------------------------- orders
    def _read_orders(self, channel, messages):
        bodies = self._bodies(messages)
        hints = messages.filtered(lambda message: message.external_id and (message.hint or message.id not in bodies))
        answers = self.env["ecom.flow.follow"]._follow(channel, hints)
        readings = [self._reading(channel, message, bodies.get(message.id)) for message in messages - hints]
        for hint, answer in answers.items():
            body = answer.body if isinstance(answer, Raw) else bodies.get(hint.id)
            readings.append(self._reading(channel, hint, body, answer))
        return self._without_gone(channel, messages, self._without_older(channel, messages, readings))

    def _bodies(self, messages):
        payloads = self.env["ecom.payload"].sudo()
        payloads = payloads.search_fetch([("message_id", "in", messages.ids)], ["message_id", "body"])
        return {payload.message_id.id: bytes(payload.body) for payload in payloads if payload.body}

    def _reading(self, channel, message, body, answer=None):
        """`answer`: what the channel said when it was asked, a Raw or what is wrong with this one. Of a thing that is
        Gone the stored body serves, if it is the whole thing."""
        try:
            if isinstance(answer, ChannelError) and not isinstance(answer, Gone):
                raise answer
            order = self._parsed(channel, body)
        except ChannelError as error:
            error = answer if isinstance(answer, Gone) else error
            return Reading(
                message_id=message.id,
                external_id=message.external_id or "",
                version=message.version or "",
                error=error,
            )
        return Reading(
            message_id=message.id,
            external_id=order.external_id,
            version=order.version,
            order=order,
            asked=answer is not None,
        )

    def _parsed(self, channel, body):
        """Unreadable, also where the channel's own reader stumbles: one odd order must not stop the others."""
        if not body:
            raise Unreadable(self.env._("The content was erased and cannot be fetched again."))
        try:
            order = storable(channel._adapter().noun("orders").parse_order(body))
            order = in_chosen_currency(order, channel.currency_policy)
        except ChannelError:
            raise
        except Exception as error:
            # Without the error's own words: they may quote the order.
            where = "".join(traceback.format_tb(error.__traceback__))
            _logger.error("%s: an order could not be read: %s\n%s", channel.code, type(error).__name__, where)
            raise Unreadable(self.env._("The order is not written the way this platform writes orders.")) from None
        if not order.external_id or not is_plain(order.external_id, order.version):
            raise Unreadable(self.env._("The order does not say which one it is."))
        return order

    def _without_gone(self, channel, messages, readings):
        """An order that was deleted there and never came here concerns nobody."""
        gone = [reading for reading in readings if isinstance(reading.error, Gone)]
        here = self.env["ecom.flow.follow"]._applied(channel, [reading.external_id for reading in gone])
        nobodys = {reading.message_id for reading in gone if reading.external_id not in here}
        messages.filtered(lambda message: message.id in nobodys)._move(
            "ignored",
            ignore_reason=self.env._("The order does not exist on the channel any more, and never came here."),
            done_at=fields.Datetime.now(),
        )
        return [reading for reading in readings if reading.message_id not in nobodys]

    # ---------------------------------------------------------------- going live
    def _without_older(self, channel, messages, readings):
        """Orders placed before the channel went live stay outside, unless somebody asked for them, they are here
        already, or older open ones are wanted."""
        if not channel.go_live:
            return readings
        older = [reading for reading in readings if reading.order and self._is_older(channel, reading.order)]
        here = self.env["ecom.flow.follow"]._applied(channel, [reading.external_id for reading in older])
        asked = set(messages.filtered(lambda message: message.event_key.startswith(ASKED)).ids)
        outside = {r.message_id for r in older if r.external_id not in here and r.message_id not in asked}
        messages.filtered(lambda message: message.id in outside)._move(
            "ignored",
            ignore_reason=self.env._("The order was placed before the channel went live."),
            done_at=fields.Datetime.now(),
        )
        return [reading for reading in readings if reading.message_id not in outside]

    @staticmethod
    def _is_older(channel, order):
        still_open = order.status != "cancelled" and order.fulfilment in ("open", "partial")
        return naive(order.created_at) < channel.go_live and not (channel.open_orders_only and still_open)
