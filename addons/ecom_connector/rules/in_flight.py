"""Units that were sold on a channel and are not among our orders yet, and what may be shown in spite of them.

A channel takes a unit off what it shows the moment it sells it; we learn of it when the order is imported. Whoever
writes an absolute quantity in between puts the unit up for sale again. So whatever is published is

    max(0, decided - in flight)

and, where the channel tells what it shows,

    in flight = what was in flight when it last told us, less what of that became our orders since
              + what it told us, less what our orders explain since, less what it shows now

Both parts stop at zero: what a person raised by hand over there is not a unit that came back.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is known of one listing at one location of a channel; all in units of the listing.

    held        what the channel showed when it last told us or confirmed a write; None: it never did
    in_flight   of what was sold there until then, not among our orders then
    sold        in our orders since, placed there after that moment: the channel shows so much less by itself
    late        in our orders since, placed there before it: so much less is in flight
    either      in our orders since, placed there in the very second: channels tell no more. They count as late as far
                as units are in flight, else as sold; any other way would find units missing that are not
    stuck       in orders that came in and cannot, or may not yet, become ours
    """

    held: int | None = None
    in_flight: int = 0
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
        """Of what was in flight then, what still is."""
        return max(self.in_flight - self.late - self.either, 0)

    @property
    def _sold(self) -> int:
        return self.sold + max(self.either - max(self.in_flight - self.late, 0), 0)

    @property
    def unexplained(self) -> int:
        """What is in flight now. Orders that are stuck are sold too: the larger of the two views holds."""
        return max(self.stuck, self.carried)

    def quantity(self, decided: int) -> int:
        return max(0, decided - self.unexplained)

    def after_reading(self, held: int) -> int:
        """What is in flight, now that the channel says it shows `held`."""
        missing = 0 if self.held is None else max(0, self.held - self._sold - held)
        return self.carried + missing


def after_a_lost_answer(before: Shown, sent: Shown, held: int) -> int:
    """What is in flight, when nobody knows whether the last write was applied and the channel now shows `held`.

    `before`: as if it was not applied; `sent`: as if it was (its `held` is what was asked for). A view that explains
    the figure to the unit is believed; else the worse of the two.
    """
    for view in (sent, before):
        if held == view.believed:
            return view.carried
    return max(before.after_reading(held), sent.after_reading(held))
