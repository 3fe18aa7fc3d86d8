import unittest

from rules.vat import is_valid_vat, normal_vat


class TestVat(unittest.TestCase):
    def test_blanks_dots_and_small_letters_make_no_difference(self):
        for typed in ("ATU12345675", "at u 1234 5675", "ATU 123.456.75"):
            self.assertEqual(normal_vat(typed, "AT"), "ATU12345675")

    def test_the_prefix_is_added_where_the_buyer_left_it_out(self):
        self.assertEqual(normal_vat("U12345675", "AT"), "ATU12345675")
        self.assertEqual(normal_vat("136695976", "DE"), "DE136695976")

    def test_a_number_of_another_country_keeps_its_own_prefix(self):
        self.assertEqual(normal_vat("DE136695976", "AT"), "DE136695976")

    def test_greece_writes_itself_el(self):
        self.assertEqual(normal_vat("023456780", "GR"), "EL023456780")

    def test_what_is_no_valid_number_stays_as_it_was_typed(self):
        for typed in ("ATU12345670", "none", "ask me", "12", ""):
            self.assertEqual(normal_vat(f" {typed} ", "AT"), typed)
            self.assertFalse(is_valid_vat(typed))

    def test_a_country_without_such_numbers(self):
        self.assertEqual(normal_vat("12-3456789", "US"), "12-3456789")
