"""What was charged, paid and given back."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tax:
    """One tax on one line.

    code        the channel's identifier of the rate; the key of the tax mapping
    rate        percent (19 for 19 %), None where the channel does not say
    amount      on the whole line, as the channel computed it (may have more digits than the currency)
    remitted    True: the marketplace collects and remits it; it is never owed by us
    """

    code: str
    name: str = ""
    rate: Decimal | None = None
    amount: Decimal = ZERO
    compound: bool = False
    remitted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One payment transaction.

    kind    "authorization", "capture", "refund", "void"; amounts are positive
    state   "pending", "done", "failed"
    method  the channel's payment method code; the key of the payment mapping
    tender  "money"; "gift_card" or "store_credit": the buyer used up what we owed him, nobody will pay it out
    """

    external_id: str
    kind: str = "capture"
    state: str = "done"
    method: str = ""
    method_name: str = ""
    amount: Decimal = ZERO
    currency: str = ""
    paid_at: datetime | None = None
    tender: str = "money"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundLine:
    """What of a line was refunded; `amount` without tax.

    name            of what is no line of the order (`line_id` is empty): a fee that is kept back, its amount negative
    still_ordered   the line of the order goes on counting these units: only the refund says that, if they have not left
                    yet, they are not to be sent
    """

    external_id: str
    line_id: str
    name: str = ""
    quantity: Decimal = ZERO
    amount: Decimal = ZERO
    taxes: tuple[Tax, ...] = ()
    still_ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """A refund the channel made, or one we ask it to make. `amount` is positive and includes tax.

    state       "pending" (money not on its way yet: not booked), "done", "failed"
    lines       what it is for; empty: a plain amount (goodwill, shipping)
    order_id    the order, empty where the refund is part of an Order
    key         of a refund we make: idempotency key, stays the same over every retry
    pays        of a refund we make: the channel moves the money itself, through its payment provider. Never by default:
                the money may have gone back another way already, and this would pay it twice
    restocks    of a refund we make: the channel puts the units back on sale itself. Never by default: the stock it
                shows is published from here
    """

    external_id: str
    order_id: str = ""
    version: str = ""
    currency: str = ""
    key: str = ""
    created_at: datetime | None = None
    amount: Decimal = ZERO
    state: str = "done"
    reason: str = ""
    lines: tuple[RefundLine, ...] = ()
    pays: bool = False
    restocks: bool = False
