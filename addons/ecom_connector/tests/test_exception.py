from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .shipping_case import ShippingCase

OPERATOR = "ecom_connector.ecom_connector_group_operator"
MANAGER = "ecom_connector.ecom_connector_group_channel_manager"


@tagged("post_install", "-at_install")
class TestException(ShippingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator, cls.colleague = cls._user(cls, OPERATOR), cls._user(cls, OPERATOR)
        cls.manager = cls._user(cls, MANAGER)
        cls.channel.write({"responsible_id": cls.operator.id, "manager_id": cls.manager.id})
        cls.exceptions = cls.env["ecom.exception"]

    def _open(self, key="k1", **values):
        values = {"category": "order", "name": "Total differs", "detail": "By 3.00", "dedupe_key": key, **values}
        return self.exceptions._open(self.channel, **values)

    def _of_channel(self):
        return self.exceptions.search([("channel_id", "=", self.channel.id)], order="id")

    # ------------------------------------------------------------------ opening
    def test_an_exception_opens_with_owner_and_deadline_of_its_category(self):
        before = fields.Datetime.now()
        exception = self._open(category="shipment", severity="2")
        self.assertEqual(
            self._rows(
                exception, "name", "detail", "category", "severity", "state", "user_id", "company_id", "channel_id"
            ),
            [("Total differs", "By 3.00", "shipment", "2", "open", self.operator, self.company, self.channel)],
        )
        self.assertTrue(timedelta(hours=4) <= exception.deadline - before < timedelta(hours=4, minutes=1))

    def test_a_policy_of_the_channel_sets_deadline_and_owner(self):
        policy = self.env["ecom.exception.policy"].create(
            {"channel_id": self.channel.id, "category": "money", "user_id": self.colleague.id}
        )
        self.assertEqual(policy.hours, 24, "what holds where nobody says otherwise")
        policy.hours = 1
        before = fields.Datetime.now()
        exception = self._open(category="money")
        self.assertEqual(exception.user_id, self.colleague)
        self.assertTrue(timedelta(hours=1) <= exception.deadline - before < timedelta(hours=1, minutes=1))
        policy.hours = 0
        self.assertFalse(self._open("k2", category="money").deadline)

    def test_the_same_trouble_opens_one_exception(self):
        first = self._open()
        again = self._open(detail="By 4.00", severity="3")
        self.assertEqual(first, again)
        self.assertEqual(self._rows(first, "detail", "severity"), [("By 4.00", "3")])
        self._open(severity="0")
        self.assertEqual(first.severity, "3", "it does not become less severe by itself")

    def test_the_database_refuses_a_second_open_exception_of_the_same_trouble(self):
        """Two workers that both found none: the second one's row becomes a refresh of the first one's."""
        self._open()
        fresh = {"category": "order", "name": "Told by another", "detail": "", "dedupe_key": "k1"}
        second = self.exceptions._insert(self.channel, [fresh])
        self.assertEqual(second, self._of_channel())
        second.invalidate_recordset()
        self.assertEqual(second.name, "Told by another")

    def test_without_a_key_every_trouble_is_its_own(self):
        self.assertNotEqual(self._open(None), self._open(None))

    def test_links_are_kept(self):
        order = self._order(1)
        listing = self.env["ecom.listing"].search([("channel_id", "=", self.channel.id)], limit=1)
        links = {"order_id": order.id, "picking_id": order.picking_ids.id, "listing_id": listing.id}
        exception = self._open(**links)
        self.assertEqual({name: exception[name].id for name in links}, links)
        self.assertEqual(order.ecom_exception_ids, exception)
        self.assertEqual(order.ecom_exception_count, 1)

    def test_many_open_in_a_few_statements(self):
        troubles = [{"category": "order", "name": f"Trouble {n}", "dedupe_key": f"many:{n}"} for n in range(2000)]
        self.env["ecom.exception"]._open_many(self.channel, troubles[:1])
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        opened = self.exceptions._open_many(self.channel, troubles)
        self.assertEqual(len(opened), 2000)
        self.assertEqual(len(self._of_channel()), 2000)
        self.assertLess(self.env.cr.sql_log_count - before, 60)

    # ---------------------------------------------------------------- decisions
    def test_a_decision_has_a_name_a_time_and_a_reason(self):
        exception = self._open().with_user(self.operator)
        exception.action_solve("Price was corrected")
        self.assertEqual(
            self._rows(exception, "state", "decision", "decided_by"), [("solved", "Price was corrected", self.operator)]
        )
        self.assertTrue(exception.decided_at)

    def test_what_is_decided_stays_decided(self):
        exception = self._open()
        exception.with_user(self.operator).action_solve("First")
        exception.with_user(self.colleague).action_ignore("Second")
        self.assertEqual(self._rows(exception, "state", "decision"), [("solved", "First")])

    def test_ignoring_needs_a_reason(self):
        exception = self._open().with_user(self.operator)
        for reason in ("", "  ", None, False):
            with self.assertRaises(UserError):
                exception.action_ignore(reason)
        self.assertEqual(exception.state, "open")

    def test_many_are_decided_at_once(self):
        exceptions = self._open("a") | self._open("b") | self._open("c")
        exceptions[0].action_solve()
        exceptions.with_user(self.operator).action_ignore("Old shop")
        self.assertEqual(
            self._rows(exceptions, "state", "decision"),
            [("solved", "Solved"), ("ignored", "Old shop"), ("ignored", "Old shop")],
        )

    def test_nobody_writes_a_decision_past_the_buttons(self):
        exception = self._open().with_user(self.operator)
        for values in (
            {"state": "solved"},
            {"decision": "x"},
            {"decided_by": self.colleague.id},
            {"decided_at": fields.Datetime.now()},
            {"dedupe_key": "other"},
        ):
            with self.assertRaises(AccessError):
                exception.write(values)
        with self.assertRaises(AccessError):
            self.exceptions.with_user(self.operator).create(
                {"name": "x", "category": "order", "channel_id": self.channel.id, "state": "solved"}
            )
        exception.write({"severity": "3"})

    def test_who_works_on_no_channel_decides_nothing(self):
        exception = self._open()
        for groups in ("base.group_user", "stock.group_stock_user", "sales_team.group_sale_salesman"):
            user = self._user(groups)
            for decide in (
                lambda e: e.action_solve(),
                lambda e: e.action_ignore("x"),
                lambda e: e.action_assign(),
                lambda e: e.action_retry(),
            ):
                with self.assertRaises(AccessError):
                    decide(exception.with_user(user))
        self.assertEqual((exception.state, exception.user_id), ("open", self.operator))

    def test_another_company_s_exceptions_are_nobody_s_business_here(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        channel = self.env["ecom.channel"].create({"name": "Other", "code": "demo", "company_id": other.id})
        exception = self.exceptions._open(channel, category="order", name="x", dedupe_key="k")
        self.assertFalse(self.exceptions.with_user(self.operator).search([("id", "=", exception.id)]))
        with self.assertRaises(AccessError):
            exception.with_user(self.operator).action_solve()

    # ------------------------------------------------------------------ returns
    def test_a_solved_trouble_that_returns_opens_again(self):
        exception = self._open()
        exception.with_user(self.operator).action_solve()
        exception.deadline = "2026-01-01"
        again = self._open(detail="By 5.00")
        self.assertEqual(again, exception)
        self.assertEqual(
            self._rows(exception, "state", "decision", "decided_by", "decided_at", "detail"),
            [("open", False, self.env["res.users"], False, "By 5.00")],
        )
        self.assertGreater(exception.deadline, fields.Datetime.now())

    def test_what_was_ignored_stays_ignored_until_something_else_is_said_of_it(self):
        exception = self._open()
        exception.with_user(self.operator).action_ignore("A known discount")
        self._open()
        self.assertEqual((exception.state, exception.decision), ("ignored", "A known discount"))
        self._open(detail="By 90.00")
        self.assertEqual(exception.state, "open")
        self.assertEqual(len(self._of_channel()), 1)

    def test_a_trouble_that_is_over_closes_by_key(self):
        exceptions = self._open("a") | self._open("b")
        self.assertEqual(self.exceptions._solve(self.channel, ["a", "z"]), exceptions[0])
        self.assertEqual(self._rows(exceptions, "state", "decision"), [("solved", "Over by itself"), ("open", False)])

    # ---------------------------------------------------------------- reminders
    def test_the_owner_has_an_activity_until_it_is_decided(self):
        exception = self._open()
        activity = exception.activity_ids
        self.assertEqual(
            self._rows(activity, "user_id", "summary", "date_deadline"),
            [(self.operator, "Total differs", exception._day(self.operator))],
        )
        exception.with_user(self.operator).action_assign(self.colleague.id)
        self.assertEqual(self._rows(exception.activity_ids, "user_id"), [(self.colleague,)])
        exception.with_user(self.colleague).action_solve()
        self.assertFalse(exception.activity_ids)

    def test_only_a_colleague_of_the_company_is_given_work(self):
        exception = self._open().with_user(self.operator)
        portal = self._user("base.group_portal")
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._user(OPERATOR)
        stranger.write({"company_ids": [(6, 0, elsewhere.ids)], "company_id": elsewhere.id})
        for user in (portal, stranger):
            with self.assertRaises(UserError):
                exception.action_assign(user.id)
        self.assertEqual(exception.user_id, self.operator)

    def test_an_exception_of_nobody_is_taken_and_reminds_then(self):
        self.channel.responsible_id = False
        exception = self._open()
        self.assertFalse(exception.user_id or exception.activity_ids)
        exception.with_user(self.colleague).action_assign()
        self.assertEqual((exception.user_id, exception.activity_ids.user_id), (self.colleague, self.colleague))

    def test_many_at_once_are_one_activity_on_the_channel(self):
        troubles = [{"category": "order", "name": f"Trouble {n}", "dedupe_key": f"many:{n}"} for n in range(30)]
        opened = self.exceptions._open_many(self.channel, troubles)
        self.assertFalse(opened.activity_ids)
        self.assertEqual(self._rows(self.channel.activity_ids, "user_id"), [(self.operator,)])
        self.exceptions._open_many(
            self.channel, [{"category": "order", "name": "x", "dedupe_key": f"more:{n}"} for n in range(30)]
        )
        self.assertEqual(len(self.channel.activity_ids), 1)

    # --------------------------------------------------------------- escalation
    def _overdue(self, *keys):
        exceptions = self.exceptions.union(*(self._open(key, name=f"Trouble {key}") for key in keys))
        exceptions.deadline = fields.Datetime.now() - timedelta(hours=1)
        return exceptions

    def test_nobody_decided_in_time_so_the_manager_is_told_once(self):
        overdue = self._overdue("a", "b")
        in_time = self._open("c")
        self.assertEqual(self.exceptions.search([("is_overdue", "=", True)]), overdue)
        self.assertEqual((overdue | in_time).mapped("is_overdue"), [True, True, False])
        for _hour in range(2):
            self.env["ecom.flow.watch"]._cron_watch()
        self.assertTrue(all(overdue.mapped("escalated_at")))
        self.assertFalse(in_time.escalated_at)
        for exception in overdue:
            self.assertEqual(exception.activity_ids.user_id, self.operator | self.manager)
            self.assertEqual(len(exception.activity_ids), 2)
        mail = self.env["mail.message"].search(
            [("partner_ids", "=", self.manager.partner_id.id), ("model", "=", "ecom.channel")]
        )
        self.assertEqual(mail.mapped("subject"), ["Test Shop: 2 overdue exceptions"])
        self.assertIn("Trouble a", mail.body)
        self.assertEqual(mail.notification_ids.res_partner_id, self.manager.partner_id)
        self.assertEqual(mail.notification_ids.notification_type, "email")

    def test_what_returns_may_be_escalated_again(self):
        exception = self._overdue("a")
        self.env["ecom.flow.watch"]._cron_watch()
        exception.action_solve()
        self._open("a", name="Trouble a", detail="Again")
        self.assertFalse(exception.escalated_at)

    def test_the_trouble_of_one_channel_keeps_no_other_from_being_watched(self):
        other = self.env["ecom.channel"].create(
            {"name": "Second", "code": "demo", "company_id": self.company.id, "mode": "live"}
        )
        self._overdue("a")
        second = self.exceptions._open(other, category="order", name="x", dedupe_key="k")
        second.deadline = fields.Datetime.now() - timedelta(hours=1)
        self.channel.mode = "off"
        self.env["ecom.flow.watch"]._cron_watch()
        self.assertTrue(second.escalated_at)
        self.assertFalse(self._of_channel().escalated_at, "a channel that is off is not watched")
