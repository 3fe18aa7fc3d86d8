"""Registered customers of BigCommerce with their addresses. Guests stand on their orders only."""

from collections.abc import Mapping
from typing import Any

from .. import rows
from ..records import Address, Buyer, Customer, Page
from .moments import moment

_AT_ONCE = 50


def fetch_customers(client, token: str = "") -> Page:
    page = int(token or 1)
    params = {"include": "addresses", "sort": "date_created:asc", "page": page, "limit": _AT_ONCE}
    found, pages = client.data("/customers", params, what="Fetching customers")
    items = tuple(_customer(row) for row in found if rows.identifier(row.get("id")))
    return Page(items=items, next=str(page + 1) if found and page < pages else "")


def _customer(row: Mapping[str, Any]) -> Customer:
    """The store knows no address for bills: its first one is taken for both."""
    addresses = rows.rows(row.get("addresses"))
    address = _address(addresses[0], row) if addresses else Address()
    group = rows.identifier(row.get("customer_group_id"))
    return Customer(
        buyer=Buyer(
            external_id=rows.identifier(row.get("id")),
            email=rows.text(row.get("email")),
            name=f"{rows.text(row.get('first_name'))} {rows.text(row.get('last_name'))}".strip(),
            phone=rows.text(row.get("phone")),
            company=rows.text(row.get("company")),
            tags=(group,) if group not in ("", "0") else (),
        ),
        bill_to=address,
        ship_to=address,
        created_at=moment(row.get("date_created")),
    )


def _address(row: Mapping[str, Any], owner: Mapping[str, Any]) -> Address:
    return Address(
        name=f"{rows.text(row.get('first_name'))} {rows.text(row.get('last_name'))}".strip(),
        company=rows.text(row.get("company")),
        street=rows.text(row.get("address1")),
        street2=rows.text(row.get("address2")),
        city=rows.text(row.get("city")),
        postcode=rows.text(row.get("postal_code")),
        state=rows.text(row.get("state_or_province")),
        country=rows.text(row.get("country_code")).upper(),
        phone=rows.text(row.get("phone")),
        email=rows.text(owner.get("email")),
    )
