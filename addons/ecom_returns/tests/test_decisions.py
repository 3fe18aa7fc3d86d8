from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestDecisions(ReturnsCase):
    """Policies, approvals, and what becomes of goods."""

    def judged(self, **line):
        order = self.sold((self.shirt, 2, 10), invoice=False)
        record = self.env["ecom.flow.return.open"]._open([(order.order_line, None, 1, line)])
        record.action_judge()
        return record

    def test_a_withdrawal_in_time_is_agreed_to_by_the_policy(self):
        self.assertEqual(self.judged().authorisation, "approved")

    def test_a_policy_may_leave_it_to_a_person(self):
        self.policy.write({"withdrawal": False, "approval": "person"})
        record = self.judged()
        self.assertEqual((record.authorisation, record.findings), ("requested", "Every return is looked at."))

    def test_after_the_window_it_is_refused_with_the_reason(self):
        order = self.sold((self.shirt, 2, 10), invoice=False)
        order.picking_ids.date_done = "2026-01-01"
        record = self.opened(order, 1)
        record.action_judge()
        self.assertEqual((record.authorisation, record.refusal), ("rejected", "The time to send it back is over."))

    def test_warranty_claim_after_window(self):
        order = self.sold((self.shirt, 2, 10), invoice=False)
        order.picking_ids.date_done = "2026-01-01"
        reason = self.env.ref("ecom_returns.ecom_return_reason_faulty")
        record = self.env["ecom.flow.return.open"]._open([(order.order_line, None, 1, {"reason_id": reason.id})])
        record.action_judge()
        self.assertEqual(record.authorisation, "approved")

    def test_hygiene_goods_are_excepted_by_law(self):
        self.shirt.ecom_return_ground = "unsealed_hygiene"
        self.assertEqual(self.judged().authorisation, "rejected")

    def test_a_reason_that_asks_for_a_photo_goes_to_a_person(self):
        record = self.judged(reason_id=self.env.ref("ecom_returns.ecom_return_reason_damaged").id)
        self.assertIn("photo", record.findings)

    def test_companies_have_no_right_to_withdraw(self):
        self.buyer.is_company = True
        self.assertFalse(self.judged().policy_id.withdrawal)

    def test_dear_returns_need_four_eyes(self):
        self.policy.write({"withdrawal": False, "manager_limit": 10})
        order = self.sold((self.shirt, 2, 10), invoice=False)
        record = self.opened(order, 2, role="manager")
        with self.assertRaisesRegex(UserError, "channel manager must agree"):
            record.with_user(self.user("manager")).action_approve()
        with self.assertRaises(UserError):
            record.with_user(self.user("operator")).action_approve()
        record = self.opened(self.sold((self.shirt, 2, 10), invoice=False), 2, role="operator")
        record.with_user(self.user("manager")).action_approve()
        self.assertEqual(record.authorised_by, self.user("manager"))

    def test_an_operator_leaves_only_cheap_goods_with_the_buyer(self):
        record = self.opened(self.sold((self.shirt, 1, 10), invoice=False), 1)
        with self.assertRaisesRegex(UserError, "worth too much"):
            record.with_user(self.user("operator")).action_keep()
        self.policy.keep_below = 12
        record.with_user(self.user("operator")).action_keep()
        self.assertEqual(record.line_ids.goods, "keep")

    def test_only_the_warehouse_moves_and_only_accountants_credit(self):
        record = self.received(self.sold(), 1)
        record.line_ids.grade = "a"
        for action in ("action_dispose", "action_credit", "action_write_off"):
            with self.assertRaises(AccessError):
                getattr(record.with_user(self.user("operator")), action)()

    def decided(self, disposition):
        record = self.received(self.sold((self.shirt, 1, 10), invoice=False), 1)
        record.line_ids.wanted = disposition
        record.with_user(self.user("dock")).action_dispose()
        self.assertEqual(self.on_hand(self.shirt, self.quarantine), 0)
        self.assertEqual(record.line_ids.disposition, disposition)
        return record.line_ids.disposed_move_ids

    def test_every_decision_is_a_document_of_odoo(self):
        usages = {
            "restock": "internal",
            "refurbish": "internal",
            "liquidate": "internal",
            "vendor": "supplier",
            "give_back": "customer",
            "scrap": "inventory",
            "donate": "inventory",
        }
        for disposition, usage in usages.items():
            with self.subTest(disposition=disposition):
                move = self.decided(disposition)
                self.assertEqual((move.state, move.location_dest_id.usage), ("done", usage))

    def test_only_restocking_makes_goods_sellable(self):
        for disposition in ("refurbish", "liquidate", "vendor", "scrap", "donate"):
            before = self.for_sale(self.shirt)
            self.decided(disposition)
            self.assertEqual(self.for_sale(self.shirt), before - 1, disposition)

    def test_nothing_is_decided_twice(self):
        record = self.received(self.sold((self.shirt, 1, 10), invoice=False), 1)
        self.decide(record)
        with self.assertRaisesRegex(UserError, "not in the quarantine"):
            self.env["ecom.flow.return.dispose"]._dispose(record.line_ids, "scrap")

    def test_written_off_goods_that_come_after_all_are_taken_in(self):
        record = self.agreed(self.sold((self.shirt, 1, 10), invoice=False), 1)
        record.with_user(self.user("manager")).action_write_off()
        self.assertEqual((record.line_ids.goods, record.line_ids.decided_by), ("lost", self.user("manager")))
        self.assertFalse(record.picking_ids.filtered(lambda picking: picking.state != "cancel"))
