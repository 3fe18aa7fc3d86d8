from odoo import fields
from odoo.tests import tagged

from .test_portal import PortalCase


@tagged("post_install", "-at_install")
class TestWish(PortalCase):
    """A buyer chooses another size on his page: its order waits for his parcel, and for the difference."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Which would drop the taxes of these tests.
        cls.env["account.fiscal.position"].search([("company_id", "=", cls.company.id)]).unlink()

    def setUp(self):
        super().setUp()
        size = self.env["product.attribute"].create(
            {"name": "Size", "value_ids": [(0, 0, {"name": name}) for name in ("S", "M", "L")]}
        )
        values = {"attribute_id": size.id, "value_ids": [fields.Command.set(size.value_ids.ids)]}
        template = self.env["product.template"].create(
            {
                "name": "Jacket",
                "is_storable": True,
                "list_price": 10,
                "taxes_id": [fields.Command.set(self.tax20.ids)],
                "attribute_line_ids": [fields.Command.create(values)],
            }
        )
        self.small, self.medium, self.large = template.product_variant_ids
        self.large.product_template_attribute_value_ids.price_extra = 5
        for product in template.product_variant_ids:
            self.env["stock.quant"]._update_available_quantity(product, self.stock, 20)
        self.order = self.sold((self.small, 2, 10))

    def wish(self, swap, **values):
        key = self.key(self.small)
        said = {f"units-{key}": "1", f"reason-{key}": str(self.unwanted.id), f"swap-{key}": str(swap.id)}
        return self.post(f"{self.order._ecom_return_path()}/done", {**said, "wish": "exchange", **values})

    def test_another_size_leaves_when_the_first_is_back(self):
        page = self.wish(self.medium)
        record = self.returns()
        replacement = record.replacement_ids
        self.assertEqual((replacement.state, replacement.order_line.product_id), ("draft", self.medium))
        self.assertEqual((record.line_ids.resolution, replacement._ecom_left_to_pay()), ("exchange", 0))
        self.assertIn("It leaves as soon as your parcel is here", page.text)
        self.receive(record)
        self.assertEqual(replacement.state, "sale")
        self.assertNotIn("payable", record.letter_ids.mapped("kind"))

    def test_a_dearer_size_waits_for_the_difference_and_the_buyer_is_told(self):
        page = self.wish(self.large)
        self.assertIn("more, which you pay then", page.text)
        record = self.returns()
        self.receive(record)
        self.assertEqual((record.replacement_ids.state, record.replacement_ids._ecom_left_to_pay()), ("sent", 6))
        self.assertEqual(record.letter_ids.filtered(lambda letter: letter.kind == "payable").state, "waiting")
        self.env["ecom.return.letter"]._cron_send()
        mail = self.env["mail.mail"].search([("subject", "like", "one step is left"), ("res_id", "=", record.id)])
        self.assertIn("6.00", mail.body_html)
        self.assertIn("Pay", self.url_open(record.get_portal_url()).text)

    def test_only_sizes_of_the_same_product_are_offered(self):
        path = f"{self.order._ecom_return_path()}/how"
        key = self.key(self.small)
        offered = self.post(path, {f"units-{key}": "1", f"reason-{key}": str(self.unwanted.id)}).text
        self.assertIn("Jacket (L)", offered)
        self.wish(self.cup)
        record = self.returns()
        self.assertFalse(record.line_ids.swap_product_id, "an article that was not offered is a wish in words")
        self.assertFalse(record.replacement_ids, "a person asks what it shall be")

    def test_the_exchange_waits_until_a_person_agreed(self):
        self.policy.write({"withdrawal": False, "approval": "person"})
        self.wish(self.medium)
        record = self.returns()
        self.assertEqual((record.authorisation, len(record.replacement_ids)), ("requested", 0))
        record.with_user(self.user("operator")).action_approve()
        self.assertEqual(record.replacement_ids.order_line.product_id, self.medium)

    def test_a_present_is_exchanged_by_a_person_who_asks_where_to_send_it(self):
        key = self.key(self.small)
        said = {f"units-{key}": "1", f"reason-{key}": str(self.unwanted.id), f"swap-{key}": str(self.medium.id)}
        said |= {"wish": "exchange", "name": "Aunt", "email": "aunt@example.com"}
        page = self.post(f"{self.order._ecom_return_path(gift=True)}/done", said)
        record = self.returns()
        self.assertEqual((record.line_ids.swap_product_id, len(record.replacement_ids)), (self.medium, 0))
        self.assertNotIn("ecom_return_exchange", page.text)
        wizard = self.env["ecom.return.exchange.wizard"].with_context(default_return_id=record.id).create({})
        self.assertEqual(wizard.line_ids.product_id, self.medium, "what was chosen stands in the dialog")

    def test_the_way_to_withdraw_stands_on_the_order_while_the_law_gives_the_right(self):
        self.login(self.buyer, "annaannaanna")
        page = f"/my/orders/{self.order.id}"
        self.assertIn(f"/returns/withdraw?number={self.order.name}", self.url_open(page).text)
        self.assertIn(f'value="{self.order.name}"', self.url_open(f"/returns/withdraw?number={self.order.name}").text)
        self.order.picking_ids.date_done = "2026-01-01"
        self.assertNotIn("/returns/withdraw", self.url_open(page).text)
