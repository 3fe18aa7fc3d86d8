"""Amazon's report of customer returns of its own warehouses, asked for over real HTTP by Amazon's own models."""

import sys
import unittest
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "addons" / "ecom_connector"))

from tests.contract import recorded
from tests.sandbox.amazon_shop import CREDENTIALS, US, AmazonShop

from channels.amazon import client, returns  # isort: skip

COUNTED = recorded.COUNTED["Amazon"]
NOW = datetime.now(timezone.utc)


def setUpModule():
    recorded.folder("amazon")


class Returns(unittest.TestCase):
    def setUp(self):
        self.shop = AmazonShop()
        self.shop.__enter__()
        self.addCleanup(self.shop.__exit__)
        self.reached = client.connect({"region": self.shop.url, **CREDENTIALS, "marketplaces": US})

    def tearDown(self):
        self.assertEqual(self.shop.surprises, [])
        for method, template in self.shop.asked:
            COUNTED[f"requests the models understand: {method} {template}"] += 1

    def report(self):
        sample = Path(returns.__file__).parent / "samples" / "fba_customer_returns.txt"
        return sample.read_bytes()

    def test_the_report_is_asked_for_waited_for_and_read_order_by_order(self):
        self.shop.makes[returns.KIND] = self.report()
        first = returns.fetch_returns(self.reached, NOW - timedelta(days=1))
        self.assertEqual((first.items, bool(first.next), first.wait), ((), True, 60.0))
        second = returns.fetch_returns(self.reached, NOW, token=first.next)
        self.assertEqual((second.items, second.next, second.wait), ((), first.next, 60.0), "it is still being made")
        page = returns.fetch_returns(self.reached, NOW, token=second.next)
        self.assertEqual([raw.external_id for raw in page.items], ["114-0000000-0000001", "114-0000000-0000002"])
        notice = returns.parse_return(page.items[0].body)
        self.assertEqual([unit.quantity for unit in notice.returned], [Decimal(1), Decimal(1)])
        self.assertEqual((page.next, self.shop.asked.count(("POST", "/reports/2021-06-30/reports"))), ("", 1))

    def test_a_report_of_the_last_hours_is_not_asked_for_again_nor_read_twice(self):
        self.shop.makes[returns.KIND] = self.report()
        made = (NOW - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.shop.reports["r1"] = (returns.KIND, made, self.report())
        self.assertEqual(len(returns.fetch_returns(self.reached, NOW - timedelta(hours=2)).items), 2)
        self.assertEqual(returns.fetch_returns(self.reached, NOW - timedelta(minutes=5)).items, ())
        self.assertNotIn(("POST", "/reports/2021-06-30/reports"), self.shop.asked)

    def test_where_nothing_came_back_amazon_cancels_the_report(self):
        self.shop.makes[returns.KIND] = None
        first = returns.fetch_returns(self.reached, None)
        page = returns.fetch_returns(self.reached, None, token=first.next)
        self.assertEqual((page.items, page.next), ((), ""))


if __name__ == "__main__":
    unittest.main()
