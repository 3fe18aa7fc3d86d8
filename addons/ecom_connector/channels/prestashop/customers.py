"""Registered customers of PrestaShop with the address they entered first. Guests stand on their orders only.

The next page begins behind the last customer's number. His password's digest is never asked for.
"""

from ..records import Address, Buyer, Customer, Page
from . import addresses, clock, fields
from .fields import Row

_FIELDS = "[id,id_lang,firstname,lastname,email,company,newsletter,date_add]"


def fetch_customers(client, token: str = "") -> Page:
    what = "Fetching customers"
    filters = {"is_guest": "[0]", "deleted": "[0]", **({"id": f">[{token}]"} if token else {})}
    limit = {"sort": "[id_ASC]", "limit": str(client.page_size)}
    rows = client.find("customers", filters, what=what, display=_FIELDS, **limit)
    ids = [fields.identifier(row) for row in rows]
    places = [row for row in client.of("addresses", "id_customer", ids, what=what) if not fields.truth(row, "deleted")]
    countries, states = _by_id(client, "countries", places), _by_id(client, "states", places)
    languages = {
        fields.identifier(row): fields.text(row, "language_code")
        for row in client.known("languages", {fields.identifier(row, "id_lang") for row in rows}, what=what)
    }
    found = []
    for row in rows:
        place = next((p for p in places if fields.identifier(p, "id_customer") == fields.identifier(row)), None)
        email = fields.text(row, "email")
        address = Address()
        if place is not None:
            country = countries.get(fields.identifier(place, "id_country"))
            address = addresses.read(place, country, states.get(fields.identifier(place, "id_state")), email)
        found.append(_customer(row, address, languages.get(fields.identifier(row, "id_lang"), ""), client.zone))
    return Page(items=tuple(found), next=ids[-1] if len(rows) >= client.page_size else "")


def _by_id(client, resource: str, places: list[Row]) -> dict[str, Row]:
    name = {"countries": "id_country", "states": "id_state"}[resource]
    rows = client.known(resource, {fields.identifier(place, name) for place in places}, what="Fetching customers")
    return {fields.identifier(row): row for row in rows}


def _customer(row: Row, address: Address, language: str, zone) -> Customer:
    return Customer(
        buyer=Buyer(
            external_id=fields.identifier(row),
            email=fields.text(row, "email"),
            name=f"{fields.text(row, 'firstname')} {fields.text(row, 'lastname')}".strip() or address.name,
            phone=address.phone,
            company=fields.text(row, "company") or address.company,
            vat=address.vat,
            language=language,
            accepts_marketing=fields.truth(row, "newsletter"),
        ),
        bill_to=address,
        created_at=clock.read(fields.text(row, "date_add"), zone),
    )
