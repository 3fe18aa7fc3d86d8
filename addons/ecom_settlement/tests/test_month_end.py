"""A month as an accountant closes it: a marketplace, a shop's own payments and PayPal, one company, all to the cent."""

from odoo import fields
from odoo.addons.ecom_connector.tests.common import line, payment, tax
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .ledger_case import LedgerCase

AMAZON = (
    "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\ttransaction-type\t"
    "order-id\tamount-type\tamount-description\tamount\tposted-date-time"
)
SHOPIFY = "Transaction Date,Type,Order,Payout Status,Payout Date,Payout ID,Amount,Fee,Net,Currency\n"
PAYPAL = "Date,Time,TimeZone,Type,Status,Currency,Gross,Fee,Net,Transaction ID,Reference Txn ID,Balance\n"


def amazon(number, total, deposit, *rows):
    head = (
        f"{number}\t2026-02-25 00:00:00 UTC\t{deposit} 00:00:00 UTC\t{deposit} 00:00:00 UTC\t{total}\tEUR\t\t\t\t\t\t"
    )
    body = [
        f"{number}\t\t\t\t\t\t{kind}\t{order}\t{group}\t{what}\t{amount}\t{day} 12:00:00 UTC"
        for day, kind, order, group, what, amount in rows
    ]
    return "\n".join([AMAZON, head, *body]).encode()


def sold(day, order, commission, kind="Order", sign=1):
    return [
        (day, kind, order, "ItemPrice", "Principal", 20 * sign),
        (day, kind, order, "ItemPrice", "Tax", 4 * sign),
        (day, kind, order, "ItemFees", "Commission", -commission * sign),
    ]


@tagged("post_install", "-at_install")
class TestMonthEnd(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dollar = cls.env.ref("base.USD")
        cls.env["res.currency.rate"].search([("currency_id", "=", cls.dollar.id)]).unlink()
        for day, rate in (("2026-03-01", 1.25), ("2026-03-15", 1.20)):
            cls.env["res.currency.rate"].create(
                {"currency_id": cls.dollar.id, "name": day, "rate": rate, "company_id": cls.company.id}
            )
        cls.owed = {code: cls._clearing(code) for code in ("AMZ", "SHP", "PPE")}
        cls.owed["PPD"] = cls._clearing("PPD", currency_id=cls.dollar.id)
        cls.paypal = cls._provider("PayPal", "uploaded", "PPE", settlement_clearing_ids=cls.owed["PPD"].ids)
        cls.shop = cls._provider("Shopify", "demo", "SHP", invoice_policy="order")
        cls.amazon = cls._provider("Amazon", "demo", "AMZ", invoice_policy="order", receivable_policy="payout")
        cls.env["ecom.payment.map"].create({"channel_id": cls.shop.id, "code": "paypal", "provider_id": cls.paypal.id})
        apart = ("fraud", "duplicate", "unknown")
        policies = (cls.shop | cls.amazon).check_policy_ids
        policies.filtered(lambda policy: policy.rule in apart).effect = "off"

    @classmethod
    def _clearing(cls, code, **values):
        return cls.env["account.journal"].create(
            {"name": f"Owed {code}", "code": code, "type": "bank", "company_id": cls.company.id, **values}
        )

    @classmethod
    def _provider(cls, name, code, journal, **values):
        found = cls.make_channel(name=name, code=code, clearing_journal_id=cls.owed[journal].id, **values)
        cls.env["ecom.settlement.map"]._propose(found)
        return found

    # ------------------------------------------------------------------- the month
    def order_of(self, channel, name, number=None, currency="EUR", method="card", **values):
        sku, variant = "SHIRT", "v-SHIRT"
        order = self.place(
            line(f"l-{name}", 20, *values.pop("taxes", (tax(4),)), sku=sku, variant_id=variant, name="A shirt"),
            channel=channel,
            external_id=name,
            number=number or name,
            references=(("number", number or name),),
            currency=currency,
            payments=(payment(name, values.pop("paid", 24), currency=currency, method=method),),
            **values,
        )
        self.work_off(channel)
        return order

    def give_back(self, order, name):
        """A credit note of all of it, and the money where it is booked."""
        order.invoice_ids._reverse_moves([{"invoice_date": "2026-03-08"}]).action_post()
        self.env["ecom.order.payment"].create(
            {
                "channel_id": order.ecom_channel_id.id, "order_id": order.id, "external_id": name, "kind": "refund",
                "state": "done", "amount": 24, "currency_id": order.currency_id.id, "paid_at": "2026-03-08 12:00:00",
            }
        )  # fmt: skip
        self.env["ecom.flow.collect"]._collect(order)

    def post(self, channel, content):
        """Read and booked, whatever falls into the closed month a day later."""
        found = self.read(content, channel=channel)
        self.assertFalse(found.filtered("flaws"), found.mapped("flaws"))
        for settlement in found.sorted(lambda one: one.currency_id.name, reverse=True):
            if settlement.is_late:
                with self.assertRaisesRegex(UserError, "closed"), self.cr.savepoint():
                    settlement.action_post()
                settlement.action_book_late()
            settlement.action_post()
            self.assertFalse(settlement.open_count)
        return found

    def the_marketplace(self):
        for name in ("A-1", "A-2"):
            self.order_of(self.amazon, name)
        self.order_of(self.amazon, "A-3", taxes=(), paid=20)
        refunded = self.env["sale.order"].search([("ecom_external_id", "=", "A-2")])
        refunded.invoice_ids._reverse_moves([{"invoice_date": "2026-03-08"}]).action_post()
        self.post(
            self.amazon,
            amazon(
                "9001", "-31.72", "2026-03-12",
                ("2026-02-27", "ServiceFee", "", "other-transaction", "Subscription Fee", -39),
                *sold("2026-03-03", "A-1", 3.60), *sold("2026-03-03", "A-2", 3.60),
                *sold("2026-03-08", "A-2", 3.60, "Refund", -1),
                ("2026-03-08", "Refund", "A-2", "ItemFees", "RefundCommission", -0.72),
                ("2026-03-03", "Order", "A-1", "ItemFees", "FBAPerUnitFulfillmentFee", -2.40),
                ("2026-03-12", "other-transaction", "", "other-transaction", "Current Reserve Amount", -10),
            ),
        )  # fmt: skip
        self.post(
            self.amazon,
            amazon(
                "9002", "22.00", "2026-03-26",
                ("2026-03-12", "other-transaction", "", "other-transaction", "Payable to Amazon", "-31.72"),
                ("2026-03-13", "other-transaction", "", "other-transaction", "Successful charge", "31.72"),
                ("2026-03-20", "other-transaction", "", "other-transaction", "Previous Reserve Amount Balance", 10),
                *sold("2026-03-20", "A-3", 3.00),
                ("2026-03-20", "Order", "A-3", "ItemWithheldTax", "MarketplaceFacilitatorVAT-Principal", -4),
                ("2026-03-21", "ServiceFee", "", "Cost of Advertising", "TransactionTotalAmount", -5),
            ),
        )  # fmt: skip

    def the_shop(self):
        for name in ("S-1", "S-2", "S-4", "S-5", "S-6"):
            self.order_of(self.shop, name)
        self.give_back(self.env["sale.order"].search([("ecom_external_id", "=", "S-2")]), "back-2")
        charge = "2026-03-0{day} 10:00:00 +0000,charge,{name},paid,2026-03-{paid},{number},24.00,0.60,23.40,EUR\n"
        first = "".join(charge.format(day=3, name=name, paid=10, number=9101) for name in ("S-1", "S-2"))
        first += "2026-03-08 10:00:00 +0000,refund,S-2,paid,2026-03-10,9101,-24.00,0.00,-24.00,EUR\n"
        first += "2026-03-10 10:00:00 +0000,payout,,paid,2026-03-10,9101,-22.80,0.00,-22.80,EUR\n"
        self.post(self.shop, (SHOPIFY + first).encode())
        second = "".join(charge.format(day=9, name=name, paid=20, number=9102) for name in ("S-4", "S-5", "S-6"))
        second += "2026-03-18 10:00:00 +0000,chargeback,,paid,2026-03-20,9102,-24.00,15.00,-39.00,EUR\n"
        second += "2026-03-20 10:00:00 +0000,payout,,paid,2026-03-20,9102,-31.20,0.00,-31.20,EUR\n"
        self.post(self.shop, (SHOPIFY + second).encode())

    def through_paypal(self):
        self.order_of(self.shop, "PP-1", method="paypal")
        self.order_of(self.shop, "PP-2", method="paypal", currency="USD")
        self.post(
            self.paypal,
            (
                PAYPAL
                + "03/16/2026,10:00:00,UTC,Express Checkout Payment,Completed,USD,24.00,-1.00,23.00,PP-2,,23.00\n"
                "03/17/2026,10:00:00,UTC,General Currency Conversion,Completed,USD,-23.00,0.00,-23.00,C1,PP-2,0.00\n"
                "03/16/2026,11:00:00,UTC,Express Checkout Payment,Completed,EUR,24.00,-1.00,23.00,PP-1,,23.00\n"
                "03/17/2026,10:00:00,UTC,General Currency Conversion,Completed,EUR,18.90,0.00,18.90,C2,PP-2,41.90\n"
                "03/18/2026,10:00:00,UTC,General Withdrawal,Completed,EUR,-41.90,0.00,-41.90,W1,,0.00\n"
            ).encode(),
        )

    # ------------------------------------------------------------------- the papers
    def bill(self):
        """Advertising is billed by the marketplace at the end of the month, and kept from the payout before."""
        biller = self.env["res.partner"].create({"name": "Amazon Advertising"})
        mapping = self.env["ecom.settlement.map"].search(
            [("channel_id", "=", self.amazon.id), ("family", "=", "advertising")]
        )
        self.advertising = mapping.account_id
        mapping.bill_partner_id = biller
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice", "partner_id": biller.id, "invoice_date": "2026-03-31", "date": "2026-03-31",
                "invoice_line_ids": [
                    Command.create({"name": "March", "price_unit": 5, "account_id": self.advertising.id,
                                    "tax_ids": [Command.clear()]})
                ],
            }
        )  # fmt: skip
        bill.action_post()
        return bill

    def tax_fees(self):
        """The shop's payment fees have 20 % input tax in them."""
        account = self.account_of("withholding").copy({"name": "Input tax", "code": "INPUT20"})
        parts = [
            Command.create({"repartition_type": "base"}),
            Command.create({"repartition_type": "tax", "account_id": account.id}),
        ]
        mapping = self.env["ecom.settlement.map"].search(
            [("channel_id", "=", self.shop.id), ("family", "=", "payment_fee")]
        )
        mapping.tax_id = self.make_tax(
            20, name="Input 20 %", type_tax_use="purchase",
            invoice_repartition_line_ids=parts, refund_repartition_line_ids=parts,
        )  # fmt: skip
        return account

    def place_of(self, channel, family):
        return self.env["ecom.settlement.map"].search(
            [("channel_id", "=", channel.id), ("family", "=", family), ("code", "=", False)]
        ).account_id  # fmt: skip

    def test_the_month_is_closed_with_every_account_to_the_cent(self):
        self.company.fiscalyear_lock_date = "2026-02-28"
        bill, input_tax = self.bill(), self.tax_fees()
        for amount, day in ((-31.72, 13), (22.00, 27), (22.80, 11), (31.20, 21), (41.90, 19)):
            self.received(amount, "TRANSFER", day=f"2026-03-{day}")
        self.the_marketplace(), self.the_shop(), self.through_paypal()
        found = self.env["ecom.settlement"].search([("state", "=", "posted")])
        for settlement in found.filtered(lambda one: not one.is_deposited and one._deposits()):
            settlement.action_find_deposit()
        self.assertEqual(len(found), 6)
        self.assertTrue(all(found.mapped("is_deposited")))
        self.assertProven()
        self.assertBooks(input_tax)
        self.assertEqual(bill.payment_state, "paid")
        entries = found.move_ids
        self.assertTrue(all(entries.mapped(lambda move: move.date >= fields.Date.to_date("2026-03-01"))))

    def assertProven(self):
        """The proof of the month: nothing is owed by any channel, in its own currency or the company's, nothing is
        open that was paired."""
        for journal in self.owed.values():
            items = self.env["account.move.line"].search(
                [("account_id", "=", journal.default_account_id.id), ("parent_state", "=", "posted")]
            )
            self.assertMoney(sum(items.mapped("balance")), 0)
            self.assertMoney(sum(items.mapped("amount_currency")), 0, journal.currency_id or self.euro)
            self.assertTrue(
                all(items.mapped("reconciled")), items.filtered(lambda one: not one.reconciled).mapped("name")
            )
        invoices = self.env["account.move"].search(
            [("company_id", "=", self.company.id), ("move_type", "in", ("out_invoice", "out_refund"))]
        )
        self.assertEqual(len(invoices), 12)
        self.assertLessEqual(set(invoices.mapped("payment_state")), {"paid", "reversed"})

    def assertBooks(self, input_tax):
        receivable = self.env["account.account"].search(
            [("account_type", "=", "asset_receivable"), ("company_ids", "in", self.company.ids)]
        )
        self.assertMoney(sum(self.balance(account) for account in receivable), 0)
        self.assertMoney(self.balance(self.bank.default_account_id), "86.18")
        for family, amount in (
            ("reserve", 0), ("carried", 0), ("remitted_tax", 0), ("commission", "7.32"), ("fulfilment", "2.40"),
            ("subscription", 39), ("advertising", 0), ("dispute", 24), ("conversion", 0), ("unknown", 0), ("month", 0),
        ):  # fmt: skip
            self.assertMoney(self.balance(self.place_of(self.amazon, family)), amount)
        self.assertMoney(self.balance(self.advertising), 5)
        # Shop: 5 x 0.60 + 15.00 = 18.00, a sixth of it tax; PayPal: 1.00 and 1.00 USD at 1.20.
        self.assertMoney(self.balance(self.place_of(self.shop, "payment_fee")), "16.83")
        self.assertMoney(self.balance(input_tax), "3.00")
        output = self.env["account.move.line"].search([("tax_line_id", "=", self.tax20.id)])
        # Four of A-1, S-1, S-4, S-5, S-6 and PP-1, and of PP-2 4.00 USD at 1.25; A-2 and S-2 were given back.
        self.assertMoney(sum(output.mapped("balance")), "-27.20")
