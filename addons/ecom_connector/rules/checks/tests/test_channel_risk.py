import unittest

from channels.records import Risk
from rules.checks.facts import Limits

from .common import codes, order


class TestChannelRisk(unittest.TestCase):
    def test_the_channels_own_opinion_is_shown_with_its_reasons(self):
        risk = Risk(level="high", reasons=("Card and address do not match",))
        self.assertEqual(codes("channel_risk", order(risk=risk)), ["channel_risk_high", "channel_says"])

    def test_it_counts_from_the_level_on_that_the_merchant_chose(self):
        self.assertEqual(codes("channel_risk", order(risk=Risk(level="medium"))), [])
        limits = Limits(level="medium")
        self.assertEqual(codes("channel_risk", order(risk=Risk(level="medium")), limits), ["channel_risk_medium"])
        self.assertEqual(codes("channel_risk", order(risk=Risk(level="low")), limits), [])

    def test_a_channel_without_an_opinion_says_nothing(self):
        self.assertEqual(codes("channel_risk", order()), [])
