from datetime import date

from odoo.tests import tagged

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestDeadline(ReturnsCase):
    """By when somebody must have acted stands on the board."""

    def opened_on(self, day, record):
        record.line_ids.arrived_move_id.date = f"{day} 12:00:00"
        self.env.cr.execute("UPDATE ecom_return SET create_date = '2026-03-02 12:00' WHERE id = %s", [record.id])
        record.invalidate_recordset()
        record._compute_due_on()
        return record.due_on, record.due_kind

    def test_goods_are_due_two_weeks_after_it_was_agreed_to(self):
        record = self.agreed(self.sold(invoice=False), 1)
        record.authorised_at = "2026-03-02 12:00:00"
        self.assertEqual((record.due_on, record.due_kind), (date(2026, 3, 16), "send"))

    def test_money_is_due_by_law_once_goods_are_here(self):
        record = self.received(self.sold(), 1)
        self.assertEqual(self.opened_on("2026-03-05", record), (date(2026, 3, 16), "law"))

    def test_a_marketplace_wants_it_sooner(self):
        self.policy.receipt_days = 2
        record = self.received(self.sold(), 1)
        self.assertEqual(self.opened_on("2026-03-05", record), (date(2026, 3, 9), "marketplace"))

    def test_nothing_is_due_of_what_is_closed(self):
        record = self.received(self.sold(), 1)
        self.decide(record)
        self.assertTrue(record.due_on)
        self.credited(record)
        self.assertEqual((record.state, record.due_on), ("closed", False))
