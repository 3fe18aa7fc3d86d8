"""Orders of any mixture, drawn by hypothesis: exact on the order, over any split of invoices and over any refunds.

Hypothesis draws them, and they travel in one batch as orders do; the drawing is the same on every machine.
"""

import os
from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import tagged

from ..channels.tests.any_order import DIGITS, orders, rounded
from .common import GRAZ, VIENNA
from .invoice_case import InvoiceCase

# Each is invoiced and credited in up to 25 documents.
SPLITS = 10 if os.environ.get("ECOM_LONG") == "1" else 5


def drawn(strategy, count):
    """That many different examples."""
    found = []

    @settings(
        max_examples=count, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(strategy)
    def draw(example):
        found.append(example)

    draw()
    return found


@tagged("post_install", "-at_install")
class TestAnyOrder(InvoiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_tax("7.7")
        cls.make_tax(5, include_base_amount=True, sequence=1)
        cls.make_tax("9.975", is_base_affected=True, sequence=2)
        account = cls.env["account.account"].create(
            {
                "name": "Gift Cards",
                "code": "299990",
                "account_type": "liability_current",
                "company_ids": [Command.set(cls.company.ids)],
            }
        )
        # Odd prices and many orders of one day are what is wanted here.
        cls.channel.check_policy_ids.effect = "off"
        cls.channel.write({"tolerance": 0.05, "invoice_policy": "manual", "voucher_account_id": account.id})

    def placed(self, stated):
        """[(order as stated, sale order)], each of another buyer."""
        stated = [self.one_of_many(order, number) for number, order in enumerate(stated)]
        messages = self.feed(*stated)
        for order, message in zip(stated, messages, strict=True):
            self.assertEqual(message.state, "done", f"{message.problem}\n{order}")
            self.assertEqual(
                message.order_id.state, "sale", f"{message.order_id.ecom_exception_ids.mapped('detail')}\n{order}"
            )
        return list(zip(stated, messages.order_id, strict=True))

    def one_of_many(self, order, number):
        renamed = [replace(one, external_id=f"{number}-{one.external_id}") for one in order.payments]
        buyer = {"bill_to": replace(VIENNA, name=f"Buyer {number}"), "ship_to": GRAZ}
        return replace(order, external_id=f"any-{number}", number=str(number), payments=tuple(renamed), **buyer)

    def assertSame(self, order, documents):
        """These documents together come to the order's total, tax and discount."""
        currency = documents.currency_id
        remitted = Decimal(str(self.remitted(documents)))
        discount = rounded(sum((line.discount for line in order.lines), Decimal(0)), DIGITS[order.currency])
        lines = documents.invoice_line_ids if documents._name == "account.move" else documents.order_line
        self.assertMoney(sum(documents.mapped("amount_total")), order.total - remitted, currency)
        self.assertMoney(sum(documents.mapped("amount_tax")), order.tax_total - remitted, currency)
        self.assertMoney(sum(lines.mapped("ecom_discount")), discount, currency)

    @staticmethod
    def remitted(documents):
        """What the marketplace keeps of it, as the sale order says."""
        orders = documents if documents._name == "sale.order" else documents.line_ids.sale_line_ids.order_id
        return round(orders.ecom_remitted_tax, 2)

    def test_total_tax_and_discount_are_the_channels(self):
        for order, placed in self.placed(drawn(orders(), 60)):
            with self.subTest(order=order):
                self.assertSame(order, placed)
                self.assertMoney(placed.ecom_discount, sum(placed.order_line.mapped("ecom_discount")))
                self.assertMoney(sum(placed.order_line.mapped("price_total")), placed.amount_total, placed.currency_id)

    def test_any_split_of_invoices_and_any_refunds_of_them_add_up(self):
        splits = st.lists(st.sampled_from((0, 0.3, 0.5, 1)), min_size=4, max_size=4)
        examples = drawn(st.tuples(orders(), splits, splits), SPLITS)
        for (order, placed), (_order, parts, refunds) in zip(
            self.placed([order for order, *_splits in examples]), examples, strict=True
        ):
            with self.subTest(order=order, parts=parts, refunds=refunds):
                self.invoice_in(placed, [*parts, 1])
                invoices = placed.invoice_ids
                self.assertSame(order, invoices)
                for invoice in invoices:
                    self.refund_in(invoice, [*refunds, 1])
                self.assertSame(order, placed.invoice_ids - invoices)
                self.assertFalse(any(placed.order_line.mapped("qty_invoiced")))

    def invoice_in(self, placed, parts):
        """Invoice that share of what is left of each line, in turn."""
        for share in parts:
            for line in placed.order_line:
                line.qty_to_invoice = self.share(line.product_uom_qty - line.qty_invoiced, share)
            if any(placed.order_line.mapped("qty_to_invoice")):
                placed._create_invoices()._post()

    def refund_in(self, invoice, parts):
        """Credit that share of what is left of each line, in turn."""
        for share in parts:
            left = {line.sale_line_ids: line.quantity for line in invoice.invoice_line_ids}
            for line in invoice.reversal_move_ids.invoice_line_ids:
                left[line.sale_line_ids] -= line.quantity
            wanted = {sold: self.share(quantity, share) for sold, quantity in left.items()}
            if any(wanted.values()):
                note = invoice._reverse_moves()
                note.invoice_line_ids = [
                    Command.update(line.id, {"quantity": wanted[line.sale_line_ids]})
                    if wanted[line.sale_line_ids]
                    else Command.delete(line.id)
                    for line in note.invoice_line_ids
                ]
                note._post()

    @staticmethod
    def share(left, share):
        return left if share == 1 else float(int(left * share))
