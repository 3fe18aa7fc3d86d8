"""Slices of work that ask the channel for something and write down the answer, again and again until nothing is left.

Each is a model with three methods: `_question(channel)` -> what the call needs, or None; `_ask(question)` -> the
answer, the outward call, outside any transaction; `_store(channel, question, answer)`, which may return a later moment
for the next question.
"""

import time
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from odoo import models

from . import listen, offer
from .clock import now

# The position of a cursor whose last page was read.
END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageQuestion:
    """The next page of a noun; `token` empty: the first one."""

    client: Any
    noun: ModuleType
    token: str


class EcomFlowWork(models.AbstractModel):
    _inherit = "ecom.flow.work"

    def _slice_refunds(self, task):
        return self._errand(task, "ecom.flow.itemise")

    def _slice_webhooks(self, task):
        """Looked at once and then again in an hour; a platform without any is looked at rarely, it costs nothing."""
        return self._errand(task, "ecom.flow.listen", every=listen.LOOK_EVERY, once=True)

    def _slice_offers(self, task):
        return self._errand(task, "ecom.flow.offer", every=offer.LOOK_EVERY)

    def _errand(self, task, model, every=None, once=False):
        """`every`: when to look again once all is done; None: whenever work is there. `once`: one question is all."""
        while True:
            with self._transaction(task) as (env, channel):
                question = env[model]._question(channel)
            if question is None:
                return now() + every if every else None
            answer = self.env[model]._ask(question)
            with self._transaction(task) as (env, channel):
                later = env[model]._store(channel, question, answer)
            if later:
                return later
            if once:
                return now() + every
            if time.monotonic() >= task.until:
                return now() if every else None
