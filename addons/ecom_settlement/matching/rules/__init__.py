"""One rule a file: `find(line, known)` gives the orders that this line may be about, none where it cannot tell."""

from . import by_goods, by_id, by_line, by_name, by_parcel, by_payment, by_refund

RULES = (by_payment, by_refund, by_line, by_parcel, by_id, by_name)
# Asked where a line names nothing that the others know: what they find is offered.
WEAK = (by_goods,)
