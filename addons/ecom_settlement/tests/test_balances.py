"""What is neither income nor cost: advances, taxes withheld, tax of the marketplace; and bills of fees by size."""

from odoo import fields
from odoo.tests import tagged

from .book_case import BookCase

AMAZON = (
    "settlement-id\ttotal-amount\tcurrency\tdeposit-date\ttransaction-type\torder-id\tamount-type\tamount-description\t"
    "amount\tposted-date-time\tsku\tquantity-purchased\torder-item-code\n"
)
DAY = "2026-03-02"


@tagged("post_install", "-at_install")
class TestBalances(BookCase):
    def amazon(self, *rows, total, number="9001", **values):
        """A payout of these (kind, order, type, description, amount, day, sku, units)."""
        body = f"{AMAZON}{number}\t{total}\tEUR\t2026-03-20 00:00:00 UTC" + "\t" * 9 + "\n"
        for kind, order, group, what, amount, day, sku, units in rows:
            cells = (number, "", "", "", kind, order, group, what, amount, f"{day} 10:00:00 UTC", sku, units, order)
            body += "\t".join(map(str, cells)) + "\n"
        return self.read(body.encode(), **values)

    # -------------------------------------------------------------------- loans
    def test_an_advance_is_owed_until_payouts_have_repaid_it(self):
        self.sell("tx1"), self.sell("tx2")
        loan, owed = self.account_of("loan"), []
        for number, (rows, payout) in enumerate(
            (
                ((("financing_payout", 100, 0, ""),), 100),
                ((("charge", 24, 1, "tx1"), ("financing_paydown", -10, 0, "")), 13),
                ((("charge", 24, 1, "tx2"), ("financing_paydown", -12.50, 0, "")), 10.50),
                ((("financing_paydown", -77.50, 0, ""),), -77.50),
            )
        ):
            settlement = self.report(*rows, payout=payout, number=f"po_{number}")
            settlement.action_post()
            owed.append(self.balance(loan))
        self.assertEqual(owed, [-100, -90, -77.50, 0])
        self.assertMoney(self.balance(self.clearing), 46)
        settlement.action_undo()
        self.assertMoney(self.balance(loan), "-77.50")

    def test_what_an_advance_costs_goes_to_its_own_account(self):
        """The lender keeps more than he gave: a kind of its own, which somebody says once."""
        cost = self.account_of("other_fee")
        self.env["ecom.settlement.map"].create(
            {"channel_id": self.account.id, "code": "advance", "family": "other_fee", "account_id": cost.id}
        )
        self.report(("financing_payout", 100, 0, ""), payout=100).action_post()
        self.report(
            ("financing_paydown", -100, 0, ""), ("advance", -11, 0, ""), payout=-111, number="po_2"
        ).action_post()
        self.assertMoney(self.balance(self.account_of("loan")), 0)
        self.assertMoney(self.balance(cost), 11)

    # -------------------------------------------------------------- withholding
    def test_taxes_withheld_of_sales_come_back_with_refunds_each_on_its_account(self):
        kept = self.account_of("withholding")
        central, state = (kept.copy({"code": code, "name": code}) for code in ("TCSC", "TCSS"))
        for kind in ("Order", "Refund"):
            for detail, account in (("Other/TCS-CGST", central), ("Other/TCS-SGST", state)):
                values = {"code": kind, "detail": detail, "family": "withholding", "account_id": account.id}
                self.env["ecom.settlement.map"].create({"channel_id": self.account.id, **values})

        def both(kind, order, amount):
            return [(kind, order, "Other", f"TCS-{part}", amount, DAY, "", "") for part in ("CGST", "SGST")]

        interstate = ("Order", "A-3", "Other", "TCS-IGST", -3, DAY, "", "")
        first = self.amazon(*both("Order", "A-1", -0.50), *both("Order", "A-2", -1.25), interstate, total=-6.50)
        self.assertEqual(set(first.line_ids.mapped("family")), {"withholding"})
        first.action_post()
        self.amazon(*both("Refund", "A-2", 1.25), total=2.50, number="9002").action_post()
        self.assertEqual([self.balance(account) for account in (central, state, kept)], [0.50, 0.50, 3])
        self.assertMoney(self.balance(self.clearing), -4)

    # ------------------------------------------------------- tax of marketplaces
    def test_tax_of_the_marketplace_that_does_not_come_to_nothing_is_told_by_order(self):
        facilitated = "MarketplaceFacilitatorTax-Principal"
        settlement = self.amazon(
            ("Order", "A-1", "ItemPrice", "Principal", 20, DAY, "", 1),
            ("Order", "A-1", "ItemPrice", "Tax", 4, DAY, "", 1),
            ("Order", "A-1", "ItemWithheldTax", facilitated, -4, DAY, "", 1),
            ("Order", "A-2", "ItemPrice", "Tax", 4, DAY, "", 1),
            ("Order", "A-2", "ItemWithheldTax", facilitated, -3.99, DAY, "", 1),
            total=20.01,
        )
        settlement.action_post()
        told = self.exceptions().filtered(lambda one: one.dedupe_key.endswith(":tax"))
        self.assertIn("A-2 0.01", told.detail)
        self.assertNotIn("A-1", told.detail)
        self.assertMoney(self.balance(self.account_of("remitted_tax")), "3.99")
        settlement.action_undo()
        settlement.line_ids.filtered(lambda line: line.net == -3.99).write({"amount": -4, "net": -4})
        settlement.amount = 20
        settlement.action_post()
        self.assertEqual(told.state, "solved")
        self.assertMoney(self.balance(self.account_of("remitted_tax")), 0)

    # ---------------------------------------------------------------- fee changes
    def packed(self, number, *orders):
        """A payout of (order, day, units, fee of a unit) of the SKU MUG."""
        rows, total = [], 0
        for order, day, units, fee in orders:
            rows.append(("Order", order, "ItemPrice", "Principal", 10 * units, day, "MUG", units))
            rows.append(("Order", order, "ItemFees", "FBAPerUnitFulfillmentFee", -fee * units, day, "MUG", ""))
            total += (10 - fee) * units
        return self.amazon(*rows, total=round(total, 2), number=number)

    def test_a_fee_that_changed_with_the_size_of_a_product_is_shown_with_what_it_costs(self):
        today = fields.Date.today()
        days = [fields.Date.to_string(fields.Date.subtract(today, days=back)) for back in (60, 40, 20, 10, 5)]
        self.packed("9001", ("A-1", days[0], 1, 3.10), ("A-2", days[1], 2, 3.10))
        self.packed("9002", ("A-3", days[2], 1, 4.75), ("A-4", days[3], 3, 4.75))
        self.env.flush_all()
        tiers = self.env["ecom.fee.tier"]
        found = tiers.search([("channel_id", "=", self.account.id)])
        rose = (fields.Date.to_date(days[2]), "MUG", 3.10, 4.75, 4)
        self.assertEqual([(one.day, one.sku, one.before, one.fee, one.units) for one in found], [rose])
        self.assertMoney(found.change, "1.65")
        self.assertMoney(found.extra, "6.60")
        self.env["ecom.flow.earn"]._tell_tiers(self.account)
        told = self.exceptions().filtered(lambda one: one.dedupe_key == "fees:tier")
        self.assertIn("MUG", told.detail)
        self.packed("9003", ("A-5", days[4], 2, 3.10))
        self.env.flush_all()
        latest = tiers.search([("channel_id", "=", self.account.id)], limit=1)
        self.assertEqual((latest.before, latest.fee, latest.units), (4.75, 3.10, 2))
        self.assertMoney(latest.extra, "-3.30")
