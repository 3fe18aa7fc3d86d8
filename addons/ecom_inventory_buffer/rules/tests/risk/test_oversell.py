import itertools
import math
import random
import unittest

from rules.risk.oversell import Board, Sink

ONE = ((1, 1.0),)
SIZES = ((1, 0.7), (2, 0.2), (5, 0.1))


def sink(share, mean, shape=math.inf, **values):
    return Sink(share, (mean, shape), **{"stopping": (0.0, 1.0), **values})


def poisson(mean, k):
    return math.exp(-mean) * mean**k / math.factorial(k)


class TestChance(unittest.TestCase):
    def test_against_every_case(self):
        means, shares, stock, quantities = (0.3, 0.8, 1.4), (0.5, 0.3, 0.2), 4, (4, 2, 1)
        board = Board(stock, tuple(sink(s, m) for s, m in zip(shares, means, strict=True)), ONE)
        expected = 0.0
        for sold in itertools.product(range(25), repeat=3):
            chance = math.prod(poisson(mean, k) for mean, k in zip(means, sold, strict=True))
            claims = [min(k, q) for k, q in zip(sold, quantities, strict=True)]
            for closing, share in enumerate(shares):
                own = min(sold[closing] + 1, quantities[closing])
                if own + sum(claims) - claims[closing] > stock:
                    expected += share * chance
        self.assertAlmostEqual(board.chance(quantities), expected, places=6)

    def test_a_single_channel_never_oversells(self):
        self.assertEqual(Board(3, (sink(1.0, 50.0),), SIZES).chance((3,)), 0.0)

    def test_a_partition_never_oversells(self):
        board = Board(7, (sink(0.5, 50.0), sink(0.3, 50.0), sink(0.2, 50.0)), SIZES)
        self.assertLess(board.chance((4, 2, 1)), 1e-12)
        self.assertGreater(board.chance((4, 2, 2)), 0.9)

    def test_showing_nothing_is_safe(self):
        self.assertEqual(Board(3, (sink(1.0, 50.0), sink(1.0, 50.0)), SIZES).chance((0, 0)), 0.0)

    def test_what_a_channel_sold_before_it_stopped_still_counts(self):
        stopped = sink(0.5, 9.0, stopping=(9.0, math.inf), unseen=5)
        board = Board(3, (sink(0.5, 1.0), stopped), ONE)
        self.assertGreater(board.chance((3, 0)), 0.9)
        # ... but no more than it can have sold.
        self.assertEqual(Board(3, (sink(0.5, 1.0), stopped._replace(unseen=0)), ONE).chance((3, 0)), 0.0)

    def test_writing_over_a_quantity_puts_up_again_what_it_sold(self):
        left = sink(0.5, 9.0, shown=2, unseen=2)
        board = Board(4, (left, sink(0.5, 0.0)), ONE)
        self.assertEqual(board.chance((2, 2)), 0.0)
        self.assertGreater(board.chance((3, 2)), 0.2)

    def test_a_till_claims_whatever_it_sells_and_is_never_asked(self):
        board = Board(3, (sink(0.5, 0.1), sink(0.5, 9.0, limited=False)), ONE)
        self.assertGreater(board.chance((3, 0)), 0.3)

    def test_a_kit_takes_several_units_of_its_component(self):
        one, three = (Board(3, (sink(0.5, 0.1), sink(0.5, 0.2, units=units)), ONE).chance((3, 3)) for units in (1, 3))
        self.assertGreater(three, 2 * one)

    def test_a_single_unit_on_two_channels_against_simulated_lives(self):
        rates, delays, lives = (0.002, 0.001), (20.0, 100.0), 40_000
        board = Board(
            1, tuple(sink(r / 0.003, r * d, unseen=1, shown=1) for r, d in zip(rates, delays, strict=True)), ONE
        )
        chance, oversold = random.Random(7), 0
        for _ in range(lives):
            first = [chance.expovariate(rate) for rate in rates]
            early = first.index(min(first))
            # The other channel shows the unit until the sale is known.
            oversold += first[1 - early] - first[early] < delays[early]
        self.assertAlmostEqual(board.chance((1, 1)), oversold / lives, delta=0.005)
