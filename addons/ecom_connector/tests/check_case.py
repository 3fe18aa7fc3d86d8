"""What tests of checks share: a channel with known policies, and people of each role."""

from odoo.tests import new_test_user

from .common import ChannelCase

GROUPS = {
    "operator": "ecom_connector.ecom_connector_group_operator",
    "channel_manager": "ecom_connector.ecom_connector_group_channel_manager",
}


class CheckCase(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator, cls.colleague = cls.make_user("check_operator"), cls.make_user("check_colleague")
        cls.manager = cls.make_user("check_manager", "channel_manager")
        cls.channel.responsible_id = cls.operator
        cls.channel.check_policy_ids.effect = "off"

    @classmethod
    def make_user(cls, login, role="operator"):
        companies = {"company_id": cls.company.id, "company_ids": [(6, 0, cls.company.ids)]}
        return new_test_user(cls.env, login, groups=GROUPS[role], **companies)

    def policy(self, rule, effect="hold", **values):
        policy = self.channel.check_policy_ids.filtered(lambda policy: policy.rule == rule)
        policy.write({"effect": effect, "never_type_ids": False, "release_by": "operator", **values})
        return policy

    def types(self, *codes):
        return self.env["ecom.order.type"].search([("code", "in", codes)])

    def holds(self, order):
        return self.env["ecom.exception"].search([("order_id", "=", order.id), ("check_rule", "!=", False)], order="id")

    def held(self, *lines, **values):
        """An order that is held, and its open hold."""
        order = self.place(*lines, **values)
        hold = self.holds(order).filtered(lambda hold: hold.state == "open")
        self.assertEqual((order.state, order.ecom_held), ("draft", True), "nothing held it")
        return order, hold

    def release(self, hold, user, reason="Called the buyer"):
        self.env["ecom.release.wizard"].with_user(user).create(
            {"exception_ids": hold.ids, "reason": reason}
        ).action_release()
        self.env.invalidate_all()
