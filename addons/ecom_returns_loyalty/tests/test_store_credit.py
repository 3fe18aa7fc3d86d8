from odoo.addons.ecom_returns.tests.returns_case import ReturnsCase
from odoo.exceptions import UserError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestStoreCredit(ReturnsCase):
    """Credit instead of money, where the customer agreed to it: in the books and on the card, both or neither."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        programs = cls.env["loyalty.program"]
        # As Odoo's screen makes one, with its reward.
        cls.wallet = programs.browse(programs.create_from_template("ewallet")["res_id"])
        cls.wallet.write({"name": "Wallet", "company_id": cls.company.id, "currency_id": cls.euro.id})
        cls.liability = cls.env["account.account"].create(
            {"name": "Store credit", "code": "CREDIT", "account_type": "liability_current"}
        )
        cls.expense = cls.env["account.account"].create({"name": "Bonus", "code": "BONUS", "account_type": "expense"})
        product = cls.wallet.reward_ids.discount_line_product_id
        product.property_account_income_id = cls.liability

    def bought(self):
        order = self.sold((self.shirt, 2, 10))
        wizard = self.env["account.payment.register"]
        wizard = wizard.with_context(active_model="account.move", active_ids=order.invoice_ids.ids)
        wizard.create({})._create_payments()
        return order

    def came(self):
        record = self.received(self.bought(), 1)
        self.decide(record)
        record.line_ids.resolution = "store_credit"
        return record

    def card(self):
        return self.env["loyalty.card"].search([("program_id", "=", self.wallet.id)])

    def balance(self, account):
        lines = self.env["account.move.line"].search([("account_id", "=", account.id), ("parent_state", "=", "posted")])
        return sum(lines.mapped("balance"))

    def test_a_return_fills_the_card_and_the_books_owe_as_much(self):
        self.policy.wallet_id = self.wallet
        record = self.came()
        notes = self.credited(record)
        self.assertEqual((notes.amount_residual, self.card().points, self.card().partner_id), (0, 12, self.buyer))
        self.assertMoney(self.balance(self.liability), -12)
        self.assertEqual((record.line_ids.money, record.state), ("executed", "closed"))
        self.assertEqual(self.card().history_ids.issued, 12)

    def test_a_bonus_is_an_expense_and_the_same_card_is_filled_again(self):
        self.policy.write({"wallet_id": self.wallet.id, "wallet_bonus": 10, "bonus_account_id": self.expense.id})
        for _time in range(2):
            self.credited(self.came())
        self.assertEqual((len(self.card()), self.card().points), (1, 26.4))
        self.assertMoney(self.balance(self.liability), "-26.40")
        self.assertMoney(self.balance(self.expense), "2.40")

    def test_where_the_policy_offers_none_nothing_is_credited(self):
        record = self.came()
        with self.assertRaisesRegex(UserError, "has no store credit"):
            self.credited(record)
        self.assertFalse(record.credit_ids)

    def test_an_unpaid_invoice_takes_the_credit_first(self):
        self.policy.wallet_id = self.wallet
        record = self.received(self.sold((self.shirt, 2, 10)), 1)
        self.decide(record)
        record.line_ids.resolution = "store_credit"
        self.credited(record)
        self.assertFalse(self.card(), "nothing was paid, so nothing is owed")

    def test_who_wished_for_credit_agreed_to_it(self):
        self.policy.wallet_id = self.wallet
        record = self.opened(self.bought(), 1, wish="credit")
        record.action_approve()
        self.assertEqual(record.line_ids.resolution, "store_credit")

    def test_where_no_wallet_is_named_the_wish_is_a_wish(self):
        record = self.opened(self.bought(), 1, wish="credit")
        record.action_approve()
        self.assertEqual(record.line_ids.resolution, "refund")
