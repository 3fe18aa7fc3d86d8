"""Invoices as the channel's policy says; parts of an order add up to the whole of it."""

from decimal import Decimal

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import line, payment, tax
from .invoice_case import InvoiceCase


@tagged("post_install", "-at_install")
class TestInvoice(InvoiceCase):
    # ---------------------------------------------------------------- policies
    def test_an_order_is_invoiced_when_it_is_confirmed_and_not_before_the_engine_comes_by(self):
        order = self.place(self.goods(self.shirt, "19.99", tax("3.99")))
        self.assertTrue(order.ecom_invoice_due)
        self.assertFalse(order.invoice_ids)
        self.work_off()
        self.assertEqual(order.invoice_ids.state, "posted")
        self.assertTotals(order.invoice_ids, "19.99", "3.99")
        self.assertEqual(order.invoice_status, "invoiced")
        self.assertFalse(order.ecom_invoice_due)

    def test_working_it_off_twice_makes_one_invoice(self):
        order = self.place()
        self.work_off()
        order.ecom_invoice_due = True
        self.work_off()
        self.assertEqual(len(order.invoice_ids), 1)

    def test_by_hand_means_nothing_happens_by_itself(self):
        self.channel.invoice_policy = "manual"
        order = self.place()
        self.assertFalse(order.ecom_invoice_due)
        order.ecom_invoice_due = True
        self.work_off()
        self.assertFalse(order.invoice_ids)

    def test_when_ordered_means_also_products_that_are_invoiced_when_delivered(self):
        self.shirt.invoice_policy = "delivery"
        order = self.place()
        self.work_off()
        self.assertTotals(order.invoice_ids, 20, 4)

    def test_when_shipped_means_what_was_shipped_and_the_rest_later(self):
        self.channel.invoice_policy = "delivery"
        order = self.place(
            self.goods(self.shirt, "10.00", tax("1.99"), quantity=3), line("s", 5, tax(1), kind="shipping", name="Post")
        )
        self.work_off()
        self.assertFalse(order.invoice_ids)
        self.ship(order, SHIRT=1)
        self.work_off()
        self.assertTotals(order.invoice_ids, "8.33", "1.66")
        self.ship(order, SHIRT=2)
        self.work_off()
        first, second = order.invoice_ids.sorted("id")
        self.assertTotals(second, "6.67", "1.33")
        self.assertMoney(first.amount_total + second.amount_total, order.amount_total)

    def test_a_warehouse_user_ships_without_touching_the_books(self):
        self.channel.invoice_policy = "delivery"
        order = self.place()
        user = new_test_user(
            self.env,
            "ecom_packer",
            groups="stock.group_stock_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        picking = order.picking_ids.with_user(user)
        picking.move_ids.write({"picked": True})
        picking.button_validate()
        self.assertEqual((picking.state, order.ecom_invoice_due), ("done", True))
        self.work_off()
        self.assertEqual(order.invoice_ids.state, "posted")

    def test_an_order_that_cannot_be_invoiced_keeps_no_other_from_it(self):
        orders = [self.place() for _number in range(4)]
        self.patch(
            type(self.env["sale.order"]),
            "_prepare_invoice",
            _refusing(type(self.env["sale.order"])._prepare_invoice, orders[1]),
        )
        self.work_off()
        self.assertEqual([len(order.invoice_ids) for order in orders], [1, 0, 1, 1])
        exception = orders[1].ecom_exception_ids
        self.assertEqual((exception.category, exception.state), ("money", "open"))
        self.assertIn("No receivable account", exception.detail)

    # -------------------------------------------------------------- in parts
    def test_thirds_of_a_line_add_up_to_its_stated_amounts(self):
        federal = self.make_tax(5, name="Federal", include_base_amount=True, sequence=1)
        provincial = self.make_tax(7, name="Provincial", sequence=2)
        order = self.place(
            self.goods(
                self.shirt,
                "100.00",
                tax("5.01", code="f", rate=5),
                tax("7.35", code="p", rate=7, compound=True),
                quantity=3,
                discount="0.01",
            )
        )
        order.ecom_invoice_due = False
        amounts = []
        for _part in range(3):
            order.order_line.qty_to_invoice = 1
            invoice = order._create_invoices()
            invoice._post()
            taxes = {
                tax_line.tax_line_id: tax_line.amount_currency for tax_line in invoice.line_ids.filtered("tax_line_id")
            }
            amounts.append((invoice.amount_untaxed, -taxes[federal], -taxes[provincial]))
        self.assertEqual(
            [tuple(round(amount, 2) for amount in part) for part in amounts],
            [
                (33.33, 1.67, 2.45),
                (33.33, 1.67, 2.45),
                (33.33, 1.67, 2.45),
            ],
        )
        self.assertMoney(sum(order.invoice_ids.mapped("amount_total")), order.amount_total)

    def test_a_cancelled_part_counts_as_not_invoiced(self):
        order = self.place(self.goods(self.shirt, "10.00", tax("1.99"), quantity=3))
        order.order_line.qty_to_invoice = 1
        order._create_invoices().button_cancel()
        order._create_invoices()
        self.assertTotals(order.invoice_ids.filtered(lambda move: move.state == "draft"), "10.00", "1.99")

    def test_a_credited_part_can_be_invoiced_again_to_the_cent(self):
        order = self.place(self.goods(self.shirt, "10.00", tax("1.99"), quantity=3))
        order.order_line.qty_to_invoice = 1
        invoice = order._create_invoices()
        invoice._post()
        refund = invoice._reverse_moves(cancel=True)
        self.assertTotals(refund, "3.33", "0.66")
        self.assertEqual(order.order_line.qty_invoiced, 0)
        again = order._create_invoices()
        self.assertTotals(again, "10.00", "1.99")

    def test_a_line_that_people_changed_is_computed_as_usual(self):
        order = self.place(self.goods(self.shirt, "30.00", tax("5.99"), quantity=3))
        order.order_line.price_unit = 20
        self.assertTotals(order, 60, 12)
        self.assertTotals(order._create_invoices(), 60, 12)

    def test_more_than_was_ordered_is_computed_as_usual(self):
        order = self.place(self.goods(self.shirt, "30.00", tax("5.99"), quantity=3))
        order.order_line.qty_to_invoice = 4
        self.assertTotals(order._create_invoices(), 40, 8)

    def test_a_foreign_order_is_invoiced_to_the_cent(self):
        self.env["res.currency.rate"].create(
            {
                "currency_id": self.env.ref("base.USD").id,
                "name": "2026-03-01",
                "rate": 1.25,
                "company_id": self.company.id,
            }
        )
        order = self.place(self.goods(self.shirt, "19.99", tax("3.99"), quantity=3), currency="USD")
        self.work_off()
        self.assertEqual(order.invoice_ids.currency_id.name, "USD")
        self.assertTotals(order.invoice_ids, "19.99", "3.99")

    def test_rounding_lines_and_discount_lines_are_invoiced_too(self):
        order = self.place(
            self.goods(self.shirt, 20, tax(4)),
            line("d", "-5.00", tax("-1.00"), kind="discount", name="Voucher"),
            total=Decimal("17.98"),
        )
        self.work_off()
        self.assertTotals(order.invoice_ids, "14.98", "3.00")

    def test_a_salesperson_invoices_a_part_and_an_accountant_posts_it(self):
        self.channel.invoice_policy = "manual"
        company = {"company_id": self.company.id, "company_ids": [(6, 0, self.company.ids)]}
        seller = new_test_user(self.env, "ecom_seller", groups="sales_team.group_sale_salesman_all_leads", **company)
        accountant = new_test_user(self.env, "ecom_accountant", groups="account.group_account_invoice", **company)
        order = self.place(self.goods(self.shirt, "10.00", tax("1.99"), quantity=3), payments=(payment("t1", "11.99"),))
        for quantity, untaxed, taxes in ((1, "3.33", "0.66"), (2, "6.67", "1.33")):
            order.order_line.qty_to_invoice = quantity
            invoice = order.with_user(seller)._create_invoices().with_user(accountant)
            invoice.action_post()
            self.assertTotals(invoice, untaxed, taxes)
        self.work_off()
        self.assertEqual(order.invoice_ids.mapped("payment_state"), ["paid", "paid"])

    def test_the_engine_claims_what_is_due(self):
        self.channel.cursor_ids.next_try = False
        self.env["ecom.channel"].search([("id", "!=", self.channel.id)]).mode = "off"
        self.env.flush_all()
        self.assertIsNone(self.env["ecom.flow.run"]._claim_once())
        self.place()
        self.env.flush_all()
        task = self.env["ecom.flow.run"]._claim_once()
        self.assertEqual((task.topic, task.channel_id), ("invoices", self.channel.id))


def _refusing(prepare, refused):
    """`_prepare_invoice` that fails for one order as a company without accounts makes it fail."""

    def _prepare_invoice(self):
        if self.id == refused.id:
            raise UserError(self.env._("No receivable account"))
        return prepare(self)

    return _prepare_invoice
