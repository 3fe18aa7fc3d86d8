from collections import defaultdict
from dataclasses import dataclass

from odoo import models
from odoo.tools import email_normalize

from ..rules.vat import normal_vat
from .batch import Contacts


@dataclass(frozen=True, slots=True)
class Person:
    """Who bought, in words of this database. `identity` is the same for the same buyer within a batch."""

    identity: tuple
    external_id: str
    email: str
    name: str
    phone: str
    company: str
    vat: str
    lang: str
    said: dict


class EcomFlowRecognise(models.AbstractModel):
    """Buyers -> contacts: whom we know is found again, whom we do not know is made, one create for all."""

    _name = "ecom.flow.recognise"
    _description = "E-commerce: recognise"

    def _recognise(self, batch):
        """Fill `batch.contacts`. A contact that exists is never written on."""
        people = {external_id: self._person(batch, order) for external_id, order in batch.orders.items()}
        customers = self._known(batch, people)
        places = self.env["ecom.flow.locate"]._places(batch.orders.values())
        self._make(batch, people, customers, places)
        addresses = self.env["ecom.flow.locate"]._addresses(batch, customers, places)
        for external_id in batch.orders:
            bill_to, ship_to = addresses[external_id]
            batch.contacts[external_id] = Contacts(customers[external_id].id, bill_to, ship_to)

    def _person(self, batch, order):
        buyer, address = order.buyer, order.bill_to or order.ship_to
        email = buyer.email or order.bill_to.email or order.ship_to.email
        name = buyer.name or address.name or order.ship_to.name or buyer.company or address.company or email
        name = " ".join(name.split()) or self.env._("Buyer of %(order)s", order=order.number or order.external_id)
        known_email = email_normalize(email) or ""
        if known_email:
            identity = (known_email, name.casefold())
        else:
            identity = ("buyer", buyer.external_id) if buyer.external_id else ("order", order.external_id)
        return Person(
            identity=identity,
            external_id=buyer.external_id,
            email=email,
            name=name,
            phone=buyer.phone or address.phone,
            company=buyer.company or order.bill_to.company,
            vat=normal_vat(buyer.vat or order.bill_to.vat, address.country),
            lang=self._lang(buyer.language),
            said=self.env["ecom.flow.remember"]._prepare_said(batch, order),
        )

    def _lang(self, tag):
        """The installed language of an IETF tag; empty leaves it to Odoo."""
        installed = [code for code, _name in self.env["res.lang"].get_installed()] if tag else []
        wanted = tag.replace("-", "_")
        nearest = [code for code in installed if code.split("_")[0] == wanted.split("_")[0]]
        return wanted if wanted in installed else nearest[0] if nearest else ""

    # ------------------------------------------------------------------- known
    def _known(self, batch, people):
        """{order external id: contact} of buyers that were here before."""
        by_buyer = self._known_buyers(batch, {person.external_id for person in people.values() if person.external_id})
        by_email = self._known_guests(batch, {person.identity for person in people.values()})
        found = {}
        for external_id, person in people.items():
            contact = by_buyer.get(person.external_id) or by_email.get(person.identity)
            if contact:
                found[external_id] = contact
        self._link(batch, [person for person in people.values() if person.external_id not in by_buyer], by_email)
        return found

    def _known_buyers(self, batch, external_ids):
        if not external_ids:
            return {}
        buyers = self.env["ecom.buyer"].search(
            [("channel_id", "=", batch.channel.id), ("external_id", "in", list(external_ids))]
        )
        return {buyer.external_id: buyer.partner_id for buyer in buyers}

    def _known_guests(self, batch, identities):
        """A guest who comes back is known by e-mail and name together: families share mail boxes."""
        emails = [email for email, _name in identities if "@" in email]
        if not emails:
            return {}
        contacts = self.env["res.partner"].search(
            [
                ("email_normalized", "in", emails),
                ("type", "=", "contact"),
                ("company_id", "in", (False, batch.channel.company_id.id)),
            ],
            order="id desc",
        )
        return {
            (contact.email_normalized, " ".join((contact.name or "").split()).casefold()): contact
            for contact in contacts
        }

    # --------------------------------------------------------------------- new
    def _make(self, batch, people, customers, places):
        """One create for all buyers that are new; adds them to `customers`."""
        new = defaultdict(list)
        for external_id, person in people.items():
            if external_id not in customers:
                new[person.identity].append(external_id)
        if not new:
            return
        first = {identity: external_ids[0] for identity, external_ids in new.items()}
        companies = self._companies(batch, people, first, places)
        contacts = self._contacts().create(
            [
                self._prepare_contact_values(
                    batch, people[external_id], places[external_id].own, companies.get(identity)
                )
                for identity, external_id in first.items()
            ]
        )
        made = dict(zip(first, contacts, strict=True))
        customers.update((external_id, made[identity]) for identity, ids in new.items() for external_id in ids)
        self._link(batch, [people[external_id] for ids in new.values() for external_id in ids], made)

    def _contacts(self):
        # A wrong VAT number on a shop's form must not keep an order out; issues with it are found where it matters.
        return self.env["res.partner"].with_context(no_vat_validation=True)

    def _companies(self, batch, people, first, places):
        """{identity: company} of new buyers who buy for one. Known again by VAT number only: names are shared."""
        buying = {identity: external_id for identity, external_id in first.items() if people[external_id].company}
        if not buying:
            return {}
        numbers = list({people[external_id].vat for external_id in buying.values()} - {""})
        domain = [("vat", "in", numbers), ("is_company", "=", True)]
        domain.append(("company_id", "in", (False, batch.channel.company_id.id)))
        by_vat = {company.vat: company for company in self._contacts().search(domain)} if numbers else {}
        found, new = {}, {}
        for identity, external_id in buying.items():
            person = people[external_id]
            if person.vat in by_vat:
                found[identity] = by_vat[person.vat]
            else:
                new[identity] = self._prepare_company_values(batch, person, places[external_id].own)
        made = self._contacts().create(list(new.values())) if new else ()
        return {**found, **dict(zip(new, made, strict=True))}

    def _prepare_company_values(self, batch, person, own):
        """Values of a company that buys for the first time; a hook."""
        values = {"name": person.company, "is_company": True, "company_id": batch.channel.company_id.id, **own}
        return {**values, **self._prepare_vat(person)}

    def _prepare_vat(self, person):
        if not person.vat:
            return {}
        # Odoo would ask the Union's register while it creates the contact; an order does not wait for that.
        unasked = {"vies_valid": False} if "vies_valid" in self.env["res.partner"]._fields else {}
        return {"vat": person.vat, **unasked}

    def _prepare_contact_values(self, batch, person, own, company):
        """Values of a new customer; `own` is the address to live at. A hook."""
        values = {
            "name": person.name,
            "email": person.email,
            "phone": self.env["ecom.flow.locate"]._phone(person.phone, own["country_id"]),
            "company_id": batch.channel.company_id.id,
            **({"parent_id": company.id, "type": "contact"} if company else own),
        }
        if not company:
            values.update(self._prepare_vat(person))
        return {**values, **person.said, **({"lang": person.lang} if person.lang else {})}

    def _link(self, batch, people, contacts):
        """Remember the channel's own id of these buyers; `contacts` by identity."""
        links = {
            person.external_id: contacts[person.identity].id
            for person in people
            if person.external_id and person.identity in contacts
        }
        if links:
            self.env["ecom.buyer"].create(
                [
                    {"channel_id": batch.channel.id, "external_id": external_id, "partner_id": contact_id}
                    for external_id, contact_id in links.items()
                ]
            )
