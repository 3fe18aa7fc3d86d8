import itertools
import math
import random
import unittest

from rules.demand.baskets import learn_sizes
from rules.risk.oversell import EXACT, Board, Sink
from rules.risk.share_out import share_out

SIZES = learn_sizes()


def random_sinks(chance, stock):
    sinks = []
    for share in (0.5, 0.3, 0.2):
        mean, shown = 10 ** chance.uniform(-3, 1.5), chance.randint(0, stock)
        selling = (mean, chance.choice((0.4, 1.0, 3.0)))
        stopping = (mean * chance.random(), selling[1])
        sinks.append(Sink(share, selling, stopping, shown, shown + chance.choice((0, 0, stock))))
    return tuple(sinks)


class TestShareOut(unittest.TestCase):
    def test_the_chance_stays_within_what_is_accepted(self):
        chance = random.Random(11)
        for _ in range(300):
            stock, risk = chance.randint(1, EXACT), chance.choice((0.001, 0.005, 0.05))
            sinks = random_sinks(chance, stock)
            found = share_out(stock, sinks, SIZES, risk)
            capped = tuple(sink._replace(unseen=min(sink.unseen, stock + 1)) for sink in sinks)
            self.assertTrue(all(0 <= quantity <= stock for quantity in found))
            self.assertLessEqual(Board(stock, capped, SIZES).chance(found), risk)

    def test_nothing_is_hidden_where_that_is_useless(self):
        alone = (Sink(1.0, (50.0, 1.0)),)
        self.assertEqual(share_out(5, alone, SIZES, 0.005), (5,))
        cold = tuple(Sink(share, (1e-5, 1.0)) for share in (0.5, 0.3, 0.2))
        self.assertEqual(share_out(1, cold, SIZES, 0.005), (1, 1, 1))
        hot = tuple(Sink(share, (2.0, 1.0)) for share in (0.5, 0.3, 0.2))
        self.assertEqual(share_out(2000, hot, SIZES, 0.005), (2000, 2000, 2000))

    def test_the_last_unit_goes_to_one_channel_where_a_buffer_would_put_it_on_none(self):
        hot = tuple(Sink(share, (2.0, 1.0)) for share in (0.5, 0.3, 0.2))
        self.assertEqual(sorted(share_out(1, hot, SIZES, 0.005)), [0, 0, 1])

    def test_the_channel_that_reports_late_loses_the_last_units_first(self):
        fast, slow = Sink(0.5, (0.01, 1.0)), Sink(0.5, (5.0, 1.0))
        self.assertEqual(share_out(3, (fast, slow), SIZES, 0.005), (3, 0))

    def test_the_buffer_depends_on_the_stock_level(self):
        sinks = tuple(Sink(share, (0.2, 1.0)) for share in (0.5, 0.3, 0.2))
        hidden = [sum(stock - q for q in share_out(stock, sinks, SIZES, 0.005)) for stock in (2, 4, 50)]
        self.assertGreater(hidden[0], 0)
        self.assertGreater(hidden[1], 0)
        self.assertEqual(hidden[2], 0)

    def test_more_accepted_risk_never_hides_more(self):
        chance = random.Random(2)
        for _ in range(60):
            stock = chance.randint(1, 12)
            sinks = random_sinks(chance, stock)
            hidden = [sum(stock - q for q in share_out(stock, sinks, SIZES, risk)) for risk in (0.001, 0.01, 0.2)]
            self.assertGreaterEqual(hidden[0], hidden[2])

    def test_it_is_hardly_worse_than_the_best_of_all_choices(self):
        chance, found_hidden, best_hidden = random.Random(4), 0.0, 0.0
        for _ in range(40):
            stock = chance.randint(1, 5)
            sinks = tuple(sink._replace(shown=0, unseen=0) for sink in random_sinks(chance, stock))
            board = Board(stock, sinks, SIZES)

            def hidden(quantities, sinks=sinks, stock=stock):
                return sum((stock - q) * sink.share for q, sink in zip(quantities, sinks, strict=True))

            found_hidden += hidden(share_out(stock, sinks, SIZES, 0.01))
            every = itertools.product(range(stock + 1), repeat=3)
            best_hidden += min(hidden(quantities) for quantities in every if board.chance(quantities) <= 0.01)
        self.assertLess(found_hidden, 1.15 * best_hidden)

    def test_large_stock_is_counted_in_packs_and_stays_safe(self):
        sinks = tuple(Sink(share, (60.0 * share, 2.0)) for share in (0.5, 0.3, 0.2))
        found = share_out(150, sinks, ((1, 1.0),), 0.005)
        self.assertLess(sum(found), 450)
        chance, oversold = random.Random(9), 0
        for _ in range(4000):
            sold = [chance.gammavariate(2.0, 30.0 * sink.share) for sink in sinks]
            oversold += sum(min(units, q) for units, q in zip(sold, found, strict=True)) > 150
        self.assertLess(oversold / 4000, 0.01)

    def test_a_till_gets_no_quantity(self):
        till = Sink(0.5, (3.0, 1.0), limited=False)
        found = share_out(4, (Sink(0.5, (0.1, 1.0)), till), SIZES, 0.005)
        self.assertIsNone(found[1])
        self.assertLess(found[0], 4)
        self.assertEqual(share_out(0, (till,), SIZES, 0.005), (None,))

    def test_no_stock_shows_nothing(self):
        self.assertEqual(share_out(0, random_sinks(random.Random(1), 3), SIZES, 0.005), (0, 0, 0))

    def test_demand_without_end_is_no_error(self):
        endless = tuple(Sink(share, (1e6, math.inf)) for share in (0.6, 0.4))
        self.assertEqual(sorted(share_out(10, endless, SIZES, 0.005)), [0, 10])
