import unittest

from rules.forecast.outlook import Outlook
from rules.forecast.rebalance import Place, propose_transfers


def place(name, free, weekly, incoming=0.0):
    return Place(name, free, incoming, Outlook(weekly))


def told(places, **values):
    return [(move.source.warehouse, move.target.warehouse, move.units) for move in propose_transfers(places, **values)]


class TestRebalance(unittest.TestCase):
    def test_the_short_one_is_filled_from_the_one_with_more_than_enough(self):
        """20 units in two weeks at most 28, once in twenty; 60 units in six weeks at most 73."""
        self.assertEqual(told([place("Vienna", 100.0, 10.0), place("Graz", 5.0, 10.0)]), [("Vienna", "Graz", 23)])

    def test_nobody_gives_what_he_will_sell_himself(self):
        self.assertEqual(told([place("Vienna", 75.0, 10.0), place("Graz", 0.0, 10.0)]), [("Vienna", "Graz", 2)])
        self.assertEqual(told([place("Vienna", 60.0, 10.0), place("Graz", 0.0, 10.0)]), [])

    def test_what_is_on_its_way_is_not_sent_twice(self):
        self.assertEqual(told([place("Vienna", 100.0, 10.0), place("Graz", 5.0, 10.0, incoming=23.0)]), [])

    def test_the_most_urgent_comes_first_and_surplus_is_given_once(self):
        places = [place("Linz", 10.0, 10.0), place("Graz", 2.0, 10.0), place("Vienna", 100.0, 10.0)]
        self.assertEqual(told(places), [("Vienna", "Graz", 26), ("Vienna", "Linz", 1)])

    def test_several_may_have_to_give(self):
        places = [place("Graz", 0.0, 10.0), place("Vienna", 88.0, 10.0), place("Linz", 20.0, 0.0)]
        self.assertEqual(told(places), [("Linz", "Graz", 20), ("Vienna", "Graz", 8)])

    def test_a_transfer_that_is_not_worth_its_way_is_not_proposed(self):
        self.assertEqual(told([place("Vienna", 75.0, 10.0), place("Graz", 0.0, 10.0)], fewest=3), [])

    def test_where_nothing_sells_nothing_is_missing(self):
        self.assertEqual(told([place("Vienna", 100.0, 10.0), place("Graz", 0.0, 0.0)]), [])

    def test_negative_stock_is_a_need_and_never_a_surplus(self):
        self.assertEqual(told([place("Vienna", 100.0, 10.0), place("Graz", -2.0, 1.0)]), [("Vienna", "Graz", 7)])

    def test_one_warehouse_alone_has_nobody_to_ask(self):
        self.assertEqual(told([place("Graz", 0.0, 10.0)]), [])
        self.assertEqual(told([]), [])
