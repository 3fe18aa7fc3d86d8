"""Units that are promised before any transfer says so."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .terms_case import TermsCase


@tagged("post_install", "-at_install")
class TestStockHold(TermsCase):
    def setUp(self):
        super().setUp()
        self._put(10)
        self.assertEqual(self._decide(), 10)
        self._forget()

    def _hold(self, quantity=4, **values):
        return self.env["ecom.stock.hold"].create(
            {
                "name": "Mrs Miller",
                "product_id": self.product.id,
                "quantity": quantity,
                "company_id": self.company.id,
                **values,
            }
        )

    def test_a_quotation_hold_is_not_for_sale_until_it_is_released(self):
        hold = self._hold(kind="quotation")
        self.assertEqual(self._changes(), {"Sofa"})
        self.assertTerms(on_hand=10, held=4)
        self.assertEqual(self._decide(), 6)
        hold.action_release()
        self.assertEqual(hold.state, "released")
        self.assertEqual(self._decide(), 10)

    def test_a_hold_that_expires_during_payment_ends_at_its_moment_and_is_noticed(self):
        hold = self._hold(kind="payment")
        self.assertEqual(self._decide(), 6)
        self.env.cr.execute(
            "UPDATE ecom_stock_hold SET expires_at = %s WHERE id = %s",
            [fields.Datetime.now() - timedelta(seconds=1), hold.id],
        )
        hold.invalidate_recordset()
        self.assertTerms(on_hand=10)
        self._forget()
        self.env["ecom.flow.sweep"]._end_holds()
        self.assertEqual(hold.state, "expired")
        self.assertEqual(self._decide(), 10)

    def test_a_hold_of_a_warehouse_concerns_no_other(self):
        second = self._warehouse("W2")
        level = self._new_listing(
            self.product, "S1", channel_id=self._new_channel("Second", warehouse_id=second.id).id
        ).level_ids
        self._hold(3, warehouse_id=self.warehouse.id)
        self.assertTerms(on_hand=10, held=3)
        self.assertTerms(level)
        self._hold(2)
        self.assertTerms(on_hand=10, held=5)
        self.assertTerms(level, held=2)

    def test_another_add_on_holds_changes_and_releases_by_its_key(self):
        holds, until = self.env["ecom.stock.hold"], fields.Datetime.now() + timedelta(hours=1)
        holds._hold("cart:7", self.company, {self.product: 3, self.other: 1}, until, kind="cart", name="Cart 7")
        self.assertTerms(on_hand=10, held=3)
        holds._hold("cart:7", self.company, {self.product: 2}, until, kind="cart", name="Cart 7")
        self.assertTerms(on_hand=10, held=2)
        self.assertEqual(len(holds._release_key("cart:7", self.company)), 1)
        self.assertTerms(on_hand=10)

    def test_an_order_of_a_channel_that_waits_for_confirmation_holds_its_goods(self):
        order = self._order(1)
        order.order_line.product_uom_id = self.env.ref("uom.pack_of_6", raise_if_not_found=False) or (
            self.env["uom.uom"].create({"name": "Six", "relative_factor": 6, "relative_uom_id": self.product.uom_id.id})
        )
        self.assertTerms(on_hand=10)
        self._forget()
        order.ecom_channel_id = self.channel
        self.assertEqual(self._changes(), {"Sofa"})
        self.assertTerms(on_hand=10, held=6)
        order.action_confirm()
        self.assertTerms(on_hand=10, reserved=6)

    def test_an_unpaid_channel_order_that_is_later_cancelled_gives_its_goods_back(self):
        order = self._order(4)
        order.ecom_channel_id = self.channel
        self.assertEqual(self._decide(), 6)
        order._action_cancel()
        self.assertEqual(self._changes(), {"Sofa"})
        self.assertEqual(self._decide(), 10)

    def test_an_operator_holds_and_releases_and_sees_no_other_company(self):
        group = "ecom_connector.ecom_connector_group_operator"
        values = {"company_id": self.company.id, "company_ids": self.company.ids}
        operator = new_test_user(self.env, "hold_operator", f"{group},base.group_user", **values)
        hold = self._hold().with_user(operator)
        hold.action_release()
        self.assertEqual(hold.state, "released")
        theirs = self._hold(company_id=self.env["res.company"].create({"name": "Theirs"}).id)
        self.assertNotIn(theirs, self.env["ecom.stock.hold"].with_user(operator).search([]))
        with self.assertRaises(AccessError):
            theirs.with_user(operator).action_release()

    def test_a_quotation_holds_its_goods_until_it_ends_and_gives_them_to_its_transfers(self):
        order = self._order(4)
        order.validity_date = fields.Date.add(fields.Date.today(), days=3)
        order.action_hold_stock()
        order.action_hold_stock()
        self.assertTerms(on_hand=10, held=4)
        self.assertEqual(f"{order.ecom_hold_ids.filtered(lambda h: h.state == 'active').expires_at:%H:%M}", "23:59")
        order.action_confirm()
        self.assertTerms(on_hand=10, reserved=4)
        with self.assertRaises(UserError):
            order.action_hold_stock()

    def test_a_quotation_that_is_cancelled_gives_its_goods_back(self):
        order = self._order(4)
        order.action_hold_stock()
        self.assertEqual(self._decide(), 6)
        order._action_cancel()
        self.assertEqual(self._decide(), 10)
