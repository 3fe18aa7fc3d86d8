"""What people see of payouts: the road from the bank to a line, the proof of clearing accounts, profit, fees, age."""

import io
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import openpyxl

from odoo import Command, fields
from odoo.exceptions import RedirectWarning
from odoo.tests import new_test_user, tagged

from .book_case import BookCase


@tagged("post_install", "-at_install")
class TestSee(BookCase):
    def test_from_a_bank_line_to_the_order_and_back_in_three_steps(self):
        order = self.sell("tx1")
        settlement = self.report(("charge", 24, 0.96, "tx1"), payout=23.04)
        bank = self.received(23.04)
        settlement.action_post()
        self.assertEqual(bank.move_id.action_open_ecom_payouts()["res_id"], settlement.id)
        self.assertEqual(settlement.line_ids.order_id, order)
        lines = self.env["ecom.settlement.line"].search(order.action_open_ecom_payout_lines()["domain"])
        self.assertEqual(lines.settlement_id, settlement)
        self.assertEqual(settlement.action_open_bank()["domain"], [("id", "in", bank.move_id.ids)])
        self.assertEqual((order.ecom_payout_line_count, settlement.bank_line_count), (1, 1))

    def test_the_spreadsheet_has_every_line_and_no_formula(self):
        self.sell("tx1")
        settlement = self.report(("charge", 24, 0.96, "tx1"), payout=23.04)
        settlement.line_ids[0].description = "=HYPERLINK(1)"
        settlement.line_ids[0].detail = "@SUM(1)"
        settlement.action_post()
        book = openpyxl.load_workbook(io.BytesIO(settlement._xlsx()))
        lines, books, bank = book.worksheets
        self.assertEqual((lines.max_row, books.max_row, bank.max_row), (3, 4, 1))
        cells = [cell for row in lines.iter_rows() for cell in row]
        self.assertFalse([cell.value for cell in cells if cell.data_type == "f"])
        texts = [cell.value for cell in cells if isinstance(cell.value, str)]
        self.assertIn("'=HYPERLINK(1)", texts)
        self.assertIn("'@SUM(1)", texts)
        self.assertIn(23.04, [cell.value for cell in cells])

    def test_the_printed_trace_has_bank_books_and_lines(self):
        self.sell("tx1")
        settlement = self.report(("charge", 24, 0.96, "tx1"), payout=23.04)
        self.received(23.04, "STRIPE po_1 march")
        settlement.action_post()
        report = self.env["ir.actions.report"]
        page = report._render_qweb_html("ecom_settlement.report_trace", settlement.ids)[0].decode()
        for text in ("STRIPE po_1 march", settlement.move_ids.name, "23.04", "charge"):
            self.assertIn(text, page)

    def test_the_dry_run_names_the_account_of_every_line(self):
        self.sell("tx1")
        settlement = self.report(("charge", 24, 0.96, "tx1"), payout=23.04)
        wizard = self.env["ecom.settlement.post.wizard"].browse(settlement.action_preview()["res_id"])
        shown = {line.name: (line.account_id, line.debit, line.credit) for line in wizard.line_ids}
        self.assertEqual(shown["Paid by buyers"], (self.clearing, 0, 24))
        self.assertEqual(shown["Payout"], (self.clearing, 23.04, 0))
        self.assertEqual(sorted(line.account_id.id for line in wizard.line_ids), sorted(
            [self.clearing.id, self.clearing.id, self.account_of("payment_fee").id]
        ))  # fmt: skip

    def person(self, login, group):
        values = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        return new_test_user(self.env, login, group, **values)

    # ------------------------------------------------------------------- match
    def test_lines_are_matched_one_after_the_other(self):
        first, second = self.sell("tx1"), self.sell("tx2")
        settlement = self.report(("charge", 24, 0, "a"), ("charge", 24, 0, "b"), payout=48)
        one, other = settlement.line_ids.filtered(lambda line: line.kind == "charge")
        for line in (one, other):
            line.write({"match_state": "ambiguous", "candidate_ids": [Command.set((first | second).ids)]})
        self.assertEqual(settlement.matched_percent, 0)
        self.assertEqual(one.action_next()["res_id"], other.id)
        following = one.action_take_second()
        self.assertEqual((one.order_id, one.matched_by, following["res_id"]), (second, self.env.user, other.id))
        self.assertEqual(settlement.matched_percent, 50)
        order = first.with_context(ecom_settlement_line_id=other.id)
        self.assertEqual(order.action_ecom_take()["res_id"], settlement.id, "nothing waits any more")
        settlement.action_post()
        self.assertMoney(self.balance(self.clearing), 48)
        self.assertTrue(all(settlement.move_ids.line_ids.filtered("ecom_order_id").mapped("reconciled")))

    def test_one_line_is_shared_by_several_orders_to_the_cent(self):
        first, second = self.sell("tx1"), self.sell("tx2")
        settlement = self.report(("charge", 48, 0, "both"), payout=48)
        line = settlement.line_ids.filtered(lambda line: line.kind == "charge")
        wizard = self.env["ecom.settlement.choose.wizard"].create(
            {
                "line_id": line.id,
                "is_shared": True,
                "share_ids": [
                    Command.create({"order_id": first.id, "amount": 24}),
                    Command.create({"order_id": second.id, "amount": 23}),
                ],
            }
        )
        with self.assertRaisesRegex(Exception, "47.00"):
            wizard.action_choose()
        wizard.share_ids[1].amount = 24
        wizard.action_choose()
        settlement.action_post()
        legs = settlement.move_ids.line_ids.filtered("ecom_order_id")
        self.assertEqual(legs.ecom_order_id, first | second)
        self.assertTrue(all(legs.mapped("reconciled")))

    def test_an_account_may_leave_forced_matches_to_approvers(self):
        order = self.sell("tx1")
        self.account.payout_force_by = "approver"
        settlement = self.report(("charge", 24, 0, "elsewhere"), payout=24)
        settlement.action_match()
        line = settlement.line_ids.filtered(lambda line: line.kind == "charge")
        accountant = self.person(
            "forcing_accountant", "account.group_account_user,sales_team.group_sale_salesman_all_leads"
        )
        with self.assertRaises(RedirectWarning):
            line.with_user(accountant)._take(order.with_user(accountant))
        accountant.group_ids |= self.env.ref("ecom_settlement.ecom_settlement_group_approver")
        line.with_user(accountant)._take(order.with_user(accountant))
        self.assertEqual(line.order_id, order)

    # --------------------------------------------------------------------- see
    def prove(self, day):
        proof = self.env["ecom.clearing.proof"].create({"channel_id": self.account.id, "day": day})
        proof.action_prove()
        return proof

    def test_the_clearing_account_is_proved_on_each_day_by_what_was_open_then(self):
        self.sell("tx1"), self.sell("tx2")
        settlement = self.report(("charge", 24, 0.96, "tx1"), payout=23.04)
        settlement.action_post()
        self.received(23.04, day="2026-03-12")
        settlement.action_find_deposit()
        before = self.prove(date(2026, 3, 10))
        self.assertEqual(before.line_ids.mapped("reason"), ["on_its_way", "not_paid_out"])
        self.assertEqual([line.amount for line in before.line_ids], [23.04, 24.0])
        self.assertMoney(before.unexplained, 0)
        after = self.prove(date(2026, 3, 31))
        self.assertEqual(after.line_ids.mapped("reason"), ["not_paid_out"])
        self.assertMoney(after.balance, self.balance(self.clearing))
        self.assertEqual(after.line_ids.action_open_items()["domain"][0][2], after.line_ids.item_ids.ids)

    def test_what_nobody_explains_stands_in_the_proof(self):
        other = self.account_of("advertising")
        self.env["account.move"].create(
            {
                "journal_id": self.account._settlement_journal().id,
                "date": "2026-03-15",
                "line_ids": [
                    Command.create({"account_id": self.clearing.id, "debit": 5}),
                    Command.create({"account_id": other.id, "credit": 5}),
                ],
            }
        ).action_post()
        self.assertMoney(self.prove(date(2026, 3, 31)).unexplained, 5)

    def test_sales_that_no_payout_brought_are_told_only_after_the_usual_time(self):
        self.env["ecom.payment.map"].search([("channel_id", "=", self.channel.id)]).provider_id = self.account
        paid, unpaid = self.sell("tx1"), self.sell("tx2")
        (paid | unpaid).ecom_payment_ids.provider_id = self.account
        self.report(("charge", 24, 0.96, "tx1"), payout=23.04).action_match()
        self.env.flush_all()
        self.assertEqual(self.env["ecom.unsettled"].search([("account_id", "=", self.account.id)]).order_id, unpaid)
        earn = self.env["ecom.flow.earn"]
        unpaid.ecom_payment_ids.paid_at = fields.Datetime.now()
        self.env.flush_all()
        earn._tell_late(self.account)
        self.assertFalse(self.exceptions())
        unpaid.ecom_payment_ids.paid_at = "2026-03-02"
        self.env.flush_all()
        earn._tell_late(self.account)
        self.assertEqual(self.exceptions().dedupe_key, "payouts:late")

    def test_profit_is_what_is_left_of_what_was_sold_and_is_what_limits_compare(self):
        self.shirt.standard_price = 8
        order = self.sell("tx1")
        order.date_order = fields.Datetime.now()
        day = fields.Date.to_string(fields.Date.today())
        self.report(("charge", 24, 0.96, "tx1", day), ("fee", -0.04, 0, "", day), payout=23).action_match()
        self.env.flush_all()
        rows = self.env["ecom.channel.profit"].search([("order_id", "=", order.id)])
        self.assertMoney(sum(rows.mapped("revenue")), 20)
        self.assertMoney(sum(rows.mapped("cost")), 8)
        self.assertMoney(sum(rows.mapped("payment_fee")), "0.96")
        self.assertMoney(sum(rows.mapped("contribution")), "11.04")
        self.env["ecom.flow.earn"]._learn(self.channel)
        self.assertEqual(self.channel._earned_percents(), {self.channel.id: 55.2})
        if "ecom.flow.margin" in self.env:
            # Beside the add-on that keeps limits: what payouts say counts until a person says otherwise.
            levels = [SimpleNamespace(channel_id=self.channel.id)]
            margins = self.env["ecom.flow.margin"]._margins
            self.assertEqual(margins(levels), {self.channel.id: Decimal("55.2")})
            self.channel.margin_percent = 40
            self.assertEqual(margins(levels), {self.channel.id: Decimal("40.0")})

    def test_goods_cost_what_they_were_worth_when_they_left(self):
        self.shirt.standard_price = 8
        order = self.sell("tx1")
        order.order_line.product_uom_qty = 2
        self.ship(order, SHIRT=1)
        self.shirt.standard_price = 11
        self.env.flush_all()
        rows = self.env["ecom.channel.profit"].search([("order_id", "=", order.id)])
        self.assertMoney(sum(rows.mapped("cost")), 19, self.euro)

    def test_fees_are_held_against_the_rate_card(self):
        order, back = self.sell("tx1"), self.sell("tx2")
        self.env["ecom.settlement.map"].search(
            [("channel_id", "=", self.account.id), ("family", "=", "payment_fee")]
        ).write({"rate_percent": 2.0, "rate_fixed": 0.25})
        self.report(
            ("charge", 24, 0.96, "tx1"), ("charge", 24, 0.73, "tx2"), ("refund", -24, 0, "tx2"), payout=22.31
        ).action_match()
        self.env.flush_all()
        found = {row.order_id: row for row in self.env["ecom.fee.audit"].search([("channel_id", "=", self.account.id)])}
        self.assertMoney(found[order].expected, "0.73")
        self.assertMoney(found[order].difference, "0.23")
        self.assertMoney(found[back].difference, 0)
        self.assertMoney(found[back].kept_of_refund, "0.73")
