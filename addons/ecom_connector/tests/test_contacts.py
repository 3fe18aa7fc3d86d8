"""The same buyer is one contact, an address is kept once, and nothing that people wrote is overwritten."""

from dataclasses import replace

from odoo.tests import tagged

from ..channels.records import Address, Buyer
from .common import GRAZ, VIENNA, ChannelCase

LINZ = Address(name="Anna Huber", street="Platz 3", city="Linz", postcode="4020", country="AT")
ANNA = Buyer(email="Anna@Example.com", name="Anna Huber", phone="+43 1 5550100")


@tagged("post_install", "-at_install")
class TestContacts(ChannelCase):
    def placed(self, **values):
        return self.place(**{"buyer": ANNA, **values})

    # -------------------------------------------------------------------- guests
    def test_a_new_guest_lives_at_the_billing_address_with_the_delivery_address_below(self):
        order = self.placed()
        contact = order.partner_id
        self.assertEqual(
            (contact.name, contact.email, contact.phone), ("Anna Huber", "Anna@Example.com", "+43 1 5550100")
        )
        self.assertEqual(
            (contact.street, contact.city, contact.zip, contact.country_id.code), ("Ring 1", "Wien", "1010", "AT")
        )
        self.assertEqual(order.partner_invoice_id, contact)
        delivery = order.partner_shipping_id
        self.assertEqual((delivery.parent_id, delivery.type, delivery.street), (contact, "delivery", "Gasse 2"))
        self.assertEqual(contact.company_id, self.company)

    def test_one_address_for_both_makes_one_contact(self):
        order = self.placed(ship_to=VIENNA)
        self.assertEqual(order.partner_shipping_id, order.partner_id)
        self.assertFalse(order.partner_id.child_ids)

    def test_a_guest_who_comes_back_is_known_by_email_and_name_in_any_spelling(self):
        first = self.placed()
        second = self.placed(buyer=Buyer(email="anna@example.COM", name=" anna  HUBER"))
        self.assertEqual(second.partner_id, first.partner_id)
        self.assertEqual(second.partner_shipping_id, first.partner_shipping_id)
        self.assertEqual(len(first.partner_id.child_ids), 1)

    def test_another_name_at_the_same_mailbox_is_another_person(self):
        first = self.placed()
        second = self.placed(buyer=Buyer(email=ANNA.email, name="Bert Huber"))
        self.assertNotEqual(second.partner_id, first.partner_id)

    def test_two_orders_of_a_new_buyer_in_one_batch_make_one_contact(self):
        messages = self.feed(self.order(buyer=ANNA), self.order(buyer=ANNA, ship_to=LINZ), self.order(buyer=ANNA))
        self.assertEqual(len(messages.order_id.partner_id), 1)
        self.assertEqual(len(messages.order_id.partner_shipping_id), 2)

    def test_guests_without_an_email_are_never_taken_for_each_other(self):
        nobody = Buyer(name="Anna Huber")
        bare = replace(VIENNA, email="")
        first, second = (self.placed(buyer=nobody, bill_to=bare, ship_to=bare) for _number in range(2))
        self.assertNotEqual(first.partner_id, second.partner_id)

    def test_an_order_that_tells_nothing_about_its_buyer_is_placed_all_the_same(self):
        order = self.placed(buyer=Buyer(), bill_to=Address(), ship_to=Address(), number="4711")
        self.assertEqual(order.partner_id.name, "Buyer of 4711")
        self.assertEqual(order.partner_shipping_id, order.partner_id)

    def test_the_contact_of_another_company_is_not_ours(self):
        other = self.make_company("Other Company")
        stranger = self.env["res.partner"].create({"name": "Anna Huber", "email": ANNA.email, "company_id": other.id})
        self.assertNotEqual(self.placed().partner_id, stranger)

    def test_a_contact_that_people_made_is_found_and_not_written_on(self):
        known = self.env["res.partner"].create({"name": "Anna Huber", "email": ANNA.email, "city": "Salzburg"})
        order = self.placed()
        self.assertEqual(order.partner_id, known)
        self.assertEqual((known.city, known.street, known.phone), ("Salzburg", False, False))
        self.assertEqual((order.partner_invoice_id.type, order.partner_invoice_id.city), ("invoice", "Wien"))

    # ----------------------------------------------------------- registered buyers
    def test_a_registered_buyer_is_known_by_the_channels_id_under_a_new_name_and_email(self):
        first = self.placed(buyer=replace(ANNA, external_id="b7"))
        second = self.placed(buyer=Buyer(external_id="b7", email="new@example.com", name="Anna Gruber"))
        self.assertEqual(second.partner_id, first.partner_id)
        self.assertEqual(first.partner_id.name, "Anna Huber")
        buyers = self.env["ecom.buyer"].search([("channel_id", "=", self.channel.id)])
        self.assertEqual(buyers.mapped(lambda buyer: (buyer.external_id, buyer.partner_id)), [("b7", first.partner_id)])

    def test_a_guest_who_registers_stays_the_same_contact(self):
        guest = self.placed()
        registered = self.placed(buyer=replace(ANNA, external_id="b7"))
        self.assertEqual(registered.partner_id, guest.partner_id)
        self.assertEqual(self.env["ecom.buyer"].search([("external_id", "=", "b7")]).partner_id, guest.partner_id)

    # ------------------------------------------------------------------ addresses
    def test_a_new_address_is_added_and_the_old_ones_stay(self):
        first = self.placed()
        second = self.placed(bill_to=LINZ, ship_to=LINZ)
        self.assertEqual(second.partner_id, first.partner_id)
        self.assertEqual(first.partner_id.street, "Ring 1")
        self.assertEqual((second.partner_invoice_id.city, second.partner_shipping_id.city), ("Linz", "Linz"))
        third = self.placed(bill_to=VIENNA, ship_to=replace(LINZ, street="PLATZ  3"))
        self.assertEqual(third.partner_invoice_id, first.partner_id)
        self.assertEqual(third.partner_shipping_id.city, "Linz")
        self.assertEqual(len(first.partner_id.child_ids), 2)

    def test_a_gift_goes_to_another_name_at_the_same_street(self):
        order = self.placed(ship_to=replace(VIENNA, name="Carla Huber"))
        self.assertEqual((order.partner_shipping_id.name, order.partner_shipping_id.street), ("Carla Huber", "Ring 1"))

    def test_states_are_found_by_code_and_by_name_and_unknown_ones_stay_readable(self):
        home = {"name": "A", "street": "1 Road", "city": "Town", "postcode": "1", "country": "US"}
        for state, found in (("NY", "New York"), ("new york", "New York"), ("California", "California")):
            order = self.placed(ship_to=Address(**home, state=state))
            self.assertEqual(order.partner_shipping_id.state_id.name, found)
        order = self.placed(ship_to=Address(**home, state="Atlantis"))
        self.assertFalse(order.partner_shipping_id.state_id)
        self.assertEqual(order.partner_shipping_id.city, "Town, Atlantis")

    # ------------------------------------------------------------------ companies
    def test_a_company_that_buys_is_the_parent_of_the_person_who_ordered(self):
        firm = replace(VIENNA, company="Huber GmbH", vat="ATU12345675")
        order = self.placed(bill_to=firm, ship_to=firm)
        person = order.partner_id
        self.assertEqual(
            (person.name, person.parent_id.name, person.parent_id.is_company), ("Anna Huber", "Huber GmbH", True)
        )
        self.assertEqual((person.parent_id.vat, person.parent_id.street), ("ATU12345675", "Ring 1"))
        self.assertEqual((order.partner_invoice_id, order.partner_shipping_id), (person, person))

    def test_a_company_is_known_again_by_its_vat_number_only(self):
        firm = replace(VIENNA, company="Huber GmbH", vat="ATU12345675")
        first = self.placed(bill_to=firm)
        colleague = self.placed(
            bill_to=replace(firm, name="Bert Maier"), buyer=Buyer(email="b@example.com", name="Bert Maier")
        )
        stranger = self.placed(
            bill_to=replace(firm, name="Carl Alt", vat=""), buyer=Buyer(email="c@example.com", name="Carl Alt")
        )
        self.assertEqual(colleague.partner_id.parent_id, first.partner_id.parent_id)
        self.assertNotEqual(stranger.partner_id.parent_id, first.partner_id.parent_id)

    def test_a_wrong_vat_number_keeps_no_order_out(self):
        order = self.placed(bill_to=replace(VIENNA, company="Huber GmbH", vat="ATU0"))
        self.assertEqual((order.state, order.partner_id.parent_id.vat), ("sale", "ATU0"))

    def test_the_buyers_language_is_kept_where_it_is_installed(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.assertEqual(self.placed(buyer=replace(ANNA, language="de-AT")).partner_id.lang, "de_DE")
        other = Buyer(email="x@example.com", name="X", language="xx-YY")
        self.assertEqual(self.placed(buyer=other).partner_id.lang, self.env.user.lang or "en_US")

    def test_looking_up_a_hundred_thousand_contacts_uses_an_index(self):
        self.env.cr.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'res_partner_ecom_email_idx'")
        self.assertIn("email_normalized", self.env.cr.fetchone()[0])

    def test_buyers_who_come_back_cost_no_query_each(self):
        def queries(count):
            buyers = [Buyer(email=f"{count}-{number}@example.com", name=f"N {number}") for number in range(count)]
            self.feed(*(self.order(buyer=buyer) for buyer in buyers))
            self.env.invalidate_all()
            orders = [self.order(buyer=buyer, ship_to=GRAZ) for buyer in buyers]
            batch = self.env["ecom.flow.place"]._batch(self.channel, {order.external_id: order for order in orders})
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env["ecom.flow.recognise"]._recognise(batch)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        self.assertLessEqual(queries(20), queries(5))
