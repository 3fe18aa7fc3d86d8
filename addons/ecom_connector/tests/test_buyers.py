"""What a channel says of its buyers: written down once, in one spelling, and never over what people wrote."""

from dataclasses import replace
from datetime import timedelta

from odoo.tests import tagged

from ..channels.records import Address, Buyer
from .common import PLACED, VIENNA, ChannelCase

ANNA = Buyer(email="anna@example.com", name="Anna Huber")


@tagged("post_install", "-at_install")
class TestBuyers(ChannelCase):
    def buyer(self, **values):
        """The contact of an order placed by this buyer."""
        order = {name: values.pop(name) for name in ("bill_to", "ship_to", "created_at") if name in values}
        return self.place(buyer=replace(ANNA, **values), **order).partner_id

    # -------------------------------------------------------------------- phones
    def test_a_phone_number_is_kept_in_its_international_spelling(self):
        at_home = replace(VIENNA, phone="")
        for typed in ("01 5131234", "+4315131234", "0043 1 513 12 34"):
            contact = self.buyer(email=f"{typed[:3]}{len(typed)}@example.com", phone=typed, bill_to=at_home)
            self.assertEqual(contact.phone, "+43 1 5131234")
        american = Address(name="A", street="1 Road", city="New York", state="NY", postcode="10001", country="US")
        other = self.place(ship_to=replace(american, phone="(212) 736-5000")).partner_shipping_id
        self.assertEqual((other.phone, other.state_id.code), ("+1 212-736-5000", "NY"))

    def test_what_is_no_phone_number_stays_as_it_was_typed(self):
        self.assertEqual(self.buyer(phone="call my office").phone, "call my office")

    # ----------------------------------------------------------------- VAT numbers
    def test_a_company_is_one_contact_however_its_number_is_typed(self):
        firm = replace(VIENNA, company="Huber GmbH")
        typed = ("ATU12345675", "at u 1234 5675", "U12345675")
        buyers = [
            self.buyer(email=f"{number}@example.com", bill_to=replace(firm, vat=vat), name=f"N {number}")
            for number, vat in enumerate(typed)
        ]
        companies = {contact.parent_id for contact in buyers}
        self.assertEqual([company.vat for company in companies], ["ATU12345675"])
        self.assertEqual(len(next(iter(companies)).child_ids.filtered(lambda child: child.type == "contact")), 3)

    # -------------------------------------------------------------------- consent
    def test_consent_to_advertising_is_kept_with_day_and_channel(self):
        contact = self.buyer(accepts_marketing=True)
        self.assertEqual((contact.ecom_marketing, contact.ecom_marketing_channel_id), ("accepted", self.channel))
        self.assertEqual(contact.ecom_marketing_at, PLACED.replace(tzinfo=None))

    def test_the_last_word_counts_whatever_order_it_arrives_in(self):
        contact = self.buyer(accepts_marketing=True)
        self.buyer(accepts_marketing=False, created_at=PLACED + timedelta(days=1))
        self.assertEqual(contact.ecom_marketing, "declined")
        self.buyer(accepts_marketing=True, created_at=PLACED - timedelta(days=1))
        self.assertEqual(contact.ecom_marketing, "declined")
        self.buyer(accepts_marketing=None, created_at=PLACED + timedelta(days=2))
        self.assertEqual(contact.ecom_marketing, "declined")

    def test_who_was_never_asked_has_said_nothing(self):
        self.assertFalse(self.buyer(accepts_marketing=None).ecom_marketing)

    # ----------------------------------------------------------------------- tags
    def test_tags_of_a_customer_are_added_and_none_is_taken_away(self):
        ours = self.env["res.partner.category"].create({"name": "Ours"})
        contact = self.buyer(tags=("VIP",))
        contact.category_id |= ours
        self.buyer(tags=("VIP", "wholesale"))
        self.assertEqual(set(contact.category_id.mapped("name")), {"VIP", "Ours", "wholesale"})
        self.assertEqual(self.env["res.partner.category"].search_count([("name", "=", "VIP")]), 1)

    def test_tags_of_an_order_are_made_once(self):
        orders = [self.place(tags=("press", "priority")), self.place(tags=("press",))]
        self.assertEqual([order.tag_ids.mapped("name") for order in orders], [["press", "priority"], ["press"]])
        self.assertEqual(orders[0].tag_ids & orders[1].tag_ids, orders[1].tag_ids)

    def test_name_address_and_phone_of_a_known_contact_are_never_written(self):
        contact = self.buyer(accepts_marketing=True, tags=("VIP",), phone="+43 1 5131234")
        before = contact.read(["name", "email", "phone", "street", "city", "zip", "vat", "lang"])
        again = self.buyer(
            name="anna HUBER",
            accepts_marketing=False,
            tags=("new",),
            phone="+43 1 9999999",
            bill_to=replace(VIENNA, street="Elsewhere 9"),
            created_at=PLACED + timedelta(days=1),
        )
        self.assertEqual((again, again.read([*before[0]])), (contact, before))
