"""What people upload by mistake or with bad intent: a clear word, and nothing half done."""

import http.client
import io
import zipfile

import openpyxl
import xlsxwriter

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from .book_case import BookCase


def archive(*parts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts:
            book.writestr(name, content)
    return packed.getvalue()


@tagged("post_install", "-at_install")
class TestBadFiles(BookCase):
    def upload(self, content, name="report.csv", channel=None, user=None):
        """What the dialogue says."""
        attachment = self.env["ir.attachment"].create({"name": name, "raw": content})
        return self.take(attachment, channel, user)

    def take(self, attachment, channel=None, user=None):
        values = {"channel_id": (channel or self.account).id, "attachment_ids": attachment.ids}
        wizard = self.env["ecom.settlement.upload.wizard"].with_user(user or self.env.user).create(values)
        wizard.action_upload()
        return wizard

    def assertRefused(self, wizard, words):
        """It says why, and offers to describe the columns; no payout is there and nothing was booked."""
        self.assertIn(words, wizard.result)
        self.assertFalse(wizard.settlement_ids)
        self.assertFalse(self.env["ecom.settlement"].search([("channel_id", "=", self.account.id)]))
        self.assertFalse(self.env["account.move"].search([("ecom_settlement_id.channel_id", "=", self.account.id)]))

    def test_what_is_no_report_is_kept_and_refused_in_words(self):
        cases = (
            ("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no text file"),
            ("empty.csv", b"", "empty"),
            ("broken.csv", b"\xef\xbb\xbfid,amount\n1,\xff\xfe\xff\n", "cannot be decoded"),
            ("endless.csv", b"a" * (2**20 + 1), "lines without end"),
            ("cut.zip", archive(("a.csv", self.body(("fee", -1, 0, ""), payout=-1)))[:60], "damaged"),
            ("cut.xlsx", archive(("[Content_Types].xml", "<x/>"), ("xl/workbook.xml", "<x"))[:-30], "damaged"),
        )
        for name, content, words in cases:
            with self.subTest(name):
                wizard = self.upload(content, name)
                self.assertRefused(wizard, words)
                self.assertEqual(wizard.unreadable_ids.attachment_id.raw or b"", content)

    def test_a_bomb_is_not_unpacked(self):
        bomb = archive(("report.csv", b"0" * (32 * 2**20)))
        self.assertLess(len(bomb), 2**20)
        self.assertRefused(self.upload(bomb, "reports.zip"), "far more than a report")

    def test_a_file_of_a_gigabyte_is_refused_before_it_is_read(self):
        attachment = self.env["ir.attachment"].create({"name": "large.csv", "raw": b"x"})
        attachment.flush_recordset()
        # Its bytes are nowhere: whoever read them would find one letter.
        self.env.cr.execute("UPDATE ir_attachment SET file_size = %s WHERE id = %s", (2**30, attachment.id))
        attachment.invalidate_recordset(["file_size"])
        wizard = self.take(attachment)
        self.assertRefused(wizard, "larger than 128 MB")
        self.assertFalse(wizard.report_ids)

    def test_a_bad_file_stops_no_good_one(self):
        files = archive(("good.csv", self.body(("fee", -1, 0, ""), payout=-1)), ("photo.csv", b"\x89PNG\0\0"))
        wizard = self.upload(files, "both.zip")
        self.assertEqual(wizard.settlement_ids.mapped("external_id"), ["po_1"])
        self.assertEqual(wizard.unreadable_ids.mapped("name"), ["photo.csv"])

    def test_a_report_that_was_cut_is_kept_marked_and_not_booked(self):
        self.sell("tx1"), self.sell("tx2")
        whole = self.body(("charge", 24, 0.96, "tx1"), ("charge", 24, 0.96, "tx2"), payout=46.08)
        lines = whole.splitlines(keepends=True)
        wizard = self.upload(b"".join([*lines[:2], lines[-1]]))
        settlement = wizard.settlement_ids
        self.assertTrue(settlement.flaws)
        self.assertIn("contradicts itself", wizard.result)
        with self.assertRaisesRegex(Exception, "contradicts itself"):
            settlement.action_post()
        self.assertEqual(self.exceptions().mapped("category"), ["payout"])
        # The whole one takes its place.
        again = self.upload(whole).settlement_ids
        self.assertEqual((again.revision, again.flaws, settlement.state), (2, False, "superseded"))
        self.assertEqual(again.before_id, settlement)
        changed = self.env["ecom.settlement.line"].search(again.action_compare()["domain"])
        self.assertEqual(changed.mapped("payment_reference"), ["tx2"])

    def test_a_report_of_another_account_is_told_from_whose(self):
        other = self.make_channel(name="Another Account", code="uploaded", clearing_journal_id=self.journal.id)
        body = self.body(("fee", -1, 0, ""), payout=-1)
        self.upload(body, channel=other)
        self.assertRefused(self.upload(body), "Another Account")

    def test_who_may_upload(self):
        body = self.body(("fee", -1, 0, ""), payout=-1)
        values = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        accountant = new_test_user(self.env, "uploading_accountant", "account.group_account_user", **values)
        attachment = self.env["ir.attachment"].with_user(accountant).create({"name": "a.csv", "raw": body})
        self.assertEqual(len(self.take(attachment, user=accountant).settlement_ids), 1)
        for login, group in (
            ("uploading_operator", "ecom_connector.ecom_connector_group_operator"),
            ("uploading_warehouse", "stock.group_stock_user"),
        ):
            user = new_test_user(self.env, login, group, **values)
            with self.assertRaises(AccessError):
                self.take(attachment, user=user)

    # ------------------------------------------------------------------ exports
    def test_lists_are_exported_without_the_formulas_of_a_report(self):
        settlement = self.report(("fee", -1, 0, ""), payout=-1)
        settlement.line_ids[0].write({"kind": "=HYPERLINK(1)", "description": "@SUM(A1)"})
        rows = settlement.line_ids[0].export_data(["kind", "description", "amount"])["datas"]
        self.assertEqual(rows, [["'=HYPERLINK(1)", "'@SUM(A1)", -1.0]])
        # As Odoo writes them, which takes what begins with "=" for a formula.
        packed = io.BytesIO()
        with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
            book.add_worksheet().write_row(0, 0, rows[0])
        cells = next(openpyxl.load_workbook(packed).active.iter_rows())
        self.assertEqual([cell.data_type for cell in cells], ["s", "s", "n"])


@tagged("post_install", "-at_install")
class TestLargeUpload(HttpCase):
    def test_a_request_of_a_gigabyte_is_refused_by_what_it_says_of_itself(self):
        self.authenticate("admin", "admin")
        with self.allow_requests():
            self.assertEqual(self.announce(2**30).status, 413)

    def announce(self, size):
        """The answer to a request that says it has so many bytes."""
        line = http.client.HTTPConnection("127.0.0.1", self.http_port(), timeout=60)
        self.addCleanup(line.close)
        line.putrequest("POST", "/web/binary/upload_attachment")
        for name, value in (
            ("Content-Type", "multipart/form-data; boundary=b"),
            ("Content-Length", str(size)),
            ("Cookie", "; ".join(f"{name}={value}" for name, value in self.opener.cookies.items())),
        ):
            line.putheader(name, value)
        line.endheaders(b"--b\r\n")
        return line.getresponse()
