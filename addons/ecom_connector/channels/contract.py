"""What a channel is, on one screen.

A channel is a folder: its `__init__` holds `CHANNEL = Channel(...)`, its files are nouns, and a file that is missing
is a capability that is missing. Every function is plain Python; `client` is whatever `client.connect` returned.

client.py       connect(credentials: Mapping[str, str], transport: Transport | None = None) -> client
                client.check() -> Shop                            Refused with the reason in plain words
                tokens that rotate: credentials.rotate(renew) -> the credentials after it. Under a lock, `renew` gets
                what is stored now and returns {name: value} to keep; it is kept before anybody uses it
webhook.py      verify(headers, body: bytes, secret: str) -> None       raises BadSignature; constant time, raw bytes;
                                                                        several secrets stand one a line
                read_event(headers, body: bytes) -> Event               after verify only
                is_unsigned_ping(headers, body) -> bool                 a delivery to answer 200 and forget
                answer_challenge(params: Mapping[str, str], url: str, secret: str) -> bytes | None   optional: the JSON
                                                                        to answer a GET with which the vendor makes sure
                                                                        that `url` is ours; None: it is no such question
subscriptions.py arm_subscriptions(client, url: str, secret: str, renew=False) -> tuple[Subscription, ...]
                                                                        registers the webhooks that are missing, wakes
                                                                        those that switched themselves off; `renew`:
                                                                        gives all of them this secret. Safe to repeat
queue.py        fetch_events(client) -> tuple[Waiting, ...]             what the vendor put into a queue; at least once
                forget_events(client, waiting: Sequence[Waiting]) -> None   after they were stored; a receipt that ran
                                                                        out is no error
                arm_queue(client) -> tuple[Subscription, ...]           has events put there. Safe to repeat
orders.py       parse_order(body: bytes) -> Order                       Unreadable
                fetch_order(client, external_id) -> Raw                 Gone
                fetch_several(client, external_ids: tuple[str, ...]) -> dict[str, Raw | ChannelError]     optional: many
                                                                        in one call; of each what fetch_order would say
                find_order(client, number) -> Raw | None
                fetch_orders(client, since, until=None, token="", open_only=False) -> Page[Raw]  oldest change first
                acknowledge_order(client, external_id: str) -> None     optional: where the seller has to say that he
                                                                        has it, by Order.acknowledge_by. Safe to repeat
                cancel_order(client, cancellation: Cancellation) -> str  optional: the whole, or what lines lost here
                send_note(client, note: Note) -> str                    optional: a word on the order, for the buyer too
                find_note(client, note: Note) -> str | None             optional: after an answer that never came
products.py     fetch_products(client, token="") -> Page[Product]
                change_products(client, changes: Sequence[ItemChange]) -> list[ItemResult]   optional: <= stock_batch
                make_product(client, change: ItemChange) -> Product     optional: once a SKU, also after no answer came
prices.py       push_prices(client, prices: Sequence[Price]) -> list[ItemResult]         one call, <= limits.stock_batch
                push_site_prices(client, site: str, prices: Sequence[Price]) -> list[ItemResult]   optional: of one site
                                                                        only, in its currency; one call, <= stock_batch
                fetch_site_prices(client, site: str, token="") -> Page[Price]    optional: those it has of its own
customers.py    fetch_customers(client, token="") -> Page[Customer]     all that registered there
coupons.py      fetch_coupons(client, token="") -> Page[Coupon]         all codes that buyers may enter
taxes.py        fetch_taxes(client) -> tuple[Tax, ...]                  the rates the channel may charge
stock.py        push_stock(client, levels: Sequence[StockLevel]) -> list[StockResult]    one call, <= limits.stock_batch
                where it takes several requests and a later one fails: the results so far, not the error
                read_stock(client, levels: Sequence[StockLevel]) -> dict[(variant_id, location_id), int]
                fetch_kept(client, token="") -> Page[KeptStock]         optional: what lies at the location KEPT, as
                                                                        Order.location calls the channel's own
                                                                        warehouses: never told, it is theirs to count
shipments.py    send_shipment(client, shipment: Shipment) -> str                     the channel's id of the parcel
                                                                        corrects the parcel `external_id` if it is given
                find_shipment(client, shipment: Shipment) -> str | None              after an answer that never came
refunds.py      parse_refund(body: bytes) -> Refund                     Unreadable
                fetch_refunds(client, since, until=None, token="") -> Page[Raw]          oldest change first
                fetch_order_refunds(client, order_id: str) -> tuple[Raw, ...]   optional: where an order names its
                                                                        refunds, but not what they were for
                send_refund(client, refund: Refund) -> str              optional: a refund made here, once a key
                find_refund(client, refund: Refund) -> str | None       optional: after an answer that never came
settlements.py  read_report(source: Source) -> Iterator[Settlement | SettlementLine | Flaw]  Unreadable. As they stand;
                                                                        reports/check.py adds them up
                fetch_settlements(client, since, until=None, token="") -> Page[Raw]  optional: else reports are uploaded
returns.py      fetch_returns(client, since, until=None, token="") -> Page[Raw]          oldest change first
                parse_return(body: bytes) -> ReturnNotice               Unreadable
                answer_return(client, answer: ReturnAnswer) -> str      optional: approve, decline, inspect. Says what
                                                                        holds in all, so that it is safe to repeat

Headers are given with lower-case names. A module has every function of its noun, save those called optional;
`channels/tests/test_contract.py` reads this text and holds every folder to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from types import ModuleType

NOUNS = (
    *(
        "client",
        "webhook",
        "subscriptions",
        "queue",
        "orders",
        "customers",
        "coupons",
        "products",
        "prices",
        "taxes",
        "stock",
    ),
    *("shipments", "refunds", "settlements", "returns"),
)

WEBHOOK_SECRET = "webhook_secret"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing to ask a merchant when connecting. `secret` ones are encrypted and never shown again."""

    name: str
    label: str
    help: str = ""
    secret: bool = False
    required: bool = True
    default: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the vendor allows.

    stock_batch             listings in one call that writes stock, prices or products
    item_batch              listings in one call that writes prices or products, where it is fewer; 0: as many
    daily_revisions         changes of one listing's stock that are accepted a day; 0: as many as one likes
    compare_and_set         the stock call refuses a write when the channel shows something else than expected
    idempotency_keys        the channel honours StockLevel.key and Shipment.key
    sale_to_import_seconds  how long after a sale a poll may not see the order yet
    poll_seconds            how often to ask for changed orders
    """

    stock_batch: int = 100
    item_batch: int = 0
    daily_revisions: int = 0
    compare_and_set: bool = False
    idempotency_keys: bool = False
    sale_to_import_seconds: int = 60
    poll_seconds: int = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """`package` is the dotted name of the folder; `kind` is "shop", "marketplace" or "provider".

    signed_with     names of the credentials that deliveries may be signed with; `verify` gets those that are set, one a
                    line. Where it is not "webhook_secret" alone, the vendor makes the secret and we never do
    ends_on         the day on which the vendor stops serving the version of its interface that is spoken here
    """

    code: str
    name: str
    package: str
    kind: str = "shop"
    needs: tuple[Need, ...] = ()
    limits: Limits = Limits()
    webhook_headers: Mapping[str, str] = field(default_factory=dict)
    signed_with: tuple[str, ...] = (WEBHOOK_SECRET,)
    ends_on: date | None = None
    help: str = ""

    def noun(self, name: str) -> ModuleType | None:
        """The channel's module of that noun, or None where it has no such file."""
        if name not in NOUNS:
            raise ValueError(f"{name!r} is not a noun of the contract")
        dotted = f"{self.package}.{name}"
        try:
            return import_module(dotted)
        except ModuleNotFoundError as error:
            if error.name != dotted:
                raise
            return None

    def can(self, name: str) -> bool:
        return self.noun(name) is not None
