"""Payout reports, and returns."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from .money import ZERO, RefundLine


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementLine:
    """One amount of a payout report as it stands there; + is owed to the seller, net = amount - fee (a cost is +).

    external_id     tells it from every other line of the report; the row of the file where the report has no id
    settlement_id   the Settlement that it belongs to, empty: the report does not say in which payout it is, or will be
    kind, detail    the report's own words; the pair is the key of the mapping to accounts
    family          what it is about, one of FAMILIES in reports/families.py; "unknown" where the reader cannot tell
    currency        of all its amounts, that of the settlement
    order_id        order, payment, refund, parcel and line of the order as this report names them
    market          the marketplace or country that it is of, as the report names it
    quantity        units it is about, None where the report does not say
    tax             of `fee`, the tax contained in it, None where it is not stated
    """

    external_id: str
    settlement_id: str = ""
    kind: str
    detail: str = ""
    family: str = "unknown"
    amount: Decimal = ZERO
    fee: Decimal = ZERO
    net: Decimal = ZERO
    currency: str = ""
    order_id: str = ""
    order_number: str = ""
    payment_id: str = ""
    refund_id: str = ""
    shipment_id: str = ""
    line_id: str = ""
    sku: str = ""
    quantity: Decimal | None = None
    tax: Decimal | None = None
    at: datetime | None = None
    name: str = ""
    market: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What a report states of one payout, or of one month of a balance.

    amount          paid out, negative: charged to the seller; None: the report does not state it
    opening, closing    the balance before and after, None where it is not stated; closing is what is carried forward
    is_statement    a time of a balance: its payouts are lines, what is left of the others is carried forward
    state           "open" (may still change), "paid", "failed"
    reference       the text of the bank transfer, where the report states it
    """

    external_id: str
    number: str = ""
    version: str = ""
    currency: str = ""
    amount: Decimal | None = None
    opening: Decimal | None = None
    closing: Decimal | None = None
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    paid_at: datetime | None = None
    is_statement: bool = False
    state: str = "paid"
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """Where a report contradicts itself, or is spoiled: kept and shown, never posted silently.

    code    "sum", "row", "balance", "count", "currency": figures that do not agree; "spoiled": ids that a spreadsheet
            ruined; "dates": day and month cannot be told apart; "unstated": no payout to compare with; "empty": no
            lines
    row     of the file, 0 where it concerns the whole
    """

    code: str
    text: str
    settlement_id: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedUnits:
    """Units that came back into a warehouse of the channel's own, and how it found them.

    external_id     tells them from all others of the order: the number that the channel stuck on them
    condition       "sellable" (it sells them again), damaged by "channel", "carrier" or "buyer", "defective",
                    "expired", "unknown"; `words`: what the channel calls it
    is_paid         the channel says that it paid the seller for them
    reason          of the buyer
    """

    external_id: str
    sku: str
    quantity: Decimal
    condition: str = "unknown"
    words: str = ""
    is_paid: bool = False
    reason: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnNotice:
    """A return as the channel states it now. `state`: "requested", "approved", "declined", "received", "closed".

    returned    what came to the channel itself, instead of `lines`: nothing of it comes to us
    """

    external_id: str
    order_id: str
    number: str = ""
    version: str = ""
    created_at: datetime | None = None
    state: str = "requested"
    reason: str = ""
    lines: tuple[RefundLine, ...] = ()
    returned: tuple[ReturnedUnits, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnAnswerLine:
    """Units of a line of a return that were looked at.

    line_id     the channel's id of the return's line
    quantity    whole units of the listing, of this disposition
    disposition "restocked" (the channel puts them back on sale itself), "not_restocked", "processing" (somebody works
                on them first), "missing"
    """

    line_id: str
    quantity: Decimal
    disposition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnAnswer:
    """What we decided about a return of the channel. It says what holds in all, so telling it twice is telling it once.

    verb        "approve", "decline", "inspect"
    reason      why it is declined: "too_late", "final_sale", "other"; `note`: in words for the buyer
    lines       of "inspect": all units of this return that were looked at so far
    """

    key: str
    return_id: str
    order_id: str
    verb: str
    reason: str = "other"
    note: str = ""
    lines: tuple[ReturnAnswerLine, ...] = ()
