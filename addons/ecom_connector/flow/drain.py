"""What a vendor put into a queue of the merchant's -> ecom.message, like a webhook: a hint that something changed.

Forgotten there only when it is committed here: what a killed worker had not forgotten comes again, and is known.
"""

import time
from dataclasses import dataclass
from datetime import timedelta
from types import ModuleType
from typing import Any

from odoo import models

from .clock import now

LOOK_EVERY = timedelta(seconds=15)
# Somebody may have taken the queue off the vendor's list.
ARM_EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`arm`: it is time to see whether the vendor still puts its events there."""

    client: Any
    queue: ModuleType
    arm: bool


class EcomFlowWork(models.AbstractModel):
    _inherit = "ecom.flow.work"

    def _slice_queue(self, task):
        drain = self.env["ecom.flow.drain"]
        while True:
            with self._transaction(task) as (env, channel):
                question = env["ecom.flow.drain"]._question(channel)
            waiting = drain._ask(question)
            if not waiting:
                if question.arm:
                    drain._arm(question)
                    with self._transaction(task) as (env, channel):
                        env["ecom.flow.drain"]._remember_armed(channel)
                return now() + LOOK_EVERY
            with self._transaction(task) as (env, channel):
                env["ecom.flow.drain"]._store(channel, waiting)
            drain._forget(question, waiting)
            if time.monotonic() >= task.until:
                return now()


class EcomFlowDrain(models.AbstractModel):
    _name = "ecom.flow.drain"
    _description = "E-commerce: read a queue"

    def _question(self, channel):
        armed_at = self._cursor(channel).read_until
        due = channel.mode == "live" and (not armed_at or armed_at < now() - ARM_EVERY)
        return Question(client=channel._connect(), queue=channel._adapter().noun("queue"), arm=due)

    def _ask(self, question):
        """The outward call. Returns the Waiting."""
        return question.queue.fetch_events(question.client)

    def _store(self, channel, waiting):
        receive = self.env["ecom.flow.receive"]
        items = [receive._told_item(one.event, one.body) for one in waiting]
        for topic in sorted({item["topic"] for item in items}):
            alike = [item for item in items if item["topic"] == topic]
            receive._store(channel, alike, topic=topic)

    def _forget(self, question, waiting):
        """Another outward call."""
        question.queue.forget_events(question.client, waiting)

    def _arm(self, question):
        """Another outward call, made by a live channel only: a copy for tests must not turn the events to itself."""
        question.queue.arm_queue(question.client)

    def _remember_armed(self, channel):
        self._cursor(channel).read_until = now()

    def _cursor(self, channel):
        return channel._cursors("queue")
