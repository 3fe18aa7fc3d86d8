"""A batch of single calls: what was written before one failed is told."""

import unittest

from channels.errors import Busy
from channels.one_by_one import one_by_one


def up_to(limit):
    def push(item):
        if item >= limit:
            raise Busy("Too often.")
        return item * 10

    return push


class TestOneByOne(unittest.TestCase):
    def test_all_of_them_are_told_where_none_fails(self):
        self.assertEqual(one_by_one([1, 2, 3], up_to(9)), [10, 20, 30])

    def test_what_was_written_before_one_failed_is_told(self):
        self.assertEqual(one_by_one([1, 2, 3, 1], up_to(3)), [10, 20])

    def test_where_the_first_one_fails_that_is_the_answer(self):
        with self.assertRaises(Busy):
            one_by_one([3, 1], up_to(3))
