from odoo import http
from odoo.tests import HttpCase, tagged

from ..models.ecom_return_notice import A_DAY, AN_HOUR
from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestWithdraw(ReturnsCase, HttpCase):
    """The withdrawal function: two steps, an acknowledgement, and no word about whether an order exists."""

    def setUp(self):
        super().setUp()
        self.order = self.sold((self.shirt, 3, 10), invoice=False)
        self.authenticate(None, None)

    def declare(self, number=None, email="anna@example.com", step="/confirm", **values):
        values = {"name": "Anna", "number": number or self.order.name, "email": email, **values}
        return self.url_open(f"/returns/withdraw{step}", data={**values, "csrf_token": http.Request.csrf_token(self)})

    def notices(self):
        return self.env["ecom.return.notice"].search([])

    def test_withdrawal_by_a_guest(self):
        self.assertIn("Withdraw from contract here", self.url_open("/returns/withdraw").text)
        self.assertIn("Confirm withdrawal", self.declare(step="").text)
        self.assertFalse(self.notices(), "nothing is declared before it is confirmed")
        self.assertIn("We received your withdrawal", self.declare().text)
        mail = self.env["mail.mail"].search([("email_to", "=", "anna@example.com")])
        self.assertIn(self.order.name, mail.body_html)
        self.env["ecom.return.notice"]._cron_match()
        record = self.notices().return_id
        self.assertEqual((record.order_ids, record.line_ids.quantity), (self.order, 3))
        self.assertEqual(record.authorisation, "approved")

    def test_nobody_learns_whether_an_order_exists(self):
        answers = [
            self.declare(),
            self.declare(number="S99999"),
            self.declare(email="other@example.com"),
        ]
        words = [answer.text.replace("other@", "anna@") for answer in answers]
        title = [word[word.index("<h1") : word.index("Received on")] for word in words]
        self.assertEqual(len(set(title)), 1)
        self.assertEqual({answer.status_code for answer in answers}, {200})
        self.assertFalse(self.env["ecom.return"].search([("partner_id", "=", self.buyer.id)]), "looked for afterwards")

    def test_an_order_of_somebody_else_is_left_to_a_person(self):
        self.declare(email="thief@example.com")
        self.env["ecom.return.notice"]._cron_match()
        self.assertEqual((self.notices().state, self.notices().return_id.id), ("person", False))

    def test_who_declares_too_often_is_asked_to_wait(self):
        statuses = [self.declare().status_code for _time in range(A_DAY + 1)]
        self.assertEqual(statuses, [200] * A_DAY + [429])
        for number in range(AN_HOUR):
            self.declare(email=f"somebody{number}@example.com")
        self.assertEqual(len(self.notices()), AN_HOUR)

    def test_what_is_no_address_is_asked_for_again(self):
        self.assertIn("valid e-mail", self.declare(email="anna").text)
        self.assertFalse(self.notices())

    def test_without_the_forms_own_token_nothing_is_declared(self):
        answer = self.url_open("/returns/withdraw/confirm", data={"name": "A", "number": "B", "email": "a@example.com"})
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.notices())

    def test_what_was_typed_is_shown_as_text(self):
        page = self.declare(name="<script>alert(1)</script>", step="").text
        self.assertNotIn("<script>alert(1)", page)
