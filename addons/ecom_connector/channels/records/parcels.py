"""What leaves, and what the seller says of an order."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


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
