"""Customers that a channel lists: followed as far as the contact is still what the channel said, and nobody twice."""

from dataclasses import replace

from odoo.tests import tagged

from ..channels.records import Address, Buyer, Customer, Page
from ..flow.errand import END
from .common import VIENNA, ChannelCase

ANNA = Buyer(external_id="c1", email="anna@example.com", name="Anna Huber", phone="+43 1 5131234")


@tagged("post_install", "-at_install")
class TestAcquaint(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.acquaint = cls.env["ecom.flow.acquaint"]

    def tell(self, *buyers, next="", bill_to=VIENNA):
        page = Page(items=tuple(Customer(buyer=buyer, bill_to=bill_to) for buyer in buyers), next=next)
        self.acquaint._store(self.channel, None, page)

    def contact(self, number="c1"):
        domain = [("channel_id", "=", self.channel.id), ("external_id", "=", number)]
        return self.env["ecom.buyer"].search(domain).partner_id

    def test_a_changed_account_is_followed(self):
        contact = self.place(buyer=ANNA).partner_id
        self.tell(ANNA)
        self.tell(replace(ANNA, email="huber@example.com", phone="+43 1 5131299"))
        self.assertEqual((contact.email, contact.phone), ("huber@example.com", "+43 1 5131299"))
        self.assertEqual(contact.name, "Anna Huber")

    def test_what_people_wrote_on_the_contact_stays(self):
        contact = self.place(buyer=ANNA).partner_id
        self.tell(ANNA)
        contact.email = "private@example.com"
        self.tell(replace(ANNA, email="huber@example.com", name="Anna Maria Huber"))
        self.assertEqual((contact.email, contact.name), ("private@example.com", "Anna Maria Huber"))

    def test_an_address_of_the_account_never_overwrites_the_customers_own(self):
        contact = self.place(buyer=ANNA, bill_to=VIENNA).partner_id
        self.tell(ANNA)
        self.tell(ANNA, bill_to=Address(street="Other 9", city="Linz", country="AT"))
        self.assertEqual(contact.city, "Wien")

    def test_who_never_ordered_is_taken_over_only_where_the_policy_says_so(self):
        self.tell(ANNA)
        self.assertFalse(self.contact())
        self.channel.customer_policy = "all"
        self.tell(ANNA)
        contact = self.contact()
        self.assertEqual((contact.name, contact.city, contact.company_id), ("Anna Huber", "Wien", self.company))
        self.tell(ANNA)
        self.assertEqual(self.place(buyer=ANNA).partner_id, contact)

    def test_a_guest_who_registered_later_is_the_same_contact(self):
        contact = self.place(buyer=replace(ANNA, external_id="")).partner_id
        self.channel.customer_policy = "all"
        self.tell(ANNA)
        self.assertEqual(self.contact(), contact)

    def test_all_pages_are_read_and_then_none(self):
        cursor = self.acquaint._cursor(self.channel)
        self.tell(ANNA, next="2")
        self.assertEqual(cursor.position, "2")
        self.tell(replace(ANNA, external_id="c2"))
        self.assertEqual(cursor.position, END)
        self.assertIsNone(self.acquaint._question(self.channel))
        self.assertFalse(cursor.position)
