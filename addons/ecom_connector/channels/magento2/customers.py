"""Registered customers of Magento 2. Guests stand on their orders only."""

from collections.abc import Mapping
from typing import Any

from .. import rows
from ..records import Address, Buyer, Customer, Page
from . import search


def fetch_customers(client, token: str = "") -> Page:
    found, following = search.pages(client, "/V1/customers/search", token, "entity_id", what="Fetching customers")
    return Page(items=tuple(_customer(row) for row in found if rows.identifier(row.get("id"))), next=following)


def _customer(row: Mapping[str, Any]) -> Customer:
    bill_to, ship_to = (_chosen(row, name) for name in ("default_billing", "default_shipping"))
    email, group = rows.text(row.get("email")), rows.identifier(row.get("group_id"))
    return Customer(
        buyer=Buyer(
            external_id=rows.identifier(row.get("id")),
            email=email,
            name=_name(row),
            phone=bill_to.phone,
            company=bill_to.company,
            vat=rows.text(row.get("taxvat")) or bill_to.vat,
            tags=(group,) if group else (),
        ),
        bill_to=bill_to,
        ship_to=ship_to,
        created_at=search.moment(row.get("created_at")),
    )


def _name(row: Mapping[str, Any]) -> str:
    return f"{rows.text(row.get('firstname'))} {rows.text(row.get('lastname'))}".strip()


def _chosen(row: Mapping[str, Any], name: str) -> Address:
    for address in rows.rows(row.get("addresses")):
        if address.get(name) is True:
            return _address(address, rows.text(row.get("email")))
    return Address()


def _address(row: Mapping[str, Any], email: str) -> Address:
    streets = [line for line in rows.texts(row.get("street")) if line]
    region = rows.record(row.get("region"))
    return Address(
        name=_name(row),
        company=rows.text(row.get("company")),
        vat=rows.text(row.get("vat_id")),
        street=streets[0] if streets else "",
        street2=", ".join(streets[1:]),
        city=rows.text(row.get("city")),
        postcode=rows.text(row.get("postcode")),
        state=rows.text(region.get("region_code")) or rows.text(region.get("region")),
        country=rows.text(row.get("country_id")).upper(),
        phone=rows.text(row.get("telephone")),
        email=email,
    )
