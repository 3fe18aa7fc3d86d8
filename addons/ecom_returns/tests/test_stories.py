from odoo import Command, http
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .paid_case import PaidCase


@tagged("post_install", "-at_install")
class TestStories(PaidCase, HttpCase):
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

    def test_an_exchange_for_a_dearer_variant_paid_by_link(self):
        """30.00 for what brought 12.00: the buyer opens the link without an account and pays 18.00."""
        record = self.agreed(self.bought((self.shirt, 1, 10)), 1)
        order = self.env["ecom.flow.return.exchange"]._exchange(record, [(self.dear, 1)])
        self.assertEqual((order.state, self.for_sale(self.dear)), ("draft", 100))
        self.receive(record)
        self.assertEqual(order.state, "sent")
        link = order._ecom_link()
        page = self.url_open(link.replace(self.env["ir.config_parameter"].get_param("web.base.url"), ""))
        self.assertEqual(page.status_code, 200)
        self.assertIn("18.0", page.text)
        token = order._portal_ensure_token()
        asked = {
            "provider_id": self.provider.id,
            "payment_method_id": self.method.id,
            "token_id": None,
            "amount": 18.0,
            "flow": "direct",
            "tokenization_requested": False,
            "landing_route": "/",
            "access_token": token,
        }
        answer = self.make_jsonrpc_request(f"/my/orders/{order.id}/transaction", asked)
        found = self.env["payment.transaction"].search([("reference", "=", answer["reference"])])
        self.assertEqual((found.amount, found.sale_order_ids), (18, order))
        found._set_done()
        found._post_process()
        self.assertEqual((order.state, self.for_sale(self.dear)), ("sale", 99))
        self.deliver(order.picking_ids)
        self.decide(record)
        note = self.credited(record)
        invoice = order.invoice_ids.filtered(lambda move: move.move_type == "out_invoice")
        self.assertEqual((invoice.amount_total, invoice.amount_residual, note.amount_residual), (30, 0, 0))
        self.assertEqual((self.for_sale(self.shirt), record.state), (100, "closed"))

    def test_an_advance_replacement_never_returned_and_charged(self):
        """The second shirt left before the first was back, which never came: the saved card pays its 12.00."""
        self.policy.advance_days = 14
        first = self.bought((self.shirt, 1, 10))
        card = {"provider_id": self.provider.id, "payment_method_id": self.method.id, "partner_id": self.buyer.id}
        token = self.env["payment.token"].create({**card, "provider_ref": "card-1", "payment_details": "4242"})
        self.paid(first, 12, token_id=token.id)
        record = self.agreed(first, 1)
        order = self.env["ecom.flow.return.exchange"]._exchange(record, [(self.shirt, 1)], in_advance=True)
        self.deliver(order.picking_ids)
        self.assertEqual((self.for_sale(self.shirt), record.line_ids.goods), (98, "awaiting"))
        order._cron_charge_replacements()
        self.assertFalse(order.invoice_ids, "it has time until the deadline")
        order.ecom_return_by = "2020-01-01"
        order._cron_charge_replacements()
        invoice = order.invoice_ids
        charge = invoice.transaction_ids.filtered(lambda found: found.operation == "offline")
        self.assertEqual((invoice.amount_residual, charge.amount, charge.token_id), (12, 12, token))
        charge._set_done()
        charge._post_process()
        self.assertEqual((invoice.amount_residual, record.line_ids.goods), (0, "expired"))
        self.assertEqual((record.credit_ids.ids, record.state), ([], "closed"))
        with self.assertRaisesRegex(UserError, "Nothing of this return is to be credited"):
            self.credited(record)
