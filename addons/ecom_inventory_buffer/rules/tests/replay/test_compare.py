import unittest
from dataclasses import dataclass

from rules.replay.compare import compare
from rules.replay.policy import Learnt, at_once, together
from rules.replay.scenario import KEY, day_again
from rules.rule import Rule
from rules.strategies import Fixed, RiskSized

CHANNELS = {"web": (5.0, 3.0), "market": (900.0, 60.0)}


@dataclass(frozen=True)
class Shown:
    """As the connector's guard counts, without anything in flight."""

    held: int
    sold: int = 0

    @property
    def believed(self):
        return max(0, self.held - self.sold)

    def quantity(self, decided):
        return decided


def busy_day():
    """Both channels want a unit every ten minutes of an hour."""
    return [(float(second), channel, 1) for second in range(0, 3600, 600) for channel in CHANNELS]


class TestScenario(unittest.TestCase):
    def test_the_day_comes_again_as_it_was(self):
        found = day_again(busy_day(), 5, CHANNELS, seed=1)
        self.assertEqual([row[:4] for row in found["sale"]], [[s, c, KEY, u] for s, c, u in sorted(busy_day())])

    def test_tripled_demand_is_three_times_as_many_orders(self):
        self.assertEqual(len(day_again(busy_day(), 5, CHANNELS, seed=1, demand=3.0)["sale"]), 36)
        half = sum(len(day_again(busy_day(), 5, CHANNELS, seed=n, demand=0.5)["sale"]) for n in range(50))
        self.assertAlmostEqual(half / 50, 6, delta=1)

    def test_the_same_seed_plays_the_same_day(self):
        self.assertEqual(day_again(busy_day(), 5, CHANNELS, 3, 1.5), day_again(busy_day(), 5, CHANNELS, 3, 1.5))


class TestCompare(unittest.TestCase):
    def test_a_buffer_oversells_less_and_hides_more(self):
        rates = Learnt({KEY: {"web": 1 / 600, "market": 1 / 600}})
        risky = dict.fromkeys(CHANNELS, Rule("", RiskSized(0.5)))
        policies = {
            "nothing": lambda channels: at_once(tuple(channels), Rule("", Fixed(0))),
            "two": lambda channels: at_once(tuple(channels), Rule("", Fixed(2))),
            "risk": lambda channels: together(channels, risky, rates),
        }
        found = compare([busy_day()] * 7, 5, CHANNELS, policies, Shown, seconds=0)
        self.assertEqual({figures.days for figures in found.values()}, {7})
        self.assertEqual(found["nothing"].hidden, 0)
        self.assertGreater(found["nothing"].oversold, found["two"].oversold)
        self.assertEqual(found["risk"].oversold, 0)

    def test_days_without_orders_oversell_nothing(self):
        policies = {"nothing": lambda channels: at_once(tuple(channels), Rule("", Fixed(0)))}
        found = compare([[]] * 7, 6, CHANNELS, policies, Shown, seconds=0)["nothing"]
        self.assertEqual(found[1:], (0, 0, 0, 0))
