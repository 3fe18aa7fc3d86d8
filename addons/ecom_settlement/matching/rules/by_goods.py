"""What was sold: SKU, quantity, amount and day. For lines that name nothing; never sure, somebody is asked."""

from ..known import NONE, Known
from ..line import ORDER, Line

# Days after the order that its money is usually reported in.
LATEST = 45


def find(line: Line, known: Known) -> frozenset[int]:
    if line.family not in ORDER or not line.sku or not line.amount or not line.day:
        return NONE
    return frozenset(sold.order for sold in known.goods.get(line.sku, ()) if _fits(line, sold))


def _fits(line: Line, sold) -> bool:
    if line.quantity and line.quantity != sold.quantity:
        return False
    return abs(line.amount) in sold.amounts and 0 <= (line.day - sold.day).days <= LATEST
