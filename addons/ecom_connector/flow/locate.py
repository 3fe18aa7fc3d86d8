from dataclasses import dataclass

from odoo import models

STREET = ("street", "street2", "city", "zip", "state_id", "country_id")


@dataclass(frozen=True, slots=True)
class Place:
    """An address in words of this database. Empty `street` values: the order has no such address."""

    name: str
    phone: str
    values: dict

    def __bool__(self):
        return bool(self.name) or any(self.values.values())

    @property
    def key(self):
        """Two addresses are the same when only case and spaces differ."""
        return (_plain(self.name), *(_plain(self.values[name]) for name in STREET))


@dataclass(frozen=True, slots=True)
class Places:
    """Where one order goes and who is billed. `own`: the address values of a customer who is new with this order."""

    bill_to: Place
    ship_to: Place

    @property
    def own(self):
        return (self.bill_to or self.ship_to).values


def _plain(value):
    return " ".join(value.split()).casefold() if isinstance(value, str) else value or ""


class EcomFlowLocate(models.AbstractModel):
    """Addresses of orders -> address contacts of their customers, reused when they are the same."""

    _name = "ecom.flow.locate"
    _description = "E-commerce: locate"

    # ------------------------------------------------------------------ places
    def _places(self, orders):
        """{order external id: Places}."""
        addresses = [address for order in orders for address in (order.bill_to, order.ship_to) if address]
        countries = self._countries({address.country.upper() for address in addresses if address.country})
        states = self._states(countries.values(), {address.state for address in addresses if address.state})
        return {
            order.external_id: Places(
                bill_to=self._place(order.bill_to, countries, states),
                ship_to=self._place(order.ship_to, countries, states),
            )
            for order in orders
        }

    def _countries(self, codes):
        if not codes:
            return {}
        return {country.code: country.id for country in self.env["res.country"].search([("code", "in", list(codes))])}

    def _states(self, country_ids, words):
        """{(country id, code or name without case): id} of the states in use."""
        if not words:
            return {}
        spelt = list({spelling for word in words for spelling in (word, word.upper(), word.title())})
        found = self.env["res.country.state"].search(
            [("country_id", "in", list(country_ids)), "|", ("code", "in", spelt), ("name", "in", spelt)]
        )
        known = {(state.country_id.id, state.name.casefold()): state.id for state in found}
        return {**known, **{(state.country_id.id, state.code.casefold()): state.id for state in found}}

    def _place(self, address, countries, states):
        country_id = countries.get(address.country.upper(), False)
        state_id = states.get((country_id, address.state.casefold()), False)
        # A region that nobody knows here must still stand on the label.
        city = address.city if state_id or not address.state else f"{address.city}, {address.state}".strip(", ")
        return Place(
            name=", ".join(part for part in (address.company, address.name) if part),
            phone=address.phone,
            values={
                "street": address.street,
                "street2": address.street2,
                "city": city,
                "zip": address.postcode,
                "state_id": state_id,
                "country_id": country_id,
            },
        )

    def _phone(self, number, country_id):
        """The number in its international spelling, where it is one; else as the buyer typed it."""
        if not number or not (country_id or number.startswith("+")):
            return number
        country = self.env["res.country"].browse(country_id)
        found = self.env["res.partner"]._phone_format(number=number, country=country, force_format="INTERNATIONAL")
        return found or number

    # --------------------------------------------------------------- addresses
    def _addresses(self, batch, customers, places):
        """{order external id: (id of the bill-to contact, id of the ship-to contact)}; the missing ones are made."""
        contacts = self.env["res.partner"].browse({customer.id for customer in customers.values()})
        known = self._known_addresses(contacts)
        new = {}
        for external_id, customer in customers.items():
            for kind in ("bill_to", "ship_to"):
                place = getattr(places[external_id], kind)
                key = (customer.id, *place.key)
                if place and key not in known:
                    new.setdefault(key, self._prepare_address_values(batch, customer, kind, place))
        made = self.env["res.partner"].create(list(new.values())) if new else ()
        known.update(zip(new, (contact.id for contact in made), strict=True))
        return {
            external_id: tuple(
                known[(customer.id, *place.key)] if place else customer.id
                for place in (places[external_id].bill_to, places[external_id].ship_to)
            )
            for external_id, customer in customers.items()
        }

    def _known_addresses(self, customers):
        """{(customer id, *key): contact id} of the customers' own addresses and those below them."""
        below = self.env["res.partner"].search(
            [("parent_id", "in", customers.ids), ("type", "in", ("delivery", "invoice", "other"))], order="id desc"
        )
        known = {(address.parent_id.id, *self._contact_key(address, address.name)): address.id for address in below}
        for customer in customers:
            company = customer.parent_id.name
            for name in ("", customer.name, *((company, f"{company}, {customer.name}") if company else ())):
                known[(customer.id, *self._contact_key(customer, name))] = customer.id
        return known

    def _contact_key(self, contact, name):
        street = (contact[field].id if field.endswith("_id") else contact[field] for field in STREET)
        return (_plain(name), *map(_plain, street))

    def _prepare_address_values(self, batch, customer, kind, place):
        """Values of an address below its customer; a hook."""
        return {
            "parent_id": customer.id,
            "type": "invoice" if kind == "bill_to" else "delivery",
            "name": place.name or customer.name,
            "phone": self._phone(place.phone, place.values["country_id"]),
            "company_id": customer.company_id.id or batch.channel.company_id.id,
            **place.values,
        }
