"""How reports come: by the channel's interface, by mail, from a folder. Kept as they came, read once."""

import json
import tempfile
from datetime import datetime, timezone
from pathlib import Path
from unittest.mock import patch

from odoo import fields
from odoo.addons.ecom_connector.channels.errors import Refused
from odoo.addons.ecom_connector.channels.records import Page, Raw
from odoo.tests import tagged
from odoo.tools import config

from ..flow.fetch import OPTION
from .book_case import BookCase

MAIL = """From: {sender}
To: payouts-x@example.com
Subject: Your settlement
Message-Id: <m1@example.com>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain

See the file.
--b
Content-Type: text/plain; name="v2.txt"
Content-Disposition: attachment; filename="v2.txt"

{body}
--b--
"""


@tagged("post_install", "-at_install")
class TestFetch(BookCase):
    def raw(self, number="p1", version="1", amount="9.50"):
        line = {
            "id": "1",
            "kind": "charge",
            "amount": "10.00",
            "fee": "0.50",
            "net": "9.50",
            "order_id": "",
            "order_number": "D-1",
        }
        paper = {
            "object": "payout",
            "id": number,
            "number": number,
            "revision": 1,
            "updated_at": "2026-03-05T00:00:00+00:00",
            "currency": "EUR",
            "amount": amount,
            "paid_at": "2026-03-05T00:00:00+00:00",
            "lines": [{**line, "payment_id": "", "at": "2026-03-02T00:00:00+00:00"}],
        }
        return Raw(
            external_id=number,
            version=version,
            body=json.dumps(paper).encode(),
            updated_at=datetime(2026, 3, 5, tzinfo=timezone.utc),
        )

    def store(self, *raws, following="", token=""):
        fetch = self.env["ecom.flow.fetch"]
        question = fetch._question(self.channel)
        self.assertEqual(question.token, token)
        fetch._store(self.channel, question, Page(items=raws, next=following))

    def reports(self, channel=None):
        return self.env["ecom.settlement.report"].search([("channel_id", "=", (channel or self.channel).id)])

    def test_payouts_are_asked_for_page_by_page_kept_first_and_read_once(self):
        self.store(self.raw("p1"), following="2")
        self.store(self.raw("p2"), self.raw("p1"), token="2")
        self.assertEqual(self.reports().mapped("state"), ["waiting", "waiting"])
        self.assertFalse(self.env["ecom.settlement"].search([("channel_id", "=", self.channel.id)]))
        keep = self.env["ecom.flow.keep"]
        while keep._understand_next(self.channel):
            pass
        settlements = self.env["ecom.settlement"].search([("channel_id", "=", self.channel.id)])
        self.assertEqual(sorted(settlements.mapped("external_id")), ["p1", "p2"])
        self.assertEqual(settlements.report_id, self.reports())
        cursor = self.channel.cursor_ids.filtered(lambda one: one.topic == "settlements")
        self.assertEqual(fields.Datetime.to_string(cursor.read_until), "2026-03-05 00:00:00")
        self.assertIsNone(self.env["ecom.flow.fetch"]._question(self.channel), "asked a moment ago")

    def test_a_channel_that_offers_none_or_whose_payouts_nobody_wants_is_not_asked(self):
        self.assertIsNone(self.env["ecom.flow.fetch"]._question(self.account))
        self.channel.fetch_payouts = False
        self.assertIsNone(self.env["ecom.flow.fetch"]._question(self.channel))

    def test_a_refused_look_at_the_payouts_stops_no_orders(self):
        self.env["ecom.flow.fetch"]._give_up(self.channel, Refused("The role is missing."))
        self.assertFalse(any(self.channel.cursor_ids.mapped("paused")))
        self.assertIn("The role is missing.", self.exceptions(self.channel).detail)
        self.assertIsNone(self.env["ecom.flow.fetch"]._question(self.channel))
        self.channel.action_fetch_payouts()
        self.store(self.raw())
        self.assertFalse(self.exceptions(self.channel))

    def test_files_in_the_folder_of_the_account_are_kept_and_put_away(self):
        fetch = self.env["ecom.flow.fetch"]
        with tempfile.TemporaryDirectory() as root, patch.dict(config.options, {OPTION: root}):
            folder = Path(root, "stripe")
            folder.mkdir()
            Path(folder, "v2.txt").write_bytes(self.sample("amazon", "settlement_v2.txt"))
            Path(folder, "half.txt.part").write_bytes(b"x")
            Path(root, "secret.txt").write_bytes(b"x")
            for name in ("..", ".", "../stripe", "/etc", "other"):
                self.account.payout_folder = name
                self.assertFalse(fetch._look(self.account), name)
            self.account.payout_folder = "stripe"
            fetch._put_away(fetch._look(self.account))
            self.assertEqual(sorted(path.name for path in folder.iterdir()), ["half.txt.part", "taken"])
            self.assertTrue(Path(folder, "taken", "v2.txt").exists())
        self.assertEqual((self.reports(self.account).name, self.reports(self.account).source), ("v2.txt", "folder"))

    def test_a_mail_of_a_contact_to_the_address_of_the_account_is_read(self):
        self.env["mail.alias.domain"].search([]).unlink()
        self.company.alias_domain_id = self.env["mail.alias.domain"].create({"name": "example.com"})
        self.account.payout_alias_name = "payouts-x"
        self.env["res.partner"].create({"name": "Colleague", "email": "colleague@example.com"})
        body = self.sample("amazon", "settlement_v2.txt").decode()
        take = self.env["mail.thread"].with_context(mail_channel_test=True).message_process
        take(None, MAIL.format(sender="stranger@example.org", body=body))
        self.assertFalse(self.reports(self.account))
        take(None, MAIL.format(sender="colleague@example.com", body=body).replace("m1@", "m2@"))
        report = self.reports(self.account)
        self.assertEqual((report.source, report.state, report.settlement_ids.external_id), ("mail", "read", "1700001"))
        self.account.payout_alias_name = False
        self.assertFalse(self.account.payout_alias_id)

    def test_what_cannot_be_read_is_kept_and_told_and_read_when_its_form_is_known(self):
        keep = self.env["ecom.flow.keep"]
        report = keep._keep_file(self.account, "x.csv", b"a;b\n1;2\n", "folder")
        self.assertFalse(keep._understand(report))
        self.assertEqual((report.state, report.attachment_id.raw), ("unreadable", b"a;b\n1;2\n"))
        self.assertEqual(self.exceptions().settlement_report_id, report)
        self.assertEqual(self.exceptions().action_open_cause()["res_id"], report.id)
        self.assertEqual(keep._keep_file(self.account, "again.csv", b"a;b\n1;2\n", "mail"), report)

    def test_what_is_explained_is_posted_by_itself_and_the_rest_waits(self):
        self.account.auto_post_payouts = True
        self.sell("tx1")
        keep = self.env["ecom.flow.keep"]
        for number, transaction, state in (("po_1", "tx1", "posted"), ("po_2", "elsewhere", "new")):
            body = self.body(("charge", 24, 0.96, transaction), payout=23.04, number=number)
            settlement = keep._understand(keep._keep(self.account, number, body, "channel"))
            self.assertEqual((settlement.external_id, settlement.state), (number, state))
