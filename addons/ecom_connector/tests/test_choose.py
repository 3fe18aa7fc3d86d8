from odoo.exceptions import AccessError
from odoo.tests import tagged

from .check_case import CheckCase
from .common import line, payment, tax


@tagged("post_install", "-at_install")
class TestChoose(CheckCase):
    """Unknown words of the channel: one click gives them their meaning, and what waited goes on."""

    def exception(self, key):
        return self.env["ecom.exception"].search([("channel_id", "=", self.channel.id), ("dedupe_key", "=", key)])

    def choose(self, key, user=None, button="action_use", **values):
        exception = self.exception(key).with_user(user or self.manager)
        self.assertTrue(exception.can_choose)
        action = exception.action_open_choose()
        wizard = self.env[action["res_model"]].with_user(user or self.manager).with_context(**action["context"])
        wizard = wizard.create(values)
        getattr(wizard, button)()
        self.env.invalidate_all()
        return wizard

    def sent(self, method="std", name="Standard", **values):
        lines = self.goods(self.shirt, 20, tax(4)), line("s", 0, kind="shipping", method=method, name=name)
        return self.place(*lines, shipping_method=method, shipping_method_name=name, **values)

    # --------------------------------------------------------------------- tax
    def test_one_click_gives_a_tax_its_meaning_and_tries_the_orders_again(self):
        self.make_tax(20, name="Another 20 %")
        messages = self.feed(self.order(), self.order())
        self.assertEqual(messages.mapped("state"), ["failed", "failed"])
        wizard = self.choose("tax:vat20")
        self.assertEqual((wizard.word, wizard.tax_id.amount), ("vat20", 20))
        self.assertEqual(messages.mapped("state"), ["waiting", "waiting"])

    def test_a_tax_that_is_missing_here_is_made_as_the_channel_calls_it(self):
        message = self.feed(self.order(self.goods(self.shirt, 20, tax(1, "vat5", 5, name="VAT 5"))))
        self.assertEqual(message.state, "failed")
        self.choose("tax:vat5", button="action_create_and_use", tax_id=False)
        made = self.env["ecom.tax.map"].search([("code", "=", "vat5"), ("channel_id", "=", self.channel.id)]).tax_id
        self.assertEqual((made.amount, made.company_id), (5, self.company))
        self.assertEqual(message.state, "waiting")

    def test_an_operator_may_not_say_what_a_tax_means(self):
        self.make_tax(20, name="Another 20 %")
        self.feed(self.order())
        with self.assertRaisesRegex(AccessError, "Only channel managers"):
            self.choose("tax:vat20", self.operator)
        self.assertEqual(self.exception("tax:vat20").state, "open")

    # -------------------------------------------------------------------- item
    def test_an_operator_says_which_product_an_item_is(self):
        message = self.feed(self.order(self.goods("UNHEARD", 20, tax(4))))
        self.assertEqual(message.state, "failed")
        self.choose("listing:v-UNHEARD", self.operator, product_id=self.shirt.id)
        listing = self.env["ecom.listing"].search([("external_id", "=", "v-UNHEARD")])
        self.assertEqual((listing.product_id, message.state), (self.shirt, "waiting"))

    # ---------------------------------------------------------------- currency
    def test_a_currency_is_activated(self):
        self.env.ref("base.JPY").active = False
        message = self.feed(self.order(currency="JPY"))
        self.assertEqual(message.state, "failed")
        self.choose("currency:JPY")
        self.assertTrue(self.env.ref("base.JPY").active)
        self.assertEqual(message.state, "waiting")

    # ---------------------------------------------------------------- shipping
    def test_a_shipping_method_reaches_the_orders_that_are_here_already(self):
        self.policy("unknown", "warn")
        order = self.sent()
        self.assertEqual((order.state, order.carrier_id.id), ("sale", False))
        self.choose("delivery:std", button="action_create_and_use")
        self.assertEqual(order.carrier_id.name, "Standard")
        self.assertEqual(order.picking_ids.carrier_id, order.carrier_id)
        self.assertEqual(self.exception("delivery:std").state, "solved")
        self.assertEqual(self.sent().carrier_id, order.carrier_id)

    def test_what_only_an_unknown_word_held_goes_on_when_it_is_known(self):
        self.policy("unknown", "hold")
        order = self.sent()
        self.assertEqual((order.state, order.ecom_held), ("draft", True))
        self.choose("delivery:std", button="action_create_and_use")
        self.assertEqual((order.state, order.ecom_held), ("sale", False))
        self.assertEqual(order.picking_ids.carrier_id.name, "Standard")

    # ----------------------------------------------------------------- payment
    def test_a_payment_method_gets_its_journal_and_the_money_is_booked(self):
        self.policy("unknown", "warn")
        self.channel.invoice_policy = "order"
        values = {"payment_method": "card", "payment_method_name": "Card"}
        order = self.place(self.goods(self.shirt, 20, tax(4)), payments=(payment("t1", 24),), **values)
        self.env["ecom.flow.invoice"]._invoice_due(self.channel)
        self.assertFalse(order.ecom_payment_ids.payment_id, "nobody knows where the money waits")
        self.choose("payment:card", button="action_create_and_use")
        self.assertEqual((self.exception("payment:card").state, order.ecom_invoice_due), ("solved", True))
        self.env["ecom.flow.invoice"]._invoice_due(self.channel)
        self.assertMoney(order.ecom_payment_ids.payment_id.amount, 24)
