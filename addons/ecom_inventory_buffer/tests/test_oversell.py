"""Each sale beyond the stock is traced to its cause."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .terms_case import TermsCase


@tagged("post_install", "-at_install")
class TestOversell(TermsCase):
    def setUp(self):
        super().setUp()
        self.elsewhere = self._new_channel("Elsewhere")
        self.product.write({"lst_price": 100, "standard_price": 60, "taxes_id": False})
        self._put(5)
        self._decide()

    def _sale(self, quantity, channel=None, ago=timedelta(0)):
        order = self._order(quantity)
        order.write({"ecom_channel_id": (channel or self.channel).id, "ecom_placed_at": fields.Datetime.now() - ago})
        order.action_confirm()
        self._decide()
        return order

    def _found(self):
        return self.env["ecom.flow.oversell"]._find()

    def test_what_the_stock_covers_is_not_told(self):
        self._sale(5)
        self.assertFalse(self._found())

    def test_an_order_imported_after_the_sale_of_another_channel_is_the_cause(self):
        self._sale(4, self.elsewhere, ago=timedelta(minutes=20))
        order = self._sale(3, ago=timedelta(minutes=10))
        found = self._found()
        self.assertEqual((found.order_id, found.quantity, found.cause), (order, 2, "import"))
        self.assertEqual(found.other_channel_id, self.elsewhere)
        self.assertAlmostEqual(found.delay, 1200, delta=5)
        self.assertEqual(found.cost, 80)
        self.assertIn("Elsewhere", found.explanation)

    def test_each_line_is_told_once(self):
        self._sale(4)
        self._sale(3)
        self.assertEqual(len(self._found()), 1)
        self.assertFalse(self._found())

    def test_a_channel_told_too_late_is_the_cause(self):
        now = fields.Datetime.now()
        self._sale(8, ago=timedelta(seconds=60))
        self.level.write({"changed_at": now - timedelta(seconds=90), "published_at": now})
        found = self._found()
        self.assertEqual((found.cause, found.delay), ("push", 90))

    def test_a_rule_that_shows_more_than_there_is_is_the_cause(self):
        rule = self.env["ecom.buffer.rule"].create(
            {"name": "Always ten", "company_id": self.company.id, "use_constant": True, "constant": 10}
        )
        self._decide()
        self._sale(8)
        found = self._found()
        self.assertEqual((found.cause, found.rule_id, found.quantity), ("rule", rule, 3))
        self.assertIn("Always ten", found.explanation)

    def test_its_cost_is_what_the_rule_says_a_cancelled_sale_costs(self):
        self.env["ecom.buffer.rule"].create(
            {
                "name": "By cost",
                "company_id": self.company.id,
                "use_risk": True,
                "risk_basis": "cost",
                "cancel_cost": 25,
                "forgone_margin": 5,
            }
        )
        self._decide()
        self._sale(8)
        found = self._found()
        self.assertEqual((found.quantity, found.cost), (3, 75))

    def test_a_count_that_found_fewer_is_the_cause(self):
        self._sale(4, ago=timedelta(minutes=5))
        quant = self.env["stock.quant"].search(
            [("product_id", "=", self.product.id), ("location_id", "=", self.stock.id)]
        )
        quant.with_context(inventory_mode=True).inventory_quantity = 2
        quant.action_apply_inventory()
        self._decide()
        found = self._found()
        self.assertEqual((found.cause, found.quantity), ("record", 2))

    def test_an_internal_order_in_the_same_moment_is_nobody_s_delay(self):
        self._order(4).action_confirm()
        self._sale(3)
        self.assertEqual(self._found().cause, "other")
