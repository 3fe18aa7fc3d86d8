"""Registered customers of WooCommerce. Guests stand on their orders only.

The list knows no "changed since" (specs): it is read whole, page by page, in the order in which people registered.
"""

from collections.abc import Mapping
from typing import Any

from ..records import Buyer, Customer, Page
from . import fields, paging
from .address import read_address, read_vat


def fetch_customers(client, token: str = "") -> Page:
    page = int(token or 1)
    params = {"per_page": client.page_size, "page": page, "orderby": "id", "order": "asc"}
    answer = client.get("customers", params, what="Fetching customers")
    found = tuple(_customer(row) for row, _body in fields.slices(answer.body) if fields.identifier(row.get("id")))
    return Page(items=found, next=str(page + 1) if paging.has_more(answer, page) else "")


def _customer(row: Mapping[str, Any]) -> Customer:
    """The account has a name and an e-mail of its own; where they are empty, those of the address are meant."""
    bill_to = read_address(row.get("billing"), vat=read_vat(row))
    name = f"{fields.text(row.get('first_name'))} {fields.text(row.get('last_name'))}".strip()
    return Customer(
        buyer=Buyer(
            external_id=fields.identifier(row.get("id")),
            email=fields.text(row.get("email")) or bill_to.email,
            name=name or bill_to.name,
            phone=bill_to.phone,
            company=bill_to.company,
            vat=bill_to.vat,
        ),
        bill_to=bill_to,
        ship_to=read_address(row.get("shipping")),
        created_at=fields.moment(row.get("date_created_gmt")),
    )
