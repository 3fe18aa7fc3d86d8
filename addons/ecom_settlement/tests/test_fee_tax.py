"""Taxes in fees: as the mapping of each kind says, booked as on a bill."""

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .book_case import BookCase


@tagged("post_install", "-at_install")
class TestFeeTax(BookCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.input_tax = cls.env["account.account"].create(
            {"name": "Input VAT", "code": "X2500", "account_type": "asset_current", "company_ids": [cls.company.id]}
        )
        cls.owed_tax = cls.input_tax.copy({"name": "VAT Owed", "code": "X3500", "account_type": "liability_current"})

    def purchase_tax(self, *parts, rate=20):
        """A tax whose parts are (percent of it, account)."""
        lines = [
            Command.clear(),
            Command.create({"repartition_type": "base"}),
            *(Command.create({"factor_percent": percent, "account_id": account.id}) for percent, account in parts),
        ]
        return self.make_tax(
            rate,
            name=f"Fees {rate} {len(parts)}",
            type_tax_use="purchase",
            invoice_repartition_line_ids=lines,
            refund_repartition_line_ids=lines,
        )

    def fees(self, **values):
        self.env["ecom.settlement.map"].search(
            [("channel_id", "=", self.account.id), ("family", "=", "payment_fee")]
        ).write(values)

    def post(self, *rows, payout):
        settlement = self.report(*rows, payout=payout)
        settlement.action_post()
        for move in settlement.move_ids:
            self.assertMoney(sum(move.line_ids.mapped("balance")), 0)
            self.assertFalse(move.line_ids.filtered(lambda line: not line.ecom_settlement_role), "Odoo added nothing")
        return settlement

    def test_a_tax_that_the_fee_contains_is_taken_out_of_it(self):
        self.fees(tax_id=self.purchase_tax((100, self.input_tax)).id)
        settlement = self.post(("fee", -12.01, 0, ""), payout=-12.01)
        self.assertMoney(self.balance(self.account_of("payment_fee")), "10.01")
        self.assertMoney(self.balance(self.input_tax), "2.00")
        part = settlement.move_ids.line_ids.filtered("tax_repartition_line_id")
        self.assertMoney(part.tax_base_amount, "10.01")

    def test_reverse_charge_leaves_the_fee_as_it_is_and_books_both_sides_of_the_tax(self):
        self.fees(tax_id=self.purchase_tax((100, self.input_tax), (-100, self.owed_tax)).id)
        self.post(("fee", -12, 0, ""), payout=-12)
        self.assertMoney(self.balance(self.account_of("payment_fee")), 12)
        self.assertMoney(self.balance(self.input_tax), "2.40")
        self.assertMoney(self.balance(self.owed_tax), "-2.40")

    def test_a_fee_given_back_gives_its_tax_back(self):
        self.fees(tax_id=self.purchase_tax((100, self.input_tax)).id)
        self.post(("fee", 6, 0, ""), payout=6)
        self.assertMoney(self.balance(self.account_of("payment_fee")), -5)
        self.assertMoney(self.balance(self.input_tax), -1)

    def test_a_tax_that_the_report_states_is_booked_as_stated(self):
        self.fees(tax_id=self.purchase_tax((100, self.input_tax)).id)
        settlement = self.report(("fee", -12, 0, ""), payout=-12)
        settlement.line_ids.filtered(lambda line: line.kind == "fee").tax = 1.99
        settlement.action_post()
        self.assertMoney(self.balance(self.input_tax), "1.99")
        self.assertMoney(self.balance(self.account_of("payment_fee")), "10.01")

    def test_the_tax_of_the_day_applies(self):
        before = self.purchase_tax((100, self.input_tax), (-100, self.owed_tax))
        now = self.purchase_tax((100, self.input_tax), rate=25)
        self.fees(tax_id=now.id, tax_since="2026-03-01", tax_before_id=before.id)
        self.post(("fee", -10, 0, "", "2026-02-27"), ("fee", -10, 0, "", "2026-03-02"), payout=-20)
        self.assertMoney(self.balance(self.owed_tax), -2)
        self.assertMoney(self.balance(self.input_tax), 4)
        self.assertMoney(self.balance(self.account_of("payment_fee")), 18)

    def test_what_a_vendor_bills_pays_the_bill_and_costs_nothing_by_itself(self):
        vendor = self.env["res.partner"].create({"name": "Marketplace Ltd"})
        fees = self.account_of("payment_fee")
        self.fees(bill_partner_id=vendor.id)
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": vendor.id,
                "invoice_date": "2026-03-31",
                "company_id": self.company.id,
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Fees", "price_unit": 12, "account_id": fees.id, "tax_ids": [Command.clear()]}
                    )
                ],
            }
        )
        bill.action_post()
        settlement = self.post(("fee", -12, 0, ""), payout=-12)
        paid = settlement.move_ids.line_ids.filtered(lambda line: line.partner_id == vendor)
        self.assertEqual(paid.account_id, vendor.with_company(self.company).property_account_payable_id)
        self.assertMoney(self.balance(fees), 12)
        self.assertTrue(paid.reconciled, "the one open bill of that amount")
        self.assertEqual(bill.payment_state, "paid")

    def test_a_vendor_who_bills_and_a_tax_exclude_each_other(self):
        vendor = self.env["res.partner"].create({"name": "Marketplace Ltd"})
        with self.assertRaises(ValidationError):
            self.fees(bill_partner_id=vendor.id, tax_id=self.purchase_tax((100, self.input_tax)).id)

    def test_the_entry_to_come_shows_the_tax_on_its_account(self):
        self.fees(tax_id=self.purchase_tax((100, self.input_tax)).id)
        settlement = self.report(("fee", -12, 0, ""), payout=-12)
        wizard = self.env["ecom.settlement.post.wizard"].browse(settlement.action_preview()["res_id"])
        shown = {line.account_id: line.debit for line in wizard.line_ids}
        self.assertMoney(shown[self.input_tax], 2)
        self.assertMoney(shown[self.account_of("payment_fee")], 10)
