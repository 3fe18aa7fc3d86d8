import unittest
from dataclasses import replace

from rules.checks.facts import Goods, Restriction

from .common import BERLIN, VIENNA, codes, order

GOODS = {"l1": Goods(product=7, name="Shirt", categories=frozenset({1, 3})), "l2": Goods(product=8, name="Cup")}


class TestRestricted(unittest.TestCase):
    def found(self, ship_to=VIENNA, **values):
        restriction = Restriction(name="No", **{name: frozenset(value) for name, value in values.items()})
        return codes("restricted", order(ship_to=ship_to), goods=GOODS, restrictions=(restriction,))

    def test_a_country_that_is_not_served(self):
        self.assertEqual(self.found(BERLIN, countries=("DE",)), ["restricted_place"])
        self.assertEqual(self.found(VIENNA, countries=("DE",)), [])

    def test_a_part_of_a_country_by_state_or_by_the_start_of_the_postcode(self):
        in_texas = replace(VIENNA, country="US", state="TX", postcode="73301")
        self.assertEqual(self.found(in_texas, countries=("US",), states=("tx",)), ["restricted_place"])
        self.assertEqual(self.found(in_texas, countries=("US",), states=("ca",)), [])
        island = replace(BERLIN, postcode="27 498")
        self.assertEqual(self.found(island, countries=("DE",), postcodes=("27498",)), ["restricted_place"])
        self.assertEqual(self.found(BERLIN, countries=("DE",), postcodes=("27498",)), [])

    def test_a_product_that_must_not_go_there_by_itself_or_by_its_category(self):
        self.assertEqual(self.found(BERLIN, countries=("DE",), products=(7,)), ["restricted_item"])
        self.assertEqual(self.found(BERLIN, countries=("DE",), categories=(3,)), ["restricted_item"])
        self.assertEqual(self.found(BERLIN, countries=("DE",), products=(9,)), [])
        self.assertEqual(self.found(VIENNA, countries=("DE",), products=(7,)), [])

    def test_a_product_that_goes_nowhere(self):
        self.assertEqual(self.found(products=(7, 8)), ["restricted_item", "restricted_item"])
