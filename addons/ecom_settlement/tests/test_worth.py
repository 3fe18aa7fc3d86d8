"""What a payout is worth: other currencies, conversions at the vendor's own rate."""

from odoo.addons.ecom_connector.tests.common import line, payment, tax
from odoo.exceptions import UserError
from odoo.tests import tagged

from .ledger_case import LedgerCase


@tagged("post_install", "-at_install")
class TestWorth(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dollar = cls.env.ref("base.USD")
        cls.env["res.currency.rate"].search([("currency_id", "=", cls.dollar.id)]).unlink()
        for day, rate in (("2026-03-01", 1.25), ("2026-03-04", 1.20)):
            cls.env["res.currency.rate"].create(
                {"currency_id": cls.dollar.id, "name": day, "rate": rate, "company_id": cls.company.id}
            )
        cls.dollars = cls.env["account.journal"].create(
            {"name": "Dollars", "code": "USDX", "type": "bank", "company_id": cls.company.id,
             "currency_id": cls.dollar.id}
        )  # fmt: skip

    def sell_in_dollars(self, name, **values):
        order = self.place(
            line("l", 20, tax(4), sku="SHIRT", variant_id="v-SHIRT", name="A shirt"),
            currency="USD",
            payments=(payment(name, 24, currency="USD"),),
            **values,
        )
        self.work_off()
        return order

    def exchange_entries(self):
        journal = self.company.currency_exchange_journal_id
        return self.env["account.move"].search_count([("journal_id", "=", journal.id)])

    def test_each_currency_waits_on_its_own_account(self):
        self.account.settlement_clearing_ids = self.channel.settlement_clearing_ids = self.dollars
        self.sell("tx1")
        self.sell_in_dollars("tx2")
        owed = self.dollars.default_account_id
        self.assertMoney(self.balance(self.clearing), 24)
        settlement = self.report(("charge", 24, 1, "tx2", "2026-03-04"), payout=23, currency="usd")
        before = self.exchange_entries()
        settlement.action_post()
        items = settlement._entries().line_ids
        on_clearing = items.filtered(lambda one: one.account_id == owed)
        self.assertEqual(sum(on_clearing.mapped("amount_currency")), -1)
        self.assertTrue(on_clearing.filtered("ecom_order_id").reconciled)
        self.assertMoney(self.balance(self.clearing), 24)
        self.assertEqual(self.exchange_entries(), before)

    def test_a_journal_of_another_currency_is_refused(self):
        self.journal.currency_id = self.dollar
        settlement = self.report(("fee", -5, 0, ""), payout=-5)
        with self.assertRaisesRegex(UserError, "EUR"), self.cr.savepoint():
            settlement.action_post()

    def test_a_part_of_an_order_takes_its_share_of_what_the_order_is_worth(self):
        self.journal.currency_id = self.dollar
        self.sell_in_dollars("tx1")
        before = self.exchange_entries()
        for number, amount in enumerate((10, 14)):
            settlement = self.report(
                ("charge", amount, 0, "tx1", "2026-03-04"), payout=amount, currency="usd", number=f"po_{number}"
            )
            settlement.action_post()
            self.assertInTheBooks(settlement)
        leg = settlement._entries().line_ids.filtered("ecom_order_id")
        self.assertTrue(leg.reconciled)
        self.assertMoney(leg.balance, "-11.20")  # 14 of 24 dollars at 1.25
        self.assertEqual(self.exchange_entries(), before)

    def test_orders_in_dollars_paid_out_in_euros_are_settled_without_an_exchange_entry_each(self):
        orders = [self.sell_in_dollars(name) for name in ("tx1", "tx2")]
        before = self.exchange_entries()
        settlement = self.report(
            ("charge", 19.50, 0.50, "tx1", "2026-03-04"), ("charge", 18.90, 0.50, "tx2", "2026-03-04"), payout=37.40
        )
        settlement.action_post()
        legs = settlement._entries().line_ids.filtered("ecom_order_id")
        self.assertEqual(legs.currency_id, self.dollar)
        self.assertTrue(all(legs.mapped("reconciled")), orders)
        self.assertEqual(self.exchange_entries(), before)
        self.assertMoney(sum(settlement._entries().line_ids.mapped("balance")), 0)
        self.assertMoney(self.balance(self.clearing), "37.40")

    def test_how_far_a_conversion_may_be_off_is_said_on_the_account(self):
        self.sell_in_dollars("tx1")
        settlement = self.report(("charge", 18.90, 0, "tx1", "2026-03-04"), payout=18.90)
        self.account.conversion_limit = 1.0
        settlement.action_post()
        leg = settlement._entries().line_ids.filtered("ecom_order_id")
        self.assertEqual((leg.currency_id, leg.reconciled), (self.euro, False), "19.20 was captured: 1.6 % off")
        settlement.action_undo()
        self.account.conversion_limit = 2.0
        settlement.action_post()
        leg = settlement._entries().line_ids.filtered("ecom_order_id")
        self.assertEqual((leg.currency_id, leg.reconciled, leg.balance), (self.dollar, True, -19.20))
        exchange = settlement._entries().line_ids.filtered(lambda one: one.ecom_settlement_role == "exchange")
        self.assertMoney(exchange.balance, "0.30")

    def test_a_conversion_is_worth_what_the_vendor_made_of_it(self):
        account = self.make_account("PayPal", settlement_clearing_ids=self.dollars.ids)
        heading = "Date,Time,TimeZone,Type,Status,Currency,Gross,Fee,Net,Transaction ID,Reference Txn ID,Balance\n"
        body = heading + (
            "03/20/2026,10:00:00,UTC,Express Checkout Payment,Completed,USD,100.00,0.00,100.00,P1,,100.00\n"
            "03/20/2026,10:00:01,UTC,General Currency Conversion,Completed,USD,-100.00,0.00,-100.00,C1,P1,0.00\n"
            "03/20/2026,10:00:01,UTC,General Currency Conversion,Completed,EUR,81.20,0.00,81.20,C2,P1,81.20\n"
        )
        found = self.read(body.encode(), channel=account)
        self.assertEqual(len(found), 2)
        transit = self.env["ecom.settlement.map"].search(
            [("channel_id", "=", account.id), ("family", "=", "conversion")]
        ).account_id  # fmt: skip
        for settlement in found.sorted(lambda one: one.currency_id.name, reverse=True):
            settlement.action_post()
        legs = self.env["account.move.line"].search([("ecom_settlement_pair", "=", "P1")])
        self.assertEqual(sorted(legs.mapped("balance")), [-81.20, 81.20])
        self.assertTrue(all(legs.mapped("reconciled")))
        self.assertMoney(self.balance(transit), 0)
        self.assertMoney(self.balance(self.clearing), "81.20")

    def test_taxes_in_another_currency_leave_the_entry_whole(self):
        self.account.settlement_clearing_ids = self.dollars
        vat = self.make_tax(20, name="Fees", type_tax_use="purchase")
        mapping = self.env["ecom.settlement.map"].search(
            [("channel_id", "=", self.account.id), ("family", "=", "payment_fee")]
        )
        mapping.tax_id = vat
        settlement = self.report(("fee", -10.01, 0, "", "2026-03-04"), payout=-10.01, currency="usd")
        settlement.action_post()
        items = settlement._entries().line_ids
        self.assertMoney(sum(items.mapped("balance")), 0)
        self.assertMoney(sum(items.mapped("amount_currency")), 0, self.dollar)
        part = items.filtered("tax_repartition_line_id")
        self.assertMoney(part.amount_currency, "1.67", self.dollar)
