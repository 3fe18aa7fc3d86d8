"""What a channel says is in stock, as a whole number that can be worked with."""

import math
from decimal import Decimal

# What the database holds; nobody has more of anything.
MOST = 2**31 - 1


def read_quantity(figure) -> int | None:
    """None where it is no quantity at all. Below zero is none left: shops that take back-orders count on below it."""
    if isinstance(figure, bool) or not isinstance(figure, int | float | Decimal) or not math.isfinite(figure):
        return None
    return max(0, int(figure)) if figure <= MOST else None
