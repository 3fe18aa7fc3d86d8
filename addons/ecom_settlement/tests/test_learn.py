"""What people say once: what a kind of line is, and which column of an unknown report is what."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .book_case import BookCase

REPORT = """Ihr Auszug;;;;
Tag;Vorgang;Bestellung;Betrag;Gebühr
02.03.2026;Verkauf;B-1;1.100,00;33,00
03.03.2026;Miete;;-9,99;0,00
""".encode("cp1252")


@tagged("post_install", "-at_install")
class TestLearn(BookCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        values = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.accountant = new_test_user(cls.env, "learning_accountant", "account.group_account_user", **values)

    def learn(self, line, user=None, **values):
        action = line.action_learn()
        wizard = self.env["ecom.settlement.learn.wizard"].with_user(user or self.accountant)
        wizard = wizard.with_context(**action["context"]).create(values)
        wizard.action_learn()
        return wizard

    def test_an_unknown_kind_is_said_once_and_known_for_good(self):
        own = self.account_of("advertising")
        first = self.report(("boost_billing", -5, 0, ""), ("boost_billing", -1, 0, ""), payout=-6)
        unknown = first.line_ids.filtered(lambda line: line.family == "unknown")
        self.assertEqual(len(unknown), 2)
        wizard = self.learn(unknown[0], family="advertising")
        self.assertEqual((wizard.alike_count, wizard.account_id), (2, own))
        self.assertEqual(set(unknown.mapped("family")), {"advertising"})
        mapping = self.env["ecom.settlement.map"].search([("channel_id", "=", self.account.id), ("code", "!=", False)])
        self.assertEqual((mapping.code, mapping.learned_by), ("boost_billing", self.accountant))
        first.action_post()
        self.assertMoney(self.balance(own), 6)
        second = self.report(("boost_billing", -2, 0, ""), payout=-2, number="po_2")
        self.assertIn("advertising", second.line_ids.mapped("family"))

    def test_a_kind_said_to_be_a_sale_finds_its_order(self):
        order = self.sell("tx1")
        settlement = self.report(("tap_to_pay", 24, 0.96, "tx1"), payout=23.04)
        self.learn(settlement.line_ids.filtered(lambda line: line.family == "unknown"), family="sale")
        settlement.action_post()
        self.assertEqual(settlement.line_ids.order_id, order)
        self.assertMoney(self.balance(self.account_of("payment_fee")), "0.96")

    def test_what_is_posted_is_not_said_anew(self):
        settlement = self.report(("boost_billing", -5, 0, ""), payout=-5)
        settlement.action_post()
        line = settlement.line_ids.filtered(lambda line: line.family == "unknown")
        self.learn(line, family="advertising")
        self.assertEqual(line.family, "unknown")

    def test_a_kind_without_an_account_is_not_remembered(self):
        settlement = self.report(("boost_billing", -5, 0, ""), payout=-5)
        line = settlement.line_ids.filtered(lambda line: line.family == "unknown")
        with self.assertRaises(UserError):
            self.learn(line, family="other_fee", account_id=False)

    def test_an_operator_says_nothing(self):
        operator = new_test_user(self.env, "learning_operator", "ecom_connector.ecom_connector_group_operator")
        settlement = self.report(("boost_billing", -5, 0, ""), payout=-5)
        with self.assertRaises(AccessError):
            self.learn(settlement.line_ids[:1], user=operator, family="advertising")


@tagged("post_install", "-at_install")
class TestDescribe(BookCase):
    def mapper(self, content=REPORT, name="auszug.csv"):
        keep = self.env["ecom.flow.keep"]
        report = keep._keep_file(self.account, name, content, "upload")
        keep._understand(report)
        return self.env["ecom.settlement.mapper"].browse(report.action_describe()["res_id"])

    def test_columns_are_guessed_previewed_and_kept_and_the_report_is_read(self):
        mapper = self.mapper()
        self.assertEqual(mapper.report_id.state, "unreadable")
        guessed = {column.name: column.meaning for column in mapper.column_ids}
        self.assertEqual(
            guessed, {"Tag": "date", "Vorgang": "kind", "Bestellung": "order", "Betrag": "amount", "Gebühr": "fee"}
        )
        self.assertEqual(mapper.decimal, ",")
        mapper.action_preview()
        self.assertEqual((mapper.line_count, mapper.problem, len(mapper.preview_ids)), (2, False, 2))
        self.assertMoney(mapper.total, "1057.01")
        self.assertEqual(mapper.kind_ids.mapped("key"), ["Verkauf", "Miete"])
        mapper.zone = "UTC"
        mapper.kind_ids[0].family, mapper.kind_ids[1].family = "sale", "storage"
        mapper.action_keep()
        settlement = mapper.report_id.settlement_ids
        self.assertEqual((settlement.external_id, settlement.flaws), ("EUR 2026-03-02 - 2026-03-03", False))
        self.assertEqual(settlement.line_ids.mapped("family"), ["sale", "storage"])
        self.assertMoney(settlement.amount, "1057.01")
        # The next one of this form is read by itself.
        later = self.read(REPORT.replace(b".03.2026", b".04.2026"))
        self.assertEqual((later.form_name, later.line_ids.mapped("family")), ("auszug", ["sale", "storage"]))

    def test_what_is_missing_is_said_in_words(self):
        mapper = self.mapper()
        mapper.column_ids.filtered(lambda column: column.meaning == "amount").meaning = False
        mapper.action_preview()
        self.assertIn("amounts", mapper.problem)
        with self.assertRaises(UserError):
            mapper.action_keep()

    def test_a_file_without_columns_cannot_be_described(self):
        with self.assertRaises(UserError):
            self.mapper(b"\x89PNG\x00\x01", "photo.png")
        with self.assertRaises(UserError):
            self.mapper(b"1;2\n3;4\n", "numbers.csv")
