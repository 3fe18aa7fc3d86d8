"""The buffer that follows from what may be sold before it is known."""

from datetime import timedelta

from odoo import fields
from odoo.addons.ecom_connector.tests.stock_case import StockCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestRisk(StockCase):
    def setUp(self):
        super().setUp()
        self.market = self._new_channel("Market")
        self.second = self._new_listing(self.product, "M1", channel_id=self.market.id).level_ids
        self.rule = self.env["ecom.buffer.rule"].create(
            {"name": "Safe", "company_id": self.company.id, "use_risk": True, "risk_percent": 0.5}
        )

    def _sells(self, units_an_hour):
        """Both channels sell alike."""
        self.env["ecom.demand"].search([]).unlink()
        for channel in (self.channel, self.market):
            self.env["ecom.demand"].create(
                {
                    "product_id": self.product.id,
                    "warehouse_id": self.warehouse.id,
                    "channel_id": channel.id,
                    "rate": units_an_hour / 2,
                    "share": 0.5,
                }
            )

    def _receive(self, quantity):
        """Goods arrive: nobody knows yet how fast they will sell."""
        move = self._move(quantity, source=self.suppliers, target=self.stock)
        move._action_confirm()
        move.quantity, move.picked = quantity, True
        move._action_done()

    def _both(self):
        self.env["ecom.stock.change"]._mark("product", self.product.ids)
        self._decide()
        self.second.invalidate_recordset()
        return self.level.decided, self.second.decided

    def test_nothing_is_hidden_while_hardly_anybody_buys(self):
        self._sells(0.0001)
        self._put(5)
        self.assertEqual(self._both(), (5, 5))

    def test_the_last_unit_of_what_sells_fast_is_on_one_channel(self):
        self._sells(60)
        self._receive(1)
        self.assertEqual(sorted(self._both()), [0, 1])

    def test_plenty_is_shown_everywhere(self):
        self._sells(60)
        self._receive(5000)
        self.assertEqual(self._both(), (5000, 5000))

    def test_a_quiet_quarter_of_an_hour_calms_the_belief_down(self):
        for channel in (self.channel, self.market):
            self.env["ecom.channel.delay"].create(
                {
                    "channel_id": channel.id,
                    "import_seconds": 2,
                    "import_count": 100,
                    "push_seconds": 2,
                    "push_count": 100,
                }
            )
        self._sells(60)
        self._receive(1)
        self.assertEqual(sum(self._both()), 1)
        self.env.flush_all()
        self.env.cr.execute("UPDATE stock_move SET date = date - interval '1 hour'")
        self.assertEqual(sum(self._both()), 2)

    def test_what_is_accepted_comes_from_what_it_costs(self):
        self._sells(60)
        self._receive(40)
        careful = sum(self._both())
        self.rule.write({"risk_basis": "cost", "cancel_cost": 1, "forgone_margin": 9})
        self.assertGreater(sum(self._both()), careful)

    def test_a_channel_that_is_late_costs_stock_elsewhere(self):
        self._sells(0.02)
        self._put(3)
        shown = sum(self._both())
        cursor = self.market.cursor_ids.filtered(lambda cursor: cursor.topic == "orders")
        cursor.fresh_at = fields.Datetime.now() - timedelta(hours=4)
        self.assertLess(sum(self._both()), shown)

    def test_one_level_by_itself_is_decided_with_its_siblings_and_they_are_told(self):
        self._sells(60)
        self._receive(1)
        self.env.cr.flush()
        self._forget()
        self.env["ecom.flow.decide"]._decide(self.level)
        self.level.invalidate_recordset()
        self.assertEqual(self.second.decided, 0, "Nobody asked for it")
        self.assertEqual(self._changes(), {"Sofa"} if not self.level.decided else set())

    def test_equal_channels_decided_one_by_one_agree_who_has_the_last_unit(self):
        self._sells(60)
        self._receive(1)
        for _turn in range(2):
            self._forget()
            for level in (self.second, self.level):
                self.env["ecom.flow.decide"]._decide(level)
        self.env.invalidate_all()
        self.assertEqual(self.level.decided + self.second.decided, 1)
        self.assertFalse(self._changes())

    def test_what_is_hidden_is_looked_at_again_by_the_minute(self):
        self._sells(60)
        self._receive(6)
        self._both()
        self.assertTrue(self.level.kept_back or self.second.kept_back)
        self._forget()
        self.env["ecom.flow.look.again"]._cron_look_again()
        self.assertEqual(self._changes(), {"Sofa"})

    def test_a_rule_that_began_today_is_found_by_the_minute(self):
        today = self.rule._today(self.company)
        self.rule.date_from = today + timedelta(days=1)
        self.assertFalse(self.rule.holds)
        self.env.flush_all()
        self.env.cr.execute("UPDATE ecom_buffer_rule SET date_from = %s WHERE id = %s", (today, self.rule.id))
        self.env.invalidate_all()
        self._forget()
        self.env["ecom.flow.look.again"]._cron_look_again()
        self.assertTrue(self.rule.holds)
        self.assertEqual(self._changes(), {"Sofa"})

    def test_scarce_units_are_kept_for_the_channel_where_they_earn_more(self):
        self.rule.write({"use_risk": False, "use_booking": True})
        self._sells(0.5)
        self.channel.margin_percent, self.market.margin_percent = 30, 10
        self._receive(20)
        self.assertEqual(self._both(), (20, 0))
        self.market.margin_percent = 30
        self.assertEqual(self._both(), (20, 20))

    def test_without_margins_nobody_earns_more_than_another(self):
        self.rule.write({"use_risk": False, "use_booking": True})
        self._receive(20)
        self.assertEqual(self._both(), (20, 20))
