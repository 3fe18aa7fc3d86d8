import unittest
from datetime import datetime, timezone
from decimal import Decimal as D

from channels.records import Line, Order, Tax
from rules.bundles import unfold

PLACED = datetime(2026, 3, 2, 10, 0, tzinfo=timezone.utc)


def line(external_id, gross="0", tax="0", discount="0", part_of="", quantity=1):
    taxes = (Tax(code="vat", amount=D(tax)),) if D(tax) else ()
    values = {"gross": D(gross), "discount": D(discount), "taxes": taxes, "quantity": D(quantity)}
    return Line(external_id=external_id, part_of=part_of, **values)


def order(*lines):
    return Order(external_id="1", created_at=PLACED, currency="EUR", lines=lines)


def everything(order):
    return sum(line.total + line.tax_total for line in order.lines)


class TestBundles(unittest.TestCase):
    def unfolded(self, order, *known):
        found = unfold(order, is_known=lambda line: line.external_id in known)
        self.assertEqual(everything(found), everything(order))
        return [(line.external_id, line.gross, line.discount, line.tax_total) for line in found.lines]

    def test_a_kit_is_one_line_and_its_parts_come_out_of_it(self):
        kit = order(line("k", "30", "6"), line("a", part_of="k"), line("b", part_of="k"), line("c", "5"))
        self.assertEqual(self.unfolded(kit, "k"), [("k", 30, 0, 6), ("c", 5, 0, 0)])

    def test_a_part_with_a_price_of_its_own_stays_beside_the_kit(self):
        kit = order(line("k", "30"), line("a", part_of="k"), line("b", "4", part_of="k"))
        self.assertEqual(self.unfolded(kit, "k"), [("k", 30, 0, 0), ("b", 4, 0, 0)])

    def test_a_bundle_that_nobody_knows_is_sold_as_its_parts_for_its_price(self):
        bundle = order(
            line("k", "30", "6", discount="3"), line("a", part_of="k", quantity=1), line("b", part_of="k", quantity=2)
        )
        self.assertEqual(self.unfolded(bundle, "a", "b"), [("a", 10, 1, 2), ("b", 20, 2, 4)])

    def test_the_parts_share_by_their_own_worth_where_they_state_one(self):
        bundle = order(line("k", "-10", "-2"), line("a", "30", part_of="k"), line("b", "10", part_of="k"))
        self.assertEqual(
            self.unfolded(bundle, "a", "b"), [("a", D("22.5"), 0, D("-1.5")), ("b", D("7.5"), 0, D("-0.5"))]
        )

    def test_thirds_of_a_cent_are_not_lost(self):
        bundle = order(line("k", "10.00", "0.10"), *(line(name, part_of="k") for name in "abc"))
        self.unfolded(bundle)

    def test_an_order_without_bundles_stays_the_very_same(self):
        plain = order(line("a", "1"), line("b", "2", part_of="gone"))
        self.assertIs(unfold(plain, is_known=lambda line: True), plain)
