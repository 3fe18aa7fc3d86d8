"""By what a buyer and an address are known again, whatever channel and whatever spelling: digests that name nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .finding import digest

if TYPE_CHECKING:  # the plain packages of an add-on are tested apart from each other
    from ...channels.records import Address, Order


def email_of(order: Order) -> str:
    """In small letters and without the +tag behind which people hide; empty where there is none."""
    email = order.buyer.email or order.bill_to.email or order.ship_to.email
    name, at, domain = email.strip().casefold().rpartition("@")
    return f"{name.partition('+')[0]}{at}{domain}" if at and name and domain else ""


def phone_of(order: Order) -> str:
    """Its last nine digits: with and without the country's prefix it is the same number. Empty if shorter than six."""
    phone = order.buyer.phone or order.bill_to.phone or order.ship_to.phone
    digits = "".join(letter for letter in phone if letter.isdigit())[-9:]
    return digits if len(digits) >= 6 else ""


def buyer_key(order: Order) -> str:
    email = email_of(order)
    return digest("email", email) if email else ""


def address_key(order: Order) -> str:
    """Of the place where the goods go; the name on the bell does not matter."""
    address = order.ship_to or order.bill_to
    return digest("address", *place(address)) if address.street and (address.postcode or address.city) else ""


def place(address: Address) -> tuple[str, ...]:
    """Where an address is, without case, spaces and signs. Without a postcode, its town stands for it."""
    words = (address.street, address.street2, address.postcode or address.city, address.country)
    return tuple("".join(letter for letter in word.casefold() if letter.isalnum()) for word in words)
