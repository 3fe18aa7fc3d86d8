from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .paid_case import PaidCase


@tagged("post_install", "-at_install")
class TestExchange(PaidCase):
    """Goods instead of money: the replacement leaves when the goods are back and the difference is paid."""

    def exchanged(self, record, product, quantity=1, **values):
        return self.env["ecom.flow.return.exchange"]._exchange(record, [(product, quantity)], **values)

    # ------------------------------------------------------------------- core
    def core_exchange(self):
        order = self.sold(invoice=False)
        wizard = self.env["stock.return.picking"].create({"picking_id": order.picking_ids.id})
        wizard.product_return_moves.quantity = 1
        wizard.action_create_exchanges()
        return order

    def test_core_reserves_a_replacement_before_the_goods_are_back(self):
        order = self.core_exchange()
        out = order.picking_ids.filtered(
            lambda picking: picking.picking_type_code == "outgoing" and picking.state != "done"
        )
        self.assertEqual((out.state, out.move_ids.product_id), ("assigned", self.shirt), "the same product, at once")

    def test_here_a_replacement_is_any_product_and_waits_for_the_goods(self):
        record = self.agreed(self.bought((self.shirt, 1, 10)), 1)
        order = self.exchanged(record, self.dear)
        self.assertEqual((order.state, self.for_sale(self.dear)), ("draft", 100))
        with self.assertRaisesRegex(UserError, "leaves when those goods are back"):
            order.action_confirm()

    # -------------------------------------------------------------- difference
    def test_the_same_article_again_costs_nothing(self):
        record = self.agreed(self.bought((self.shirt, 1, 10)), 1)
        self.shirt.list_price = 99
        order = self.exchanged(record, self.shirt)
        self.assertEqual(order._get_prepayment_required_amount(), 0)
        self.receive(record)
        self.assertEqual((order.state, order.amount_total), ("sale", 12))
        self.decide(record)
        note = self.credited(record)
        self.assertEqual((note.amount_residual, order.invoice_ids.amount_residual), (0, 0))
        self.assertEqual((record.line_ids.money, record.state), ("executed", "closed"))

    def test_dearer(self):
        """30.00 for what brought 12.00: 18.00 are paid by the link before it leaves."""
        record = self.agreed(self.bought((self.shirt, 1, 10)), 1)
        order = self.exchanged(record, self.dear)
        self.receive(record)
        self.assertEqual((order.state, order._get_prepayment_required_amount()), ("sent", 18))
        self.assertIn("payment_amount=18.0", order._ecom_link())
        self.paid(order, 18)
        self.assertEqual(order.state, "sale")
        self.decide(record)
        note = self.credited(record)
        invoice = order.invoice_ids.filtered(lambda move: move.move_type == "out_invoice")
        self.assertEqual((note.amount_residual, invoice.amount_total, invoice.amount_residual), (0, 30, 0))
        self.assertEqual(record.state, "closed")

    def test_a_difference_paid_before_the_goods_are_back_waits_for_them(self):
        record = self.agreed(self.bought((self.shirt, 1, 10)), 1)
        order = self.exchanged(record, self.dear)
        self.paid(order, 18)
        self.assertEqual(order.state, "draft")
        self.receive(record)
        self.assertEqual(order.state, "sale")

    def test_cheaper(self):
        """4.80 for what brought 12.00: 7.20 stay open on the credit note, to be paid back."""
        record = self.agreed(self.bought((self.shirt, 1, 10)), 1)
        order = self.exchanged(record, self.cheap)
        self.receive(record)
        self.assertEqual(order.state, "sale")
        self.decide(record)
        self.assertMoney(self.credited(record).amount_residual, "7.20")
        self.assertEqual(record.disagreement, "goods_without_money")

    def test_what_a_channel_owes_after_an_exchange_is_the_rest(self):
        first = self.bought((self.shirt, 1, 10))
        first.write({"ecom_channel_id": self.channel.id, "ecom_external_id": "o-x"})
        payment = {"external_id": "p", "kind": "capture", "state": "done", "amount": 12, "order_id": first.id}
        self.env["ecom.order.payment"].create(payment | {"channel_id": self.channel.id, "currency_id": self.euro.id})
        record = self.agreed(first, 1)
        self.exchanged(record, self.cheap)
        self.receive(record)
        self.decide(record)
        self.credited(record)
        self.assertMoney(first.ecom_refund_ids.amount, "7.20")

    def test_other_tax(self):
        self.cheap.taxes_id = self.tax10
        record = self.agreed(self.bought((self.shirt, 1, 10)), 1)
        order = self.exchanged(record, self.cheap)
        self.assertMoney(order.amount_total, "4.40")

    def test_a_short_receipt_makes_the_replacement_dearer(self):
        record = self.agreed(self.bought((self.shirt, 2, 10)), 2)
        order = self.exchanged(record, self.shirt, 2)
        self.receive(record, SHIRT=1)
        self.assertEqual((order.state, order._get_prepayment_required_amount()), ("sent", 12))

    def test_a_fee_is_not_kept_of_an_exchange_unless_the_policy_says_so(self):
        self.policy.write({"withdrawal": False, "fee_kind": "fixed", "fee_value": 3})
        record = self.agreed(self.bought((self.shirt, 1, 10)), 1)
        order = self.exchanged(record, self.shirt)
        self.assertEqual(order._get_prepayment_required_amount(), 0)
        self.policy.exchange_fee = True
        self.assertEqual(order._get_prepayment_required_amount(), 3)

    def test_original_returned_damaged_makes_the_replacement_dearer(self):
        """A quarter of 12.00 is lost: 9.00 go into the replacement, 3.00 are paid before it leaves."""
        self.policy.advance_days = 14
        record = self.agreed(self.bought((self.shirt, 1, 10)), 1)
        order = self.exchanged(record, self.dear)
        self.receive(record)
        record.line_ids.write({"grade": "c", "worn_percent": 25})
        self.assertEqual(order._get_prepayment_required_amount(), 21)
        self.decide(record, grade="c")
        note = self.credited(record)
        self.assertTotals(note, "7.50", "1.50")
        self.assertEqual(order._get_prepayment_required_amount(), 21)
        self.paid(order, 21)
        invoice = order.invoice_ids.filtered(lambda move: move.move_type == "out_invoice")
        if not invoice:
            invoice = self.invoice(order)
        self.assertEqual((invoice.amount_total, invoice.amount_residual, note.amount_residual), (30, 0, 0))

    # --------------------------------------------------------------- afterwards
    def test_a_cancelled_exchange_is_a_refund_again(self):
        record = self.agreed(self.bought((self.shirt, 1, 10)), 1)
        order = self.exchanged(record, self.dear)
        order.action_cancel()
        self.assertEqual(record.line_ids.resolution, "refund")
        self.exchanged(record, self.shirt)

    def test_an_exchange_of_an_exchange(self):
        record = self.received(self.bought((self.shirt, 1, 10)), 1)
        order = self.exchanged(record, self.shirt)
        self.decide(record)
        self.credited(record)
        self.deliver(order.picking_ids)
        again = self.agreed(order, 1)
        second = self.exchanged(again, self.dear)
        self.assertEqual(second._get_prepayment_required_amount(), 18)

    def test_nothing_is_exchanged_twice_or_after_it_was_credited(self):
        record = self.received(self.bought((self.shirt, 1, 10)), 1)
        self.decide(record)
        self.credited(record)
        with self.assertRaisesRegex(UserError, "left to exchange"):
            self.exchanged(record, self.dear)

    def test_replacement_out_of_stock_waits_like_any_order(self):
        none = self.make_product("NONE", list_price=1)
        record = self.received(self.bought((self.shirt, 1, 10)), 1)
        order = self.exchanged(record, none)
        self.assertEqual((order.state, order.picking_ids.state), ("sale", "confirmed"))

    # ------------------------------------------------------------------ advance
    def in_advance(self):
        self.policy.advance_days = 14
        record = self.agreed(self.bought((self.shirt, 1, 10)), 1)
        return record, self.exchanged(record, self.shirt, in_advance=True)

    def test_in_advance_only_where_the_policy_says_so(self):
        record = self.agreed(self.bought((self.shirt, 1, 10)), 1)
        with self.assertRaisesRegex(UserError, "before the goods are back"):
            self.exchanged(record, self.shirt, in_advance=True)

    def test_a_replacement_in_advance_leaves_at_once_and_has_a_deadline(self):
        record, order = self.in_advance()
        today = fields.Date.context_today(record)
        self.assertEqual((order.state, order.ecom_return_by), ("sale", today + timedelta(days=14)))
        self.receive(record)
        self.decide(record)
        self.credited(record)
        order.ecom_return_by = "2020-01-01"
        order._cron_charge_replacements()
        self.assertEqual((record.line_ids.goods, order.invoice_ids.amount_residual), ("received", 0))

    def test_replacement_shipped_and_original_never_returned_is_charged(self):
        record, order = self.in_advance()
        self.deliver(order.picking_ids)
        order.ecom_return_by = "2020-01-01"
        order._cron_charge_replacements()
        invoice = order.invoice_ids
        self.assertEqual((invoice.state, invoice.amount_residual), ("posted", 12))
        self.assertEqual((record.line_ids.goods, record.line_ids.disagreement), ("expired", ""))
        self.assertTrue(record.activity_ids, "nobody saved a card: a person asks for the money")
        order._cron_charge_replacements()
        self.assertEqual(len(order.invoice_ids), 1)

    def test_a_saved_card_is_charged_for_what_never_came(self):
        record, order = self.in_advance()
        token = self.env["payment.token"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.method.id,
                "partner_id": self.buyer.id,
                "provider_ref": "card-1",
                "payment_details": "4242",
            }
        )
        self.paid(record.order_ids, 12, token_id=token.id)
        order.ecom_return_by = "2020-01-01"
        order._cron_charge_replacements()
        charge = order.invoice_ids.transaction_ids.filtered(lambda found: found.operation == "offline")
        self.assertEqual((charge.amount, charge.token_id), (12, token))

    # ------------------------------------------------------------------- provider
    def test_the_provider_that_took_the_money_gives_it_back_once(self):
        # As the add-on of a provider says it of its own.
        self.patch(
            type(self.provider),
            "_compute_feature_support_fields",
            lambda providers: providers.update(
                {
                    "support_refund": "partial",
                    "support_tokenization": False,
                    "support_manual_capture": False,
                    "support_express_checkout": False,
                }
            ),
        )
        first = self.sold((self.shirt, 2, 10), invoice=False)
        self.paid(first, 24)
        self.invoice(first)
        record = self.received(first, 1)
        self.decide(record)
        note = self.credited(record)
        record = record.with_user(self.user("accountant"))
        record.action_pay_back()
        refund = note.transaction_ids
        self.assertEqual((refund.amount, record.line_ids.money), (-12, "pending"))
        with self.assertRaisesRegex(UserError, "Nothing here can be paid back"):
            record.action_pay_back()
        refund._set_error("The card expired")
        self.assertEqual(record.line_ids.money, "failed", "a card that expired")
        record.action_pay_back()
        second = note.sudo().transaction_ids - refund
        second._set_done()
        second._post_process()
        self.assertEqual((record.line_ids.money, note.amount_residual), ("executed", 0))
