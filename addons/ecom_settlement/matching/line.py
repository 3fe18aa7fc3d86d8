"""A line of a payout as matching and booking see it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)
# The customer's money; see reports/families.py of ecom_connector, where the families are explained.
ORDER = ("sale", "shipping", "tax", "promotion", "refund")
# What is charged, by what it is for; a fee on anything else is one for moving the money.
FEES = (
    *("commission", "payment_fee", "fulfilment", "storage", "advertising", "subscription", "label", "inbound"),
    "other_fee",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """number      of the line in its settlement
    order, name    the order as the report names it: id, and number
    tax            what the fee contains of it, 0 where the report does not say
    line, parcel   of the order, by the channel's ids
    sku, quantity  what it is about, empty and 0 where the report does not say
    market         the marketplace or country that it is of
    day            in the zone in which the books are kept
    """

    number: int
    family: str
    kind: str = ""
    detail: str = ""
    amount: Decimal = ZERO
    fee: Decimal = ZERO
    tax: Decimal = ZERO
    order: str = ""
    name: str = ""
    payment: str = ""
    refund: str = ""
    line: str = ""
    parcel: str = ""
    sku: str = ""
    quantity: Decimal = ZERO
    market: str = ""
    day: date | None = None

    @property
    def is_order_money(self) -> bool:
        return self.family in ORDER

    @property
    def is_refund(self) -> bool:
        """Whether it gives money back to a buyer, or belongs to a row that does (its taxes, its promotions)."""
        return self.family == "refund" or bool(self.refund) or self.kind.casefold().startswith("refund")
