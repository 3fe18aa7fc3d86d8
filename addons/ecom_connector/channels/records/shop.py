"""The channel itself, and how things come from it."""

from dataclasses import dataclass
from datetime import datetime

from .money import Tax


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
class Subscription:
    """One webhook of ours on the channel. `state`: "kept" as it was, "made", "woken" after it had switched itself off,
    "renewed" with another secret, "paused" by a person there: left as it is."""

    topic: str
    external_id: str = ""
    state: str = "kept"


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
    """One page of a list. `next` is the token of the following page, empty on the last one.

    wait        seconds before it is worth asking for `next`, which may be the same token again: the channel is still
                putting it together
    """

    items: tuple = ()
    next: str = ""
    wait: float = 0.0


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
class Waiting:
    """Something that the vendor put into a queue of ours, and keeps there until it is told to forget it.

    receipt     names it to the queue
    event       what it says, None where it cannot be read: kept and shown
    """

    receipt: str
    body: bytes
    event: Event | None = None
