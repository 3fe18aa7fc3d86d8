"""Who sees and does what: an accountant all of it without any other role, operators look, the warehouse nothing."""

from odoo import Command
from odoo.exceptions import AccessError, RedirectWarning
from odoo.tests import new_test_user, tagged

from .book_case import BookCase

MENUS = (
    *("ecom_settlement_menu", "ecom_settlement_line_menu_match", "ecom_exception_menu_variances", "ecom_dispute_menu"),
    *("ecom_settlement_approval_menu", "ecom_settlement_upload_wizard_menu", "ecom_settlement_report_menu"),
    *("ecom_unsettled_menu", "ecom_clearing_proof_menu", "ecom_channel_profit_menu", "ecom_fee_audit_menu"),
    *("ecom_settlement_map_menu", "ecom_settlement_template_menu", "ecom_settlement_menu_finance"),
)


@tagged("post_install", "-at_install")
class TestRoles(BookCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Odoo gives the right to export to whom it likes.
        cls.accountant = cls.person("only_accountant", "account.group_account_user,base.group_allow_export")
        cls.operator = cls.person("only_operator", "ecom_connector.ecom_connector_group_operator")
        cls.warehouse = cls.person("only_warehouse", "stock.group_stock_user")

    @classmethod
    def person(cls, login, group):
        values = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        return new_test_user(cls.env, login, group, **values)

    def menus(self, user):
        seen = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
        return {name for name in MENUS if self.env.ref(f"ecom_settlement.{name}").id in seen}

    def test_an_accountant_finds_all_menus_of_payouts_and_none_of_operators(self):
        self.assertEqual(self.menus(self.accountant), set(MENUS))
        seen = self.env["ir.ui.menu"].with_user(self.accountant)._visible_menu_ids()
        for name in ("ecom_channel_menu_overview", "sale_order_menu_root", "ecom_message_menu", "ecom_exception_menu"):
            self.assertNotIn(self.env.ref(f"ecom_connector.{name}").id, seen, name)

    def test_the_warehouse_finds_nothing(self):
        self.assertEqual(self.menus(self.warehouse), set())
        settlement = self.report(("fee", -1, 0, ""), payout=-1).with_user(self.warehouse)
        for record in (settlement, settlement.sudo().line_ids.with_user(self.warehouse)):
            with self.assertRaises(AccessError):
                record.mapped("display_name")

    def test_an_operator_looks_and_books_nothing(self):
        self.sell("tx1")
        settlement = self.report(("charge", 24, 0.96, "tx1"), payout=23.04).with_user(self.operator)
        line = settlement.line_ids[0]
        self.assertEqual(settlement.amount, 23.04)
        forbidden = [settlement.action_post, settlement.action_undo, settlement.action_match, settlement.action_accept]
        forbidden += [settlement.action_find_deposit, settlement.action_preview, settlement.action_export_xlsx]
        forbidden += [line.action_write_off, line.action_take_first, settlement.action_accrue]
        for button in forbidden:
            with self.subTest(button.__name__), self.assertRaises(AccessError):
                button()

    def test_an_accountant_alone_closes_a_payout(self):
        first, second = self.sell("tx1"), self.sell("tx2")
        settlement = self.report(
            ("charge", 24, 0, "a"), ("boost_billing", -3, 0, ""), payout=21
        ).with_user(self.accountant)  # fmt: skip
        charge = settlement.line_ids.filtered(lambda line: line.kind == "charge")
        charge.sudo().write({"match_state": "ambiguous", "candidate_ids": [Command.set((first | second).ids)]})
        charge.web_read({"candidate_ids": {"fields": {"name": {}, "partner_id": {"fields": {"display_name": {}}}}}})
        charge.action_take_second()
        self.assertEqual(charge.order_id, second)
        self.assertTrue(settlement.action_preview()["res_id"])
        settlement.action_post()
        self.received(21)
        settlement.action_find_deposit()
        self.assertTrue(settlement.is_deposited)
        self.assertTrue(settlement.action_export_xlsx()["url"])
        self.assertTrue(settlement.action_trace())
        unclear = self.exceptions().with_user(self.accountant)
        self.assertEqual(unclear.category, "unclear")
        settlement.line_ids.filtered("is_unclear").action_write_off()
        unclear.action_solve("Written off")
        self.assertEqual((unclear.state, unclear.decided_by), ("solved", self.accountant))

    def test_an_accountant_sees_of_exceptions_those_of_payouts(self):
        exceptions = self.env["ecom.exception"]
        order = exceptions._open(self.channel, category="order", name="Of an order", dedupe_key="a")
        payout = exceptions._open(self.channel, category="payout", name="Of a payout", dedupe_key="b")
        of_channel = [("channel_id", "=", self.channel.id), ("id", "in", (order | payout).ids)]
        self.assertEqual(exceptions.with_user(self.accountant).search(of_channel), payout)
        self.assertEqual(exceptions.with_user(self.operator).search(of_channel), order | payout)
        self.operator.group_ids |= self.env.ref("account.group_account_user")
        self.assertEqual(exceptions.with_user(self.operator).search(of_channel), order | payout)

    # ------------------------------------------------------------------- set up
    def test_an_account_is_set_up_on_one_page_in_any_chart(self):
        account = self.make_channel(name="New Account", code="uploaded", clearing_journal_id=False)
        manager = self.person("setting_up", "account.group_account_manager")
        settlement = self.report(("fee", -1, 0, ""), payout=-1, channel=account).with_user(manager)
        with self.assertRaises(RedirectWarning) as offer:
            settlement.action_preview()
        wizard = self.env["ecom.settlement.setup.wizard"].with_user(manager)
        wizard = wizard.with_context(**offer.exception.args[3]).create({})
        wizard.action_set_up()
        self.assertTrue(settlement.action_preview()["res_id"])
        maps = self.env["ecom.settlement.map"].search([("channel_id", "=", account.id)])
        self.assertEqual(set(maps.mapped("family")), set(wizard.line_ids.mapped("family")))
        self.assertFalse(maps.filtered(lambda one: not one.account_id))
        self.assertTrue(account.clearing_journal_id.default_account_id)
        chosen = self.account_of("advertising").copy()
        again = self.env["ecom.settlement.setup.wizard"].with_user(manager).create({"channel_id": account.id})
        again.line_ids.filtered(lambda line: line.family == "storage").account_id = chosen
        again.action_set_up()
        self.assertEqual(maps.filtered(lambda one: one.family == "storage").account_id, chosen)
        self.assertEqual(len(maps), self.env["ecom.settlement.map"].search_count([("channel_id", "=", account.id)]))

    # -------------------------------------------------------------- the mapping
    def test_what_was_learned_is_taken_to_another_account_by_export_and_import(self):
        settlement = self.report(("boost_billing", -5, 0, ""), payout=-5)
        line = settlement.line_ids.filtered(lambda line: line.family == "unknown")
        wizard = self.env["ecom.settlement.learn.wizard"].with_user(self.accountant)
        wizard.with_context(**line.action_learn()["context"]).create({"family": "advertising"}).action_learn()
        maps = self.env["ecom.settlement.map"].with_user(self.accountant)
        learned = maps.search([("channel_id", "=", self.account.id), ("code", "=", "boost_billing")])
        names = ["code", "detail", "family", "account_id/.id", "name"]
        rows = learned.with_context(import_compat=True).export_data(names)["datas"]
        other = self.make_channel(name="Other Account", code="uploaded", clearing_journal_id=self.journal.id)
        loaded = maps.load(["channel_id/.id", *names], [[str(other.id), *map(str, row)] for row in rows])
        self.assertFalse([message for message in loaded["messages"] if message["type"] == "error"])
        taken = maps.browse(loaded["ids"])
        self.assertEqual((taken.channel_id, taken.family, taken.account_id), (other, "advertising", learned.account_id))
        self.assertEqual(
            self.report(("boost_billing", -9, 0, ""), payout=-9, number="po_9", channel=other).line_ids[0].family,
            "advertising",
        )
