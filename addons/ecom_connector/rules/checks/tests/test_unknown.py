import unittest

from .common import codes, order


class TestUnknown(unittest.TestCase):
    def test_each_word_without_a_meaning_is_named(self):
        words = (("payment", "cod", "Cash on delivery"), ("delivery", "std", ""))
        self.assertEqual(codes("unknown", order(), unknown=words), ["unknown_payment", "unknown_delivery"])

    def test_an_order_whose_words_are_known_is_good(self):
        self.assertEqual(codes("unknown", order()), [])
