import unittest
from dataclasses import replace

from channels.records import Address
from rules.checks.facts import Facts, Limits
from rules.checks.fraud import address_mismatch

from ..common import BERLIN, VIENNA, order


class TestAddressMismatch(unittest.TestCase):
    def found(self, ship_to, types=frozenset({"ordinary"}), **values):
        reasons = address_mismatch.find(order(ship_to=ship_to, **values), Facts(types=types), Limits())
        return [(reason.code, reason.points) for reason in reasons]

    def test_another_country_weighs_more_than_another_person(self):
        self.assertEqual(self.found(BERLIN), [("other_country", 40)])
        neighbour = replace(VIENNA, name="Karl Moser", street="Gasse 2")
        self.assertEqual(self.found(neighbour), [("other_person", 15)])

    def test_the_same_person_may_have_two_addresses(self):
        self.assertEqual(self.found(replace(VIENNA, name="HUBER, Anna", street="Gasse 2")), [])

    def test_a_present_goes_to_somebody_else(self):
        neighbour = replace(VIENNA, name="Karl Moser", street="Gasse 2")
        self.assertEqual(self.found(neighbour, types=frozenset({"gift"})), [])

    def test_an_address_that_is_not_given_differs_from_none(self):
        self.assertEqual(self.found(Address()), [])
