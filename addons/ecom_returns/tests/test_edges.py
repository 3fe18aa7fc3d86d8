from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestEdges(ReturnsCase):
    """Rare, and real: each with exact figures."""

    def done(self, record, **grades):
        self.receive(record)
        self.decide(record, **grades)
        return self.credited(record)

    # ----------------------------------------------------------------- quantity
    def test_split_over_two_warehouses(self):
        second = self.env["stock.warehouse"].create({"name": "Two", "code": "TWO", "company_id": self.company.id})
        self.env["stock.quant"]._update_available_quantity(self.shirt, second.lot_stock_id, 10)
        one = self.sold((self.shirt, 1, 10), invoice=False)
        two = self.sold((self.shirt, 1, 10), invoice=False, warehouse_id=second.id)
        wanted = [(order.order_line, None, 1, {}) for order in (one, two)]
        record = self.env["ecom.flow.return.open"]._open(wanted)
        record.action_approve()
        self.assertEqual(record.picking_ids.picking_type_id.warehouse_id, self.warehouse | second)
        self.receive(record)
        for warehouse in self.warehouse | second:
            self.assertEqual(self.on_hand(self.shirt, warehouse._ecom_quarantine()), 1)

    def test_return_in_transit_is_not_promised(self):
        record = self.agreed(self.sold((self.shirt, 2, 10), invoice=False), 2)
        self.assertEqual((record.picking_ids.state, self.for_sale(self.shirt)), ("assigned", 98))

    # ----------------------------------------------------------------- identity
    def test_serial_already_returned(self):
        self.cup.tracking = "serial"
        lots = self.env["stock.lot"].create([{"name": f"S{n}", "product_id": self.cup.id} for n in (1, 2)])
        for lot in lots:
            self.env["stock.quant"]._update_available_quantity(self.cup, self.stock, 1, lot_id=lot)
        order = self.sold((self.cup, 2, 10), deliver=False, invoice=False)
        self.deliver(order.picking_ids, lots)
        first = self.agreed(order, 1)
        move = first.picking_ids.move_ids
        move.move_line_ids.lot_id = lots[0]
        move.picked = True
        first.picking_ids.button_validate()
        second = self.agreed(order, 1)
        move = second.picking_ids.move_ids
        move.move_line_ids.lot_id = lots[0]
        move.picked = True
        with self.assertRaisesRegex(UserError, "S1 .*is back already"):
            second.picking_ids.button_validate()

    # --------------------------------------------------------------------- place
    def test_dropshipped_goods_come_back_to_us(self):
        """They left from the vendor; nobody's warehouse is named on the move, so the order's takes them in."""
        order = self.sold((self.shirt, 1, 10), deliver=False, invoice=False)
        vendors = self.env.ref("stock.stock_location_suppliers")
        order.picking_ids.move_ids.write({"location_id": vendors.id})
        order.picking_ids.location_id = vendors
        self.deliver(order.picking_ids)
        record = self.agreed(order, 1)
        self.receive(record)
        self.assertEqual(self.on_hand(self.shirt, self.quarantine), 1)

    def test_multi_company_order_comes_back_to_its_own_company(self):
        other = self.make_company("Another shop")
        record = self.agreed(self.sold((self.shirt, 1, 10), invoice=False), 1)
        self.assertEqual((record.company_id, record.picking_ids.company_id), (self.company, self.company))
        self.assertNotEqual(record.company_id, other)

    # --------------------------------------------------------------------- books
    def test_closed_period_of_the_invoice(self):
        """The invoice is of a period that is closed: its credit note is of today."""
        order = self.sold((self.shirt, 1, 10))
        self.company.sale_lock_date = "2026-03-31"
        note = self.done(self.agreed(order, 1))
        self.assertTotals(note, 10, 2)
        self.assertGreater(str(note.date), "2026-03-31")

    def test_policy_delivery(self):
        """Where what was delivered is invoiced: what came back before is not charged, what came after is credited."""
        self.shirt.invoice_policy = "delivery"
        order = self.sold((self.shirt, 3, 10), invoice=False)
        self.received(order, 1)
        self.invoice(order)
        self.assertTotals(order.invoice_ids, 20, 4)
        self.assertTotals(self.done(self.agreed(order, 1)), 10, 2)
        self.assertEqual(order.order_line.qty_to_invoice, 0)

    def test_partly_invoiced(self):
        order = self.sold((self.shirt, 3, 10), invoice=False)
        invoice = order._create_invoices()
        invoice.invoice_line_ids.quantity = 1
        invoice.invoice_date = "2026-03-01"
        invoice.action_post()
        record = self.received(order, 2)
        self.decide(record)
        with self.assertRaisesRegex(UserError, "1 of .* were not invoiced"):
            self.credited(record)
        self.assertTotals(self.done(self.agreed(order, 1)), 10, 2)

    def pay(self, invoice, amount):
        wizard = self.env["account.payment.register"]
        wizard = wizard.with_context(active_model="account.move", active_ids=invoice.ids)
        wizard.create({"amount": amount})._create_payments()

    def test_partly_paid(self):
        """24.00 charged, 18.00 paid, 12.00 come back: 6.00 were never paid, 6.00 are given back."""
        order = self.sold((self.shirt, 2, 10))
        invoice = order.invoice_ids
        self.pay(invoice, 18)
        note = self.done(self.agreed(order, 1))
        self.assertMoney(invoice.amount_residual, 0)
        self.assertMoney(note.amount_residual, 6)

    def test_down_payment(self):
        order = self.sold((self.shirt, 2, 10), invoice=False)
        wizard = self.env["sale.advance.payment.inv"].with_context(active_model="sale.order", active_ids=order.ids)
        wizard.create({"advance_payment_method": "percentage", "amount": 50})._create_invoices(order)
        order.invoice_ids.invoice_date = "2026-03-01"
        order.invoice_ids.action_post()
        final = order._create_invoices(final=True)
        final.invoice_date = "2026-03-02"
        final.action_post()
        record = self.received(order, 1)
        self.decide(record)
        self.assertTotals(self.credited(record), 10, 2)

    def test_early_payment_discount(self):
        """What was charged is credited; the discount for paying early is a matter of the payment."""
        term = self.env["account.payment.term"].create(
            {"name": "2/7", "early_discount": True, "discount_percentage": 2, "discount_days": 7}
        )
        order = self.sold((self.shirt, 1, 10), payment_term_id=term.id)
        self.assertTotals(self.done(self.agreed(order, 1)), 10, 2)

    def test_cash_rounding_stays_with_the_invoice(self):
        """Rounded to 0.05 at the till: the articles alone come back, at what they were charged."""
        rounding = self.env["account.cash.rounding"].create(
            {
                "name": "0.05",
                "rounding": 0.05,
                "strategy": "add_invoice_line",
                "rounding_method": "HALF-UP",
                "profit_account_id": self.env["account.account"].search([("account_type", "=", "income")], limit=1).id,
                "loss_account_id": self.env["account.account"].search([("account_type", "=", "expense")], limit=1).id,
            }
        )
        order = self.sold((self.shirt, 1, 9.97), invoice=False)
        invoice = order._create_invoices()
        invoice.write({"invoice_date": "2026-03-01", "invoice_cash_rounding_id": rounding.id})
        invoice.action_post()
        self.assertMoney(invoice.amount_total, "11.95")
        note = self.done(self.agreed(order, 1))
        self.assertMoney(note.amount_total, "11.95")

    def test_split_tender_and_gift_card_as_payment(self):
        """However it was paid, never more is owed than was taken in, whatever was credited."""
        order = self.sold((self.shirt, 2, 10))
        order.write({"ecom_channel_id": self.channel.id, "ecom_external_id": "o-split"})
        links = {"channel_id": self.channel.id, "order_id": order.id, "currency_id": self.euro.id}
        common = {"kind": "capture", "state": "done"}
        self.env["ecom.order.payment"].create(
            [
                {**links, **common, "external_id": "card", "amount": 14},
                {**links, **common, "external_id": "gift", "amount": 5, "tender": "gift_card"},
            ]
        )
        note = self.done(self.agreed(order, 2))
        self.assertMoney(note.amount_total, 24)
        self.assertMoney(order.ecom_refund_ids.amount, 19)

    # ------------------------------------------------------------------ channel
    def refunded(self, order, units, number="r-1", **values):
        line = {"order_line_id": order.order_line.id, "quantity": units, "external_id": "1"}
        links = {"channel_id": self.channel.id, "order_id": order.id, "currency_id": self.euro.id}
        values = {"external_id": number, "amount": 12 * units, **values}
        refund = self.env["ecom.refund"].create({**links, **values, "line_ids": [Command.create(line)]})
        refund._open_returns()
        return refund

    def channels(self, units):
        order = self.sold((self.shirt, units, 10))
        order.write({"ecom_channel_id": self.channel.id, "ecom_external_id": f"o-{order.id}"})
        return order

    def test_a_refund_that_failed_after_all_gives_the_goods_back_to_nobody(self):
        """A chargeback that was won, a card that refused: nothing is paid back, and the goods are still awaited."""
        refund = self.refunded(self.channels(1), 1)
        record = refund.return_line_ids.return_id
        refund.state = "failed"
        self.assertEqual((record.line_ids.money, record.disagreement), ("failed", "awaited_goods"))

    def test_refund_then_cancel(self):
        order = self.channels(2)
        refund = self.refunded(order, 1)
        record = refund.return_line_ids.return_id
        record.action_cancel()
        self.assertEqual((record.state, record.disagreement), ("working", "money_without_goods"))

    def test_chargeback_after_refund_is_given_back_once(self):
        order = self.channels(1)
        self.refunded(order, 1)
        self.refunded(order, 1, "chargeback")
        records = self.env["ecom.return"].search([("order_ids", "=", order.id)])
        self.assertEqual(sum(records.line_ids.mapped("quantity")), 1, "one unit was sold")

    def test_restock_done_by_channel_and_by_odoo_counts_once(self):
        order = self.channels(1)
        self.refunded(order, 1)
        record = self.env["ecom.return"].search([("order_ids", "=", order.id)])
        self.receive(record)
        self.decide(record)
        with self.assertRaisesRegex(UserError, "not in the quarantine"):
            self.env["ecom.flow.return.dispose"]._dispose(record.line_ids, "restock")
        self.assertEqual(self.for_sale(self.shirt), 100)

    # ---------------------------------------------------------------- valuation
    def test_periodic(self):
        """Without perpetual valuation the credit note books no cost, and the stock is worth its goods."""
        order = self.sold((self.shirt, 1, 10))
        value = self.shirt.total_value
        note = self.done(self.agreed(order, 1))
        self.assertFalse(note.line_ids.filtered(lambda line: line.display_type == "cogs"))
        self.assertMoney(self.shirt.total_value, value + 4)

    def test_credit_note_before_goods_is_the_channels_and_brings_no_stock_value(self):
        """Paid back first, written off: credited without the product, so that nothing comes into the stock's value."""
        category = self.env["product.category"].create({"name": "Perpetual", "property_valuation": "real_time"})
        self.shirt.categ_id = category
        account = self.shirt._get_product_accounts()["stock_valuation"]
        order = self.channels(1)
        self.refunded(order, 1)
        record = self.env["ecom.return"].search([("order_ids", "=", order.id)])
        record.with_user(self.user("manager")).action_write_off()
        note = self.credited(record)
        self.assertTotals(note, 10, 2)
        self.assertFalse(note.line_ids.filtered(lambda line: line.account_id == account))
