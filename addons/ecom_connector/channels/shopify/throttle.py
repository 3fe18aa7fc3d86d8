"""Shopify's budget of points, as we believe it stands. What a call will cost is set aside before it is sent.

Each shop gives an app a bucket of points that fills by so many a second (100 to 2,000 by plan, documented); a document
asks for its points beforehand and gets back what it did not use. Every answer tells how the bucket stands.
"""

from collections.abc import Mapping
from typing import Any

from . import fields

# Until the first answer tells more: the smallest plan.
SIZE, RATE = 2000.0, 100.0


class Bucket:
    def __init__(self, clock):
        self._clock = clock
        self._size, self._rate, self._held, self._at = SIZE, RATE, SIZE, clock()
        self._costs: dict[str, float] = {}

    def cost(self, document) -> float:
        """What the shop asked for the last time, else what we declared."""
        return self._costs.get(document.name, document.cost)

    def seconds_until(self, document) -> float:
        """How long to wait before this may be sent. More than the bucket ever holds is let pass when it is full."""
        missing = min(self.cost(document), self._size) - self._now()
        return max(missing / self._rate, 0.0)

    def take(self, document) -> None:
        self._held = self._now() - self.cost(document)
        self._at = self._clock()

    def learn(self, document, told: Mapping[str, Any]) -> None:
        """`told`: `extensions.cost` of an answer; one without it changes nothing."""
        cost = fields.record(told)
        status = fields.record(cost.get("throttleStatus"))
        if not status:
            return
        self._size = float(fields.amount(status.get("maximumAvailable"))) or self._size
        self._rate = float(fields.amount(status.get("restoreRate"))) or self._rate
        self._held, self._at = float(fields.amount(status.get("currentlyAvailable"))), self._clock()
        asked = float(fields.amount(cost.get("requestedQueryCost")))
        if asked:
            self._costs[document.name] = asked

    def _now(self) -> float:
        return min(self._held + (self._clock() - self._at) * self._rate, self._size)
