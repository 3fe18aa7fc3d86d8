"""What a rule found on an order: reasons that a person can read, and marks that tell them apart later."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that is odd about an order.

    code    which sentence says it; `flow/word.py` has the sentences
    values  what stands in the sentence
    about   what of the order was judged: as long as this is the same, a release of it stands
    points  what it adds to a score, 0 where nothing is scored
    """

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
    about: tuple[str, ...] = ()
    points: int = 0

    @property
    def mark(self) -> str:
        """The same for the same reason about the same thing; tells nothing of the buyer."""
        return f"{self.code}:{digest(*self.about)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one rule says of one order, at least one reason."""

    rule: str
    reasons: tuple[Reason, ...]

    @property
    def marks(self) -> frozenset[str]:
        return frozenset(reason.mark for reason in self.reasons)

    @property
    def points(self) -> int:
        return sum(reason.points for reason in self.reasons)

    def is_released(self, marks: Iterable[str]) -> bool:
        """Whether a release given for `marks` covers all that is found now. What was found then and is gone now does
        not matter; what is new was never looked at."""
        return self.marks <= set(marks)


def digest(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:12]
