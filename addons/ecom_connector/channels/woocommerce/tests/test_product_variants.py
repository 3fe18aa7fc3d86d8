import json
import unittest
from decimal import Decimal

from ...errors import Rejected
from ...records import ItemChange, ItemParent
from .. import products
from .pretend import PretendShop, answer, problem

PARENT = ItemParent(key="ODOO-7", name="Shirt", options=(("Colour", ("Blue", "Red")), ("Size", ("S", "M"))))
BLUE_S = ItemChange(
    name="Shirt (Blue, S)", sku="S-BL", price=Decimal(20), parent=PARENT, options=(("Colour", "Blue"), ("Size", "S"))
)
ATTRIBUTES = [
    {"name": "Colour", "visible": True, "variation": True, "options": ["Blue", "Red"]},
    {"name": "Size", "visible": True, "variation": True, "options": ["S", "M"]},
]
MADE = answer({"id": 21, "sku": "S-BL", "status": "publish", "manage_stock": True}, 201)


def sent(shop, number):
    return json.loads(shop.asked[number].body)


class MakingVariations(unittest.TestCase):
    def test_the_first_one_makes_the_product_around_it_with_all_its_options(self):
        shop = PretendShop(
            {
                ("GET", "products"): answer([]),
                ("POST", "products"): answer({"id": 20, "type": "variable"}, 201),
                ("POST", "products/20/variations"): MADE,
            }
        )
        made = products.make_product(shop.client(), BLUE_S)
        self.assertEqual((made.variant_id, made.product_id, made.stock_id), ("21", "20", "20/21"))
        self.assertEqual(shop.asked[0].params["sku"], "ODOO-7")
        self.assertEqual(
            sent(shop, 1),
            {"type": "variable", "status": "draft", "name": "Shirt", "sku": "ODOO-7", "attributes": ATTRIBUTES},
        )
        self.assertEqual(
            sent(shop, 2)["attributes"], [{"name": "Colour", "option": "Blue"}, {"name": "Size", "option": "S"}]
        )
        self.assertEqual((sent(shop, 2)["sku"], sent(shop, 2)["regular_price"]), ("S-BL", "20"))
        self.assertNotIn("name", sent(shop, 2))

    def test_the_next_one_is_put_into_the_product_that_is_there(self):
        held = {"id": 20, "type": "variable", "attributes": ATTRIBUTES}
        shop = PretendShop({("GET", "products"): answer([held]), ("POST", "products/20/variations"): MADE})
        self.assertEqual(products.make_product(shop.client(), BLUE_S).product_id, "20")

    def test_a_product_that_people_made_keeps_its_options_and_gets_those_that_are_missing(self):
        theirs = [{"id": 3, "name": "colour", "position": 0, "variation": True, "options": ["blue", "Green"]}]
        held = {"id": 55, "type": "variable", "attributes": theirs}
        shop = PretendShop(
            {
                ("GET", "products/55"): answer(held),
                ("PUT", "products/55"): answer(held),
                ("POST", "products/55/variations"): MADE,
            }
        )
        listed = ItemParent(key="ODOO-7", product_id="55", name="Shirt", options=PARENT.options)
        change = ItemChange(sku="S-BL", parent=listed, options=BLUE_S.options)
        self.assertEqual(products.make_product(shop.client(), change).stock_id, "55/21")
        self.assertEqual(
            sent(shop, 1)["attributes"], [{**theirs[0], "options": ["blue", "Green", "Red"]}, ATTRIBUTES[1]]
        )

    def test_one_that_was_made_before_its_answer_was_lost_is_found_by_its_sku(self):
        held = {"id": 20, "type": "variable", "attributes": ATTRIBUTES}
        there = {"id": 21, "parent_id": 20, "name": "Shirt - Blue, S", "sku": "S-BL"}
        shop = PretendShop(
            {
                ("GET", "products"): [answer([held]), answer([there])],
                ("POST", "products/20/variations"): problem(400, "product_invalid_sku"),
            }
        )
        self.assertEqual(products.make_product(shop.client(), BLUE_S).stock_id, "20/21")
        self.assertEqual(shop.asked[2].params["sku"], "S-BL")

    def test_a_product_without_variations_is_not_turned_into_another_kind(self):
        shop = PretendShop({("GET", "products"): answer([{"id": 20, "type": "simple", "name": "Shirt"}])})
        with self.assertRaises(Rejected):
            products.make_product(shop.client(), BLUE_S)


if __name__ == "__main__":
    unittest.main()
