"""What differs between an order here and there, and what of it can be followed."""

import unittest
from decimal import Decimal

from rules.difference import Amount, Standing, Wanted, difference, is_untouched


def amount(quantity, net, tax=0):
    return Amount(Decimal(str(quantity)), Decimal(str(net)), Decimal(str(tax)))


def here(key="1", now=None, stated=None, **values):
    values = {name: Decimal(str(value)) if name in ("done", "invoiced") else value for name, value in values.items()}
    now = now or amount(2, 40, 8)
    return Standing(key=key, name=f"Line {key}", now=now, stated=stated or now, **values)


def there(key="1", found=None, **values):
    return Wanted(key=key, name=f"Line {key}", amount=found or amount(2, 40, 8), **values)


class TestDifference(unittest.TestCase):
    def one(self, line, *wanted):
        (change,) = difference([line], wanted)
        return change

    def test_the_same_lines_do_not_differ(self):
        self.assertEqual(difference([here()], [there()]), ())

    def test_one_unit_less_can_be_followed(self):
        change = self.one(here(), there(found=amount(1, 20, 4)))
        self.assertEqual((change.here.quantity, change.there.quantity, change.obstacle), (2, 1, ""))

    def test_another_price_can_be_followed_while_it_is_not_invoiced(self):
        self.assertEqual(self.one(here(), there(found=amount(2, 30, 6))).obstacle, "")
        self.assertEqual(self.one(here(invoiced=2), there(found=amount(2, 30, 6))).obstacle, "invoiced")

    def test_a_cent_of_tax_is_a_difference(self):
        self.assertEqual(self.one(here(), there(found=amount(2, 40, "8.01"))).there.tax, Decimal("8.01"))

    def test_a_line_that_is_gone_there_goes_to_nothing(self):
        change = self.one(here())
        self.assertEqual((change.there, change.obstacle), (None, ""))

    def test_a_line_that_went_to_nothing_before_is_no_difference(self):
        self.assertEqual(difference([here(now=amount(0, 0))], []), ())

    def test_a_new_line_has_nothing_here(self):
        (change,) = difference([here()], [there(), there("2", amount(1, 5, 1))])
        self.assertEqual((change.key, change.here, change.there.net), ("2", None, 5))

    def test_what_left_cannot_be_taken_away_but_the_rest_can(self):
        self.assertEqual(self.one(here(done=2), there(found=amount(1, 20, 4))).obstacle, "done")
        self.assertEqual(self.one(here(done=1), there(found=amount(1, 20, 4))).obstacle, "")

    def test_more_of_what_is_invoiced_is_invoiced_later_and_less_is_credited(self):
        more = self.one(here(invoiced=2), there(found=amount(3, 60, 12)))
        self.assertEqual((more.obstacle, more.credit), ("", False))
        less = self.one(here(invoiced=2), there(found=amount(1, 20, 4)))
        self.assertEqual((less.obstacle, less.credit), ("", True))

    def test_what_people_changed_here_and_the_channel_did_not_stays_theirs(self):
        line = here(now=amount(3, 60, 12), stated=amount(2, 40, 8))
        self.assertEqual(difference([line], [there()]), ())

    def test_what_both_changed_is_for_a_person_unless_they_agree(self):
        line = here(now=amount(3, 60, 12), stated=amount(2, 40, 8))
        self.assertEqual(self.one(line, there(found=amount(1, 20, 4))).obstacle, "touched")
        agreed = self.one(line, there(found=amount(3, 60, 12)))
        self.assertEqual((agreed.obstacle, agreed.silent), ("", True))

    def test_the_same_units_less_on_both_sides_take_the_cents_of_the_channel(self):
        line = here(now=amount(1, 20, 4), stated=amount(2, 40, 8))
        change = self.one(line, there(found=amount(1, "19.99", "4.01")))
        self.assertEqual((change.obstacle, change.silent), ("", True))

    def test_another_article_in_the_same_line_is_for_a_person(self):
        self.assertEqual(self.one(here(item=1), there(item=2)).obstacle, "item")

    def test_untouched_means_neither_picked_nor_invoiced(self):
        self.assertTrue(is_untouched([here(), here("2")]))
        self.assertFalse(is_untouched([here(), here("2", done=1)]))
        self.assertFalse(is_untouched([here(invoiced=1)]))
