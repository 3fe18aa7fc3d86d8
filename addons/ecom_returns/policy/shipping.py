"""How much of the delivery that the buyer paid is given back, and only once."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .shares import ZERO, quantise

MODES = ("none", "all", "standard", "share")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipping:
    """What the delivery cost the buyer, and what the policy says of it.

    mode        "none"; "all": what was paid, with the last goods of the order; "standard": the same, but no more than
                the cheapest standard delivery (`standard`, with tax), as the law on withdrawal says; "share": in
                proportion to the value that comes back
    complete    nothing of the order stays with the buyer after this return
    returned, whole     value of the goods that are back with this return, and of all goods of the order
    given       what of the delivery was given back earlier, with tax
    """

    key: Hashable
    net: Decimal
    taxes: Mapping[Hashable, Decimal] = field(default_factory=dict)
    mode: str = "none"
    standard: Decimal | None = None
    complete: bool = False
    returned: Decimal = ZERO
    whole: Decimal = ZERO
    given: Decimal = ZERO

    @property
    def gross(self) -> Decimal:
        return self.net + sum(self.taxes.values(), ZERO)


def refund_shipping(shipping: Shipping, unit: Decimal) -> tuple[Decimal, dict] | None:
    """(net, {tax: amount}) to give back now, None for nothing."""
    if shipping.mode not in MODES:
        raise ValueError(f"{shipping.mode!r} is not a way to give the delivery back")
    amount = min(_wanted(shipping, unit), shipping.gross) - shipping.given
    if amount <= 0 or not shipping.gross:
        return None
    taxes = {tax: quantise(charged * amount / shipping.gross, unit) for tax, charged in shipping.taxes.items()}
    return amount - sum(taxes.values(), ZERO), taxes


def _wanted(shipping: Shipping, unit: Decimal) -> Decimal:
    """What should be back in all after this return."""
    if shipping.mode == "share":
        return quantise(shipping.gross * shipping.returned / shipping.whole, unit) if shipping.whole else ZERO
    if shipping.mode == "none" or not shipping.complete:
        return ZERO
    return shipping.gross if shipping.mode == "all" or shipping.standard is None else shipping.standard
