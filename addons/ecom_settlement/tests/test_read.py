"""Reports as they come: kept, read, held against themselves; once, and as revisions where they say something else."""

import base64
import io
import zipfile

from odoo import Command
from odoo.addons.ecom_connector.channels.errors import Unreadable
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..flow import read as reading
from .settlement_case import SettlementCase


@tagged("post_install", "-at_install")
class TestRead(SettlementCase):
    def test_a_report_is_kept_as_it_came_and_its_lines_come_to_the_payout(self):
        content = self.sample("amazon", "settlement_v2.txt")
        settlement = self.read(content, name="v2.txt")
        self.assertEqual((settlement.external_id, settlement.state, settlement.flaws), ("1700001", "new", False))
        self.assertMoney(settlement.amount, "5.37")
        self.assertMoney(settlement.lines_amount, "5.37")
        self.assertEqual((settlement.difference, len(settlement.line_ids)), (0, 12))
        self.assertEqual(settlement.attachment_id.raw, content)
        self.assertEqual(settlement.line_ids[0].order_reference, "302-1")
        self.assertFalse(self.exceptions())

    def test_the_same_report_again_does_nothing_however_it_is_encoded(self):
        text = self.sample("amazon", "settlement_date_range_french.csv").decode("utf-8-sig")
        self.assertEqual(len(self.read(text.encode())), 1)
        self.assertFalse(self.read(text.encode()))
        self.assertFalse(self.read(text.encode("utf-16")))

    def test_lines_that_look_alike_are_all_kept(self):
        settlement = self.read(self.sample("etsy", "settlement_march.csv"))
        self.assertEqual(settlement.line_ids.mapped("description").count("Listing fee Listing #9"), 2)

    def test_a_report_that_contradicts_itself_is_kept_and_told(self):
        settlement = self.read(self.sample("amazon", "settlement_v2.txt").replace(b"5.37", b"5.38"))
        self.assertIn("5.38", settlement.flaws)
        self.assertMoney(settlement.difference, "0.01")
        self.assertEqual(self.exceptions().mapped("settlement_id"), settlement)

    def test_a_report_issued_again_replaces_the_first_as_a_revision(self):
        first = self.read(self.sample("amazon", "settlement_v2.txt").replace(b"5.37", b"5.38"))
        second = self.read(self.sample("amazon", "settlement_v2.txt"))
        self.assertEqual((first.state, second.state, second.revision), ("superseded", "new", 2))
        self.assertFalse(self.exceptions(), "the contradiction is gone")

    def test_what_is_in_the_books_is_not_replaced_but_told(self):
        first = self.read(self.sample("amazon", "settlement_v2.txt"))
        first.state = "posted"
        changed = self.sample("amazon", "settlement_v2.txt").replace(b"5.37", b"6.37").replace(b"-1.20", b"-0.20")
        second = self.read(changed)
        self.assertEqual((first.state, second.revision, second.flaws), ("posted", 2, False))
        told = self.exceptions()
        self.assertEqual(len(told), 1)
        self.assertIn("1 lines of", told.detail)
        gone, come = (first.currency_id.format(amount) for amount in (-1.20, -0.20))
        self.assertIn(gone, told.detail)
        self.assertIn(come, told.detail)

    def test_a_report_of_too_many_lines_is_refused_and_nothing_is_kept(self):
        self.patch(reading, "MOST_LINES", 3)
        with self.assertRaisesRegex(Unreadable, "in parts"):
            self.read(self.sample("amazon", "settlement_v2.txt"))
        self.assertFalse(self.env["ecom.settlement"].search([("channel_id", "=", self.account.id)]))

    def test_a_report_of_another_account_is_refused(self):
        self.read(self.sample("amazon", "settlement_v2.txt"))
        other = self.make_channel(name="Another Account", code="uploaded")
        with self.assertRaises(Unreadable):
            self.read(self.sample("amazon", "settlement_v2.txt"), channel=other)

    def test_an_unknown_or_sleeping_currency_is_told_and_nothing_is_kept(self):
        body = self.sample("amazon", "settlement_v2.txt").replace(b"USD", b"XQX")
        with self.assertRaises(Unreadable), self.cr.savepoint():
            self.read(body)
        self.assertFalse(self.env["ecom.settlement"].search([("channel_id", "=", self.account.id)]))

    def test_statements_are_chained_month_to_month(self):
        march = self.read(self.sample("etsy", "settlement_march.csv"))
        may = self.read(self.sample("etsy", "settlement_march.csv").replace(b"March", b"May"))
        self.assertMoney(march.closing, "-1004.60")
        self.assertMoney(may.opening, "-1004.60")
        self.assertMoney(may.closing, "-2009.20")
        self.assertEqual((march.difference, may.difference), (0, 0))

    def test_statements_of_overlapping_days_are_told(self):
        self.read(self.sample("paypal", "settlement_activity.csv"))
        rows = self.sample("paypal", "settlement_activity.csv").splitlines()
        second = self.read(b"\n".join(rows[:3]))
        self.assertIn("overlaps", second.flaws)

    def test_money_in_no_payout_yet_is_counted_and_kept_apart(self):
        settlements, (known, waiting) = self.env["ecom.flow.read"]._read(
            self.account, "x.csv", self.sample("stripe", "settlement_itemized.csv")
        )
        self.assertEqual((settlements.mapped("external_id"), known, waiting), (["po_1"], 0, 1))
        waiting = self.env["ecom.settlement"].search([("channel_id", "=", self.account.id), ("is_waiting", "=", True)])
        self.assertEqual((len(waiting.line_ids), waiting.payout_state, waiting.difference), (1, "open", 0))

    def test_every_sample_of_every_vendor_is_kept_with_lines_that_explain_it(self):
        vendors = ("amazon", "shopify", "stripe", "paypal", "adyen", "mollie", "klarna", "ebay", "walmart", "trustly")
        for vendor in vendors:
            account = self.make_channel(name=vendor, code="uploaded")
            for path in sorted(self.sample_paths(vendor)):
                with self.subTest(path=path.name):
                    for settlement in self.read(path.read_bytes(), channel=account, name=path.name):
                        self.assertTrue(settlement.flaws or settlement.difference == 0)


@tagged("post_install", "-at_install")
class TestUpload(SettlementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        values = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.accountant = new_test_user(cls.env, "settle_accountant", "account.group_account_user", **values)
        cls.operator = new_test_user(
            cls.env, "settle_operator", "ecom_connector.ecom_connector_group_operator", **values
        )

    def upload(self, files, user=None):
        user = user or self.accountant
        wizards = self.env["ecom.settlement.upload.wizard"].with_user(user)
        # As the upload field of the web client keeps them.
        attachments = wizards.env["ir.attachment"].create(
            [
                {"name": name, "datas": base64.b64encode(content), "res_model": wizards._name, "res_id": 0}
                for name, content in files.items()
            ]
        )
        wizard = wizards.create({"channel_id": self.account.id, "attachment_ids": [Command.set(attachments.ids)]})
        wizard.action_upload()
        return wizard

    def test_an_accountant_uploads_several_files_and_one_bad_one_stops_no_other(self):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr("a.txt", self.sample("amazon", "settlement_v1.txt"))
            file.writestr("b.txt", self.sample("amazon", "settlement_v2.txt"))
        wizard = self.upload(
            {
                "all.zip": archive.getvalue(),
                "photo.png": b"\x89PNG\x00",
                "payout.json": self.sample("shopify", "settlement_payout.json"),
                "again.json": self.sample("shopify", "settlement_payout.json"),
            }
        )
        self.assertEqual(sorted(wizard.settlement_ids.mapped("external_id")), ["1700001", "900", "90001"])
        self.assertEqual(len(wizard.result.splitlines()), 5)
        self.assertIn("photo.png: This is no text file", wizard.result)
        self.assertIn("1 were here already", wizard.result)
        self.assertEqual(wizard.action_show()["domain"], [("id", "in", wizard.settlement_ids.ids)])

    def test_bad_files_are_kept_and_named_and_nothing_is_half_done(self):
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("a.txt", b"0" * (32 * 2**20))
        good = self.sample("amazon", "settlement_v2.txt")
        other = self.make_channel(name="Another Account", code="uploaded")
        self.read(good, channel=other)
        wizard = self.upload(
            {
                "bomb.zip": bomb.getvalue(),
                "cut.xlsx": b"PK\x03\x04 cut",
                "cut.json": self.sample("shopify", "settlement_payout.json")[:-40],
                "theirs.txt": good,
                "empty.csv": b"",
            }
        )
        self.assertFalse(wizard.settlement_ids)
        self.assertEqual(len(wizard.unreadable_ids), 5)
        self.assertEqual(len(set(wizard.unreadable_ids.mapped("problem"))), 5)
        self.assertFalse(self.env["ecom.settlement.line"].search([("channel_id", "=", self.account.id)]))

    def test_an_operator_uploads_nothing_and_an_accountant_changes_no_fact(self):
        with self.assertRaises(AccessError):
            self.upload({"a.txt": self.sample("amazon", "settlement_v2.txt")}, user=self.operator)
        settlement = self.upload({"a.txt": self.sample("amazon", "settlement_v2.txt")}).settlement_ids
        for fact, value in (("amount", 9), ("state", "posted"), ("accepted_by", self.accountant.id)):
            with self.assertRaises(AccessError):
                settlement[fact] = value
        with self.assertRaises(AccessError):
            settlement.line_ids[0].net = 9
