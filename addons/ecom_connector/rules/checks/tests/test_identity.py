import unittest
from dataclasses import replace

from channels.records import Address, Buyer
from rules.checks.identity import address_key, buyer_key, email_of, phone_of

from .common import VIENNA, order


def of(email):
    return order(buyer=Buyer(email=email))


class TestIdentity(unittest.TestCase):
    def test_a_buyer_is_known_again_whatever_the_case_and_the_tag_of_his_mail_address(self):
        self.assertEqual(email_of(of(" Anna+shop2@Example.com ")), "anna@example.com")
        self.assertEqual(buyer_key(of("anna+2@example.com")), buyer_key(of("ANNA@example.com")))
        self.assertNotEqual(buyer_key(of("anna@example.com")), buyer_key(of("anna@example.org")))

    def test_what_is_no_mail_address_makes_nobody_the_same(self):
        self.assertEqual([email_of(of(email)) for email in ("", "anna", "@example.com", "anna@")], [""] * 4)
        self.assertEqual(buyer_key(of("")), "")

    def test_a_telephone_number_is_the_same_with_and_without_its_country(self):
        numbers = [phone_of(order(buyer=Buyer(phone=phone))) for phone in ("+43 664 1234567", "0043/664/1234567")]
        self.assertEqual(numbers, ["641234567"] * 2)
        self.assertEqual(phone_of(order(buyer=Buyer(phone="123"))), "")

    def test_an_address_is_the_same_however_it_is_spelt_and_whoever_lives_there(self):
        spelt = replace(VIENNA, name="B. Huber", street="RING 1.", postcode="10 10")
        self.assertEqual(address_key(order()), address_key(order(ship_to=spelt)))
        self.assertNotEqual(address_key(order()), address_key(order(ship_to=replace(VIENNA, street="Ring 11"))))

    def test_no_address_is_nobodys(self):
        nowhere = Address(country="AT")
        self.assertEqual(address_key(order(ship_to=nowhere, bill_to=nowhere)), "")
