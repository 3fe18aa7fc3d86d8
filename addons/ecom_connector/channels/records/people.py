"""Who bought, and where it goes."""

from dataclasses import dataclass
from datetime import datetime


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
