from odoo.tests import new_test_user, tagged

from .rpc_case import MARK, SECRET, RpcCase

# What an Operator changes by a button although he may not write the records himself, and nothing beyond.
BUTTONS = {
    ("ecom.message", "action_retry"): {"ecom_message"},
    ("ecom.message", "action_ignore"): {"ecom_message", "ecom_exception"},
    ("ecom.exception", "action_retry"): {"ecom_message"},
    ("ecom.exception", "action_ignore"): {"ecom_message"},
    ("ecom.exception.decide.wizard", "action_decide"): {"ecom_message"},
    ("ecom.message.ignore.wizard", "action_ignore"): {"ecom_message", "ecom_exception"},
    ("ecom.stock.drift", "action_set_ours"): {"ecom_stock_drift", "ecom_stock_level"},
}
# Written along with a record that he may write.
ALONG = {
    "ir_model_data",
    "mail_activity",
    "mail_followers",
    "mail_followers_mail_message_subtype_rel",
    "mail_message",
    "mail_notification",
    "mail_tracking_value",
}
# What a listing shows is decided anew when it changes; the buyer is told what was decided about his return.
ALONG_WITH = {"ecom.listing": {"ecom_stock_level"}, "ecom.return": {"ecom_return_letter"}}


@tagged("post_install", "-at_install")
class TestRpcSurface(RpcCase):
    """Every public method of every model, called over the wire by the least of all users."""

    def setUp(self):
        super().setUp()
        self.made = {}
        self.operator = new_test_user(
            self.env, "op", "ecom_connector.ecom_connector_group_operator", password="op-op-op-1"
        )
        self.portal = new_test_user(self.env, "buyer", "base.group_portal", password="buyer-buyer-1")
        product = self.env["product.product"].create({"name": MARK, "is_storable": True, "tracking": "lot"})
        self.made["product.product"] = product
        self.make("stock.quant", product_id=product.id, location_id=self.one("stock.warehouse").lot_stock_id.id)
        channel = self.make("ecom.channel", code="demo", mode="live", webhook_key=f"key-{SECRET}")
        channel._set_credentials({"api_key": SECRET})
        message = self.make("ecom.message", channel_id=channel.id, direction="in", state="failed")
        self.make("ecom.payload", message_id=message.id, body=SECRET.encode())
        self.made["ecom.channel.credential"] = self.env["ecom.channel.credential"].search(
            [("channel_id", "=", channel.id)]
        )
        self.made["ecom.channel.cursor"] = channel.cursor_ids[:1]
        self.made["ecom.check.policy"] = channel.check_policy_ids[:1]
        self.make("ecom.block.entry", kind="domain")
        self.make("ecom.exception", channel_id=channel.id, ecom_message_id=message.id)
        for model in self.our_models():
            if not self.env[model]._abstract:
                self.one(model)
        self.env.flush_all()

    def calls(self):
        """Every public method of every model. What all abstract models have from Odoo finds no record in any of them:
        one of them stands for all."""
        seen = set()
        for model in self.our_models():
            for method in self.public_methods(model):
                function = getattr(type(self.env[model]), method)
                if not self.env[model]._abstract or self.is_ours(model, method) or function not in seen:
                    yield model, method, self.arguments(model, method)
                if self.env[model]._abstract:
                    seen.add(function)
        for model, method in sorted(set(self.added_to_core())):
            yield model, method, self.arguments(model, method)

    # --------------------------------------------------------------------- tests
    def test_the_road_of_an_order_cannot_be_walked_from_outside(self):
        ordinary = set(self.public_methods("base"))
        flows = [model for model in self.our_models() if model.startswith("ecom.flow.")]
        self.assertGreater(len(flows), 20)
        exposed = {model: set(self.public_methods(model)) - ordinary for model in flows}
        self.assertEqual({model: methods for model, methods in exposed.items() if methods}, {})

    def test_an_open_door_would_be_found(self):
        def open_door(records):
            records.env["ecom.message"].sudo().search([]).ignore_reason = "by anybody"
            return records.env["ecom.channel"].sudo().search([]).mapped("name")

        flow = type(self.env["ecom.flow.place"])
        flow.open_door = open_door
        self.addCleanup(delattr, flow, "open_door")
        self.assertIn("open_door", self.public_methods("ecom.flow.place"))
        self.authenticate("buyer", "buyer-buyer-1")
        answer, failed, changed = self.call("ecom.flow.place", "open_door", [[]])
        self.assertEqual((failed, changed, MARK in answer), (False, {"ecom_message"}, True))
        self.assertFalse(self.env["ecom.message"].search([("ignore_reason", "=", "by anybody")]))

    def test_a_portal_user_changes_nothing_and_learns_nothing(self):
        self.authenticate("buyer", "buyer-buyer-1")
        count, trouble = 0, []
        for model, method, args in self.calls():
            answer, failed, changed = self.call(model, method, args)
            count += 1
            if changed:
                trouble.append(f"{model}.{method} changes {', '.join(sorted(changed))}")
            if not failed and (MARK in answer or SECRET in answer):
                trouble.append(f"{model}.{method} tells what stands in a record")
            if failed and self.is_ours(model, method) and "odoo.exceptions.AccessError" not in answer:
                trouble.append(f"{model}.{method} stumbles before it asks for rights: {answer[:300]}")
        self.assertFalse(trouble, "\n".join(trouble))
        self.assertGreater(count, 2000)

    def test_an_operator_changes_only_what_he_may_and_sees_no_secret(self):
        self.authenticate("op", "op-op-op-1")
        trouble = []
        for model, method, args in self.calls():
            answer, _failed, changed = self.call(model, method, args)
            excess = changed - self.may_write(model, method)
            if excess:
                trouble.append(f"{model}.{method} changes {', '.join(sorted(excess))}")
            if SECRET in answer:
                trouble.append(f"{model}.{method} tells a secret")
        self.assertFalse(trouble, "\n".join(trouble))

    def may_write(self, model, method):
        """The tables of models that the Operator's own rights let him write, and those of the button."""
        access = self.env["ir.model.access"].with_user(self.operator)
        tables = {
            self.env[name]._table
            for name in {*self.our_models(), model}
            if not self.env[name]._abstract
            and any(access.check(name, mode, raise_exception=False) for mode in ("write", "create", "unlink"))
        }
        return tables | ALONG | ALONG_WITH.get(model, set()) | BUTTONS.get((model, method), set())
