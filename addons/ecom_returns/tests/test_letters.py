from odoo.tests import tagged

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestLetters(ReturnsCase):
    """The buyer hears of every step, once, in his language, and not where the channel forbids it."""

    def send(self, record):
        """Mails about the return, as they were written."""
        self.env["ecom.return.letter"]._cron_send()
        return self.env["mail.mail"].search([("model", "=", "ecom.return"), ("res_id", "=", record.id)], order="id")

    def kinds(self, record):
        return record.letter_ids.mapped("kind")

    def test_every_step_is_told(self):
        record = self.agreed(self.sold((self.shirt, 2, 10)), 2)
        self.receive(record)
        self.decide(record)
        self.credited(record)
        self.assertEqual(self.kinds(record), ["approved", "received", "credited"])
        mails = self.send(record)
        self.assertEqual(record.letter_ids.mapped("state"), ["sent"] * 3)
        self.assertEqual(set(mails.mapped("email_to")), {"anna@example.com"})
        self.assertIn("send this back", mails[0].body_html)
        self.assertIn(f"/my/returns/{record.id}?access_token=", mails[0].body_html)
        self.assertIn("24.00", mails[2].body_html)
        self.send(record)
        self.assertEqual(len(self.send(record)), 3, "nothing is told twice")

    def test_a_refusal_is_told_with_its_reason(self):
        record = self.opened(self.sold(invoice=False))
        record.action_refuse("It was worn")
        self.assertIn("It was worn", self.send(record).body_html)

    def test_a_second_refusal_after_an_appeal_is_told_too(self):
        record = self.opened(self.sold(invoice=False))
        record.action_refuse("It was worn")
        self.send(record)
        record.action_reopen()
        record.action_refuse("It is still worn")
        self.assertIn("still worn", self.send(record)[-1].body_html)

    def test_mails_are_in_the_buyers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self.env.ref("ecom_returns.mail_template_return_approved")
        template.with_context(lang="fr_FR").subject = "Votre retour {{ object.name }}"
        self.buyer.lang = "fr_FR"
        record = self.agreed(self.sold(invoice=False), 1)
        self.assertEqual(self.send(record).subject, f"Votre retour {record.name}")

    def test_a_marketplaces_buyer_is_not_written_to(self):
        order = self.sold(invoice=False, ecom_channel_id=self.channel.id)
        self.channel.mail_buyer = False
        self.assertFalse(self.kinds(self.agreed(order, 1)))
        self.channel.mail_buyer = True
        self.assertEqual(self.kinds(self.agreed(order, 1)), ["approved"])

    def test_who_has_no_address_is_not_written_to(self):
        self.buyer.email = False
        self.assertFalse(self.kinds(self.agreed(self.sold(invoice=False), 1)))

    def test_a_mail_that_cannot_be_written_keeps_no_other_back(self):
        first, second = (self.agreed(self.sold(invoice=False), 1) for _number in range(2))
        first.refusal = "x"
        self.env.ref(
            "ecom_returns.mail_template_return_approved"
        ).body_html = '<div><t t-if="object.refusal == \'x\'" t-out="1 // 0"/><t t-else="">fine</t></div>'
        with self.assertLogs("odoo.addons.ecom_returns.models.ecom_return_letter", "ERROR"):
            self.env["ecom.return.letter"]._cron_send()
        self.assertEqual((first | second).letter_ids.mapped("state"), ["failed", "sent"])
