"""What the state of an order means in our three: the order, its payment, its shipping.

A merchant may rename states and make his own, so they are read by what PrestaShop keeps with each: the flags `paid` and
`shipped`, and the mail that it sends; by its number where it sends none (PrestaShop's own are 6, 7 and 8).

    payment error (8)                the payment failed; the buyer may try again          -> keep waiting
    cancelled (6)                                                                         -> cancelled
    refunded (7)                     if it was shipped before, the goods left             -> cancelled or open
    any other, money or not          placed, and the shop has taken the stock             -> open

An order that waits for a bank wire is open, because other channels would sell its stock again. Whether an unpaid order
may leave the house is for the payment method's policy to say.
"""

from ..records import ZERO
from . import fields
from .papers import Papers

CANCELLED, REFUNDED, FAILED = OVER = ("order_canceled", "refund", "payment_error")
_NUMBERS = {"6": CANCELLED, "7": REFUNDED, "8": FAILED}
SHIPPED_NUMBER, CANCELLED_NUMBER = "4", "6"


def every(client) -> list:
    """The states of the shop, those that were deleted left out."""
    rows = client.find("order_states", {}, what="Reading the states of orders")
    return [row for row in rows if not fields.truth(row, "deleted")]


def still_open(client) -> list[str]:
    """Numbers of the states in which something is still to be done, for a shop that goes live with open orders only."""
    return [
        fields.identifier(row)
        for row in every(client)
        if not fields.truth(row, "shipped") and kind_of(row, fields.identifier(row)) not in OVER
    ]


def kind_of(state, number: str) -> str:
    """Its mail's name, or what it is by its number."""
    template = fields.text(state, "template") if state is not None else ""
    return template or _NUMBERS.get(number, "")


def _kind(papers: Papers) -> str:
    number = fields.identifier(papers.order, "current_state")
    return kind_of(papers.row("order_states", number), number)


def read_status(papers: Papers) -> str:
    kind = _kind(papers)
    if kind == CANCELLED:
        return "cancelled"
    if kind == REFUNDED:
        return "open" if was_shipped(papers) else "cancelled"
    return "pending" if kind == FAILED else "open"


def read_payment(papers: Papers) -> str:
    order = papers.order
    state = papers.row("order_states", fields.identifier(order, "current_state"))
    total, paid = fields.number(order, "total_paid_tax_incl"), fields.number(order, "total_paid_real")
    if _kind(papers) == REFUNDED:
        return "refunded"
    if (state is not None and fields.truth(state, "paid")) or (paid and paid >= total):
        return "paid"
    return "partial" if paid > ZERO else "unpaid"


def was_shipped(papers: Papers) -> bool:
    """Now, or in a state that it passed."""
    passed = {fields.identifier(row, "id_order_state") for row in papers.rows("order_histories")}
    passed.add(fields.identifier(papers.order, "current_state"))
    return any(fields.truth(row, "shipped") for row in papers.rows("order_states") if fields.identifier(row) in passed)


def read_fulfilment(papers: Papers) -> str:
    return "fulfilled" if was_shipped(papers) else "open"
