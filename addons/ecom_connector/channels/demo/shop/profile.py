"""What kind of shop it is: fixed when the shop is founded, kept in its file."""

import json
from dataclasses import asdict, dataclass

DEFAULT_API_KEY = "demo-key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One tax rate of the shop; `rate` in whole percent."""

    code: str
    name: str
    rate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One location that holds stock."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How its buyers behave: chances between 0 and 1, each drawn on its own for every order."""

    guest: float = 0.6
    company: float = 0.06
    two_addresses: float = 0.15
    coupon: float = 0.22
    gift: float = 0.06
    note: float = 0.1
    express: float = 0.15
    home: float = 0.5
    engraved: float = 0.08
    tip: float = 0.05
    gift_card: float = 0.03
    voucher: float = 0.05
    carrier_note: float = 0.08
    unpaid: float = 0.06
    prepaid: float = 0.05
    authorized: float = 0.12
    edited: float = 0.04
    cancelled: float = 0.04
    refunded: float = 0.04
    returned: float = 0.06
    risky: float = 0.02
    elsewhere: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The shop's character.

    orders_per_day      while nobody looks: its history, and the time between two visits
    orders_per_hour     while somebody looks (the last hour before now); 0: nothing arrives by itself
    history_days        how long it traded before it was founded here; that time's parcels are already sent
    stock_each          units of each item at the first location; 0: drawn from the seed, as shops are
    daily_revisions     changes of one item's stock that the shop takes a day (of UTC)
    flaws               let some items lack a SKU, share a barcode, or be unknown to the merchant
    """

    name: str = "Alpenglow Outdoor"
    currency: str = "EUR"
    country: str = "AT"
    timezone: str = "Europe/Vienna"
    language: str = "de-AT"
    prices_include_tax: bool = True
    rates: tuple[Rate, ...] = (
        Rate(code="standard", name="VAT 20%", rate=20),
        Rate(code="reduced", name="VAT 10%", rate=10),
    )
    places: tuple[Place, ...] = (
        Place(id="main", name="Main warehouse"),
        Place(id="store", name="High street store"),
    )
    orders_per_day: int = 12
    orders_per_hour: int = 30
    history_days: int = 0
    stock_each: int = 0
    daily_revisions: int = 1000
    flaws: bool = True
    habits: Habits = Habits()

    @classmethod
    def of(cls, currency: str, **values) -> "Profile":
        """A shop at home where that currency is; the euro's where we know none."""
        return cls(**{**MARKETS.get(currency, {}), **values})

    @property
    def standard(self) -> Rate:
        return self.rates[0]

    def rate(self, code: str) -> Rate:
        """The rate of that code; a shop with one rate taxes everything with it."""
        return next((rate for rate in self.rates if rate.code == code), self.rates[0])

    def dump(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, text: str) -> "Profile":
        values = json.loads(text)
        values["rates"] = tuple(Rate(**rate) for rate in values["rates"])
        values["places"] = tuple(Place(**place) for place in values["places"])
        values["habits"] = Habits(**values["habits"])
        return cls(**values)


MARKETS = {
    "USD": {
        "currency": "USD",
        "country": "US",
        "timezone": "America/Denver",
        "language": "en-US",
        "prices_include_tax": False,
        "rates": (
            Rate(code="standard", name="Sales tax 8%", rate=8),
            Rate(code="reduced", name="Sales tax 3%", rate=3),
        ),
    },
    "GBP": {
        "currency": "GBP",
        "country": "GB",
        "timezone": "Europe/London",
        "language": "en-GB",
        "rates": (
            Rate(code="standard", name="VAT 20%", rate=20),
            Rate(code="reduced", name="VAT 5%", rate=5),
        ),
    },
    "CHF": {
        "currency": "CHF",
        "country": "CH",
        "timezone": "Europe/Zurich",
        "language": "de-CH",
        "rates": (Rate(code="standard", name="VAT 8%", rate=8), Rate(code="reduced", name="VAT 3%", rate=3)),
    },
}

QUIET = Profile(orders_per_day=0, orders_per_hour=0)
"""Nothing happens by itself: for tests, which say themselves what happens."""
