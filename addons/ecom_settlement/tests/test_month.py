"""The end of a month: whose time zone it ends in, closed months, and what is sold and not released yet."""

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .book_case import HEADING
from .ledger_case import LedgerCase

MARCH, APRIL = fields.Date.to_date("2026-03-31"), fields.Date.to_date("2026-04-01")


@tagged("post_install", "-at_install")
class TestMonth(LedgerCase):
    def at(self, moment, **values):
        """A payout of one fee of 5.00 at that moment (UTC) and one on 2 April."""
        rows = f"t1,{moment},eur,-5,0,-5,fee,po_1,2026-04-05,,,x\n"
        rows += "t2,2026-04-02 10:00:00,eur,-7,0,-7,fee,po_1,2026-04-05,,,x\n"
        payout = "t0,2026-04-05 00:00:00,eur,12,0,12,payout,po_1,2026-04-05,,,\n"
        return self.read((HEADING + rows + payout).encode(), **values)

    def days(self, settlement):
        return settlement._entries().sorted("date").mapped("date")

    def test_the_month_ends_where_the_marketplace_says_else_where_the_company_is(self):
        late = "2026-03-31 23:30:00"  # April in Vienna, March in California
        self.company.partner_id.tz = "Europe/Vienna"
        settlement = self.at(late)
        settlement.action_post()
        self.assertEqual(len(self.days(settlement)), 1)
        settlement.action_undo()
        self.account.settlement_tz = "America/Los_Angeles"
        settlement.action_post()
        self.assertEqual(self.days(settlement), [MARCH, fields.Date.to_date("2026-04-02")])
        carried = settlement._entries().line_ids.filtered(lambda one: one.ecom_settlement_role == "carried")
        self.assertEqual(sorted(carried.mapped("balance")), [-5, 5])
        self.assertTrue(all(carried.mapped("reconciled")))
        self.assertInTheBooks(settlement)

    def test_what_falls_into_a_closed_month_waits_until_somebody_decides(self):
        self.company.fiscalyear_lock_date = MARCH
        settlement = self.at("2026-03-20 10:00:00")
        self.assertTrue(settlement.is_late)
        with self.assertRaisesRegex(UserError, "closed"), self.cr.savepoint():
            settlement.action_post()
        self.assertFalse(settlement.move_ids)
        settlement.action_book_late()
        self.assertEqual(settlement.late_by, self.env.user)
        settlement.action_post()
        self.assertEqual(self.days(settlement), [fields.Date.to_date("2026-04-02")])
        self.assertInTheBooks(settlement)
        self.assertMoney(self.balance(self.account_of("payment_fee")), 12)

    def test_what_is_sold_and_not_released_is_accrued_and_taken_back_a_day_later(self):
        self.sell("tx1")
        before = self.balance(self.clearing)
        settlement = self.report(
            ("charge", 24, 4, "tx1", "2026-03-30"), ("fee", -3, 0, "", "2026-04-02"), payout=17, day="2026-03-30"
        )
        settlement.action_match()
        moves = self.env["ecom.flow.accrue"]._accrue(settlement, MARCH)
        self.assertEqual(moves.sorted("date").mapped("date"), [MARCH, APRIL])
        first = moves.sorted("date")[0]
        found = {line.account_id: line.balance for line in first.line_ids}
        self.assertEqual(found, {self.clearing: -24, self.account_of("payment_fee"): 4, self.account_of("accrued"): 20})
        self.assertMoney(self.balance(self.clearing), before)
        self.assertMoney(self.balance(self.account_of("accrued")), 0)
        self.assertFalse(self.env["ecom.flow.accrue"]._accrue(settlement, MARCH), "once")
        settlement.action_post()
        self.assertInTheBooks(settlement)
        self.assertEqual(self.days(settlement), [fields.Date.to_date("2026-04-02")], "March has it already")
        self.assertMoney(self.balance(self.account_of("payment_fee")), 7)
        self.assertEqual(self.of_month(self.account_of("payment_fee")), {"March": 4, "April": 3})

    def of_month(self, account):
        """{month: what the account moved by in it}."""
        items = self.env["account.move.line"].search([("account_id", "=", account.id), ("parent_state", "=", "posted")])
        months = items.grouped(lambda item: item.date.strftime("%B"))
        return {month: round(sum(own.mapped("balance")), 2) for month, own in months.items()}

    def in_no_payout(self, *rows):
        """A report with these rows that no payout names yet, beside one that was paid out."""
        body = HEADING + "t0,2026-03-05 00:00:00,eur,-5,0,-5,fee,po_0,2026-03-05,,,x\n"
        body += "t9,2026-03-05 00:00:00,eur,5,0,5,payout,po_0,2026-03-05,,,\n"
        for number, (kind, gross, fee, transaction, moment) in enumerate(rows, 1):
            body += f"w{number},{moment},eur,{gross},{fee},{gross - fee},{kind},,,{transaction},,x\n"
        return self.read(body.encode())

    def waiting(self):
        return self.env["ecom.settlement"].search([("channel_id", "=", self.account.id), ("is_waiting", "=", True)])

    def test_what_no_payout_names_yet_is_accrued_and_its_payout_is_booked_after_that(self):
        self.sell("tx1")
        row = ("charge", 24, 4, "tx1", "2026-03-30 10:00:00")
        self.in_no_payout(row, ("fee", -2, 0, "", "2026-04-01 10:00:00"))
        waiting = self.waiting()
        self.assertEqual(waiting.line_ids.mapped("net"), [20, -2])
        self.assertMoney(waiting.difference, 0)
        with self.assertRaisesRegex(UserError, "not final"), self.cr.savepoint():
            waiting.action_post()
        moves = self.env["ecom.flow.accrue"]._accrue(waiting, MARCH)
        first = moves.sorted("date")[0]
        found = {line.account_id: line.balance for line in first.line_ids}
        self.assertEqual(found, {self.clearing: -24, self.account_of("payment_fee"): 4, self.account_of("accrued"): 20})
        self.in_no_payout(row, row, ("fee", -2, 0, "", "2026-04-01 10:00:00"))
        self.assertEqual(waiting.line_ids.mapped("net"), [20, -2, 20], "two that look alike are both real")
        again = self.env["ecom.flow.accrue"]._accrue(waiting, MARCH).sorted("date")[0]
        self.assertMoney(sum(again.line_ids.mapped("debit")), 24, self.euro)
        self.assertFalse(self.env["ecom.flow.accrue"]._accrue(waiting, MARCH))
        settlement = self.report(("charge", 24, 4, "tx1", "2026-03-30"), ("fee", -3, 0, "", "2026-04-02"), payout=17)
        self.assertEqual(settlement.line_ids.mapped("accrued_on"), [MARCH, False, False])
        self.assertEqual(waiting.line_ids.mapped("net"), [-2, 20], "it came, and once")
        settlement.action_post()
        self.assertEqual(self.days(settlement), [fields.Date.to_date("2026-04-02")])
        # 8.00 accrued in March and taken back in April, where 4.00 of it and the 3.00 of 2 April were paid out.
        self.assertEqual(self.of_month(self.account_of("payment_fee")), {"March": 8, "April": -1})
        self.assertMoney(self.balance(self.account_of("accrued")), 0)

    def test_lines_in_no_payout_count_nowhere_else(self):
        self.sell("tx1").ecom_payment_ids.provider_id = self.account
        self.in_no_payout(("charge", 24, 4, "tx1", "2026-03-30 10:00:00"), ("charge", 9, 1, "x", "2026-03-30 11:00:00"))
        self.env.flush_all()
        self.assertTrue(self.env["ecom.unsettled"].search([("account_id", "=", self.account.id)]))
        self.assertFalse(self.env["ecom.fee.audit"].search([("channel_id", "=", self.account.id)]))
        profit = self.env["ecom.channel.profit"].search([("payment_fee", "!=", 0)])
        self.assertMoney(sum(profit.mapped("payment_fee")), 5)

    def test_an_accrual_of_a_closed_month_is_refused(self):
        self.company.fiscalyear_lock_date = MARCH
        settlement = self.at("2026-03-20 10:00:00")
        with self.assertRaises(UserError), self.cr.savepoint():
            self.env["ecom.flow.accrue"]._accrue(settlement, MARCH)
        self.assertFalse(settlement.accrual_ids)

    def test_undone_in_a_month_that_was_closed_since_is_reversed_today(self):
        settlement = self.at("2026-04-01 10:00:00")
        settlement.action_post()
        self.company.fiscalyear_lock_date = "2026-04-30"
        settlement.action_undo()
        reversal = settlement.move_ids.reversal_move_ids
        self.assertEqual(reversal.date, fields.Date.context_today(reversal))
        self.assertMoney(self.balance(self.account_of("payment_fee")), 0)

    def test_a_month_closed_for_taxes_only_takes_what_has_none(self):
        mapping = self.env["ecom.settlement.map"].search(
            [("channel_id", "=", self.account.id), ("family", "=", "payment_fee")]
        )
        self.company.tax_lock_date = MARCH
        plain = self.at("2026-03-20 10:00:00")
        plain.action_post()
        self.assertEqual(self.days(plain), [fields.Date.to_date("2026-03-20"), fields.Date.to_date("2026-04-02")])
        plain.action_undo()
        mapping.tax_id = self.make_tax(25, name="Fees", type_tax_use="purchase")
        with self.assertRaisesRegex(UserError, "closed"), self.cr.savepoint():
            plain.action_post()
        plain.action_book_late()
        plain.action_post()
        self.assertEqual(self.days(plain), [fields.Date.to_date("2026-04-02")])

    def test_taxes_of_a_month_closed_since_are_reversed_today(self):
        mapping = self.env["ecom.settlement.map"].search(
            [("channel_id", "=", self.account.id), ("family", "=", "payment_fee")]
        )
        mapping.tax_id = self.make_tax(25, name="Fees", type_tax_use="purchase")
        settlement = self.at("2026-04-01 10:00:00")
        settlement.action_post()
        self.company.tax_lock_date = "2026-04-30"
        settlement.action_undo()
        reversal = settlement.move_ids.reversal_move_ids
        self.assertEqual(reversal.date, fields.Date.context_today(reversal))
        self.assertMoney(self.balance(self.account_of("payment_fee")), 0)

    def test_months_are_closed_and_opened_and_closed_and_nothing_is_booked_twice(self):
        settlement = self.at("2026-03-20 10:00:00")
        april = fields.Date.to_date("2026-04-02")
        for locked, days in (
            ("2026-02-28", [fields.Date.to_date("2026-03-20"), april]),
            (MARCH, [april]),
            (False, [fields.Date.to_date("2026-03-20"), april]),
            ("2026-04-30", [fields.Date.to_date("2026-05-01")]),
        ):
            with self.subTest(locked=locked):
                self.company.fiscalyear_lock_date = locked
                self.assertEqual(settlement.is_late, locked in (MARCH, "2026-04-30"))
                if settlement.is_late != bool(settlement.late_by):
                    settlement.action_book_late()
                settlement.action_post()
                self.assertEqual(self.days(settlement), days)
                self.assertInTheBooks(settlement)
                self.assertMoney(self.balance(self.account_of("payment_fee")), 12)
                settlement.action_undo()
                self.assertMoney(self.balance(self.account_of("payment_fee")), 0)

    def test_of_several_closings_the_last_day_counts(self):
        self.company.write({"fiscalyear_lock_date": "2026-02-28", "hard_lock_date": MARCH})
        settlement = self.at("2026-02-20 10:00:00")
        settlement.action_book_late()
        settlement.action_post()
        self.assertEqual(self.days(settlement), [fields.Date.to_date("2026-04-02")])
