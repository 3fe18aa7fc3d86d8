import json
import unittest

from .. import versions
from .pretend import sample


class TellingVersionsApart(unittest.TestCase):
    def version(self, **values):
        row = json.loads(sample("order_checkout"))
        row.update(values)
        return versions.of_order(row)

    def test_an_identical_redelivery_has_the_same_version(self):
        self.assertEqual(self.version(), self.version(_links={"self": []}, payment_url="http://other"))

    def test_a_later_second_sorts_behind(self):
        self.assertLess(self.version(), self.version(date_modified_gmt="2026-03-02T08:15:05", status="pending"))

    def test_within_one_second_the_way_of_an_order_decides(self):
        way = [self.version(status=status) for status in ("pending", "on-hold", "processing", "completed", "cancelled")]
        self.assertEqual(way, sorted(set(way)))

    def test_within_one_second_an_addition_sorts_behind(self):
        refunds = json.loads(sample("order_checkout"))["refunds"]
        more = [*refunds, {"id": 7010, "total": "-1.00"}]
        self.assertLess(self.version(refunds=[]), self.version())
        self.assertLess(self.version(), self.version(refunds=more))

    def test_within_one_second_an_edit_is_another_version(self):
        row = json.loads(sample("order_checkout"))
        row["line_items"][0]["quantity"] = 5
        self.assertNotEqual(versions.of_order(row), self.version())

    def test_deleting_the_product_of_a_line_is_no_change_of_the_order(self):
        row = json.loads(sample("order_checkout"))
        row["line_items"][1].update(product_id=0, sku=None)
        self.assertEqual(versions.of_order(row), self.version())


if __name__ == "__main__":
    unittest.main()
