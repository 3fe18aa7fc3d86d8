import random
import unittest

from ..in_flight import Shown, after_a_lost_answer


class TestShown(unittest.TestCase):
    def test_a_unit_sold_there_and_not_imported_is_not_offered_again(self):
        shown = Shown(held=10)
        self.assertEqual(shown.after_reading(7), (3, 0))
        self.assertEqual(Shown(held=7, in_flight=3).quantity(10), 7)

    def test_an_imported_order_explains_what_the_channel_shows(self):
        shown = Shown(held=10, sold=3)
        self.assertEqual(shown.believed, 7)
        self.assertEqual(shown.after_reading(7), (0, 0))

    def test_an_order_that_comes_in_late_takes_its_units_out_of_flight(self):
        self.assertEqual(Shown(held=7, in_flight=3, late=2).unexplained, 1)
        self.assertEqual(Shown(held=7, in_flight=3, late=5).unexplained, 0)

    def test_an_order_of_the_very_second_is_late_while_units_are_in_flight_else_sold(self):
        self.assertEqual(Shown(held=7, in_flight=3, either=3).carried, 0)
        self.assertEqual(Shown(held=7, in_flight=3, either=3).believed, 7)
        self.assertEqual(Shown(held=7, either=3).believed, 4)
        self.assertEqual(Shown(held=7, in_flight=1, late=1, either=3).believed, 4)
        self.assertEqual(Shown(held=7, in_flight=2, either=3).after_reading(6), (0, 0))

    def test_what_was_raised_by_hand_brings_no_unit_back(self):
        self.assertEqual(Shown(held=10, in_flight=2).after_reading(50), (2, 0))

    def test_orders_that_are_stuck_are_sold_too_and_not_counted_twice(self):
        self.assertEqual(Shown(held=10, in_flight=2, stuck=3).quantity(10), 7)
        self.assertEqual(Shown(held=10, in_flight=4, stuck=3).quantity(10), 6)

    def test_nothing_below_zero_is_shown(self):
        self.assertEqual(Shown(held=1, in_flight=5).quantity(3), 0)
        self.assertEqual(Shown(held=1, sold=5).believed, 0)

    def test_what_the_channel_never_told_is_not_believed(self):
        self.assertIsNone(Shown().believed)
        self.assertEqual(Shown().after_reading(4), (0, 0))
        self.assertEqual(Shown(stuck=1).quantity(4), 3)


class TestDoubt(unittest.TestCase):
    """10 were shown and a write was lost on its way: nobody knows whether it was applied."""

    def _after(self, asked_for, held, **values):
        in_flight, doubt = after_a_lost_answer(Shown(held=10, **values), Shown(held=asked_for, **values), held)
        return Shown(held=held, in_flight=in_flight, in_doubt=doubt)

    def test_a_decrease_that_shows_may_also_be_a_sale_and_stays_as_it_is(self):
        shown = self._after(8, held=8)
        self.assertEqual((shown.in_flight, shown.in_doubt), (2, 2))
        self.assertEqual(shown.quantity(8), 8)

    def test_while_in_doubt_a_decrease_goes_out_and_an_increase_does_not(self):
        shown = self._after(8, held=8)
        self.assertEqual(shown.quantity(7), 7)
        self.assertEqual(shown.quantity(9), 8)
        self.assertEqual(shown.quantity(20), 18)

    def test_a_decrease_that_was_not_applied_leaves_no_doubt(self):
        shown = self._after(8, held=10)
        self.assertEqual((shown.in_flight, shown.quantity(8)), (0, 8))

    def test_an_increase_that_was_applied_leaves_no_doubt(self):
        shown = self._after(12, held=12)
        self.assertEqual((shown.in_flight, shown.quantity(12)), (0, 12))

    def test_an_increase_that_does_not_show_may_have_been_sold_again(self):
        shown = self._after(12, held=10)
        self.assertEqual((shown.in_flight, shown.in_doubt), (2, 2))
        self.assertEqual(shown.quantity(12), 10)

    def test_what_is_missing_either_way_was_sold(self):
        shown = self._after(8, held=7)
        self.assertEqual((shown.in_flight, shown.in_doubt), (3, 2))
        self.assertEqual(shown.quantity(8), 7)
        self.assertEqual(shown.quantity(7), 6)

    def test_our_own_orders_since_are_taken_into_account(self):
        shown = self._after(8, held=7, sold=1)
        self.assertEqual((shown.in_flight, shown.in_doubt), (2, 2))

    def test_an_order_that_comes_in_takes_away_what_is_certain_last(self):
        self.assertEqual(Shown(held=7, in_flight=3, in_doubt=2, late=1).certain, 0)
        self.assertEqual(Shown(held=7, in_flight=3, in_doubt=2, late=1).carried, 2)

    def test_a_reading_keeps_the_doubt_and_adds_what_is_missing(self):
        self.assertEqual(Shown(held=8, in_flight=2, in_doubt=2).after_reading(7), (3, 2))


class TestAgainstAShop(unittest.TestCase):
    """A naive shop beside it: as long as we can read, what we show plus what is in flight never exceeds the stock."""

    def test_nothing_is_offered_twice_however_sales_imports_and_writes_fall(self):
        for seed in range(300):
            with self.subTest(seed):
                self._play(random.Random(seed))

    def _play(self, chance):
        free = shop = chance.randrange(20)
        shown, before, after = Shown(held=shop), 0, 0  # sold and not imported: before and after `shown` was learnt
        for _step in range(60):
            event = chance.choice(("sale", "sale", "import", "receipt", "publish"))
            if event == "sale" and shop:
                shop, after = shop - 1, after + 1
            elif event == "import" and before + after:
                free -= 1
                before, after, shown = self._import(chance, before, after, shown)
            elif event == "receipt":
                free += chance.randrange(5)
            elif event == "publish":
                in_flight, doubt = shown.after_reading(shop)
                self.assertEqual((in_flight, doubt), (before + after, 0))
                shop = Shown(held=shop, in_flight=in_flight).quantity(free)
                shown, before, after = Shown(held=shop, in_flight=in_flight), before + after, 0
                self.assertLessEqual(shop + in_flight, max(free, in_flight))

    def _import(self, chance, before, after, shown):
        if chance.random() < 0.3:
            # Within the second: the shop's clock does not say which.
            taken = bool(before)
            return before - taken, after - (not taken), self._with(shown, either=shown.either + 1)
        if before and (not after or chance.random() < 0.5):
            return before - 1, after, self._with(shown, late=shown.late + 1)
        return before, after - 1, self._with(shown, sold=shown.sold + 1)

    @staticmethod
    def _with(shown, **values):
        kept = {name: getattr(shown, name) for name in ("held", "in_flight", "sold", "late", "either")}
        return Shown(**{**kept, **values})
