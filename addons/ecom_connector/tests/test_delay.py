"""Delays told by policy, and what a parcel cost."""

from odoo.tests import tagged

from .shipping_case import ShippingCase


@tagged("post_install", "-at_install")
class TestDelay(ShippingCase):
    def setUp(self):
        super().setUp()
        self.channel.tell_delays = True

    def notes(self, order):
        return self._messages(order).filtered(lambda message: message.topic == "notes")

    def test_a_back_order_is_told_to_the_channel_for_the_buyer(self):
        order = self._order(3, 1)
        self._ship(order.picking_ids, 1, 1)
        note = self.notes(order)
        self.assertIn(f"2 × {order.order_line[0].name}", note.note)
        self._try(note)
        self.assertEqual(note.state, "done")
        told = [(entry.subject, entry.detail["to_buyer"]) for entry in self.shop.journal("note")]
        self.assertEqual(told, [(order.ecom_external_id, True)])

    def test_a_later_date_is_told_once_and_an_earlier_one_is_not(self):
        order = self._order(1, ecom_ship_by="2026-03-05 12:00:00")
        order.ecom_ship_by = "2026-03-04 12:00:00"
        order.ecom_ship_by = "2026-03-09 12:00:00"
        order.ecom_ship_by = "2026-03-09 12:00:00"
        self.assertIn("2026-03-09", self.notes(order).note)

    def test_without_the_policy_nobody_is_told(self):
        self.channel.tell_delays = False
        order = self._order(3)
        self._ship(order.picking_ids, 1)
        self.assertFalse(self.notes(order))

    def test_odoo_writes_to_the_buyer_only_where_it_may(self):
        self.buyer.email = "anna@example.com"
        order = self._order(3)
        self._ship(order.picking_ids, 1)
        mails = [("model", "=", "sale.order"), ("res_id", "=", order.id), ("partner_ids", "in", self.buyer.ids)]
        self.assertFalse(self.env["mail.message"].search(mails))
        self.channel.mail_buyer = True
        order = self._order(3)
        self._ship(order.picking_ids, 1)
        mails[1] = ("res_id", "=", order.id)
        self.assertEqual(len(self.env["mail.message"].search(mails)), 1)

    def test_in_test_mode_no_delay_is_told(self):
        self.channel.mode = "test"
        order = self._order(3)
        self._ship(order.picking_ids, 1)
        self.assertEqual(self.notes(order).state, "ignored")

    # -------------------------------------------------------------------- cost
    def test_the_parcels_of_a_transfer_share_its_price_to_the_cent(self):
        order = self._order(2, 1)
        picking = order.picking_ids
        picking._set_parcels(["A", "B", "C"])
        self.assertEqual(order.ecom_shipping_cost, 0)
        self._ship(picking)
        picking.carrier_price = 10.0
        parcels = picking.ecom_shipment_ids.sorted("parcel")
        self.assertEqual((parcels.mapped("cost"), order.ecom_shipping_cost), ([3.34, 3.33, 3.33], 10.0))
        parcels[0].cost = 4.34
        self.assertEqual(order.ecom_shipping_cost, 11.0)
