import json
import unittest
from decimal import Decimal

from ...records import Price
from .. import prices
from .pretend import PretendShop, answer


class PushingPrices(unittest.TestCase):
    def test_a_price_is_written_and_an_offer_begins_or_ends(self):
        rows = [{"id": 11, "regular_price": "13.00"}, {"id": 12, "regular_price": "9.99"}]
        shop = PretendShop(
            {
                ("POST", "products/batch"): answer({"update": rows}),
                ("POST", "products/20/variations/batch"): answer({"update": [{"id": 21, "regular_price": "5"}]}),
            }
        )
        results = prices.push_prices(
            shop.client(),
            [
                Price(variant_id="11", amount=Decimal("13.00")),
                Price(variant_id="21", stock_id="20/21", amount=Decimal(5)),
                Price(variant_id="12", amount=Decimal("9.99"), offer=Decimal("7.50")),
            ],
        )
        self.assertEqual([(r.problem, r.price) for r in results], [("", 13), ("", 5), ("", Decimal("9.99"))])
        self.assertEqual(
            json.loads(shop.asked[0].body)["update"],
            [
                {"id": 11, "regular_price": "13.00", "sale_price": ""},
                {"id": 12, "regular_price": "9.99", "sale_price": "7.50"},
            ],
        )

    def test_a_row_that_is_refused_or_not_taken_says_so_and_stops_no_other(self):
        refused = {"id": 9, "error": {"message": "Invalid <b>ID</b>."}}
        kept = {"id": 11, "regular_price": "12.50"}
        shop = PretendShop({("POST", "products/batch"): answer({"update": [refused, kept]})})
        found = prices.push_prices(shop.client(), [Price(variant_id=i, amount=Decimal(13)) for i in ("9", "11", "12")])
        self.assertEqual(
            [result.problem for result in found],
            [
                "Invalid ID .",
                "The shop shows 12.50 after we wrote 13.",
                "The shop did not say what became of this product.",
            ],
        )


if __name__ == "__main__":
    unittest.main()
