import unittest
from decimal import Decimal

from ...errors import Unreadable
from .. import products
from .pretend import PretendShop, pages

MUG = {
    "id": 11,
    "type": "simple",
    "name": "Mug",
    "sku": "MUG",
    "price": "12.50",
    "status": "publish",
    "manage_stock": True,
    "global_unique_id": "4006381333931",
    "variations": [],
    "images": [{"src": "https://shop.example/mug.jpg"}],
}
SHIRT = {"id": 20, "type": "variable", "name": "Shirt", "sku": "", "status": "publish", "variations": [21, 22]}
BLUE = {
    "id": 21,
    "sku": "SHIRT-B",
    "price": "39.00",
    "status": "publish",
    "manage_stock": "parent",
    "image": None,
    "attributes": [{"name": "Color", "option": "Blue"}, {"name": "Size", "option": "S"}],
}
RED = {
    "id": 22,
    "sku": "SHIRT-R",
    "price": "",
    "status": "draft",
    "manage_stock": True,
    "name": "Shirt - Red, M",
    "attributes": [],
    "image": {"src": "https://shop.example/red.jpg"},
}
LAMP = {"id": 15, "type": "external", "name": "Lamp", "price": "89.00", "status": "publish"}
SET = {"id": 16, "type": "grouped", "name": "Set", "status": "publish", "variations": []}


def all_pages(client):
    token, found = "", []
    while True:
        page = products.fetch_products(client, token)
        found.append(page.items)
        token = page.next
        if not token:
            return found


class FetchingProducts(unittest.TestCase):
    def test_simple_products_and_variations_are_what_is_sold(self):
        shop = PretendShop(
            {
                ("GET", "products"): [pages([MUG, LAMP, SHIRT], 2), pages([SET], 2)],
                ("GET", "products/20/variations"): [pages([BLUE], 2), pages([RED], 2)],
            }
        )
        found = [item for page in all_pages(shop.client()) for item in page]
        self.assertEqual([item.variant_id for item in found], ["11", "21", "22"])
        self.assertEqual([item.product_id for item in found], ["11", "20", "20"])
        self.assertEqual([item.stock_id for item in found], ["11", "20/21", "20/22"])
        self.assertEqual([item.name for item in found], ["Mug", "Shirt - Blue, S", "Shirt - Red, M"])
        self.assertEqual([item.price for item in found], [Decimal("12.50"), Decimal(39), None])
        self.assertEqual([item.active for item in found], [True, True, False])
        self.assertEqual([item.stock_tracked for item in found], [True, False, True])
        self.assertEqual((found[0].barcode, found[0].image_url), ("4006381333931", "https://shop.example/mug.jpg"))
        self.assertEqual(found[2].image_url, "https://shop.example/red.jpg")
        self.assertEqual(shop.unused(), [])

    def test_one_call_of_the_shop_a_page(self):
        shop = PretendShop({("GET", "products"): pages([MUG], 1)})
        self.assertEqual(products.fetch_products(shop.client()).next, "")
        self.assertEqual(dict(shop.asked[0].params), {"per_page": 50, "page": 1, "orderby": "id", "order": "asc"})

    def test_a_mistyped_price_hides_nothing(self):
        shop = PretendShop({("GET", "products"): pages([{**MUG, "price": "12,50"}], 1)})
        self.assertIsNone(products.fetch_products(shop.client()).items[0].price)

    def test_a_product_without_number_is_unreadable(self):
        with self.assertRaises(Unreadable):
            products.fetch_products(PretendShop({("GET", "products"): pages([{**MUG, "id": None}], 1)}).client())


if __name__ == "__main__":
    unittest.main()
