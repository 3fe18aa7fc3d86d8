import math
import unittest

from rules.risk.exposure import Latest, Reach, rounded, rounded_shape, sinks_of

WEB = Reach(0.001, 5.0, 3.0, 0.6)
MARKET = Reach(0.0005, 900.0, 100.0, 0.4)


class TestExposure(unittest.TestCase):
    def test_demand_is_that_of_importing_and_publishing_together(self):
        web, market = sinks_of((WEB, MARKET), Latest(age=0.0, surge=20.0))
        # Twenty times busier than usual, twice that in the busiest minutes.
        self.assertAlmostEqual(math.log(market.selling[0] / (0.0005 * 40 * 1000)), 0.05, delta=0.05)
        self.assertAlmostEqual(math.log(web.selling[0] / (0.001 * 40 * 8)), 0.05, delta=0.05)

    def test_orders_of_one_channel_say_what_to_expect_of_the_others(self):
        quiet = sinks_of((WEB, MARKET), Latest(age=600.0))[1]
        busy = sinks_of((WEB, MARKET), Latest(age=600.0, orders=(5.0, 9.0, 30.0)))[1]
        self.assertGreater(busy.selling[0], 5 * quiet.selling[0])

    def test_orders_from_long_ago_say_nothing_of_now(self):
        latest = Latest(age=90_000.0, orders=(5000.0, 6000.0))
        self.assertEqual(sinks_of((WEB, MARKET), latest), sinks_of((WEB, MARKET), Latest(age=90_000.0)))

    def test_what_a_stopped_channel_sold_becomes_known_with_time(self):
        known = []
        for changed in (-50.0, 0.0, 450.0, 900.0, 5000.0):
            stopped = MARKET._replace(shown=0, unseen=9, changed=changed)
            known.append(sinks_of((WEB, stopped), Latest())[1].stopping[0])
        self.assertEqual(known, sorted(known, reverse=True))
        self.assertEqual(known[-2:], [0.0, 0.0])

    def test_nothing_was_sold_before_there_was_stock(self):
        market = MARKET._replace(shown=3)
        parts = []
        for age in (0.0, 200.0, 5000.0):
            sink = sinks_of((WEB, market), Latest(age=age))[1]
            parts.append(sink.stopping[0] / sink.selling[0])
        # 100, 300 and all of the 1000 seconds.
        for part, expected in zip(parts, (0.1, 0.3, 1.0), strict=True):
            self.assertAlmostEqual(math.log(part / expected), 0.0, delta=0.1001)

    def test_rounding_never_takes_demand_away(self):
        for mean in (0.00002, 0.3, 1.0, 17.0):
            self.assertGreaterEqual(rounded(mean) * 1.000001, mean)
            self.assertLess(rounded(mean), 1.11 * mean)
        self.assertLessEqual(rounded_shape(2.0, 3.0), 1 / (3 / 2 * 4 / 3 - 1))
