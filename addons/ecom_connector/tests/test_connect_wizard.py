import re

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..channels import CHANNELS
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
