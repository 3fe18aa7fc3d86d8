import unittest
from decimal import Decimal

from ..taxes import fetch_taxes
from .pretend import PretendShop, pages


class FetchingTaxes(unittest.TestCase):
    def test_every_page_of_rates_is_read_and_a_rate_says_where_it_is_charged(self):
        state = {"id": 1, "country": "US", "state": "CA", "rate": "7.2500", "name": "State tax", "compound": False}
        city = {"id": 2, "country": "US", "state": "", "rate": "1.0000", "name": "City", "compound": True}
        shop = PretendShop({("GET", "taxes"): [pages([state], 2), pages([city], 2)]})
        found = fetch_taxes(shop.client())
        self.assertEqual(
            [(tax.code, tax.name, tax.rate, tax.compound) for tax in found],
            [("1", "State tax (US CA)", Decimal("7.2500"), False), ("2", "City (US)", Decimal("1.0000"), True)],
        )
        self.assertEqual([request.params["page"] for request in shop.asked], [1, 2])


if __name__ == "__main__":
    unittest.main()
