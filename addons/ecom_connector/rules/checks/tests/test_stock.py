import unittest
from decimal import Decimal as D

from rules.checks.facts import Stock

from .common import codes, order


def stock(wanted, free):
    return (Stock(item="Shirt", wanted=D(wanted), free=D(free)),)


class TestStock(unittest.TestCase):
    def test_what_is_there_is_good_to_the_last_unit(self):
        self.assertEqual(codes("stock", order(), stock=stock(2, 2)), [])

    def test_one_unit_too_many_is_told(self):
        self.assertEqual(codes("stock", order(), stock=stock(3, 2)), ["stock_short"])
        self.assertEqual(codes("stock", order(), stock=stock(1, -4)), ["stock_short"])

    def test_what_left_already_or_is_sent_by_others_needs_no_stock_of_ours(self):
        for fulfilment in ("fulfilled", "elsewhere"):
            self.assertEqual(codes("stock", order(fulfilment=fulfilment), stock=stock(3, 0)), [])
