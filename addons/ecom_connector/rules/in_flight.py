"""Units that were sold on a channel and are not among our orders yet, and what may be shown in spite of them.

A channel takes a unit off what it shows the moment it sells it; we learn of it when the order is imported. Whoever
writes an absolute quantity in between puts the unit up for sale again. So whatever is published is

    max(0, decided - in flight)

and, where the channel tells what it shows,

    in flight = what was in flight when it last told us, less what of that became our orders since
              + what it told us, less what our orders explain since, less what it shows now

Both parts stop at zero: what a person raised by hand over there is not a unit that came back.

After a lost answer the second part has two readings, as if the write was applied and as if it was not. The higher one
keeps us from offering a unit twice; the lower one from taking units off sale, and from writing again and again to a
shop that is slow already, because of a sale that most likely never was. In between what the channel shows stays.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is known of one listing at one location of a channel; all in units of the listing.

    held        what the channel showed when it last told us or confirmed a write; None: it never did
    in_flight   of what was sold there until then, not among our orders then, at most
    in_doubt    of these, how many may never have been sold
    sold        in our orders since, placed there after that moment: the channel shows so much less by itself
    late        in our orders since, placed there before it: so much less is in flight
    either      in our orders since, placed there in the very second: channels tell no more. They count as late as far
                as units are in flight, else as sold; any other way would find units missing that are not
    stuck       in orders that came in and cannot, or may not yet, become ours
    """

    held: int | None = None
    in_flight: int = 0
    in_doubt: int = 0
    sold: int = 0
    late: int = 0
    either: int = 0
    stuck: int = 0

    @property
    def believed(self) -> int | None:
        """What the channel shows now, as far as can be told without asking."""
        return None if self.held is None else max(0, self.held - self._sold)

    @property
    def carried(self) -> int:
        """Of what was in flight then, what still may be."""
        return max(self.in_flight - self.late - self.either, 0)

    @property
    def certain(self) -> int:
        """Of what was in flight then, what still is for sure."""
        return max(self.in_flight - self.in_doubt - self.late - self.either, 0)

    @property
    def unexplained(self) -> int:
        """What is in flight now, at most. Orders that are stuck are sold too: the larger of the two views holds."""
        return max(self.stuck, self.carried)

    @property
    def _sold(self) -> int:
        return self.sold + max(self.either - max(self.in_flight - self.late, 0), 0)

    def quantity(self, decided: int) -> int:
        """What to show. Where it is in doubt, what the channel shows stays within the bounds of what is possible."""
        least = max(0, decided - self.unexplained)
        most = max(0, decided - max(self.stuck, self.certain))
        return least if self.believed is None else min(most, max(least, self.believed))

    def after_reading(self, held: int) -> tuple[int, int]:
        """(what is in flight at most, how much of that is in doubt), now that the channel says it shows `held`."""
        missing = 0 if self.held is None else max(0, self.held - self._sold - held)
        return self.carried + missing, self.carried - self.certain


def after_a_lost_answer(before: Shown, sent: Shown, held: int) -> tuple[int, int]:
    """The same, when nobody knows whether the last write was applied. `before`: as if it was not; `sent`: as if it was
    (its `held` is what was asked for)."""
    views = [view.after_reading(held) for view in (before, sent)]
    most = max(in_flight for in_flight, _doubt in views)
    certain = min(in_flight - doubt for in_flight, doubt in views)
    return most, most - certain
