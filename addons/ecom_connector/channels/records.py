"""The nouns that channels and the add-ons exchange: frozen values, Decimal money, aware datetimes.

Money is in the order's currency unless a field says otherwise. An amount is what the channel states, not what we
would compute. Times are aware (UTC or with an offset). Identifiers are the channel's own, as text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address with its person. `country` is ISO 3166-1 alpha-2, `state` the channel's code or name."""

    name: str = ""
    company: str = ""
    vat: str = ""
    street: str = ""
    street2: str = ""
    city: str = ""
    postcode: str = ""
    state: str = ""
    country: str = ""
    phone: str = ""
    email: str = ""

    def __bool__(self) -> bool:
        return bool(self.street or self.city or self.postcode or self.country or self.name or self.company)


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """Who bought. `external_id` is empty for a guest. `language` is an IETF tag such as "de-AT".

    accepts_marketing   whether advertising may be sent to the buyer, None where the channel does not say
    tags                the channel's own words for this customer ("VIP", "wholesale")
    """

    external_id: str = ""
    email: str = ""
    name: str = ""
    phone: str = ""
    company: str = ""
    vat: str = ""
    language: str = ""
    accepts_marketing: bool | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Somebody who registered on the channel, as it knows him now. `buyer.external_id` is never empty."""

    buyer: Buyer
    bill_to: Address = Address()
    ship_to: Address = Address()
    created_at: datetime | None = None


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

    still_ordered   the line of the order goes on counting these units: only the refund says that, if they have not left
                    yet, they are not to be sent
    """

    external_id: str
    line_id: str
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One webhook of ours on the channel. `state`: "kept" as it was, "made", "woken" after it had switched itself off,
    "renewed" with another secret, "paused" by a person there: left as it is."""

    topic: str
    external_id: str = ""
    state: str = "kept"


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
    shipments: tuple["Shipment", ...] = ()
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """Something as it came: bytes with the few facts needed to file it without understanding it.

    version     see Order.version
    updated_at  the channel's moment of the last change, moves the read cursor
    """

    external_id: str
    version: str
    body: bytes
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list. `next` is the token of the following page, empty on the last one."""

    items: tuple = ()
    next: str = ""


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
    """

    variant_id: str
    stock_id: str = ""
    amount: Decimal
    offer: Decimal | None = None


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
class Location:
    external_id: str
    name: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    external_id: str
    name: str = ""
    currency: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """What the channel says of itself when we connect.

    missing_scopes  what our access does not allow, in words: "Change orders (shipments, refunds)"
    """

    external_id: str
    name: str
    url: str = ""
    currency: str = ""
    timezone: str = ""
    version: str = ""
    sites: tuple[Site, ...] = ()
    locations: tuple[Location, ...] = ()
    taxes: tuple[Tax, ...] = ()
    missing_scopes: tuple[str, ...] = ()


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
class StockResult:
    """The channel's answer for one StockLevel, in the order asked.

    outcome     "applied"; "stale" (compare-and-set failed, `held` is what it shows); "rejected" (with `problem`)
    """

    variant_id: str
    location_id: str = ""
    outcome: str = "applied"
    held: int | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentLine:
    line_id: str
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """One parcel. `key` stays the same over every retry, so that a channel can be asked whether it has it.

    external_id     the channel's id of a parcel it knows already: its carrier and number are corrected, none is added
    lines           whole units of the listings; empty: one more box of what was told before, nothing more is shipped
    order_complete  with this parcel nothing of the order is left to ship
    """

    key: str
    order_id: str
    external_id: str = ""
    lines: tuple[ShipmentLine, ...] = ()
    carrier: str = ""
    carrier_name: str = ""
    tracking_number: str = ""
    tracking_url: str = ""
    shipped_at: datetime | None = None
    location_id: str = ""
    notify_buyer: bool = True
    order_complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancellation:
    """What the seller takes back of an order. It says what stays, so telling it twice is telling it once.

    key     stays the same over every retry
    lines   (line, whole units of the listing that stay) of every line that lost some; empty: the whole order
    """

    key: str
    order_id: str
    lines: tuple[ShipmentLine, ...] = ()
    reason: str = ""
    restock: bool = True
    notify_buyer: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A word on an order. `to_buyer`: the channel passes it on; else only the seller's people read it there."""

    key: str
    order_id: str
    text: str
    to_buyer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What a webhook says: a hint about one thing.

    topic           "orders", "products", "stock", "refunds", "returns", "settlements", "privacy", "ping", "other"
    external_id     the thing, empty where the delivery does not name it; of "privacy" what the law asks for and of
                    whom: "access:<buyer>", "erasure:<buyer>", "closing:" (of the whole shop)
    version         as Order.version, empty where the delivery carries no usable one
    delivery_id     tells this delivery from every other and is the same when it is repeated: the channel's id of it,
                    with more where that is not unique; empty: the event key falls back to id and version
    complete        True: the body is the whole thing and can be read if it cannot be fetched again
    """

    topic: str
    external_id: str = ""
    version: str = ""
    delivery_id: str = ""
    complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnNotice:
    """A return as the channel states it now. `state`: "requested", "approved", "declined", "received", "closed"."""

    external_id: str
    order_id: str
    number: str = ""
    version: str = ""
    created_at: datetime | None = None
    state: str = "requested"
    reason: str = ""
    lines: tuple[RefundLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementLine:
    """One amount of a payout report as it stands there; + is owed to the seller, net = amount - fee (a cost is +).

    external_id     tells it from every other line of the report; the row of the file where the report has no id
    settlement_id   the Settlement that it belongs to, empty: the report does not say in which payout it is, or will be
    kind, detail    the report's own words; the pair is the key of the mapping to accounts
    family          what it is about, one of FAMILIES in reports/families.py; "unknown" where the reader cannot tell
    currency        of all its amounts, that of the settlement
    order_id        order, payment, refund, parcel and line of the order as this report names them
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
