"""Postal addresses of WooCommerce, with the VAT number that plug-ins keep beside them."""

from collections.abc import Mapping
from typing import Any

from ..records import Address
from . import fields

# Where plug-ins keep a buyer's VAT number; seen side by side in several public repositories.
_VAT_FIELDS = ("_billing_vat_number", "_vat_number", "_billing_eu_vat_number", "vat_number")


def read_address(value: Any, vat: str = "") -> Address:
    row = fields.record(value)
    return Address(
        name=f"{fields.text(row.get('first_name'))} {fields.text(row.get('last_name'))}".strip(),
        company=fields.text(row.get("company")),
        vat=vat,
        street=fields.text(row.get("address_1")),
        street2=fields.text(row.get("address_2")),
        city=fields.text(row.get("city")),
        postcode=fields.text(row.get("postcode")),
        state=fields.text(row.get("state")),
        country=fields.text(row.get("country")).upper(),
        phone=fields.text(row.get("phone")),
        email=fields.text(row.get("email")),
    )


def read_vat(row: Mapping[str, Any]) -> str:
    meta = fields.meta(row)
    found = (meta.get(name) for name in _VAT_FIELDS)
    return next((fields.text(value) for value in found if isinstance(value, str) and value.strip()), "")
