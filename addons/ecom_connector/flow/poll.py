"""Things that a channel lists by themselves, beside its orders: refunds here, and what other add-ons ask for.

Each page is filed raw; what it says is read with the rest of the inbox. Orders bring their refunds along on most
platforms, so this only finds those of orders that did not change with them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from types import ModuleType
from typing import Any

from odoo import models

from ..channels.records import Page
from .errand import END
from .receive import OVERLAP, aware, naive

LOOK_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The next page of what changed since then, as of `asked_at`."""

    client: Any
    noun: ModuleType
    since: datetime
    asked_at: datetime
    token: str = ""


class EcomFlowPoll(models.AbstractModel):
    """What every list of a channel has in common; a step of its own inherits it and says which it is."""

    _name = "ecom.flow.poll"
    _description = "E-commerce: poll"
    # The cursor's topic, the channel's noun and its function.
    _poll = None

    def _question(self, channel):
        """None where all pages were read, or the platform lists none."""
        topic, name, function = self._poll
        noun, cursor = channel._adapter().noun(name), self._poll_cursor(channel)
        if not hasattr(noun, function) or cursor.position == END:
            cursor.position = False
            return None
        begun = cursor.read_until or channel.go_live or channel.create_date
        return Question(
            client=channel._connect(),
            noun=noun,
            since=aware(begun) - OVERLAP,
            asked_at=aware(cursor.seen_until) if cursor.position else datetime.now(timezone.utc).replace(microsecond=0),
            token=cursor.position or "",
        )

    def _poll_cursor(self, channel):
        return channel._cursors(self._poll[0])

    def _ask(self, question):
        """The outward call. Returns a Page of Raw."""
        return getattr(question.noun, self._poll[2])(question.client, question.since, token=question.token)

    def _store(self, channel, question, page: Page):
        """File the page. All of them were read up to the moment of the first question. Returns when to ask for the next
        one, None for at once."""
        name = self._poll[1]
        items = [
            {
                "event_key": f"{name}:{raw.external_id}:{raw.version}",
                "external_id": raw.external_id,
                "version": raw.version,
                "body": raw.body,
                "hint": False,
            }
            for raw in page.items
        ]
        self.env["ecom.flow.receive"]._store(channel, items, topic=name)
        cursor = self._poll_cursor(channel)
        cursor.write({"position": page.next or END, "seen_until": naive(question.asked_at)})
        if not page.next:
            cursor.read_until = naive(question.asked_at)
        return self.env["ecom.flow.receive"]._later(page)


class EcomFlowPollRefunds(models.AbstractModel):
    _name = "ecom.flow.poll.refunds"
    _inherit = ["ecom.flow.poll"]
    _description = "E-commerce: poll refunds"
    _poll = ("refund_list", "refunds", "fetch_refunds")


class EcomFlowWork(models.AbstractModel):
    _inherit = "ecom.flow.work"

    def _slice_refund_list(self, task):
        return self._errand(task, "ecom.flow.poll.refunds", every=LOOK_EVERY)
