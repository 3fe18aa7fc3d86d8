import unittest
from dataclasses import replace

from channels.records import Address, Line
from rules.checks.address import POSTCODES
from rules.checks.facts import Country, Limits

from .common import VIENNA, codes, order


class TestAddress(unittest.TestCase):
    def found(self, limits=None, country=None, **values):
        return codes("address", order(ship_to=replace(VIENNA, **values)), limits, country=country or Country())

    def test_a_whole_address_is_good(self):
        self.assertEqual(self.found(), [])

    def test_each_part_that_is_missing_is_named(self):
        self.assertEqual(self.found(street="", city=""), ["no_street", "no_city"])
        self.assertEqual(self.found(name=""), ["no_name"])
        self.assertEqual(self.found(postcode=""), ["no_postcode"])

    def test_a_company_needs_no_person(self):
        self.assertEqual(self.found(name="", company="Hut"), [])

    def test_what_is_needed_depends_on_the_country(self):
        self.assertEqual(
            self.found(
                country=Country(needs_postcode=False),
                postcode="",
            ),
            [],
        )
        self.assertEqual(self.found(country=Country(needs_state=True)), ["no_state"])
        self.assertEqual(self.found(country=Country(known=False)), ["no_country"])

    def test_a_postcode_that_its_country_does_not_know_is_odd(self):
        self.assertEqual(self.found(postcode="10115"), ["odd_postcode"])
        self.assertEqual(
            self.found(
                postcode="10115",
                country=Country(),
            ),
            ["odd_postcode"],
        )
        for country, postcode in (("GB", "sw1a 9zz"), ("NL", "1012 AB"), ("US", "05401-1234"), ("CA", "K1A 0B1")):
            address = replace(VIENNA, country=country, postcode=postcode)
            self.assertEqual(codes("address", order(ship_to=address)), [], country)
            self.assertIn(country, POSTCODES)

    def test_a_country_whose_postcodes_we_do_not_know_is_not_judged(self):
        self.assertEqual(codes("address", order(ship_to=replace(VIENNA, country="BR", postcode="x"))), [])

    def test_words_typed_to_get_on_are_noticed(self):
        self.assertEqual(self.found(name="Test"), ["placeholder"])
        self.assertEqual(self.found(street="a.s.d.f"), ["placeholder"])
        self.assertEqual(self.found(street="Teststraße 1"), [])

    def test_a_telephone_number_is_wanted_only_where_the_merchant_says_so(self):
        self.assertEqual(self.found(phone=""), [])
        self.assertEqual(self.found(Limits(phone=True), phone=""), ["no_phone"])

    def test_no_address_at_all_is_one_reason(self):
        nothing = Address()
        self.assertEqual(codes("address", order(ship_to=nothing, bill_to=nothing)), ["no_address"])

    def test_the_bill_to_address_serves_where_no_other_is_given(self):
        self.assertEqual(codes("address", order(ship_to=Address())), [])

    def test_what_is_not_sent_by_us_needs_no_address(self):
        nothing = Address()
        for values in ({"fulfilment": "fulfilled"}, {"fulfilment": "elsewhere"}):
            self.assertEqual(codes("address", order(ship_to=nothing, bill_to=nothing, **values)), [])
        fee = Line(external_id="f", kind="fee")
        self.assertEqual(codes("address", order(fee, ship_to=nothing, bill_to=nothing)), [])
