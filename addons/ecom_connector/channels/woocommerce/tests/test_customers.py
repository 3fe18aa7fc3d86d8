import unittest
from datetime import datetime, timezone
from decimal import Decimal

from ...errors import Unreadable
from .. import coupons, customers
from .pretend import PretendShop, answer, pages

DEBRA = {  # as recorded
    "id": 3,
    "date_created_gmt": "2026-11-20T16:00:28",
    "email": "buyer2@example.com",
    "first_name": "Debra",
    "last_name": "Jones",
    "billing": {
        "first_name": "Debra",
        "last_name": "Jones",
        "company": "",
        "address_1": "971 Example Street",
        "city": "Testville",
        "postcode": "94016",
        "country": "US",
        "state": "CA",
        "email": "orders@example.com",
        "phone": "555-0101",
    },
    "shipping": {"first_name": "Debra", "city": "Testville", "country": "US"},
    "meta_data": [{"key": "vat_number", "value": "ATU12345675"}],
}
TEN = {
    "id": 27,
    "code": "TENOFF",
    "amount": "10.00",
    "status": "publish",
    "discount_type": "percent",
    "description": "",
    "date_expires_gmt": None,
    "usage_count": 0,
    "usage_limit": None,
    "free_shipping": False,
}


class ReadingCustomers(unittest.TestCase):
    def test_an_account_is_read_with_its_addresses(self):
        shop = PretendShop({("GET", "customers"): pages([DEBRA], 1)})
        page = customers.fetch_customers(shop.client())
        (found,) = page.items
        self.assertEqual((found.buyer.external_id, found.buyer.email), ("3", "buyer2@example.com"))
        self.assertEqual(
            (found.buyer.name, found.buyer.phone, found.buyer.vat), ("Debra Jones", "555-0101", "ATU12345675")
        )
        self.assertEqual(
            (found.bill_to.street, found.bill_to.state, found.ship_to.city), ("971 Example Street", "CA", "Testville")
        )
        self.assertEqual(found.created_at, datetime(2026, 11, 20, 16, 0, 28, tzinfo=timezone.utc))
        self.assertEqual(page.next, "")

    def test_an_account_without_a_name_has_that_of_its_address(self):
        row = {**DEBRA, "first_name": "", "last_name": "", "email": ""}
        shop = PretendShop({("GET", "customers"): answer([row])})
        (found,) = customers.fetch_customers(shop.client()).items
        self.assertEqual((found.buyer.name, found.buyer.email), ("Debra Jones", "orders@example.com"))

    def test_all_pages_are_asked_for(self):
        shop = PretendShop({("GET", "customers"): [pages([DEBRA], 2), pages([{**DEBRA, "id": 4}], 2)]})
        client = shop.client()
        first = customers.fetch_customers(client)
        second = customers.fetch_customers(client, first.next)
        self.assertEqual((first.next, second.next, second.items[0].buyer.external_id), ("2", "", "4"))
        self.assertEqual([request.params["page"] for request in shop.asked], [1, 2])

    def test_nonsense_is_unreadable(self):
        shop = PretendShop({("GET", "customers"): answer([{**DEBRA, "billing": "x"}])})
        with self.assertRaises(Unreadable):
            customers.fetch_customers(shop.client())


class ReadingCoupons(unittest.TestCase):
    def coupon(self, **values):
        shop = PretendShop({("GET", "coupons"): answer([{**TEN, **values}])})
        return coupons.fetch_coupons(shop.client()).items[0]

    def test_each_kind_of_discount_is_known(self):
        found = self.coupon(description="Ten off")
        self.assertEqual(
            (found.code, found.name, found.kind, found.amount), ("TENOFF", "Ten off", "percent", Decimal("10.00"))
        )
        self.assertTrue(found.active)
        for stated, kind in (("fixed_cart", "order"), ("fixed_product", "item"), ("sign_up_fee", "other")):
            self.assertEqual(self.coupon(discount_type=stated).kind, kind)
        self.assertEqual(self.coupon(amount="0.00", free_shipping=True).kind, "shipping")

    def test_one_that_is_over_or_used_up_is_not_taken_any_more(self):
        self.assertFalse(self.coupon(date_expires_gmt="2020-01-01T00:00:00").active)
        self.assertFalse(self.coupon(usage_limit=3, usage_count=3).active)
        self.assertFalse(self.coupon(status="draft").active)
        self.assertTrue(self.coupon(usage_limit=3, usage_count=2).active)


if __name__ == "__main__":
    unittest.main()
