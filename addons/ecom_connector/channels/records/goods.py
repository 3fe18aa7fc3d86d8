"""What is sold: items, prices, stock, coupons."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from .money import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One sellable item of the channel (a variant). `stock_id` names it in stock calls where that differs."""

    variant_id: str
    product_id: str = ""
    name: str = ""
    sku: str = ""
    barcode: str = ""
    price: Decimal | None = None
    currency: str = ""
    active: bool = True
    stock_id: str = ""
    stock_tracked: bool = True
    image_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What one item costs now, in the currency and with or without tax as the channel keeps its prices.

    offer       a lower price for now, None: there is none
    currency    of a site's own price; empty: the channel has but one
    """

    variant_id: str
    stock_id: str = ""
    amount: Decimal
    offer: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemParent:
    """What the variants of one product share.

    key         names it on the channel, the same for all its variants and over every retry; a SKU of no variant
    product_id  the channel's id of it, where a variant of it is listed already
    options     (attribute, all of its values): what variants may differ in
    """

    key: str
    product_id: str = ""
    name: str = ""
    description: str | None = None
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """What we say of an item; None is not ours to say, and left as the channel has it.

    variant_id  empty: the channel does not have the item yet
    active      whether it is on sale there
    image       bytes of its picture, told with a new item only
    parent      of a new variant: the product it is one of, and in `options` its (attribute, value). A channel without
                variants makes an item of its own from it, under its full name
    """

    variant_id: str = ""
    stock_id: str = ""
    name: str | None = None
    sku: str | None = None
    barcode: str | None = None
    description: str | None = None
    price: Decimal | None = None
    active: bool | None = None
    image: bytes | None = field(default=None, repr=False)
    parent: ItemParent | None = None
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """The channel's answer for one Price or ItemChange, in the order asked; `problem` empty: it was taken.

    price       what the item costs there now, None where the channel did not say
    """

    variant_id: str
    problem: str = ""
    price: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StockLevel:
    """What one listing may show at one location.

    quantity    units of the listing, a whole number, never negative
    expected    what we believe the channel shows now (compare-and-set), None where unknown
    key         idempotency key: the same key is the same write
    """

    variant_id: str
    stock_id: str = ""
    location_id: str = ""
    quantity: int
    expected: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptStock:
    """What lies of one listing in warehouses of the channel's own, in units of the listing.

    quantity    what is there, units that are sold and have not left among them
    coming      on the way there, or being taken in
    """

    variant_id: str
    quantity: int
    coming: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StockResult:
    """The channel's answer for one StockLevel, in the order asked.

    outcome     "applied"; "stale" (compare-and-set failed, `held` is what it shows); "rejected" (with `problem`)
    """

    variant_id: str
    location_id: str = ""
    outcome: str = "applied"
    held: int | None = None
    problem: str = ""

    @classmethod
    def of(cls, level: StockLevel, problem: str = "", shown: int | None = None) -> "StockResult":
        """Rejected with that problem, or applied. `shown`: what the channel says it shows now; where it does not say,
        that is what was written."""
        held = level.quantity if shown is None and not problem else shown
        outcome = "rejected" if problem else "applied"
        return cls(
            variant_id=level.variant_id, location_id=level.location_id, outcome=outcome, held=held, problem=problem
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupon:
    """A code that buyers enter for a discount.

    kind        "percent", "order" (an amount off the order), "item" (an amount off each unit), "shipping" (free
                shipping and nothing else), "other"
    amount      percent, or money in the shop's currency
    active      it can be used now, as far as the channel says
    """

    external_id: str
    code: str
    name: str = ""
    kind: str = "other"
    amount: Decimal = ZERO
    active: bool = True
    expires_at: datetime | None = None
