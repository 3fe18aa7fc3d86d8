"""How often a listing may still be changed today, where the channel counts, and what the last changes are kept for.

Once they are used up the listing goes on selling what it shows until the next day. So

  * an increase goes out only while more than a fifth of the day's changes is left: it can wait, a decrease cannot;
  * the last change of the day takes the listing to zero: no sale after it needs another one.

A decrease is never held: when even our own count says that nothing is left, the channel is asked all the same.
"""

KEPT_SHARE = 5


def kept(daily: int) -> int:
    """Changes of a day that only decreases may use."""
    return max(1, daily // KEPT_SHARE)


def affordable(quantity: int, shown: int | None, left: int, daily: int) -> int | None:
    """What may be told instead of `quantity`; None: nothing, the rest waits for tomorrow.

    `shown`: what the channel is believed to show, None where nobody knows; `left`: changes left today.
    """
    if quantity and (shown is None or quantity > shown):
        return quantity if left > kept(daily) else None
    return quantity if left > 1 else 0
