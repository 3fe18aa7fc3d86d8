from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestInspection(ReturnsCase):
    """What is looked at, whose fault it is, and what others owe for it."""

    def inspected(self, record=None):
        record = record or self.received(self.sold((self.shirt, 1, 10), invoice=False), 1)
        line = record.line_ids.with_user(self.user("dock"))
        line.action_inspect()
        return line

    def checklist(self, category, *questions):
        made = [Command.create({"name": question}) for question in questions]
        categories = [Command.set(category.ids)] if category else []
        return self.env["ecom.return.checklist"].create({"name": "Test", "categ_ids": categories, "question_ids": made})

    def test_the_questions_of_a_category_and_of_those_above_it(self):
        above = self.env["product.category"].create({"name": "Clothes"})
        self.shirt.categ_id = self.env["product.category"].create({"name": "Shirts", "parent_id": above.id})
        self.checklist(above, "Is it clean?")
        self.checklist(self.env["product.category"].create({"name": "Phones"}), "Does it charge?")
        self.checklist(None, "Is the label on it?")
        line = self.inspected()
        self.assertEqual(line.check_ids.mapped("name"), ["Is it clean?", "Is the label on it?"])
        line.action_inspect()
        self.assertEqual(len(line.check_ids), 2, "asked once")

    def test_the_warehouse_answers_grades_and_carries_out(self):
        self.checklist(None, "Is it clean?")
        line = self.inspected()
        line.check_ids.answer = "bad"
        line.write({"grade": "d", "found_note": "A stain", "fault": "buyer"})
        line.action_carry_out()
        self.assertEqual((line.disposition, line.decided_by), ("scrap", self.user("dock")))
        self.assertEqual(self.on_hand(self.shirt, self.quarantine), 0)

    def test_only_the_warehouse_inspects(self):
        line = self.inspected()
        for role in ("operator", "accountant"):
            for action in ("action_inspect", "action_carry_out"):
                with self.assertRaises(AccessError):
                    getattr(line.with_user(self.user(role)), action)()

    # -------------------------------------------------------------------- claims
    def claimed(self, fault, **values):
        order = self.sold((self.shirt, 1, 10), invoice=False, ecom_channel_id=self.channel.id)
        line = self.inspected(self.received(order, 1))
        line.write({"grade": "d", "fault": fault, **values})
        line.action_carry_out()
        return self.env["ecom.return.claim"].search([("line_id", "=", line.id)])

    def test_what_a_marketplace_damaged_is_owed_by_it(self):
        claim = self.claimed("channel")
        self.assertEqual((claim.against, claim.channel_id, claim.amount), ("channel", self.channel, 12))
        claim = claim.with_user(self.user("operator"))
        claim.action_claim()
        claim.action_paid()
        self.assertEqual((claim.state, claim.paid_amount), ("paid", 12))

    def test_nobody_owes_us_our_own_faults(self):
        self.assertFalse(self.claimed("us"))
        self.assertFalse(self.claimed("buyer"))

    def test_the_warehouse_and_accountants_follow_no_claims(self):
        claim = self.claimed("carrier")
        for role in ("dock", "accountant"):
            with self.assertRaises(AccessError):
                claim.with_user(self.user(role)).action_claim()

    # --------------------------------------------------------------------- flags
    def test_worn_goods_of_before_are_told_of_and_refuse_nothing(self):
        self.policy.write({"withdrawal": False, "pattern_limit": 2})
        self.shirt.ecom_final_sale = False
        unwanted = self.env.ref("ecom_returns.ecom_return_reason_unwanted")
        for _number in range(2):
            line = self.inspected()
            line.sudo().write({"grade": "c", "reason_id": unwanted.id})
        record = self.opened(self.sold(invoice=False), 1)
        record.action_judge()
        self.assertEqual(record.authorisation, "requested")
        self.assertEqual(record.findings, "2 articles of this customer came back worn before.")

    def test_a_flag_is_not_told_to_the_buyer_with_a_refusal(self):
        self.policy.write({"withdrawal": False, "returner_limit": 1})
        order = self.sold(invoice=False)
        order.picking_ids.date_done = "2026-01-01"
        record = self.opened(order, 1)
        record.action_judge()
        self.assertEqual((record.authorisation, record.refusal), ("rejected", "The time to send it back is over."))
        self.assertIn("returns often", record.findings)
