import json
import unittest
from datetime import datetime, timezone
from decimal import Decimal

from ...errors import Gone, Rejected, Unanswered, Unreadable
from ...records import Refund, RefundLine, Tax
from .. import refunds
from .pretend import PretendShop, answer, pages, problem

ROW = {
    "id": 49,
    "parent_id": 30,
    "date_created_gmt": "2026-11-20T16:00:36",
    "amount": "14.09",
    "reason": "Broken in transit",
    "refunded_payment": False,
    "meta_data": [{"key": "_ecom_refund_key", "value": "refund-7"}],
    "line_items": [
        {
            "id": 113,
            "quantity": -1,
            "total": "-13.00",
            "taxes": [{"id": 1, "total": "-0.9425"}, {"id": 2, "total": "-0.1394"}, {"id": 3, "total": ""}],
            "meta_data": [{"key": "_refunded_item_id", "value": "1"}],
        }
    ],
    "shipping_lines": [
        {"id": 114, "total": "-7.95", "taxes": [], "meta_data": [{"key": "_refunded_item_id", "value": "32"}]}
    ],
    "fee_lines": [],
}
MADE_HERE = Refund(external_id="", order_id="30", key="refund-7", amount=Decimal("14.09"), reason="Broken in transit")
REFUND = "orders/30/refunds"


class ReadingARefund(unittest.TestCase):
    def test_lines_name_the_lines_of_the_order_and_amounts_are_positive(self):
        refund = refunds.parse_refund(json.dumps(ROW).encode())
        self.assertEqual((refund.external_id, refund.order_id, refund.key), ("49", "30", "refund-7"))
        self.assertEqual((refund.amount, refund.state), (Decimal("14.09"), "done"))
        self.assertEqual(refund.created_at, datetime(2026, 11, 20, 16, 0, 36, tzinfo=timezone.utc))
        goods, shipping = refund.lines
        self.assertEqual((goods.line_id, goods.quantity, goods.amount), ("1", 1, Decimal("13.00")))
        self.assertEqual(
            [(t.code, t.amount) for t in goods.taxes], [("1", Decimal("0.9425")), ("2", Decimal("0.1394"))]
        )
        self.assertEqual((shipping.line_id, shipping.quantity, shipping.amount), ("32", 0, Decimal("7.95")))

    def test_a_plain_amount_has_no_lines(self):
        row = {"id": 54, "amount": "1.00", "reason": "late", "line_items": [], "meta_data": []}
        refund = refunds.parse_refund(json.dumps(row).encode())
        self.assertEqual((refund.order_id, refund.amount, refund.lines), ("", Decimal("1.00"), ()))

    def test_what_is_no_refund_is_unreadable(self):
        for body in (b"", b"[]", b'{"id": 1}', b'{"amount": "1.00"}', b'{"id": 1, "amount": []}'):
            with self.subTest(body=body), self.assertRaises(Unreadable):
                refunds.parse_refund(body)


class FetchingRefunds(unittest.TestCase):
    def test_those_of_an_order_come_oldest_first_over_all_pages(self):
        shop = PretendShop({("GET", REFUND): [pages([{"id": 3}, {"id": 2}], 2), pages([{"id": 1}], 2)]})
        found = refunds.fetch_order_refunds(shop.client(), "30")
        self.assertEqual([raw.external_id for raw in found], ["1", "2", "3"])
        self.assertEqual([request.params["page"] for request in shop.asked], [1, 2])

    def test_an_order_without_a_number_is_not_asked_for(self):
        with self.assertRaises(Gone):
            refunds.fetch_order_refunds(PretendShop({}).client(), "../settings")

    def test_those_of_all_orders_are_listed_by_their_date(self):
        shop = PretendShop({("GET", "refunds"): pages([ROW], 1)})
        page = refunds.fetch_refunds(shop.client(), datetime(2026, 11, 20, 16, tzinfo=timezone.utc))
        self.assertEqual(([raw.external_id for raw in page.items], page.next), (["49"], ""))
        (request,) = shop.asked
        self.assertEqual(request.params["after"], "2026-11-20T15:59:59")
        self.assertEqual((request.params["orderby"], request.params["order"]), ("date", "asc"))

    def test_a_shop_too_old_to_list_them_has_none_beside_those_of_its_orders(self):
        day = datetime(2026, 11, 20, tzinfo=timezone.utc)
        unknown = PretendShop({("GET", "refunds"): answer({"code": "rest_no_route", "message": "No route"}, 404)})
        self.assertEqual(refunds.fetch_refunds(unknown.client(), day).items, ())
        other = PretendShop({("GET", "refunds"): answer({"code": "rest_invalid_param", "message": "No"}, 400)})
        with self.assertRaises(Rejected):
            refunds.fetch_refunds(other.client(), day)


class SendingARefund(unittest.TestCase):
    def test_neither_money_nor_stock_moves_unless_it_is_asked_for(self):
        shop = PretendShop({("POST", REFUND): [answer({"id": 49}, 201), answer({"id": 50}, 201)]})
        self.assertEqual(refunds.send_refund(shop.client(), MADE_HERE), "49")
        sent = json.loads(shop.asked[0].body)
        self.assertEqual((sent["api_refund"], sent["api_restock"], sent["amount"]), (False, False, "14.09"))
        self.assertEqual(sent["meta_data"], [{"key": "_ecom_refund_key", "value": "refund-7"}])
        refunds.send_refund(
            shop.client(), Refund(external_id="", order_id="30", amount=Decimal(1), pays=True, restocks=True)
        )
        sent = json.loads(shop.asked[1].body)
        self.assertEqual((sent["api_refund"], sent["api_restock"]), (True, True))

    def test_lines_are_written_with_each_rate_of_tax(self):
        shop = PretendShop({("POST", REFUND): answer({"id": 49}, 201)})
        taxes = (Tax(code="1", amount=Decimal("0.9425")), Tax(code="2", amount=Decimal("0.1394")))
        lines = (
            RefundLine(external_id="", line_id="1", quantity=Decimal(1), amount=Decimal("13.00"), taxes=taxes),
            RefundLine(external_id="", line_id="32", amount=Decimal("7.95")),
        )
        refunds.send_refund(shop.client(), Refund(external_id="", order_id="30", amount=Decimal("22.03"), lines=lines))
        tax = [{"id": 1, "refund_total": 0.9425}, {"id": 2, "refund_total": 0.1394}]
        self.assertEqual(
            json.loads(shop.asked[0].body)["line_items"],
            [{"id": 1, "quantity": 1, "refund_total": 13.0, "refund_tax": tax}, {"id": 32, "refund_total": 7.95}],
        )

    def test_a_decision_that_comes_as_500_is_no_crash(self):
        refused = problem(500, "woocommerce_rest_cannot_create_order_refund", "Invalid refund amount.")
        shop = PretendShop({("POST", REFUND): [refused, problem(500, "internal_server_error")]})
        with self.assertRaisesRegex(Rejected, "Invalid refund amount"):
            refunds.send_refund(shop.client(), MADE_HERE)
        with self.assertRaises(Unanswered):
            refunds.send_refund(shop.client(), MADE_HERE)

    def test_a_refund_that_was_written_already_is_known_by_its_key(self):
        shop = PretendShop({("GET", REFUND): [pages([{"id": 60}, ROW], 1), pages([{"id": 60}], 1)]})
        self.assertEqual(refunds.find_refund(shop.client(), MADE_HERE), "49")
        self.assertIsNone(refunds.find_refund(shop.client(), MADE_HERE))


if __name__ == "__main__":
    unittest.main()
