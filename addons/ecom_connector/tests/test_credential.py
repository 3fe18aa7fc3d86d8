import base64
import logging
import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier, Thread
from unittest.mock import patch

from cryptography.fernet import Fernet

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import config, mute_logger

from .. import sealing
from ..channels.errors import Refused, Withheld
from .inbound_case import InboundCase

VALUE = "s3cret-value"


@tagged("post_install", "-at_install")
class TestCredential(InboundCase, TransactionCase):
    def setUp(self):
        super().setUp()
        self.channel = self.make_channel()
        self.administrator = new_test_user(
            self.env, "boss", "ecom_connector.ecom_connector_group_administrator,base.group_allow_export"
        )
        self.manager = new_test_user(self.env, "manager", "ecom_connector.ecom_connector_group_channel_manager")
        # A server of its own: without a configured key, with a data directory that is still empty.
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.configure(data_dir=folder.name)

    def configure(self, key="", **options):
        """This server's settings, for the rest of the test."""
        for name, value in {sealing.OPTION: key, **options}.items():
            changed = patch.dict(config.options, {name: value})
            changed.start()
            self.addCleanup(changed.stop)

    def keep(self, **values):
        self.channel._set_credentials(values or {"api_key": VALUE})
        return self.rows()

    def rows(self):
        return self.env["ecom.channel.credential"].search([("channel_id", "=", self.channel.id)])

    @staticmethod
    def key():
        return Fernet.generate_key().decode()

    # ------------------------------------------------------------------- at rest
    def test_what_is_kept_is_sealed_and_comes_back_for_the_client_only(self):
        row = self.keep()
        self.env.cr.execute("SELECT row_to_json(c)::text FROM ecom_channel_credential c WHERE id = %s", [row.id])
        self.assertNotIn(VALUE, self.env.cr.fetchone()[0])
        self.assertEqual(self.channel._credentials()["api_key"], VALUE)

    def test_the_text_of_the_credentials_shows_names_and_no_value(self):
        self.keep()
        credentials = self.channel._credentials()
        for text in (repr(credentials), str(credentials), f"{credentials}"):
            self.assertNotIn(VALUE, text)
            self.assertIn("api_key", text)

    def test_nobody_reads_a_value_back_in_any_way(self):
        row = self.keep()
        for user in (self.administrator, self.env.ref("base.user_admin")):
            mine = row.with_user(user)
            self.assertEqual(mine.read(["value"])[0]["value"], False)
            self.assertNotIn("sealed", mine.read()[0])
            self.assertNotIn("sealed", mine.fields_get())
            self.assertEqual(mine.export_data(["name", "value"])["datas"], [["api_key", ""]])
            for leak in (
                lambda mine=mine: mine.read(["sealed"]),
                lambda mine=mine: mine.search([("sealed", "like", "g")]),
                lambda mine=mine: mine.search([], order="sealed"),
                lambda mine=mine: mine._read_group([], ["sealed"]),
                lambda mine=mine: mine.export_data(["sealed"]),
                lambda mine=mine: mine.write({"sealed": "x"}),
                lambda mine=mine: mine.write({"fingerprint": "x"}),
            ):
                with self.assertRaises(AccessError):
                    leak()

    def test_an_administrator_may_replace_a_value_and_a_manager_may_not_even_look(self):
        row = self.keep()
        row.with_user(self.administrator).value = "another"
        self.assertEqual(self.channel._credentials()["api_key"], "another")
        self.env["ecom.channel.credential"].with_user(self.administrator).create(
            {"channel_id": self.channel.id, "name": "seed", "value": "7"}
        )
        self.assertEqual(self.channel._credentials()["seed"], "7")
        with self.assertRaises(AccessError):
            row.with_user(self.manager).read(["name"])

    def test_who_entered_credentials_is_noted_and_what_is_not(self):
        self.channel.with_user(self.administrator).sudo()._set_credentials({"api_key": VALUE})
        note = self.channel.message_ids[0]
        self.assertEqual(note.author_id, self.administrator.partner_id)
        self.assertIn("API key", note.body)
        self.assertFalse([m for m in self.channel.message_ids if VALUE in (m.body or "")])

    def test_no_log_line_holds_a_value(self):
        with self.assertLogs("odoo", logging.DEBUG) as logs:
            logging.getLogger("odoo.test").debug("something is always logged")
            self.keep()
            self.channel._credentials()
        self.assertFalse([line for line in logs.output if VALUE in line])

    def test_an_empty_value_forgets(self):
        self.keep(api_key=VALUE, webhook_secret="w")
        self.channel._set_credentials({"webhook_secret": ""})
        self.assertEqual(self.rows().mapped("name"), ["api_key"])

    def test_several_entered_in_one_call_are_all_kept(self):
        """As a form or a script creates them; keeping one must not drop the next."""
        names = ("api_key", "webhook_secret", "url")
        rows = [{"channel_id": self.channel.id, "name": name, "value": f"{VALUE}-{name}"} for name in names]
        self.env["ecom.channel.credential"].create(rows)
        kept = self.channel._credentials()
        self.assertEqual({name: kept[name] for name in names}, {name: f"{VALUE}-{name}" for name in names})

    def test_what_is_shown_again_is_never_a_secret(self):
        self.keep(api_key=VALUE, url="https://shop.example.com")
        shown = self.channel._shown_credentials()
        self.assertEqual(shown["url"], "https://shop.example.com")
        self.assertFalse(shown.keys() & {"api_key", "webhook_secret", "file"})

    def test_a_file_is_chosen_by_us_whatever_was_typed(self):
        self.keep(file="/etc/passwd")
        path = Path(self.channel._credentials()["file"])
        self.assertTrue(path.is_relative_to(self.folder), path)

    # ----------------------------------------------------------------------- key
    def test_without_a_configured_key_one_is_made_for_odoos_user_alone(self):
        self.keep()
        path = self.folder / sealing.FILE
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        Fernet(path.read_text())
        self.assertEqual(sorted(os.listdir(self.folder)), sorted({sealing.FILE, "ecom"} & set(os.listdir(self.folder))))

    def test_of_many_that_make_the_key_at_once_one_wins_and_all_agree(self):
        path, start, seen = self.folder / "race.key", Barrier(8), []

        def make():
            start.wait()
            sealing._make_file(path)
            seen.append(path.read_text())

        threads = [Thread(target=make) for _turn in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(set(seen)), 1)
        self.assertEqual(len(base64.urlsafe_b64decode(seen[0])), 32)
        self.assertEqual(os.listdir(self.folder), ["race.key"])

    def test_a_configured_key_is_used_and_no_file_is_made(self):
        self.configure(self.key())
        self.keep()
        self.assertFalse((self.folder / sealing.FILE).exists())
        with patch.dict(config.options, {sealing.OPTION: ""}), patch.dict(os.environ, {sealing.VARIABLE: self.key()}):
            with self.assertRaises(Withheld):
                self.channel._credentials()

    def test_the_environment_may_hold_the_key(self):
        with patch.dict(os.environ, {sealing.VARIABLE: self.key()}):
            self.keep()
            self.assertEqual(self.channel._credentials()["api_key"], VALUE)
        self.assertFalse((self.folder / sealing.FILE).exists())

    def test_a_key_of_openssl_will_do(self):
        self.configure(base64.b64encode(b"\xfb\xff" * 16).decode())
        self.keep()
        self.assertEqual(self.channel._credentials()["api_key"], VALUE)

    def test_a_lost_key_means_enter_it_again_and_nothing_else(self):
        self.keep()
        (self.folder / sealing.FILE).unlink()
        with self.assertRaisesRegex(Withheld, "Enter the credentials again") as caught:
            self.channel._credentials()
        self.assertIsInstance(caught.exception, Refused, "The engine pauses the channel and tells a person")
        self.assertFalse(caught.exception.__cause__)
        self.assertFalse((self.folder / sealing.FILE).exists(), "Reading makes no new key")
        self.keep(api_key="entered again")
        self.assertEqual(self.channel._credentials()["api_key"], "entered again")

    def test_a_key_that_is_none_is_said_plainly(self):
        self.configure("correct horse battery staple")
        with self.assertRaisesRegex(UserError, "32 random bytes"):
            self.keep()

    def test_keys_are_rotated_without_entering_anything_again(self):
        old, new = self.key(), self.key()
        self.configure(old)
        row = self.keep()
        before = row.sealed
        with patch.dict(config.options, {sealing.OPTION: f"{new}, {old}"}):
            self.assertEqual(self.channel._credentials()["api_key"], VALUE)
            self.env["ecom.channel.credential"]._reseal()
            self.assertNotEqual(row.sealed, before)
            sealed = row.sealed
            self.env["ecom.channel.credential"]._reseal()
            self.assertEqual(row.sealed, sealed, "What the first key sealed is left alone")
        with patch.dict(config.options, {sealing.OPTION: new}):
            self.assertEqual(self.channel._credentials()["api_key"], VALUE)

    def test_a_key_may_move_from_the_file_to_the_configuration(self):
        self.keep()
        self.configure(self.key())
        self.assertEqual(self.channel._credentials()["api_key"], VALUE)

    # ------------------------------------------------------------ copied database
    def test_a_copied_database_talks_to_nobody_and_says_why(self):
        self.keep()
        for change in (
            lambda: self.env["ir.config_parameter"].set_param("database.uuid", "another"),
            lambda: self.rows().sudo().write({"fingerprint": False}),
        ):
            change()
            for ask in (self.channel._credentials, self.channel._connect):
                with self.assertRaisesRegex(Withheld, "looks like a copy"):
                    ask()
        self.channel.with_user(self.administrator).action_confirm_database()
        self.assertEqual(self.channel._credentials()["api_key"], VALUE)

    def test_the_fingerprint_knows_the_cluster_and_the_name(self):
        present = self.env["ecom.channel.credential"]._present_fingerprint()
        self.assertTrue(re.fullmatch("[0-9a-f]{64}", present))
        self.assertEqual(present, self.env["ecom.channel.credential"]._present_fingerprint())
        self.env["ir.config_parameter"].set_param("database.uuid", "another")
        self.assertNotEqual(present, self.env["ecom.channel.credential"]._present_fingerprint())

    def test_only_an_administrator_says_which_database_is_right(self):
        self.keep()
        self.rows().sudo().fingerprint = "another"
        with self.assertRaises(AccessError):
            self.channel.with_user(self.manager).action_confirm_database()
        self.assertEqual(self.rows().sudo().fingerprint, "another")

    @mute_logger("odoo.addons.ecom_connector.flow.run")
    def test_credentials_entered_here_make_the_channel_work_again(self):
        self.keep()
        self.rows().sudo().fingerprint = "another"
        self.keep()
        self.assertEqual(self.channel._credentials()["api_key"], VALUE)

    # -------------------------------------------------------------------- trying
    def test_what_is_tried_is_not_kept(self):
        trial = self.env["ecom.channel"].new({"code": "demo", "name": "Trial"})
        shop, values = trial._try_connection({"api_key": "demo-key"})
        self.assertTrue(shop.name)
        self.assertEqual(values, {"api_key": "demo-key"})
        with self.assertRaisesRegex(Refused, "API key"):
            trial._try_connection({"api_key": "wrong"})
        self.assertFalse(self.rows())
