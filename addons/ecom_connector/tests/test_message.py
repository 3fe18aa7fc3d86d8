import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from .inbound_case import InboundCase


@tagged("post_install", "-at_install")
class TestMessage(InboundCase, TransactionCase):
    def setUp(self):
        super().setUp()
        self.channel = self.make_channel()
        self.operator = new_test_user(self.env, "op", "ecom_connector.ecom_connector_group_operator")
        self.user = new_test_user(self.env, "salesman", "sales_team.group_sale_salesman")

    def message(self, external_id="7", version="1", **values):
        return self.store(external_id=external_id, version=version, body=b'{"id": 7}', **values)

    def open_exceptions(self):
        return self.env["ecom.exception"].search([("channel_id", "=", self.channel.id), ("state", "=", "open")])

    # ------------------------------------------------------------------- failing
    def test_a_failure_is_told_once_for_each_thing_concerned(self):
        first, second, other = self.message(), self.message(version="2"), self.message("8")
        (first | second | other)._fail("The tax is unknown.", "tax")
        self.assertEqual({m.state for m in first | second | other}, {"failed"})
        self.assertEqual(first.problem, "The tax is unknown.")
        self.assertEqual(sorted(self.open_exceptions().mapped("dedupe_key")), ["orders:7", "orders:8"])

    def test_success_closes_the_exception_and_outdates_older_failures(self):
        old, new = self.message(), self.message(version="2")
        newer, other = self.message(version="3"), self.message("8")
        (old | newer | other)._fail("The tax is unknown.")
        new._done()
        self.assertEqual([m.state for m in (old, new, newer, other)], ["superseded", "done", "failed", "failed"])

    def test_a_message_that_is_over_stays_over(self):
        message = self.message()
        message._done()
        for target in ("failed", "superseded", "ignored", "waiting"):
            self.assertFalse(message._move(target))
        self.assertEqual(message.state, "done")

    # --------------------------------------------------------------------- retry
    def test_retry_fetches_anew_and_starts_at_once(self):
        message = self.message()
        message._fail("The tax is unknown.", "tax")
        message.with_user(self.operator).action_retry()
        self.assertEqual((message.state, message.hint, message.problem), ("waiting", True, False))
        self.assertLessEqual(message.next_try, fields.Datetime.now())

    def test_retry_of_many_leaves_alone_what_is_done(self):
        done, failed, ignored = self.message("1"), self.message("2"), self.message("3")
        done._done()
        failed._fail("x")
        ignored._ignore("Not ours")
        (done | failed | ignored).with_user(self.operator).action_retry()
        self.assertEqual([m.state for m in (done, failed, ignored)], ["done", "waiting", "waiting"])

    def test_who_may_not_work_messages_off_cannot(self):
        message = self.message()
        message._fail("x")
        for user in (self.user, new_test_user(self.env, "buyer", "base.group_portal")):
            with self.assertRaises(AccessError):
                message.with_user(user).action_retry()
            with self.assertRaises(AccessError):
                message.with_user(user).action_ignore("because")
        self.assertEqual(message.state, "failed")

    def test_an_operator_of_another_company_cannot(self):
        message = self.message()
        message._fail("x")
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "op2",
            "ecom_connector.ecom_connector_group_operator",
            company_id=company.id,
            company_ids=company.ids,
        )
        with self.assertRaises(AccessError):
            message.with_user(stranger).action_retry()

    # -------------------------------------------------------------------- ignore
    def test_ignoring_needs_a_reason_and_closes_the_exception_with_it(self):
        message = self.message()
        message._fail("x")
        for reason in ("", "  ", None):
            with self.assertRaises(UserError):
                message.with_user(self.operator).action_ignore(reason)
        exception = self.open_exceptions()
        message.with_user(self.operator).action_ignore("Placed for a test")
        self.assertEqual((message.state, message.ignore_reason), ("ignored", "Placed for a test"))
        self.assertEqual(message.write_uid, self.operator)
        self.assertRecordValues(
            exception, [{"state": "ignored", "decision": "Placed for a test", "decided_by": self.operator.id}]
        )

    def test_what_is_being_worked_on_cannot_be_ignored(self):
        message = self.message()
        message.leased_until = fields.Datetime.now() + timedelta(seconds=30)
        with self.assertRaisesRegex(UserError, "right now"):
            message.action_ignore("because")

    # ------------------------------------------------------------------- payload
    def test_the_content_is_shown_to_administrators_only_and_without_secrets(self):
        body = json.dumps({"id": 7, "total": "9.90", "token": "geheim-1", "card": "4111111111111111"}).encode()
        message = self.store(external_id="7", version="1", body=body)
        admin = new_test_user(self.env, "boss", "ecom_connector.ecom_connector_group_administrator")
        text = message.with_user(admin).payload_ids.text
        self.assertIn('"total": "9.90"', text)
        self.assertNotIn("geheim-1", text)
        self.assertNotIn("411111111111", text)
        for record, names in ((message.payload_ids, ["text"]), (message, ["payload_ids"])):
            with self.assertRaises(AccessError):
                record.with_user(self.operator).read(names)

    def test_not_even_an_administrator_reads_the_raw_bytes(self):
        payload = self.message().sudo().payload_ids
        admin = new_test_user(self.env, "boss", "ecom_connector.ecom_connector_group_administrator")
        with self.assertRaises(AccessError):
            payload.with_user(admin).read(["body"])
        self.assertNotIn("body", payload.with_user(admin).read()[0])
        with self.assertRaises(AccessError):
            payload.with_user(admin).search([("body", "!=", False)])
