"""One rule a file: `find(line, known)` gives the orders that this line may be about, none where it cannot tell."""

from . import by_id, by_name, by_payment, by_refund

RULES = (by_payment, by_refund, by_id, by_name)
