import unittest
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal

from channels.records import Address, Line, Order, Tax
from rules.content import changed, content

LINE = Line(
    external_id="62",
    variant_id="44",
    sku="GONE-1",
    quantity=Decimal(1),
    gross=Decimal("20.00"),
    taxes=(Tax(code="1", amount=Decimal("1.45")),),
)
ORDER = Order(
    external_id="45",
    created_at=datetime(2026, 3, 2, tzinfo=timezone.utc),
    currency="USD",
    total=Decimal("21.45"),
    tax_total=Decimal("1.45"),
    lines=(LINE,),
    ship_to=Address(name="Anna", street="Ring 1", city="Wien", country="AT"),
)


class TellingWhatChanged(unittest.TestCase):
    def changed(self, now):
        return changed(content(ORDER), content(now))

    def with_line(self, **values):
        return replace(ORDER, lines=(replace(LINE, **values),))

    def test_the_same_in_other_digits_is_the_same(self):
        same = self.with_line(quantity=Decimal("1.000"), gross=Decimal("20.0"))
        self.assertEqual(self.changed(replace(same, total=Decimal("21.450"), status="cancelled", version="9")), [])

    def test_a_product_that_the_shop_deleted_is_no_change_of_the_order(self):
        self.assertEqual(self.changed(self.with_line(variant_id="", sku="")), [])

    def test_a_line_without_an_id_is_told_by_what_it_sells(self):
        first = self.with_line(external_id="")
        other = self.with_line(external_id="", sku="OTHER")
        self.assertEqual(changed(content(first), content(other)), ["lines"])

    def test_quantities_amounts_taxes_and_lines_are_changes(self):
        for values in (
            {"quantity": Decimal(2)},
            {"gross": Decimal("20.01")},
            {"discount": Decimal("0.01")},
            {"taxes": ()},
            {"external_id": "63"},
        ):
            with self.subTest(values=values):
                self.assertEqual(self.changed(self.with_line(**values)), ["lines"])
        self.assertEqual(self.changed(replace(ORDER, lines=(LINE, replace(LINE, external_id="63")))), ["lines"])
        self.assertEqual(self.changed(replace(ORDER, currency="EUR")), ["lines"])

    def test_where_it_goes_and_how_is_a_change(self):
        moved = replace(ORDER, ship_to=replace(ORDER.ship_to, street="Ring 2"))
        for now in (moved, replace(ORDER, shipping_method="express")):
            self.assertEqual(self.changed(now), ["addresses"])

    def test_case_and_spaces_of_an_address_do_not_matter(self):
        self.assertEqual(self.changed(replace(ORDER, ship_to=replace(ORDER.ship_to, street=" ring  1"))), [])

    def test_of_an_order_that_was_placed_before_nothing_is_said(self):
        self.assertEqual(changed("", content(ORDER)), [])


if __name__ == "__main__":
    unittest.main()
