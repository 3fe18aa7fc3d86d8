"""Who bought on eBay, and where it goes. Goods for its international shipping go to a hub, marked with a number."""

from collections.abc import Mapping
from typing import Any

from .. import rows
from ..records import Address, Buyer

_VAT = ("VATIN", "VAT_NUMBER", "CODICE_FISCALE", "DNI", "NIE", "NIF", "VAT", "ABN", "EORI")


def ship_to(row: Mapping[str, Any]) -> Address:
    return _contact(rows.record(_step(row).get("shipTo")), _vat(row))


def bill_to(row: Mapping[str, Any]) -> Address:
    return _contact(rows.record(rows.record(row.get("buyer")).get("buyerRegistrationAddress")), _vat(row))


def buyer(row: Mapping[str, Any], address: Address) -> Buyer:
    said = rows.record(row.get("buyer"))
    return Buyer(
        external_id=rows.identifier(said.get("username")),
        email=address.email,
        name=bill_to(row).name or address.name,
        phone=address.phone,
        company=address.company,
        vat=_vat(row),
    )


def hub_reference(row: Mapping[str, Any]) -> str:
    """Has to stand on the label, or the hub does not know whose parcel it is (contract)."""
    return rows.text(_step(row).get("shipToReferenceId"))


def _step(row: Mapping[str, Any]) -> Mapping[str, Any]:
    for instruction in rows.rows(row.get("fulfillmentStartInstructions")):
        if instruction.get("shippingStep"):
            return rows.record(instruction["shippingStep"])
    return {}


def _vat(row: Mapping[str, Any]) -> str:
    known = rows.record(rows.record(row.get("buyer")).get("taxIdentifier"))
    return rows.text(known.get("taxpayerId")) if rows.text(known.get("taxIdentifierType")) in _VAT else ""


def _contact(contact: Mapping[str, Any], vat: str) -> Address:
    place = rows.record(contact.get("contactAddress"))
    return Address(
        name=rows.text(contact.get("fullName")),
        company=rows.text(contact.get("companyName")),
        vat=vat if place else "",
        street=rows.text(place.get("addressLine1")),
        street2=rows.text(place.get("addressLine2")),
        city=rows.text(place.get("city")),
        postcode=rows.text(place.get("postalCode")),
        state=rows.text(place.get("stateOrProvince")) or rows.text(place.get("county")),
        country=rows.text(place.get("countryCode")).upper(),
        phone=rows.text(rows.record(contact.get("primaryPhone")).get("phoneNumber")),
        email=rows.text(contact.get("email")),
    )
