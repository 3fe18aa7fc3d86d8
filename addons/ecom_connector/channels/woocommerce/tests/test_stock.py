import json
import unittest

from ...errors import Busy, Refused, Unanswered, Unreachable
from ...records import StockLevel
from .. import stock
from .pretend import PretendShop, answer, problem


def level(stock_id, quantity, variant_id=None):
    return StockLevel(variant_id=variant_id or stock_id.rpartition("/")[2], stock_id=stock_id, quantity=quantity)


class PushingStock(unittest.TestCase):
    def test_products_and_variations_go_to_their_own_addresses(self):
        shop = PretendShop(
            {
                ("POST", "products/batch"): answer(
                    {"update": [{"id": 11, "stock_quantity": 5}, {"id": 12, "stock_quantity": 0}]}
                ),
                ("POST", "products/20/variations/batch"): answer({"update": [{"id": 21, "stock_quantity": 7}]}),
            }
        )
        results = stock.push_stock(shop.client(), [level("11", 5), level("20/21", 7), level("", 0, variant_id="12")])
        self.assertEqual(
            [(r.variant_id, r.outcome, r.held) for r in results],
            [("11", "applied", 5), ("21", "applied", 7), ("12", "applied", 0)],
        )
        self.assertEqual(
            json.loads(shop.asked[0].body),
            {"update": [{"id": 11, "stock_quantity": 5}, {"id": 12, "stock_quantity": 0}]},
        )
        self.assertEqual(shop.unused(), [])

    def test_an_error_of_one_row_stops_no_other(self):
        failed = {
            "id": 9,
            "error": {"code": "woocommerce_rest_product_invalid_id", "message": "Invalid ID.", "data": {}},
        }
        shop = PretendShop({("POST", "products/batch"): answer({"update": [failed, {"id": 11, "stock_quantity": 5}]})})
        gone, good = stock.push_stock(shop.client(), [level("9", 3), level("11", 5)])
        self.assertEqual((gone.outcome, gone.problem, good.outcome), ("rejected", "Invalid ID.", "applied"))

    def test_a_product_that_does_not_track_stock_is_told(self):
        shop = PretendShop({("POST", "products/batch"): answer({"update": [{"id": 11, "stock_quantity": None}]})})
        (result,) = stock.push_stock(shop.client(), [level("11", 5)])
        self.assertEqual((result.outcome, result.held), ("rejected", None))
        self.assertIn("Track stock", result.problem)

    def test_another_quantity_than_written_is_told(self):
        shop = PretendShop({("POST", "products/batch"): answer({"update": [{"id": 11, "stock_quantity": 4}]})})
        (result,) = stock.push_stock(shop.client(), [level("11", 5)])
        self.assertEqual((result.outcome, result.held), ("rejected", 4))

    def test_a_parent_that_is_gone_stops_no_other(self):
        shop = PretendShop(
            {
                ("POST", "products/20/variations/batch"): problem(404, "woocommerce_rest_product_invalid_id"),
                ("POST", "products/batch"): answer({"update": [{"id": 11, "stock_quantity": 5}]}),
            }
        )
        results = stock.push_stock(shop.client(), [level("20/21", 7), level("11", 5), level("odd", 1)])
        self.assertEqual([result.outcome for result in results], ["rejected", "applied", "rejected"])

    def test_a_key_that_may_not_write_is_not_an_error_of_a_row(self):
        shop = PretendShop({("POST", "products/batch"): problem(401, "woocommerce_rest_authentication_error")})
        with self.assertRaises(Refused):
            stock.push_stock(shop.client(), [level("11", 5)])

    def test_what_was_written_before_a_later_request_failed_is_told_and_the_rest_is_left_out(self):
        written = {("POST", "products/batch"): answer({"update": [{"id": 11, "stock_quantity": 5}]})}
        for status, error in ((503, Unreachable), (429, Busy), (502, Unanswered), (401, Refused)):
            with self.subTest(status=status):
                failing = {("POST", "products/20/variations/batch"): problem(status, "any")}
                levels = [level("11", 5), level("20/21", 7)]
                results = stock.push_stock(PretendShop({**written, **failing}).client(), levels)
                self.assertEqual([(r.variant_id, r.outcome) for r in results], [("11", "applied")])
                with self.assertRaises(error):
                    stock.push_stock(PretendShop(failing).client(), levels[1:])


class ReadingStock(unittest.TestCase):
    def test_what_is_tracked_is_read_at_both_addresses(self):
        shop = PretendShop(
            {
                ("GET", "products"): answer([{"id": 11, "stock_quantity": -9}, {"id": 12, "stock_quantity": None}]),
                ("GET", "products/20/variations"): answer([{"id": 21, "stock_quantity": 4}]),
            }
        )
        found = stock.read_stock(shop.client(), [level("11", 0), level("12", 0), level("20/21", 0)])
        self.assertEqual(found, {("11", ""): -9, ("21", ""): 4})
        self.assertEqual(shop.asked[0].params["include"], "11,12")


if __name__ == "__main__":
    unittest.main()
