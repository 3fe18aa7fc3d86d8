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

    def group(self):
        """Two taxes of a country, 5 % and 9.975 %, each with an account of its own, as one."""
        parts = self.purchase_tax((100, self.input_tax), rate=5) | self.purchase_tax((100, self.owed_tax), rate=9.975)
        parts.type_tax_use = "none"
        return self.make_tax(
            0, name="Both", type_tax_use="purchase", amount_type="group", children_tax_ids=[Command.set(parts.ids)]
        )

    def as_booked(self, move):
        """What of an entry a tax report looks at."""
        lines = move.line_ids.filtered(lambda line: line.tax_ids or line.tax_line_id)
        return sorted(
            (
                line.account_id.code, line.tax_line_id.name or "", line.group_tax_id.name or "",
                line.tax_ids.mapped("name"), sorted(line.tax_tag_ids.mapped("name")),
                line.balance, line.tax_base_amount,
            )
            for line in lines
        )  # fmt: skip

    def bill_of(self, amount, tax):
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.env["res.partner"].create({"name": "Marketplace Ltd"}).id,
                "invoice_date": "2026-03-02",
                "company_id": self.company.id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Fees",
                            "price_unit": amount,
                            "account_id": self.account_of("payment_fee").id,
                            "tax_ids": [Command.set(tax.ids)],
                        }
                    )
                ],
            }
        )
        bill.action_post()
        return bill

    def test_a_group_of_taxes_is_split_into_its_parts_as_on_a_bill(self):
        group = self.group()
        self.fees(tax_id=group.id)
        settlement = self.post(("fee", -11.50, 0, ""), payout=-11.50)
        self.assertMoney(self.balance(self.account_of("payment_fee")), "10.00")
        self.assertMoney(self.balance(self.input_tax), "0.50")
        self.assertMoney(self.balance(self.owed_tax), "1.00")
        parts = settlement.move_ids.line_ids.filtered("tax_repartition_line_id")
        self.assertEqual(parts.group_tax_id, group)
        self.assertEqual(self.as_booked(settlement.move_ids), self.as_booked(self.bill_of(10, group)))

    def test_a_part_that_is_charged_on_another_part_is_booked_as_on_a_bill(self):
        group = self.group()
        first = group.children_tax_ids.filtered(lambda tax: tax.amount == 5)
        first.write({"include_base_amount": True, "sequence": 1})
        self.fees(tax_id=group.id)
        settlement = self.post(("fee", -11.55, 0, ""), payout=-11.55)
        self.assertMoney(self.balance(self.input_tax), "0.50")
        self.assertMoney(self.balance(self.owed_tax), "1.05")
        self.assertMoney(self.balance(self.account_of("payment_fee")), "10.00")
        self.assertEqual(self.as_booked(settlement.move_ids), self.as_booked(self.bill_of(10, group)))

    def test_a_stated_tax_of_several_parts_is_shared_by_them_to_the_cent(self):
        self.fees(tax_id=self.group().id)
        settlement = self.report(("fee", -11.50, 0, ""), payout=-11.50)
        settlement.line_ids.filtered(lambda line: line.kind == "fee").tax = 1.49
        settlement.action_post()
        self.assertMoney(self.balance(self.input_tax), "0.50")
        self.assertMoney(self.balance(self.owed_tax), "0.99")
        self.assertMoney(self.balance(self.account_of("payment_fee")), "10.01")

    def test_a_group_given_back_gives_its_parts_back(self):
        self.fees(tax_id=self.group().id)
        self.post(("fee", 11.50, 0, ""), payout=11.50)
        self.assertMoney(self.balance(self.account_of("payment_fee")), -10)
        self.assertMoney(self.balance(self.input_tax), "-0.50")
        self.assertMoney(self.balance(self.owed_tax), -1)

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

    def bill(self, vendor, account, amount, day):
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": vendor.id,
                "invoice_date": day,
                "date": day,
                "company_id": self.company.id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Fees",
                            "price_unit": amount,
                            "account_id": account.id,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        bill.action_post()
        return bill

    def test_a_bill_of_the_month_is_paid_by_what_three_payouts_kept_whichever_came_first(self):
        vendor = self.env["res.partner"].create({"name": "Marketplace Ltd"})
        fees = self.account_of("payment_fee")
        self.fees(bill_partner_id=vendor.id)
        for number, amount in enumerate((12, 7.50, 3.25)):
            self.report(("fee", -amount, 0, ""), payout=-amount, number=f"po_m{number}").action_post()
        bill = self.bill(vendor, fees, 22.75, "2026-03-31")
        self.assertEqual(bill.payment_state, "paid", "posted after the payouts")
        early = self.bill(vendor, fees, 9, "2026-04-01")
        self.assertEqual(early.payment_state, "not_paid")
        for number, amount in enumerate((5, 4)):
            self.report(("fee", -amount, 0, "", "2026-04-02"), payout=-amount, number=f"po_a{number}").action_post()
        self.assertEqual(early.payment_state, "paid", "by the payouts after it")
        self.assertMoney(self.balance(fees), "31.75")
        self.assertMoney(self.balance(vendor.with_company(self.company).property_account_payable_id), 0)

    def test_a_bill_of_another_amount_stays_open(self):
        vendor = self.env["res.partner"].create({"name": "Marketplace Ltd"})
        fees = self.account_of("payment_fee")
        self.fees(bill_partner_id=vendor.id)
        self.report(("fee", -12, 0, ""), payout=-12).action_post()
        self.assertEqual(self.bill(vendor, fees, 12.01, "2026-03-31").payment_state, "not_paid")

    def test_each_marketplace_has_the_taxes_of_its_country(self):
        """Local tax in one, reverse charge in another, none in a third."""
        local = self.purchase_tax((100, self.input_tax))
        reverse = self.purchase_tax((100, self.input_tax), (-100, self.owed_tax), rate=19)
        mapping = self.env["ecom.settlement.map"].search(
            [("channel_id", "=", self.account.id), ("family", "=", "commission")]
        )
        for market, tax in (("Amazon.it", local), ("Amazon.de", reverse)):
            values = {"account_id": mapping.account_id.id, "market": market, "tax_id": tax.id}
            mapping.create({"channel_id": self.account.id, "family": "commission", **values})
        rows = "".join(
            f"9001\t\t\t\tOrder\t{order}\tItemFees\tCommission\t-12.00\t2026-03-02 10:00:00 UTC\t{market}\n"
            for order, market in (("A-1", "Amazon.it"), ("A-2", "Amazon.de"), ("A-3", "Amazon.fr"))
        )
        heading = "settlement-id\ttotal-amount\tcurrency\tdeposit-date\ttransaction-type\torder-id\tamount-type\t"
        heading += "amount-description\tamount\tposted-date-time\tmarketplace-name\n"
        settlement = self.read((heading + "9001\t-36.00\tEUR\t2026-03-05\t\t\t\t\t\t\t\n" + rows).encode())
        self.assertEqual(settlement.line_ids.mapped("market"), ["Amazon.it", "Amazon.de", "Amazon.fr"])
        settlement.action_post()
        self.assertMoney(self.balance(mapping.account_id), 34)
        self.assertMoney(self.balance(self.input_tax), "4.28")
        self.assertMoney(self.balance(self.owed_tax), "-2.28")
        self.assertMoney(self.balance(self.clearing), -36)

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
