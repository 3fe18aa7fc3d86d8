from odoo import http
from odoo.tests import HttpCase, tagged

from ..models.ecom_return_notice import A_DAY
from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestGuest(ReturnsCase, HttpCase):
    """Who has no account gets a link by mail, and learns nothing on the page."""

    def setUp(self):
        super().setUp()
        self.order = self.sold((self.shirt, 1, 10), invoice=False)
        self.authenticate(None, None)

    def ask(self, number=None, email="anna@example.com"):
        values = {"number": number or self.order.name, "email": email, "csrf_token": http.Request.csrf_token(self)}
        return self.url_open("/returns", data=values)

    def mails(self):
        self.env["ecom.return.notice"]._cron_match()
        return self.env["mail.mail"].search([("model", "=", "ecom.return.notice")])

    def test_a_guest_gets_a_link_and_opens_his_order_with_it(self):
        self.assertIn("Look into your mail", self.ask().text)
        mail = self.mails()
        self.assertEqual(mail.email_to, "anna@example.com")
        path = mail.body_html.split('href="', 1)[1].split('"', 1)[0].split("/returns/open/")[1]
        self.assertIn("What do you send back?", self.url_open(f"/returns/open/{path}").text)

    def test_nobody_learns_whether_an_order_exists(self):
        answers = [self.ask(), self.ask("S99999"), self.ask(email="other@example.com")]
        texts = [answer.text.replace("S99999", self.order.name).replace("other@", "anna@") for answer in answers]
        bodies = [text[text.index("<h1") : text.index("Try again")] for text in texts]
        self.assertEqual(len(set(bodies)), 1)
        self.assertEqual({answer.status_code for answer in answers}, {200})
        self.assertEqual(len(self.mails()), 1, "to the one who ordered")

    def test_a_marketplaces_buyer_gets_no_mail_from_here(self):
        self.order.ecom_channel_id = self.channel
        self.channel.mail_buyer = False
        self.ask()
        self.assertFalse(self.mails())
        self.channel.mail_buyer = True
        self.ask()
        self.assertEqual(len(self.mails()), 1)

    def test_who_asks_too_often_is_asked_to_wait(self):
        self.assertEqual([self.ask().status_code for _time in range(A_DAY + 1)], [200] * A_DAY + [429])

    def test_wanted_links_are_no_withdrawals(self):
        self.ask()
        self.mails()
        self.assertEqual(self.env["ecom.return.notice"].search([]).state, "done")
        action = self.env.ref("ecom_returns.ecom_return_notice_action")
        self.assertIn("withdrawal", action.domain)

    def test_a_link_that_was_asked_for_is_forgotten(self):
        self.ask()
        notice = self.env["ecom.return.notice"].search([])
        notice.received_at = "2026-01-01"
        self.env["ecom.return.notice"]._gc_links()
        self.assertFalse(notice.exists())
