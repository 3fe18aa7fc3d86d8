"""A line of a payout as matching and booking see it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)
# The customer's money; see reports/families.py of ecom_connector, where the families are explained.
ORDER = ("sale", "shipping", "tax", "promotion", "refund")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """number      of the line in its settlement
    order, name    the order as the report names it: id, and number
    day            in the zone in which the books are kept
    """

    number: int
    family: str
    kind: str = ""
    detail: str = ""
    amount: Decimal = ZERO
    fee: Decimal = ZERO
    order: str = ""
    name: str = ""
    payment: str = ""
    refund: str = ""
    day: date | None = None

    @property
    def is_order_money(self) -> bool:
        return self.family in ORDER

    @property
    def is_refund(self) -> bool:
        """Whether it gives money back to a buyer, or belongs to a row that does (its taxes, its promotions)."""
        return self.family == "refund" or bool(self.refund) or self.kind.casefold().startswith("refund")
