from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import ChannelCase, tax


@tagged("post_install", "-at_install")
class TestExceptionRetry(ChannelCase):
    """Many orders want the same thing: one exception, and all of them are tried again when it is known."""

    def lacking_a_tax(self, count=3):
        lines = [self.goods(self.shirt, 20, tax(4, code="odd", rate=21)) for _number in range(count)]
        messages = self.feed(*(self.order(line) for line in lines))
        self.assertEqual(set(messages.mapped("state")), {"failed"})
        exception = self.env["ecom.exception"].search([("dedupe_key", "=", "tax:odd")])
        self.assertEqual(len(exception), 1)
        return messages, exception

    def test_the_shared_exception_offers_a_retry_of_all_its_messages(self):
        messages, exception = self.lacking_a_tax()
        [other] = self.feed(self.order(self.goods("NOBODY-KNOWS", 5)))
        self.assertTrue(exception.can_retry)
        exception.action_retry()
        self.assertEqual(messages.mapped("state"), ["waiting"] * 3)
        self.assertEqual(other.state, "failed")
        exception.invalidate_recordset(["can_retry"])
        self.assertFalse(exception.can_retry)
        self.assertEqual(exception.state, "open")

    def test_choosing_the_tax_tries_them_again(self):
        messages, _exception = self.lacking_a_tax()
        mapping = self.env["ecom.tax.map"].search([("channel_id", "=", self.channel.id), ("code", "=", "odd")])
        mapping.tax_id = self.make_tax(21)
        self.assertEqual(messages.mapped("state"), ["waiting"] * 3)

    def test_choosing_the_product_tries_them_again(self):
        messages = self.feed(*(self.order(self.goods("NOBODY-KNOWS", 5)) for _number in range(2)))
        self.assertEqual(messages.mapped("state"), ["failed"] * 2)
        listing = self.env["ecom.listing"].search([("sku", "=", "NOBODY-KNOWS")])
        listing.product_id = self.shirt
        self.assertEqual(messages.mapped("state"), ["waiting"] * 2)

    def test_the_cause_of_a_missing_tax_is_the_list_in_which_it_is_chosen(self):
        _messages, exception = self.lacking_a_tax(1)
        action = exception.action_open_cause()
        self.assertEqual(action["res_model"], "ecom.tax.map")
        self.assertEqual(action["context"]["search_default_missing"], 1)
        self.assertEqual(action["domain"], [("channel_id", "in", self.channel.ids)])

    def test_only_an_operator_tries_again(self):
        messages, exception = self.lacking_a_tax(1)
        salesman = new_test_user(
            self.env,
            "retry_salesman",
            groups="sales_team.group_sale_salesman",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        with self.assertRaises(AccessError):
            exception.with_user(salesman).action_retry()
        self.assertEqual(messages.state, "failed")
