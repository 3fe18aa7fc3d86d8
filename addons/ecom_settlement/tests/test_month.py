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
        self.assertMoney(self.balance(self.account_of("payment_fee")), 7)

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
