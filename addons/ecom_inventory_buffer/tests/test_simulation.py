"""What if: the past days again, under rules that are only tried."""

from datetime import timedelta

from odoo import fields
from odoo.addons.ecom_connector.tests.stock_case import StockCase
from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestSimulation(StockCase):
    def setUp(self):
        super().setUp()
        self.market = self._new_channel("Market")
        self._new_listing(self.product, "M1", channel_id=self.market.id)
        self._put(20)
        self._decide()
        for channel in (self.channel, self.market):
            self.env["ecom.channel.delay"].create(
                {
                    "channel_id": channel.id,
                    "import_seconds": 900,
                    "import_count": 100,
                    "push_seconds": 60,
                    "push_count": 100,
                }
            )
        noon = fields.Datetime.now().replace(hour=12, minute=0) - timedelta(days=2)
        for minute in range(0, 50, 5):
            for channel in (self.channel, self.market):
                order = self._order(1)
                order.ecom_channel_id = channel
                order.action_confirm()
                order.write({"ecom_placed_at": noon + timedelta(minutes=minute)})
        self.env["ecom.flow.learn"]._learn_demand()

    def _simulation(self, model="product.product", record=None, **values):
        record = record or self.product
        wizard = self.env["ecom.buffer.simulation"].with_context(active_model=model, active_id=record.id)
        return wizard.create({"days": 2, "stock": 8, **values})

    def _tried(self, simulation):
        simulation.action_simulate()
        return {row["name"]: row for row in simulation.result["rows"]}

    def test_a_buffer_that_is_only_tried_oversells_less_than_none(self):
        found = self._tried(self._simulation(what_if="risk"))
        now, tried = found["As it is now"], found["A buffer is sized by risk"]
        self.assertGreater(now["oversold"], 0)
        self.assertEqual(now["hidden"], 0)
        self.assertLess(tried["oversold"], now["oversold"])
        self.assertGreater(tried["hidden"], 0)
        self.assertEqual(self.env["ecom.buffer.rule"].search_count([("company_id", "=", self.company.id)]), 0)

    def test_the_past_days_are_played_again_under_another_rule(self):
        rule = self.env["ecom.buffer.rule"].create(
            {
                "name": "Four back",
                "company_id": self.company.id,
                "use_keep_back": True,
                "keep_back": 4,
                "channel_ids": self._new_channel("Elsewhere").ids,
            }
        )
        found = self._tried(self._simulation(what_if="rule", rule_id=rule.id))
        now, tried = found["As it is now"], found["Another rule counts"]
        self.assertLess(tried["oversold"], now["oversold"])
        self.assertGreater(tried["hidden"], now["hidden"])

    def test_tripled_demand_oversells_stock_that_was_enough(self):
        def oversold(demand):
            tried = self._tried(self._simulation(what_if="none", stock=24, demand=demand))
            return tried["Nothing is kept back"]["units"]

        self.assertEqual(oversold(1.0), 0)
        self.assertGreater(oversold(3.0), 0)

    def test_it_opens_from_a_product_a_channel_and_a_rule(self):
        rule = self.env["ecom.buffer.rule"].create(
            {"name": "Two", "company_id": self.company.id, "use_keep_back": True, "keep_back": 2}
        )
        self._decide()
        for model, record in (
            ("product.product", self.product),
            ("product.template", self.product.product_tmpl_id),
            ("ecom.channel", self.market),
            ("ecom.buffer.rule", rule),
        ):
            wizard = self.env["ecom.buffer.simulation"].with_context(active_model=model, active_id=record.id)
            with Form(wizard) as form:
                self.assertEqual(form.product_id, self.product, model)
        simulation = self._simulation("ecom.buffer.rule", rule)
        self.assertEqual((simulation.what_if, simulation.rule_id), ("rule", rule))

    def test_nonsense_is_refused_in_words(self):
        for values in ({"days": 0}, {"demand": 0}, {"delay": -1}):
            with self.assertRaisesRegex(UserError, "Choose 1 to 28 past days"):
                self._simulation(**values).action_simulate()
        with self.assertRaisesRegex(UserError, "between 0 and 100"):
            self._simulation(what_if="risk", risk_percent=200).action_simulate()

    def test_an_operator_may_try_it(self):
        operator = new_test_user(
            self.env,
            "buffer_op",
            "ecom_connector.ecom_connector_group_operator",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        wizard = self.env["ecom.buffer.simulation"].with_user(operator)
        simulation = wizard.with_context(active_model="product.product", active_id=self.product.id).create({"days": 2})
        self.assertIn("As it is now", self._tried(simulation))
