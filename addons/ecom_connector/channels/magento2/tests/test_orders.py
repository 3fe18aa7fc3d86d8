import json
import unittest
from decimal import Decimal
from pathlib import Path

from ...errors import Unreadable
from ..orders import parse_order

SAMPLE = (Path(__file__).resolve().parent.parent / "samples" / "order.json").read_bytes()


def changed(**values):
    return json.dumps({**json.loads(SAMPLE), **values}).encode()


def total(order):
    return sum(line.total + line.tax_total for line in order.lines)


class WhatAnOrderSays(unittest.TestCase):
    order = parse_order(SAMPLE)

    def test_lines_with_their_taxes_add_up_to_the_total(self):
        self.assertEqual(total(self.order), self.order.total)
        self.assertEqual(self.order.tax_total, Decimal("15.09"))
        self.assertEqual(sum(tax.amount for tax in self.order.tax_totals), self.order.tax_total)

    def test_a_configurable_is_one_line_of_what_was_really_sold(self):
        shirt = self.order.lines[0]
        self.assertEqual((shirt.external_id, shirt.variant_id, shirt.sku), ("101", "13", "SHIRT-M"))
        self.assertEqual((shirt.gross, shirt.discount), (Decimal("42.02"), Decimal("4.2")))

    def test_the_parts_of_a_bundle_have_the_money_where_the_shop_states_it_twice(self):
        bundle, mug, tea = self.order.lines[1:4]
        self.assertEqual((bundle.total, bundle.taxes), (0, ()))
        self.assertEqual(
            [(part.part_of, part.total) for part in (mug, tea)], [("103", Decimal("33.61")), ("103", Decimal("7.98"))]
        )

    def test_a_bundle_of_a_fixed_price_has_the_money_itself(self):
        items = json.loads(SAMPLE)["items"]
        for part in items[3:]:
            part.update(row_total=0, tax_amount=0)
        items[2]["tax_percent"] = 17.1
        order = parse_order(changed(items=items))
        self.assertEqual((order.lines[1].total, order.lines[2].total), (Decimal("41.59"), 0))
        self.assertEqual(total(order), order.total)

    def test_taxes_are_known_by_the_codes_of_the_shop_else_by_their_rate(self):
        codes = [tax.code for line in self.order.lines for tax in line.taxes]
        self.assertEqual(codes, ["DE-*-19", "19%", "9.02%", "DE-*-19"])

    def test_gift_cards_store_credit_and_points_pay_like_money(self):
        extra = {**json.loads(SAMPLE)["extension_attributes"], "gift_cards_amount": 10, "customer_balance_amount": 5}
        order = parse_order(changed(extension_attributes=extra, grand_total=83.7, total_paid=83.7))
        self.assertEqual((order.total, total(order)), (Decimal("98.7"), Decimal("98.70")))
        self.assertEqual([p.tender for p in order.payments], ["money", "gift_card", "store_credit"])

    def test_charges_by_the_piece_and_wrapping_are_lines(self):
        items = json.loads(SAMPLE)["items"]
        items[0]["weee_tax_applied_row_amount"] = 0.5
        extra = {**json.loads(SAMPLE)["extension_attributes"], "gw_price": "3.00", "gw_tax_amount": "0.57"}
        order = parse_order(changed(items=items, extension_attributes=extra, grand_total=102.77))
        self.assertEqual(total(order), order.total)
        self.assertEqual([line.external_id for line in order.lines if line.kind == "fee"], ["101-fpt", "gw"])

    def test_the_people_and_the_other_names(self):
        order = self.order
        self.assertEqual(
            (order.number, order.buyer.company, order.kinds), ("000000042", "Muster Holding", ("wholesale",))
        )
        self.assertEqual((order.bill_to.street2, order.ship_to.city), ("Hinterhaus", "Köln"))
        self.assertIn(("purchase_order", "PO-9"), order.references)
        self.assertEqual(
            (order.note, order.gift_message, order.coupons), ("Please ring twice", "Alles Gute", ("SUMMER",))
        )
        self.assertEqual((order.shipping_method, order.site), ("flatrate_flatrate", "1"))

    def test_states(self):
        for values, status, payment, fulfilment in (
            ({"state": "new", "total_paid": 0}, "open", "unpaid", "partial"),
            ({"state": "pending_payment", "total_paid": 0}, "pending", "unpaid", "partial"),
            ({"state": "holded"}, "pending", "paid", "partial"),
            ({"state": "complete"}, "open", "paid", "fulfilled"),
            ({"state": "closed"}, "open", "refunded", "partial"),
            ({"state": "canceled", "total_paid": None}, "cancelled", "unpaid", "partial"),
        ):
            order = parse_order(changed(**values))
            self.assertEqual((order.status, order.payment, order.fulfilment), (status, payment, fulfilment), values)

    def test_an_order_in_another_currency_is_stated_in_both(self):
        row = json.loads(SAMPLE)
        row["base_currency_code"] = "USD"
        for name in ("subtotal", "shipping_amount", "shipping_tax_amount", "tax_amount", "grand_total"):
            row[f"base_{name}"] = 2 * row[name]
        for item in row["items"]:
            for name in ("row_total", "discount_amount", "discount_tax_compensation_amount", "tax_amount"):
                item[f"base_{name}"] = 2 * item.get(name, 0)
        for entry in row["extension_attributes"]["item_applied_taxes"]:
            for tax in entry["applied_taxes"]:
                tax["base_amount"] = 2 * tax["amount"]
        order = parse_order(json.dumps(row).encode())
        self.assertEqual((order.other_currency, order.other_total), ("USD", Decimal("197.4")))
        self.assertEqual(total(order.in_shop_currency), order.other_total)

    def test_what_is_no_order_is_unreadable(self):
        for body in (b"", b"<html>", b"[]", SAMPLE[:200], changed(created_at="", updated_at=None), changed(items="x")):
            with self.subTest(body=body[:20]), self.assertRaises(Unreadable):
                parse_order(body)


if __name__ == "__main__":
    unittest.main()
