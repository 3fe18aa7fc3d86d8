"""The law of the flash sale's own arithmetic."""

import math

from tests.flash.laws import age, oversold
from tests.flash.rush import Sale


def made_of(*told):
    return [Sale(at, shop, "HOT", 1, str(at)) for at, shop in told]


def test_what_was_there_is_not_sold_too_many():
    assert oversold(made_of((1, "a"), (2, "b")), 2) == []


def test_a_unit_too_many_is_as_old_as_the_sale_that_took_the_last_one_elsewhere():
    made = made_of((1, "a"), (2, "a"), (5, "b"))
    assert oversold(made, 2) == [made[2]]
    assert age(made[2], made, 2) == 3


def test_with_one_left_beside_its_own_the_oldest_sale_elsewhere_counts():
    made = made_of((1, "b"), (2, "a"), (3, "a"), (9, "b"))
    assert oversold(made, 2) == made[2:]
    assert (age(made[2], made, 2), age(made[3], made, 2)) == (2, 7)


def test_what_a_shop_sold_all_by_itself_nothing_explains():
    made = made_of((1, "a"), (2, "a"), (3, "a"))
    assert age(made[2], made, 2) == math.inf
