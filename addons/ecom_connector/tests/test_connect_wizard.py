import re
from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..channels import CHANNELS
from ..channels.records import Shop, Tax
from .common import ChannelCase


@tagged("post_install", "-at_install")
class TestConnectWizard(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = {"connector_admin": "administrator", "connector_manager": "channel_manager"}
        cls.admin, cls.manager = (
            new_test_user(
                cls.env,
                login,
                groups=f"ecom_connector.ecom_connector_group_{group}",
                company_id=cls.company.id,
                company_ids=[(6, 0, cls.company.ids)],
            )
            for login, group in groups.items()
        )

    def start(self, key="demo-key", channel=None):
        """The dialog with its questions answered; for `channel` as its button opens it."""
        known = {"default_channel_id": channel.id} if channel else {}
        wizard = self.env["ecom.connect.wizard"].with_user(self.admin).with_context(**known).create({"code": "demo"})
        if not channel:
            wizard.action_next()
        wizard.answers = [{"name": "api_key", "value": key}, {"name": "seed", "value": "5"}]
        return wizard

    def counts(self):
        models = ("ecom.channel", "ecom.channel.credential", "ecom.location.map", "ecom.channel.site")
        return [self.env[model].search_count([]) for model in models]

    def test_a_wrong_key_says_why_and_makes_nothing(self):
        before = self.counts()
        wizard = self.start("wrong-key")
        wizard.action_test()
        self.assertEqual(wizard.step, "access")
        self.assertIn("API key", wizard.problem)
        self.assertNotIn("wrong-key", wizard.problem)
        with self.assertRaises(UserError):
            wizard.action_connect()
        self.assertEqual(self.counts(), before)

    def test_a_missing_answer_is_named(self):
        wizard = self.env["ecom.connect.wizard"].with_user(self.admin).create({"code": "woocommerce"})
        wizard.action_next()
        labels = [need.label for need in CHANNELS["woocommerce"].needs if need.required and not need.default]
        self.assertTrue(labels)
        for label in labels:
            with self.assertRaisesRegex(UserError, re.escape(label)):
                wizard.action_test()

    def test_the_shop_is_shown_before_anything_is_made(self):
        before = self.counts()
        wizard = self.start()
        wizard.action_test()
        self.assertEqual((wizard.step, wizard.problem), ("policy", False))
        self.assertEqual((wizard.shop_name, wizard.currency_name), ("Alpenglow Outdoor", "EUR"))
        self.assertEqual(wizard.location_ids.mapped("name"), ["Main warehouse", "High street store"])
        self.assertEqual(self.counts(), before)

    def test_connecting_makes_the_channel_with_its_rules_and_places(self):
        wizard = self.start()
        wizard.action_test()
        wizard.write({"name": "Shop of Ours", "import_when": "paid", "invoice_policy": "delivery", "mode": "live"})
        wizard.action_next()
        wizard.action_next()
        wizard.action_connect()
        channel = self.env["ecom.channel"].search([("name", "=", "Shop of Ours")])
        self.assertEqual((channel.mode, channel.import_when, channel.invoice_policy), ("live", "paid", "delivery"))
        self.assertEqual(channel._credentials()["api_key"], "demo-key")
        self.assertFalse(wizard.sudo().sealed)

    def test_two_places_do_not_offer_one_warehouse_twice(self):
        wizard = self.start()
        wizard.action_test()
        wizard.action_next()
        wizard.location_ids.write({"warehouse_id": wizard.warehouse_id.id, "publish": True})
        with self.assertRaisesRegex(UserError, "twice"):
            wizard.action_next()

    def test_replacing_the_access_data_keeps_the_channel_and_resumes_it(self):
        self.channel._set_credentials({"api_key": "expired-key", "seed": "5"})
        self.channel.sudo().cursor_ids.write({"paused": True, "problem": "Refused"})
        wizard = self.start("still-wrong", self.channel)
        self.assertEqual(wizard.step, "access")
        wizard.action_test()
        self.assertTrue(wizard.problem)
        self.assertTrue(self.channel.paused)
        self.assertEqual(self.channel._credentials()["api_key"], "expired-key")
        wizard.answers = [{"name": "api_key", "value": "demo-key"}]
        wizard.action_test()
        self.assertEqual(self.channel._credentials()["api_key"], "demo-key")
        self.assertEqual(self.channel._credentials()["seed"], "5")
        self.assertFalse(self.channel.paused)

    def test_a_manager_cannot_open_it(self):
        with self.assertRaises(AccessError):
            self.env["ecom.connect.wizard"].with_user(self.manager).create({"code": "demo"})

    def test_tax_rates_of_the_shop_get_their_tax_here_where_there_is_no_doubt(self):
        rates = (("1", "VAT", "20.0000"), ("2", "City", "1.5"), ("3", "Ten", "10"))
        self.make_tax(10, name="Another ten")
        wizard = self.env["ecom.connect.wizard"].with_user(self.admin).create({"code": "demo"})
        taxes = tuple(Tax(code=code, name=name, rate=Decimal(rate)) for code, name, rate in rates)
        wizard._remember(Shop(external_id="s", name="Shop", taxes=taxes))
        self.assertEqual(
            wizard.tax_ids.mapped(lambda t: (t.name, t.tax_id)),
            [
                ("VAT", self.tax20),
                ("City", self.env["account.tax"]),
                ("Ten", self.env["account.tax"]),
            ],
        )
        self.assertIn("mapping", wizard._steps())
        wizard._make_found(self.channel)
        mapped = self.env["ecom.tax.map"].search([("channel_id", "=", self.channel.id)], order="code")
        self.assertEqual(
            mapped.mapped(lambda m: (m.code, m.rate, m.tax_id)),
            [
                ("1", 20, self.tax20),
                ("2", 1.5, self.env["account.tax"]),
                ("3", 10, self.env["account.tax"]),
            ],
        )
