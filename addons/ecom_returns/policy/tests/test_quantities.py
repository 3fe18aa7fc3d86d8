from decimal import Decimal
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from ..quantities import Delivered, allot, whole_kits

UNITS = st.integers(0, 20).map(Decimal)


def delivered(key, done, back=0, promised=0):
    return Delivered(key=key, done=Decimal(done), back=Decimal(back), promised=Decimal(promised))


class TestQuantities(TestCase):
    def test_the_latest_delivery_comes_back_first(self):
        self.assertEqual(allot(Decimal(3), [delivered("a", 2), delivered("b", 2)]), [("a", 1), ("b", 2)])

    def test_over_return(self):
        with self.assertRaises(ValueError):
            allot(Decimal(3), [delivered("a", 4, back=1, promised=1)])

    def test_what_was_sent_out_again_can_come_back_again(self):
        self.assertEqual(delivered("a", 2, back=0).returnable, 2)

    def test_one_component_back_is_not_a_kit_back(self):
        self.assertEqual(whole_kits([(Decimal(3), Decimal(2)), (Decimal(2), Decimal(1))]), 1)
        self.assertEqual(whole_kits([]), 0)

    @given(st.lists(st.tuples(UNITS, UNITS, UNITS), max_size=6), UNITS)
    def test_never_more_of_a_delivery_than_left_with_it(self, moves, quantity):
        deliveries = [delivered(index, *move) for index, move in enumerate(moves)]
        room = sum(delivery.returnable for delivery in deliveries)
        if quantity > room:
            with self.assertRaises(ValueError):
                allot(quantity, deliveries)
            return
        found = allot(quantity, deliveries)
        self.assertEqual(sum(units for _key, units in found), quantity)
        for key, units in found:
            self.assertLessEqual(units, deliveries[key].returnable)
