"""Customers of Shopify: all that it has an account of. A guest who gave an address becomes one there, too."""

from collections.abc import Mapping
from typing import Any

from ..records import Buyer, Customer, Page
from . import fields, ids, order_people
from .documents import people


def fetch_customers(client, token: str = "") -> Page:
    told = client.ask(people.CUSTOMERS, {"after": token or None}, what="Fetching customers")
    page = fields.record(told.get("customers"))
    found = tuple(_customer(row) for row in fields.rows(page) if ids.number(row.get("id")))
    return Page(items=found, next=fields.following(page))


def _customer(row: Mapping[str, Any]) -> Customer:
    address = order_people.read_address(row, "defaultAddress")
    mail = fields.record(row.get("defaultEmailAddress"))
    phone = fields.text(fields.record(row.get("defaultPhoneNumber")).get("phoneNumber"))
    state, shown = fields.text(mail.get("marketingState")), fields.text(row.get("displayName"))
    return Customer(
        buyer=Buyer(
            external_id=ids.number(row.get("id")),
            email=fields.text(mail.get("emailAddress")),
            name=shown if shown and "@" not in shown else address.name,
            phone=phone or address.phone,
            company=address.company,
            language=fields.text(row.get("locale")),
            accepts_marketing=state == "SUBSCRIBED" if state else None,
            tags=fields.words(row.get("tags")),
        ),
        bill_to=address,
        ship_to=address,
        created_at=fields.moment(row.get("createdAt")),
    )
