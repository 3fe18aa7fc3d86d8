import unittest
from datetime import datetime, timezone
from decimal import Decimal

from channels.records import Address, Buyer, Line, Order
from channels.storable import LONGEST_KEY, is_plain, storable

PLACED = datetime(2026, 3, 1, tzinfo=timezone.utc)


class TestStorable(unittest.TestCase):
    def test_nul_and_half_characters_disappear_wherever_they_stand(self):
        order = Order(
            external_id="7",
            created_at=PLACED,
            currency="EUR",
            buyer=Buyer(name="A\0da"),
            ship_to=Address(name="Zo\ud800e", city="München"),
            lines=(Line(external_id="1", name="Mug", gross=Decimal("9.90")), Line(external_id="2", note="\0")),
            references=(("number", "7\0"),),
            extra={"k\0": ["v\0", {"deep": "\0x"}]},
        )
        kept = storable(order)
        self.assertEqual(kept.buyer.name, "Ada")
        self.assertEqual(kept.ship_to, Address(name="Zo?e", city="München"))
        self.assertEqual([line.note for line in kept.lines], ["", ""])
        self.assertEqual(kept.references, (("number", "7"),))
        self.assertEqual(kept.extra, {"k": ["v", {"deep": "x"}]})
        self.assertEqual(kept.lines[0], order.lines[0])

    def test_what_is_storable_stays_the_same_object(self):
        order = Order(external_id="7", created_at=PLACED, currency="EUR", buyer=Buyer(name="Zoë 😀"))
        self.assertIs(storable(order), order)

    def test_keys_are_short_and_printable(self):
        self.assertTrue(is_plain("gid://shopify/Order/450789469", "2026-03-01T09:30:00Z", ""))
        for text in ("a\0", "a\n", "\ud800", "x" * (LONGEST_KEY + 1)):
            with self.subTest(text=text[:5]):
                self.assertFalse(is_plain(text))


if __name__ == "__main__":
    unittest.main()
