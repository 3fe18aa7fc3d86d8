"""A postal address as PrestaShop keeps it; country and state are records of their own."""

from ..records import Address
from . import fields
from .fields import Row


def read(row: Row, country: Row | None, state: Row | None, email: str) -> Address:
    return Address(
        name=f"{fields.text(row, 'firstname')} {fields.text(row, 'lastname')}".strip(),
        company=fields.text(row, "company"),
        vat=fields.text(row, "vat_number"),
        street=fields.text(row, "address1"),
        street2=fields.text(row, "address2"),
        city=fields.text(row, "city"),
        postcode=fields.text(row, "postcode"),
        state=fields.text(state, "iso_code") if state is not None else "",
        country=fields.text(country, "iso_code").upper() if country is not None else "",
        phone=fields.text(row, "phone_mobile") or fields.text(row, "phone"),
        email=email,
    )
