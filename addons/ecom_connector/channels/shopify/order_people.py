"""Who bought, who is billed, and where it goes."""

from collections.abc import Mapping
from typing import Any

from ..records import Address, Buyer
from . import fields, ids


def read_buyer(row: Mapping[str, Any]) -> Buyer:
    """A buyer for a company is known to us by his person and the company by its name and tax number."""
    customer, company = fields.record(row.get("customer")), read_company(row)
    mail = fields.record(customer.get("defaultEmailAddress"))
    phone = fields.record(customer.get("defaultPhoneNumber"))
    state = fields.text(mail.get("marketingState"))
    return Buyer(
        external_id=ids.number(customer.get("id")),
        email=fields.text(mail.get("emailAddress")) or fields.text(row.get("email")),
        name=_name(customer, row),
        phone=fields.text(phone.get("phoneNumber")) or fields.text(row.get("phone")),
        company=fields.text(company.get("name")),
        vat=read_vat(row),
        language=fields.text(row.get("customerLocale")) or fields.text(customer.get("locale")),
        accepts_marketing=state == "SUBSCRIBED" if state else None,
        tags=fields.words(customer.get("tags")),
    )


def _name(customer: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Where Shopify knows no name it shows the mail address instead."""
    shown = fields.text(customer.get("displayName"))
    if shown and "@" not in shown:
        return shown
    address = fields.record(row.get("billingAddress")) or fields.record(row.get("shippingAddress"))
    return fields.text(address.get("name"))


def read_company(row: Mapping[str, Any]) -> dict:
    return fields.record(fields.record(row.get("purchasingEntity")).get("company"))


def is_company(row: Mapping[str, Any]) -> bool:
    return fields.record(row.get("purchasingEntity")).get("__typename") == "PurchasingCompany"


def read_vat(row: Mapping[str, Any]) -> str:
    """Of the company's location, else what the checkout asked for by the country's law."""
    location = fields.record(fields.record(row.get("purchasingEntity")).get("location"))
    found = fields.text(fields.record(location.get("taxSettings")).get("taxRegistrationId"))
    if found:
        return found
    for entry in fields.rows(row.get("localizedFields")):
        if fields.text(entry.get("purpose")) == "TAX" and "CREDENTIAL" in fields.text(entry.get("key")):
            return fields.text(entry.get("value"))
    return ""


def read_bill_to(row: Mapping[str, Any]) -> Address:
    return read_address(row, "billingAddress", vat=read_vat(row))


def read_ship_to(row: Mapping[str, Any]) -> Address:
    """Empty for what is picked up, or needs no shipping."""
    return read_address(row, "shippingAddress")


def read_address(row: Mapping[str, Any], name: str, vat: str = "") -> Address:
    given = fields.record(row.get(name))
    if not given:
        return Address()
    person = " ".join(filter(None, (fields.text(given.get("firstName")), fields.text(given.get("lastName")))))
    return Address(
        name=person or fields.text(given.get("name")),
        company=fields.text(given.get("company")),
        vat=vat,
        street=fields.text(given.get("address1")),
        street2=fields.text(given.get("address2")),
        city=fields.text(given.get("city")),
        postcode=fields.text(given.get("zip")),
        state=fields.text(given.get("provinceCode")) or fields.text(given.get("province")),
        country=fields.text(given.get("countryCodeV2")),
        phone=fields.text(given.get("phone")),
        email=fields.text(row.get("email")),
    )
