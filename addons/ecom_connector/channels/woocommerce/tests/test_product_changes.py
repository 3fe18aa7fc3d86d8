import json
import unittest
from decimal import Decimal

from ...errors import Rejected
from ...records import ItemChange
from .. import products
from .pretend import PretendShop, answer, problem

TAKEN = problem(400, "product_invalid_sku", "Invalid or duplicated SKU.")
MUG = {"id": 11, "name": "Mug", "sku": "MUG-300", "status": "publish", "manage_stock": True}


class ChangingProducts(unittest.TestCase):
    def test_only_what_is_ours_to_say_goes_over_the_wire(self):
        shop = PretendShop(
            {
                ("POST", "products/batch"): answer({"update": [{"id": 11}]}),
                ("POST", "products/20/variations/batch"): answer({"update": [{"id": 21}]}),
            }
        )
        results = products.change_products(
            shop.client(),
            [
                ItemChange(variant_id="11", name="Mug", active=False),
                ItemChange(variant_id="21", stock_id="20/21", name="Shirt", barcode="5901234123457"),
                ItemChange(variant_id="22", stock_id="20/22", name="Shirt"),
            ],
        )
        self.assertEqual(
            [(result.variant_id, result.problem) for result in results], [("11", ""), ("21", ""), ("22", "")]
        )
        sent = [json.loads(request.body)["update"] for request in shop.asked]
        self.assertEqual(sent[0], [{"id": 11, "name": "Mug", "status": "draft"}])
        self.assertEqual(sent[1], [{"id": 21, "global_unique_id": "5901234123457"}])


class MakingAProduct(unittest.TestCase):
    CHANGE = ItemChange(name="Mug", sku="MUG-300", price=Decimal("12.50"))

    def test_it_is_not_on_sale_before_somebody_says_so(self):
        shop = PretendShop({("POST", "products"): answer(MUG, 201)})
        made = products.make_product(shop.client(), self.CHANGE)
        self.assertEqual((made.variant_id, made.product_id, made.stock_id, made.sku), ("11", "11", "11", "MUG-300"))
        sent = json.loads(shop.asked[0].body)
        self.assertEqual((sent["status"], sent["regular_price"], sent["stock_quantity"]), ("draft", "12.50", 0))

    def test_a_sku_that_is_taken_gives_the_item_that_has_it(self):
        """Variations, too: they stand in the list by SKU."""
        shirt = {"id": 21, "parent_id": 20, "name": "Shirt - Blue", "sku": "SHIRT", "status": "publish"}
        shop = PretendShop({("POST", "products"): TAKEN, ("GET", "products"): answer([shirt])})
        made = products.make_product(shop.client(), ItemChange(name="Shirt", sku="SHIRT"))
        self.assertEqual((made.variant_id, made.product_id, made.stock_id), ("21", "20", "20/21"))

    def test_a_refusal_that_nothing_explains_stays_one(self):
        shop = PretendShop(
            {("POST", "products"): [TAKEN, problem(400, "rest_invalid_param")], ("GET", "products"): answer([])}
        )
        for _attempt in range(2):
            with self.assertRaises(Rejected):
                products.make_product(shop.client(), self.CHANGE)
        self.assertEqual(shop.unused(), [])


if __name__ == "__main__":
    unittest.main()
