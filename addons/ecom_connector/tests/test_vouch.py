"""VAT numbers that orders brought are asked of the Union's register later, and again while it is silent."""

from unittest.mock import patch

from odoo.tests import tagged

from ..channels.records import Buyer
from ..flow import vouch
from .common import ChannelCase

GOOD, BAD = "ATU12345675", "DE136695976"


@tagged("post_install", "-at_install")
class TestVouch(ChannelCase):
    def setUp(self):
        super().setUp()
        self.vouch = self.env["ecom.flow.vouch"]
        self.asks = "vies_valid" in self.env["res.partner"]._fields  # Odoo's module base_vat may not be there
        if self.asks:
            self.company.vat_check_vies = True
        for number, name in ((GOOD, "Huber GmbH"), (BAD, "Wolf AG")):
            self.place(buyer=Buyer(email=f"{number}@example.com", name=f"At {name}", company=name, vat=number))

    def companies(self):
        return self.env["res.partner"].search([("vat", "in", (GOOD, BAD)), ("is_company", "=", True)], order="vat")

    def answers(self, numbers, register):
        with patch.object(vouch, "check_vies", register):
            return self.vouch._answers(numbers)

    def test_what_the_register_says_is_kept_and_not_asked_again_soon(self):
        self.assertEqual({GOOD, BAD} & set(self.vouch._numbers()), {GOOD, BAD} if self.asks else set())
        answers = self.answers([GOOD, BAD], lambda number, timeout: {"valid": number == GOOD})
        self.assertEqual(answers, {GOOD: True, BAD: False})
        if self.asks:
            self.vouch._store(answers)
            self.assertEqual(self.companies().mapped("vies_valid"), [True, False])
            self.assertFalse({GOOD, BAD} & set(self.vouch._numbers()))

    def test_while_the_register_is_silent_it_is_asked_again(self):
        def silent(number, timeout):
            raise TimeoutError

        answers = self.answers([GOOD, BAD], silent)
        self.assertEqual(answers, {})
        self.assertEqual({GOOD, BAD} & set(self.vouch._numbers()), {GOOD, BAD} if self.asks else set())
