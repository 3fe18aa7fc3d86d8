"""Who may read, write, make and remove what; what no role ever sees; and that every screen a role has opens for it."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import ChannelCase

GROUPS = {
    "operator": "ecom_connector.ecom_connector_group_operator",
    "manager": "ecom_connector.ecom_connector_group_channel_manager",
    "administrator": "ecom_connector.ecom_connector_group_administrator",
    "warehouse": "stock.group_stock_user",
    "accountant": "account.group_account_user",
    "salesman": "sales_team.group_sale_salesman",
    "employee": "base.group_user",
}
# r read, w write, c create, u unlink: exactly what a role may do, "" nothing at all.
RIGHTS = {
    "ecom.channel": {
        "operator": "r", "manager": "rwc", "administrator": "rwcu",
        "warehouse": "r", "accountant": "r", "salesman": "r",
    },
    "ecom.channel.site": {
        "operator": "r", "manager": "rwcu", "administrator": "rwcu",
        "warehouse": "r", "accountant": "r", "salesman": "r",
    },
    "ecom.channel.cursor": {"operator": "r", "manager": "r", "administrator": "r"},
    "ecom.channel.credential": {"administrator": "rwcu"},
    "ecom.payload": {"administrator": "r"},
    "ecom.message": {"operator": "r", "manager": "r", "administrator": "r"},
    "ecom.exception": {"operator": "rwc", "manager": "rwc", "administrator": "rwcu", "salesman": "r"},
    "ecom.listing": {
        "operator": "rwc", "manager": "rwcu", "administrator": "rwcu", "warehouse": "r", "salesman": "r",
    },
    "ecom.tax.map": {
        "operator": "r", "manager": "rwcu", "administrator": "rwcu",
        "warehouse": "r", "accountant": "r", "salesman": "r",
    },
    "ecom.stock.level": {"operator": "r", "manager": "r", "administrator": "r", "warehouse": "r"},
    "ecom.stock.change": {"administrator": "r"},
    "ecom.shipment": {
        "operator": "rwcu", "manager": "rwcu", "administrator": "rwcu",
        "warehouse": "rwcu", "accountant": "r", "salesman": "r",
    },
    "ecom.order.payment": {
        "operator": "r", "manager": "r", "administrator": "r",
        "warehouse": "r", "accountant": "r", "salesman": "r",
    },
    "ecom.order.change": {"operator": "r", "manager": "r", "administrator": "r", "salesman": "r"},
    "ecom.refund": {
        "operator": "r", "manager": "r", "administrator": "r",
        "warehouse": "r", "accountant": "r", "salesman": "r",
    },
    "ecom.connect.wizard": {"administrator": "rwcu"},
    "ecom.fetch.orders.wizard": {"operator": "rwcu", "manager": "rwcu", "administrator": "rwcu"},
}  # fmt: skip
OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


@tagged("post_install", "-at_install")
class TestAccess(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env,
                f"ecom_{role}",
                groups=group,
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )
            for role, group in GROUPS.items()
        }

    def of(self, role, record):
        return record.with_user(self.users[role]).with_context(allowed_company_ids=self.company.ids)

    # --------------------------------------------------------------------- rights
    def test_each_role_may_do_exactly_what_the_table_says(self):
        for model, expected in RIGHTS.items():
            for role in set(GROUPS) - self._granted_elsewhere(model):
                records = self.of(role, self.env[model])
                may = "".join(letter for letter, operation in OPERATIONS.items() if records.has_access(operation))
                self.assertEqual(may, expected.get(role, ""), f"{role} on {model}")

    def _granted_elsewhere(self, model):
        """Roles that another add-on lets do something with the model: its own tests say what."""
        lines = self.env["ir.model.access"].search([("model_id.model", "=", model)])
        others = lines.filtered(lambda line: not line.get_external_id()[line.id].startswith("ecom_connector."))
        return {role for role, group in GROUPS.items() if self.env.ref(group) in others.group_id}

    def test_no_model_of_ours_is_open_to_the_portal_or_the_public(self):
        visitors = [
            new_test_user(self.env, "ecom_portal", groups="base.group_portal"),
            self.env.ref("base.public_user"),
        ]
        models = [name for name in self.env.registry if name.startswith("ecom.") and not self.env[name]._abstract]
        self.assertGreater(len(models), 20)
        for visitor in visitors:
            for model in models:
                for operation in OPERATIONS.values():
                    self.assertFalse(self.env[model].with_user(visitor).has_access(operation), f"{operation} {model}")

    def test_a_role_reads_nothing_of_another_company(self):
        elsewhere = self.make_company("Somebody Else")
        foreign = self.make_channel(company_id=elsewhere.id, name="Foreign Shop")
        message = self.env["ecom.message"].create(
            {"channel_id": foreign.id, "direction": "in", "topic": "orders", "event_key": "foreign"}
        )
        exception = self.env["ecom.exception"].create(
            {"channel_id": foreign.id, "company_id": elsewhere.id, "category": "order", "name": "Foreign"}
        )
        tax_map = self.env["ecom.tax.map"].create({"channel_id": foreign.id, "code": "vat"})
        foreign._set_credentials({"api_key": "demo-key"})
        credential = self.env["ecom.channel.credential"].search([("channel_id", "=", foreign.id)])
        self.assertEqual(len(credential), 1)
        records = [foreign, message, exception, tax_map, credential, foreign.cursor_ids[:1]]
        for record in records:
            self.assertEqual(record.company_id, elsewhere)
            mine = self.of("administrator", record)
            self.assertFalse(mine.search([("id", "=", record.id)]), record._name)
            with self.assertRaises(AccessError, msg=record._name):
                mine.read(["display_name"])

    # -------------------------------------------------------------------- secrets
    def test_only_an_administrator_enters_credentials_and_nobody_reads_them(self):
        self.channel._set_credentials({"api_key": "demo-key"})
        credential = self.env["ecom.channel.credential"].search([("channel_id", "=", self.channel.id)])
        shown = self.of("administrator", credential).read()[0]
        self.assertNotIn("demo-key", str(shown))
        self.assertFalse(shown.get("value"))
        self.assertNotIn("sealed", shown)
        for field in ("sealed", "fingerprint"):
            with self.assertRaises(AccessError):
                self.of("administrator", credential).read([field])
        for role in set(GROUPS) - {"administrator"}:
            with self.assertRaises(AccessError, msg=role):
                self.of(role, credential).read(["name"])
            with self.assertRaises(AccessError, msg=role):
                self.of(role, credential).write({"value": "mine"})

    def test_the_wizard_never_gives_a_secret_back(self):
        wizard = self.of("administrator", self.env["ecom.connect.wizard"]).create({"code": "demo"})
        wizard.answers = [{"name": "api_key", "value": "demo-key"}, {"name": "seed", "value": "7"}]
        wizard.flush_recordset()
        wizard.invalidate_recordset()
        answers = {answer["name"]: answer for answer in wizard.read(["answers"])[0]["answers"]}
        self.assertEqual((answers["api_key"]["value"], answers["api_key"]["entered"]), ("", True))
        self.assertEqual(answers["seed"]["value"], "7")
        self.assertNotIn("demo-key", wizard.sudo().sealed)
        with self.assertRaises(AccessError):
            wizard.read(["sealed"])
        with self.assertRaises(AccessError):
            self.of("manager", wizard).read(["answers"])

    def test_only_an_administrator_reads_what_a_channel_sent(self):
        [message] = self.messages(self.order())
        self.env["ecom.payload"].create({"message_id": message.id, "body": b'{"id": 1}'})
        self.assertIn('"id": 1', self.of("administrator", message).payload_ids.text)
        for role in ("operator", "manager"):
            with self.assertRaises(AccessError, msg=role):
                self.of(role, message).read(["payload_ids"])

    # -------------------------------------------------------------------- buttons
    def test_managers_switch_channels_and_operators_do_not(self):
        self.channel._set_credentials({"api_key": "demo-key"})
        buttons = ("action_pause", "action_resume", "action_go_live", "action_go_test", "action_switch_off",
                   "action_read_catalogue")  # fmt: skip
        for role in ("operator", "warehouse", "accountant", "salesman", "employee"):
            for button in buttons:
                with self.assertRaises(AccessError, msg=f"{role} {button}"):
                    getattr(self.of(role, self.channel), button)()
        mine = self.of("manager", self.channel)
        mine.action_pause()
        self.assertTrue(mine.paused)
        self.assertIn(self.users["manager"].name, mine.pause_reason)
        mine.action_resume()
        self.assertFalse(mine.paused)
        mine.action_go_live()
        self.assertEqual(mine.mode, "live")
        mine.action_switch_off()
        self.assertEqual(mine.mode, "off")

    def test_a_channel_without_credentials_cannot_go_live(self):
        with self.assertRaisesRegex(Exception, "no access data"):
            self.of("manager", self.channel).action_go_live()

    def test_an_operator_works_off_messages_and_a_warehouse_user_does_not(self):
        [message] = self.messages(self.order())
        message.state = "failed"
        for role in ("warehouse", "accountant", "salesman", "employee"):
            with self.assertRaises(AccessError, msg=role):
                self.of(role, message).action_retry()
            with self.assertRaises(AccessError, msg=role):
                self.of(role, message).action_ignore("no")
        self.of("operator", message).action_retry()
        self.assertEqual(message.state, "waiting")

    def test_a_mapping_remembers_who_changed_what(self):
        tax_map = self.env["ecom.tax.map"].create({"channel_id": self.channel.id, "code": "vat20", "name": "VAT"})
        mine = self.of("manager", tax_map).with_context(tracking_disable=False)
        self.env.cr.flush()
        mine.tax_id = self.tax20
        self.env.cr.flush()
        logged = tax_map.message_ids.filtered("tracking_value_ids")
        self.assertEqual(logged.author_id, self.users["manager"].partner_id)
        self.assertEqual(logged.tracking_value_ids.new_value_char, self.tax20.display_name)

    # -------------------------------------------------------------------- screens
    def _menus(self, role):
        """The menus of the app that the role can come to: all above them are visible, too."""
        root = self.env.ref("ecom_connector.ecom_connector_root_menu")
        menus = self.env["ir.ui.menu"].with_user(self.users[role])
        visible = menus.search([("id", "child_of", root.id)])._filter_visible_menus()
        above = {menu: menu.sudo().parent_id for menu in visible}
        seen = visible.filtered(lambda menu: menu == root)
        for _level in range(5):
            seen |= visible.filtered(lambda menu, seen=seen: above[menu] in seen)
        return seen.sudo().filtered("action")

    def _windows(self, role):
        """The window actions behind these menus."""
        return [menu.action for menu in self._menus(role)]

    def test_every_screen_opens_for_the_roles_that_see_it(self):
        self.place()
        for role, least in (("operator", 15), ("manager", 16), ("administrator", 16)):
            windows = self._windows(role)
            self.assertGreaterEqual(len(windows), least, role)
            for window in windows:
                self._open(role, window)

    def _open(self, role, window):
        model = self.of(role, self.env[window.res_model])
        views = [(view_id, kind) for view_id, kind in window.views]
        loaded = model.get_views([*views, (window.search_view_id.id, "search")])
        for view_id, kind in views:
            names = loaded["views"][kind]["arch"]
            self.assertTrue(names, f"{role}: {window.name} {view_id}")
            if kind in ("list", "form", "kanban"):
                fields = [name for name in loaded["models"][window.res_model]["fields"] if f'name="{name}"' in names]
                records = model.search([], limit=5)
                records.web_read({name: {} for name in fields})

    def test_other_roles_do_not_see_the_app(self):
        """Other add-ons show some of them screens of their own, and accountants what the words of a channel mean."""
        mappings = self.env.ref("ecom_connector.ecom_map_menu")
        for role in ("warehouse", "accountant", "salesman", "employee"):
            menus = self._menus(role).filtered(lambda menu: menu.parent_id != mappings)
            ours = menus.filtered(lambda menu: menu.get_external_id()[menu.id].startswith("ecom_connector."))
            self.assertFalse(ours.mapped("complete_name"), role)

    def test_a_warehouse_user_and_an_accountant_open_the_order_and_its_delivery(self):
        order = self.place()
        for role, model, record in (
            ("accountant", "sale.order", order),
            ("salesman", "sale.order", order),
            ("operator", "sale.order", order),
            ("warehouse", "stock.picking", order.picking_ids[:1]),
        ):
            mine = self.of(role, self.env[model])
            views = mine.get_views([(False, "form")])
            arch = views["views"]["form"]["arch"]
            shown = [name for name in views["models"][model]["fields"] if f'name="{name}"' in arch]
            # What other modules of Odoo show to whom is theirs.
            names = [name for name in shown if any(m.startswith("ecom_") for m in record._fields[name]._modules)]
            self.assertGreater(len(names), 2, role)
            self.assertTrue(self.of(role, record).web_read({name: {} for name in names}), role)

    def test_an_operator_corrects_an_order_whoever_its_salesperson_is(self):
        order = self.place()
        order.user_id = self.users["salesman"]
        self.of("operator", order).note = "Corrected"
        self.assertIn("Corrected", order.note)
