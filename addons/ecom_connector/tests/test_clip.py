"""Coupons: named on orders, explained by the channel, counted for a campaign."""

from datetime import timedelta
from decimal import Decimal

from odoo import fields
from odoo.tests import tagged

from ..channels.records import Coupon, Page
from ..flow.errand import END
from .common import ChannelCase

TEN = Coupon(external_id="27", code="TENOFF", name="Autumn sale", kind="percent", amount=Decimal(10))


@tagged("post_install", "-at_install")
class TestClip(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clip = cls.env["ecom.flow.clip"]

    def tell(self, *coupons, next=""):
        self.clip._store(self.channel, None, Page(items=coupons, next=next))

    def known(self):
        return self.env["ecom.coupon"].with_context(active_test=False).search([("channel_id", "=", self.channel.id)])

    def test_a_code_first_seen_on_an_order_is_listed_and_explained_later(self):
        order = self.place(coupons=("tenoff",))
        self.assertEqual((order.ecom_coupon_ids, order.ecom_coupon_ids.display_name), (self.known(), "tenoff"))
        self.tell(TEN)
        self.assertEqual(order.ecom_coupon_ids.display_name, "TENOFF (Autumn sale)")
        self.assertEqual((self.known().kind, self.known().amount, self.known().order_count), ("percent", 10, 1))

    def test_orders_with_the_code_count_for_its_campaign(self):
        self.tell(TEN)
        self.known().campaign_id = self.env["utm.campaign"].create({"name": "Autumn"})
        order, other = self.place(coupons=("TENOFF", "more")), self.place(coupons=("more",))
        self.assertEqual((order.campaign_id.name, other.campaign_id.name), ("Autumn", False))
        self.assertEqual(len(order.ecom_coupon_ids), 2)
        self.assertEqual(self.known().filtered(lambda coupon: coupon.code == "more").order_count, 2)

    def test_a_code_that_is_gone_is_not_offered_any_more_and_comes_back(self):
        self.place(coupons=("plugin-code",))
        self.tell(TEN)
        cursor = self.clip._cursor(self.channel)
        cursor.write({"position": False, "seen_until": fields.Datetime.now() + timedelta(seconds=5)})
        self.tell()
        cursor.seen_until = False
        self.assertEqual(
            {coupon.code: coupon.active for coupon in self.known()}, {"TENOFF": False, "plugin-code": True}
        )
        self.tell(TEN)
        self.assertTrue(all(self.known().mapped("active")))

    def test_all_pages_are_read_and_then_none(self):
        cursor = self.clip._cursor(self.channel)
        self.tell(TEN, next="2")
        self.assertEqual(cursor.position, "2")
        self.tell()
        self.assertEqual(cursor.position, END)
        self.assertIsNone(self.clip._question(self.channel))
        self.assertFalse(cursor.position)
