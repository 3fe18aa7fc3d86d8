"""What is listed: complete over pages, and as imperfect as real catalogues are."""

from collections import Counter
from decimal import Decimal

from channels import errors
from channels.demo import products
from channels.demo.shop.catalogue import assortment, ean13, listings

from .common import ShopCase, all_pages


class TestProducts(ShopCase):
    def test_all_items_come_once_over_all_pages(self):
        self.client.page_size = 10
        found = all_pages(products.fetch_products, self.client)
        self.assertEqual([product.variant_id for product in found], [item.id for item in self.shop.items()])
        self.assertEqual(len(found), len(assortment()))

    def test_a_product_is_read_as_it_is_listed(self):
        found = {product.sku: product for product in all_pages(products.fetch_products, self.client)}
        fleece = found["FLC-MID-OLV-M"]
        self.assertEqual((fleece.name, fleece.price), ("Midlayer fleece (olive, M)", Decimal("79.90")))
        self.assertEqual((fleece.currency, fleece.active, fleece.stock_tracked), ("EUR", True, True))
        self.assertEqual(fleece.product_id, found["FLC-MID-BLK-S"].product_id)

    def test_a_changed_sku_is_read_without_its_blanks(self):
        item = self.item("FD-TEA")
        self.shop.edit_item(item, sku="  FD-TEA-2 ")
        found = {product.variant_id: product.sku for product in all_pages(products.fetch_products, self.client)}
        self.assertEqual(found[item], "FD-TEA-2")

    def test_a_list_of_the_wrong_shape_is_unreadable(self):
        self.shop.misbehave("products.list", "wrong_shape", times=1)
        with self.assertRaises(errors.Unreadable):
            products.fetch_products(self.client)


class TestCatalogue(ShopCase):
    def test_the_merchant_has_forty_products_each_variant_with_its_own_codes(self):
        items = assortment()
        self.assertEqual(len({item.product_id for item in items}), 40)
        self.assertEqual(len({item.sku for item in items}), len(items))
        self.assertEqual(len({item.barcode for item in items}), len(items))

    def test_barcodes_have_a_valid_check_digit(self):
        self.assertEqual(ean13(1), "2000000000015")
        for item in assortment():
            digits = [int(digit) for digit in item.barcode]
            self.assertEqual((sum(digits[::2]) + 3 * sum(digits[1::2])) % 10, 0)

    def test_two_shops_list_the_same_products_under_their_own_ids(self):
        one, two = listings("1", False), listings("2", False)
        self.assertEqual([item.sku for item in one], [item.sku for item in two])
        self.assertNotEqual([item.id for item in one], [item.id for item in two])

    def test_every_seed_has_flaws_that_ask_for_a_decision(self):
        known = {item.sku for item in assortment()}
        for seed in map(str, range(20)):
            listed = listings(seed)
            self.assertEqual(sum(not item.sku and not item.barcode for item in listed), 1)
            self.assertEqual(sum(bool(item.sku) and item.sku not in known for item in listed), 2)
            self.assertEqual(sum(not item.active for item in listed), 1)
            shared = [barcode for barcode, count in Counter(item.barcode for item in listed).items() if count > 1]
            self.assertTrue([barcode for barcode in shared if barcode], seed)
