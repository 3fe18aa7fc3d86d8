"""Why a listing shows what it shows."""

from odoo.addons.ecom_connector.tests.stock_case import StockCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestExplain(StockCase):
    def setUp(self):
        super().setUp()
        self.rule = self.env["ecom.buffer.rule"].create(
            {
                "name": "Two back",
                "company_id": self.company.id,
                "use_keep_back": True,
                "keep_back": 2,
                "use_cap": True,
                "cap": 7,
            }
        )
        self._put(12)
        self._order(1).action_confirm()
        self._decide()

    def test_one_sentence_says_why_it_is_7(self):
        self.assertEqual(
            self.level.explanation,
            "12 on hand, less 1 reserved: 11 free; less a buffer of 2 = 9; never more than 7 = 7. "
            "Shown: 7 (Two back); on its way",
        )

    def test_the_waterfall_adds_up_to_what_is_shown(self):
        rows = self.level.waterfall["rows"]
        self.assertEqual([row["change"] for row in rows], [12, -1, -2, -2])
        self.assertEqual([row["text"] for row in rows], ["12", "-1", "-2", "-2"])
        self.assertEqual(self.level.waterfall["shown"], 7)

    def test_a_rule_changed_since_does_not_change_what_is_said_of_the_decision(self):
        self.rule.cap = 3
        self.assertIn("never more than 7 = 7", self.level.explanation)

    def test_the_screen_says_which_rule_won_and_why_not_the_others(self):
        elsewhere = self.env["ecom.channel"].create(
            {"name": "Elsewhere", "code": "demo", "company_id": self.company.id}
        )
        common = {"company_id": self.company.id}
        self.env["ecom.buffer.rule"].create({"name": "There", "channel_ids": elsewhere.ids, **common})
        self.env["ecom.buffer.rule"].create({"name": "Later", "sequence": 50, **common})
        self.assertEqual(
            [(asked["name"], asked["why"]) for asked in self.level.asked_rules],
            [
                ("There", "for another channel"),
                ("Two back", ""),
                ("Later", "a rule that is more specific, or comes first, won"),
            ],
        )
