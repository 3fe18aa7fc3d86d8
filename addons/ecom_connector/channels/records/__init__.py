"""The nouns that channels and the add-ons exchange: frozen values, Decimal money, aware datetimes.

Money is in the order's currency unless a field says otherwise. An amount is what the channel states, not what we
would compute. Times are aware (UTC or with an offset). Identifiers are the channel's own, as text.
"""

from .goods import Coupon, ItemChange, ItemParent, ItemResult, KeptStock, Price, Product, StockLevel, StockResult
from .money import Payment, Refund, RefundLine, Tax, ZERO
from .order import Line, Order, Risk
from .parcels import Cancellation, Note, Shipment, ShipmentLine
from .payouts import Flaw, ReturnAnswer, ReturnAnswerLine, ReturnNotice, ReturnedUnits, Settlement, SettlementLine
from .people import Address, Buyer, Customer
from .shop import Event, Location, Page, Raw, Shop, Site, Subscription, Waiting

__all__ = [
    "Address",
    "Buyer",
    "Cancellation",
    "Coupon",
    "Customer",
    "Event",
    "Flaw",
    "ItemChange",
    "ItemParent",
    "ItemResult",
    "KeptStock",
    "Line",
    "Location",
    "Note",
    "Order",
    "Page",
    "Payment",
    "Price",
    "Product",
    "Raw",
    "Refund",
    "RefundLine",
    "ReturnAnswer",
    "ReturnAnswerLine",
    "ReturnNotice",
    "ReturnedUnits",
    "Risk",
    "Settlement",
    "SettlementLine",
    "Shipment",
    "ShipmentLine",
    "Shop",
    "Site",
    "StockLevel",
    "StockResult",
    "Subscription",
    "Tax",
    "Waiting",
    "ZERO",
]
