import unittest

from channels.records import Buyer
from rules.checks.facts import Facts, Limits
from rules.checks.fraud import disposable_mail

from ..common import order


class TestDisposableMail(unittest.TestCase):
    def found(self, email):
        return bool(list(disposable_mail.find(order(buyer=Buyer(email=email)), Facts(), Limits())))

    def test_a_mail_box_that_is_thrown_away_is_a_sign(self):
        self.assertTrue(self.found("anna@mailinator.com"))
        self.assertTrue(self.found("Anna@Sub.Mailinator.com"))

    def test_other_mail_boxes_are_not(self):
        for email in ("anna@example.com", "mailinator.com@example.com", "anna@notmailinator.com", ""):
            self.assertFalse(self.found(email), email)
