import unittest

from rules.decide import Case
from rules.strategies import LastUnits
from rules.terms import Terms


def shown(free, channel):
    return LastUnits(3, "web").apply(free, Case(Terms(), free, channel=channel))


class TestLastUnits(unittest.TestCase):
    def test_the_last_units_are_on_one_channel_only(self):
        self.assertEqual((shown(3.0, "web"), shown(3.0, "market")), (3.0, 0.0))

    def test_before_that_all_channels_show_them(self):
        self.assertEqual((shown(4.0, "web"), shown(4.0, "market")), (4.0, 4.0))

    def test_it_must_say_which_channel(self):
        self.assertEqual(LastUnits(3, None).problems(), ["Say which channel gets the last units."])
