"""What there is of one product for one channel, each term by itself, in the product's unit."""

from typing import NamedTuple

# Quantities are sums of floats: 12 units less a billionth are still one listing of 12.
DUST = 1e-6


class Terms(NamedTuple):
    """The terms that are taken from what is on hand, then those set aside (shown to explain, never counted).

    on_hand     ours, in the channel's locations, and sellable
    reserved    of it, promised to a transfer
    waiting     ordered, to leave these locations, and not reserved yet
    held        soft holds: carts, quotations, replacements promised
    unimported  sold on a channel and not imported yet, as far as that is known

    quarantined, damaged, inspected (awaiting inspection), travelling, expired (or expiring before it could be shipped),
    foreign (owned by others)
    incoming    ((date, units), ...) on its way to us
    """

    on_hand: float = 0.0
    reserved: float = 0.0
    waiting: float = 0.0
    held: float = 0.0
    unimported: float = 0.0
    quarantined: float = 0.0
    damaged: float = 0.0
    inspected: float = 0.0
    travelling: float = 0.0
    expired: float = 0.0
    foreign: float = 0.0
    incoming: tuple = ()

    @property
    def available(self):
        """Free for sale; negative where more is promised than there is."""
        found = self.on_hand - self.reserved - self.waiting - self.held - self.unimported
        # Terms of a million thousandths do not add up exactly.
        return 0.0 if -DUST < found < DUST else found

    @property
    def free(self):
        """As the connector calls it."""
        return self.available

    def arriving(self, until):
        """Units that come in up to that date."""
        return sum(units for date, units in self.incoming if date <= until)
