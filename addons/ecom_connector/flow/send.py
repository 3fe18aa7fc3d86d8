"""Outgoing messages -> channel, after commit, with their key.

The intent is committed twice before the call: the message, and on the thing itself that it was tried. So whatever
happens to the answer, the next try knows that it must ask the channel first.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from psycopg2 import OperationalError

from odoo import fields, models

from ..channels.errors import Busy, ChannelError, Refused, Unreachable
from .run import backoff

_logger = logging.getLogger(__name__)

# So often trouble on the way is put down to the channel, and the whole outbox waits; then only this message waits.
PATIENCE = 3
# So often it is tried before a person is told.
DOUBT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of a message. `error`: why not; `again`: it will be tried once more by itself; `ignored`: why it is
    not for this channel; `memo`: what `_settle` must remember of the call."""

    external_id: str = ""
    error: Exception | None = None
    again: bool = False
    ignored: str = ""
    memo: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Everything an outward call needs, so that it can be made outside a transaction.

    send, find  the channel's functions: (client, record) -> id, and -> id or None
    record      what is told; has `external_id`, empty where the channel does not know the thing yet
    ask_first   an earlier try may have been applied
    correct     what the channel may have of an earlier try is out of date
    answer      known without a call
    """

    client: Any = None
    send: Callable[[Any, Any], str] | None = None
    find: Callable[[Any, Any], str | None] | None = None
    record: Any = None
    ask_first: bool = False
    correct: bool = False
    attempts: int = 0
    memo: Any = None
    answer: Answer | None = None


class EcomFlowSend(models.AbstractModel):
    _name = "ecom.flow.send"
    _description = "E-commerce: send"

    # ---------------------------------------------------------------- prepare
    def _prepare(self, channel, message):
        """Returns a Call. A topic is sent by a method `_prepare_<topic>` and remembered by `_settle_<topic>`."""
        self = self._in_language(channel)
        if not message.exists() or message.state != "waiting":
            return Call(answer=Answer())
        prepare = getattr(self, f"_prepare_{message.topic}", None)
        if prepare is None:
            return Call(answer=Answer(ignored=self.env._("Nothing is told about this.")))
        try:
            with self.env.cr.savepoint():
                return prepare(channel, message)
        except (ChannelError, OperationalError):
            raise
        except Exception as error:
            _logger.exception("Message %s cannot be prepared", message.id)
            return Call(answer=Answer(error=error))

    # ------------------------------------------------------------------- call
    def _call(self, call):
        """The outward call. After an answer that never came the channel is asked what it holds first. Returns an
        Answer; raises what concerns the channel and not this message."""
        if call.answer:
            return call.answer
        try:
            return Answer(external_id=self._told(call), memo=call.memo)
        except (Busy, Refused):
            raise
        except Unreachable as error:
            if call.attempts < PATIENCE:
                raise
            return Answer(error=error, again=True)
        except ChannelError as error:
            return Answer(error=error)
        except Exception as error:
            _logger.exception("Telling %r failed", type(call.record).__name__)
            return Answer(error=error)

    @staticmethod
    def _told(call):
        """The channel's id of the thing, told now or found there."""
        record = call.record
        # A note has no name of its own on the channel: it is written or it is not.
        if call.ask_first and not getattr(record, "external_id", ""):
            found = call.find(call.client, record)
            if found is not None and not call.correct:
                return found
            if found:
                record = replace(record, external_id=found)
        return call.send(call.client, record)

    # ----------------------------------------------------------------- settle
    def _settle(self, channel, message, answer):
        """Write down what became of it. A message that was overtaken meanwhile stays as it is."""
        self = self._in_language(channel)
        message = message.exists().with_env(self.env)
        if message.state != "waiting":
            message.leased_until = False
        elif answer.ignored:
            message._move("ignored", ignore_reason=answer.ignored, done_at=fields.Datetime.now())
        elif answer.error:
            self._settle_error(message, answer)
        else:
            message._done()
            getattr(self, f"_settle_{message.topic}")(channel, message, answer)
            self.env["ecom.exception"]._solve(channel, [message._dedupe_key()], self.env._("Told the channel"))

    def _settle_error(self, message, answer):
        """Tried again by itself, or a person's turn. After long doubt a person hears of what is still tried."""
        error = answer.error
        said = str(error) if isinstance(error, ChannelError) else self.env._("Something went wrong in Odoo itself.")
        code = getattr(error, "code", "")
        if not answer.again:
            message._fail(said, code, severity="2", **self._links(message))
            return
        later = fields.Datetime.now() + backoff(message.attempts)
        message.write({"problem": said, "problem_code": code or False, "next_try": later, "leased_until": False})
        if message.attempts >= DOUBT:
            message._tell_failure(said, severity="2", **self._links(message))

    @staticmethod
    def _links(message):
        return {"order_id": message.order_id.id, "picking_id": message.shipment_id.picking_id.id}

    def _in_language(self, channel):
        """What is written for people is written for whoever works on the channel's exceptions."""
        return self.with_context(lang=channel.responsible_id.lang or self.env.lang)
