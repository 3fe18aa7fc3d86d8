"""One order with its lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from .money import ZERO, Payment, Refund, Tax
from .parcels import Shipment
from .people import Address, Buyer


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an order.

    kind        "product", "shipping", "fee", "tip", "gift_card" (one that is sold; one that is used is a payment),
                "duty", "discount", "rounding"
    variant_id  the channel's id of the sellable item (key of the listing), empty where it is gone
    quantity    units of the listing still on the order
    gross       line amount before discount, without tax
    discount    amount taken off `gross`, without tax, never negative for an ordinary discount
    total       line amount after discount, without tax: gross - discount
    taxes       what the channel charged on it
    method      of a shipping line: the key of the delivery mapping
    note        what the buyer wrote about this line
    attributes  (name, value) the buyer chose: an engraving, a size that is no variant; the warehouse sees them
    part_of     external_id of the bundle's line that this one is a part of. Whichever of them carries the money, each
                states its own amounts; see rules/bundles.py for what becomes of it
    """

    external_id: str
    kind: str = "product"
    name: str = ""
    variant_id: str = ""
    sku: str = ""
    barcode: str = ""
    quantity: Decimal = Decimal(1)
    gross: Decimal = ZERO
    discount: Decimal = ZERO
    taxes: tuple[Tax, ...] = ()
    method: str = ""
    note: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    part_of: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        return self.gross - self.discount

    @property
    def tax_total(self) -> Decimal:
        return sum((tax.amount for tax in self.taxes), ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """What the channel itself thinks of an order. `level`: "low", "medium", "high"; `reasons`: why, in its words."""

    level: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order as the channel states it now.

    version         sorts (as text) in the order in which the channel changed the order; usually the moment of its
                    last change in ISO 8601 UTC, see `version.py` for states of one moment. A message with an older
                    version than the applied one is superseded
    status          "pending" (not payable yet: keep waiting), "open", "cancelled"
    payment         "unpaid", "authorized", "partial", "paid", "refunded"
    fulfilment      "open", "partial", "fulfilled"; "elsewhere": the channel ships it itself
    total           what the buyer pays in all, taxes included; gift cards and store credit he uses are part of it
    shipments       parcels the channel knows, each with its own id, and our key where it was told by us; those with
                    neither known here left elsewhere. Empty: it does not say
    references      (kind, value) of every other name of the order: number, purchase_order, transaction, ...
    ship_by, acknowledge_by     the channel's own deadlines
    tax_totals      one Tax per rate for the whole order (shipping and fees included), rounded by the channel itself;
                    they add up to tax_total. Where given they rule: channels round line by line, rate by rate or at
                    the end, so rounding the unrounded line amounts again may miss them by a cent. Empty: not stated
    currency        the one the buyer saw and paid in
    in_shop_currency    the very same order in the shop's own currency, where a channel states both; None where there
                    is but one. Policy says which of the two is placed
    other_currency, other_total     of the one placed: what the other of the two came to
    coupons         codes the buyer entered; what they took off is on the lines
    tags            the channel's own words for this order
    attributes      (name, value) asked for at the checkout
    note, delivery_note, gift_message   from the buyer: to the seller, to the carrier, to who gets the goods
    site, location  external ids of the marketplace or store view, and of the location the channel assigned
    kinds           what kind of order it is, as the channel says: "marketplace", "subscription" (a renewal),
                    "wholesale", "preorder", "gift"; empty: an ordinary one
    risk            the channel's own opinion of it, None where it has none
    extra           the rest of the payload, for add-ons of a customer
    """

    external_id: str
    number: str = ""
    version: str = ""
    created_at: datetime
    updated_at: datetime | None = None
    currency: str
    status: str = "open"
    payment: str = "unpaid"
    fulfilment: str = "open"
    test: bool = False
    prices_include_tax: bool = False
    buyer: Buyer = Buyer()
    bill_to: Address = Address()
    ship_to: Address = Address()
    lines: tuple[Line, ...] = ()
    payments: tuple[Payment, ...] = ()
    refunds: tuple[Refund, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    total: Decimal = ZERO
    tax_total: Decimal = ZERO
    tax_totals: tuple[Tax, ...] = ()
    shipping_method: str = ""
    shipping_method_name: str = ""
    payment_method: str = ""
    payment_method_name: str = ""
    site: str = ""
    location: str = ""
    ship_by: datetime | None = None
    acknowledge_by: datetime | None = None
    note: str = ""
    delivery_note: str = ""
    gift_message: str = ""
    coupons: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    in_shop_currency: "Order | None" = None
    other_currency: str = ""
    other_total: Decimal = ZERO
    kinds: tuple[str, ...] = ()
    risk: Risk | None = None
    references: tuple[tuple[str, str], ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
