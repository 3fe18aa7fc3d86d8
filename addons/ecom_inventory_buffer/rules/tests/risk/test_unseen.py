import unittest

from rules.risk.unseen import Earlier


class TestEarlier(unittest.TestCase):
    def test_after_a_write_the_old_quantity_may_have_been_sold_until_its_orders_are_here(self):
        earlier = Earlier().overwritten(believed=5, now=0.0, shown_at=10.0, known_after=100.0)
        self.assertEqual([earlier.unseen(2, now) for now in (1.0, 109.0, 110.0)], [7, 7, 2])

    def test_of_several_writes_the_largest_counts_while_it_may_be_unknown(self):
        earlier = Earlier().overwritten(9, 0.0, 1.0, 100.0).overwritten(3, 50.0, 51.0, 100.0)
        self.assertEqual(earlier, Earlier(9, 151.0))
        later = Earlier().overwritten(9, 0.0, 1.0, 100.0).overwritten(3, 200.0, 201.0, 100.0)
        self.assertEqual(later, Earlier(3, 301.0))

    def test_what_was_never_written_over_hides_nothing(self):
        self.assertEqual(Earlier().unseen(4, 0.0), 4)
