from odoo import Command, http
from odoo.tests import HttpCase, tagged

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestStories(ReturnsCase, HttpCase):
    """From the buyer's wish to books that agree, told to the end."""

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def balance(self, order):
        """What the buyer still owes us, or we him."""
        entries = order.invoice_ids | order.invoice_ids.reversal_move_ids
        lines = entries.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        return sum(lines.mapped("balance"))

    def test_an_online_withdrawal_in_the_eu_of_which_two_of_three_came_one_damaged(self):
        order = self.sold((self.shirt, 3, 10))
        form = {"name": "Anna", "number": order.name, "email": "anna@example.com"}
        answer = self.url_open("/returns/withdraw/confirm", data={**form, "csrf_token": http.Request.csrf_token(self)})
        self.assertIn("We received your withdrawal", answer.text)
        self.env["ecom.return.notice"]._cron_match()
        record = self.env["ecom.return"].search([("order_ids", "=", order.id)])
        self.assertEqual((record.authorisation, record.line_ids.quantity), ("approved", 3))
        self.receive(record, SHIRT=2)
        came = record.line_ids.filtered(lambda line: line.goods == "received")
        broken = came._split(1)
        came.grade, broken.grade = "a", "d"
        record.with_user(self.user("dock")).action_dispose()
        self.assertEqual((came.disposition, broken.disposition), ("restock", "scrap"))
        self.assertEqual((self.for_sale(self.shirt), self.on_hand(self.shirt, self.quarantine)), (98, 0))
        self.assertTotals(self.credited(record), 20, 4)
        self.assertEqual((order.order_line.qty_delivered, record.state), (1, "closed"))
        self.assertMoney(self.balance(order), 12)

    def test_a_keep_item_refund_moves_neither_goods_nor_their_value(self):
        order = self.sold((self.cup, 1, 5))
        value = self.cup.total_value
        self.policy.keep_below = 10
        record = self.opened(order, 1, role="operator")
        record.with_user(self.user("operator")).action_keep()
        self.assertTotals(self.credited(record), 5, 1)
        self.assertEqual((self.cup.total_value, order.order_line.qty_delivered), (value, 1))
        self.assertMoney(self.balance(order), 0)
        self.assertEqual(record.state, "closed")

    def test_a_kit_of_which_one_component_came_back(self):
        if "mrp.bom" not in self.env:
            self.skipTest("there are no kits without mrp")
        kit = self.make_product("KIT")
        parts = [Command.create({"product_id": part.id, "product_qty": 1}) for part in self.shirt | self.cup]
        values = {"product_tmpl_id": kit.product_tmpl_id.id, "type": "phantom", "company_id": self.company.id}
        self.env["mrp.bom"].create({**values, "bom_line_ids": parts})
        self.shirt.list_price, self.cup.list_price = 30, 10
        order = self.sold((kit, 1, 36))
        record = self.agreed(order, 1)
        self.receive(record, CUP=1)
        self.decide(record)
        self.assertTotals(self.credited(record), 9, "1.80")
        self.assertEqual(sorted(record.line_ids.mapped("goods")), ["received", "short"])
        self.assertMoney(self.balance(order), "32.40")

    def test_a_goodwill_refund_for_a_scratch_credits_a_part_and_moves_nothing(self):
        order = self.sold((self.cup, 1, 5))
        value = self.cup.total_value
        note = self.env["ecom.flow.return.goodwill"]._goodwill(order.order_line, 1.5, "A scratch")
        self.assertTotals(note, "1.25", "0.25")
        self.assertEqual((self.cup.total_value, note.invoice_line_ids.product_id.ids), (value, []))
        record = self.received(order, 1)
        self.decide(record)
        self.assertTotals(self.credited(record), "3.75", "0.75")
