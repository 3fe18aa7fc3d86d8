from decimal import Decimal

from odoo.tests import tagged

from .shipping_case import ShippingCase


@tagged("post_install", "-at_install")
class TestSendShipment(ShippingCase):
    """What the channel is told of a parcel."""

    def test_a_parcel_is_told_in_the_words_of_the_channel(self):
        order = self._order(2, 1)
        parcel = self._ship(order.picking_ids, number="AT1")
        message = self._messages(order)
        self._try(message)
        self.assertEqual(self._journal(), [(parcel.key, "applied")])
        (told,) = self.shop.papers("parcel")
        names = ("key", "order_id", "carrier", "carrier_name", "tracking_number", "tracking_url", "buyer_told")
        self.assertEqual(
            [told[name] for name in names],
            [parcel.key, order.ecom_external_id, "swift-at", "Swift Austria", "AT1", "https://swift.example/AT1", True],
        )
        self.assertEqual(
            [(line["line_id"], line["quantity"]) for line in told["lines"]],
            [(line.ecom_external_id, line.product_uom_qty) for line in order.order_line],
        )
        self.assertEqual(self._rows(parcel, "external_id", "told_state"), [(told["id"], "told")])
        self.assertTrue(parcel.told_at)
        self.assertEqual(self._rows(message, "state", "problem"), [("done", False)])
        self.assertEqual([paper["fulfilment"] for paper in self.shop.orders()], ["fulfilled"])

    def test_two_parcels_are_told_one_by_one_and_the_last_one_completes_the_order(self):
        order = self._order(2)
        self._pack(order.picking_ids, {0: 1}, {0: 1})
        parcels = self._ship(order.picking_ids, number="A,B")
        self.assertEqual([self._record(parcel).order_complete for parcel in parcels], [False, True])
        for message in self._messages(order):
            self._try(message)
        self.assertEqual(self._journal(), [(parcel.key, "applied") for parcel in parcels])
        self.assertEqual([paper["tracking_number"] for paper in self.shop.papers("parcel")], ["A", "B"])
        self.assertEqual([paper["fulfilment"] for paper in self.shop.orders()], ["fulfilled"])

    def test_a_back_order_leaves_the_order_open_until_its_parcel_is_told(self):
        order = self._order(3)
        self._ship(order.picking_ids, 1)
        self._try(self._messages(order))
        self.assertEqual([paper["fulfilment"] for paper in self.shop.orders()], ["partial"])
        self._ship(order.picking_ids.filtered(lambda picking: picking.state != "done"))
        self._try(self._messages(order)[1])
        self.assertEqual([paper["fulfilment"] for paper in self.shop.orders()], ["fulfilled"])
        self.assertEqual([paper["lines"][0]["quantity"] for paper in self.shop.papers("parcel")], [1, 2])

    def test_one_more_box_is_told_without_counting_anything_twice(self):
        order = self._order(2)
        order.picking_ids._set_parcels(["A", "B"])
        self._ship(order.picking_ids)
        for message in self._messages(order):
            self._try(message)
        self.assertEqual(
            [(paper["tracking_number"], len(paper["lines"])) for paper in self.shop.papers("parcel")],
            [("A", 1), ("B", 0)],
        )

    def test_the_location_is_the_channel_s_name_of_the_warehouse(self):
        parcel = self._ship(self._order(1).picking_ids)
        self.assertEqual(self._record(parcel).location_id, "")
        self.env["ecom.location.map"].create(
            {"channel_id": self.channel.id, "code": "main", "warehouse_id": self.warehouse.id}
        )
        self.assertEqual(self._record(parcel).location_id, "main")

    def test_a_carrier_without_a_name_on_the_channel_is_told_by_ours(self):
        order = self._order(1)
        order.picking_ids.carrier_id = self._carrier("Bicycle courier")
        record = self._record(self._ship(order.picking_ids, number="B1"))
        self.assertEqual((record.carrier, record.carrier_name, record.tracking_url), ("", "Bicycle courier", ""))

    def test_a_listing_of_six_is_told_when_its_sixth_piece_leaves(self):
        listing = self.env["ecom.listing"].search(
            [("channel_id", "=", self.channel.id), ("external_id", "=", self.items[0].id)]
        )
        listing.units = 6
        order = self._order(2)
        self.assertEqual(order.order_line.product_uom_qty, 12.0)
        told = []
        for pieces in (4, 4, 4):
            picking = order.picking_ids.filtered(lambda picking: picking.state != "done")
            record = self._record(self._ship(picking, pieces))
            told.append(([line.quantity for line in record.lines], record.order_complete))
        self.assertEqual(told, [([], False), ([Decimal(1)], False), ([Decimal(1)], True)])

    def test_more_than_was_sold_is_not_told(self):
        order = self._order(2)
        parcel = self._ship(order.picking_ids, 3)
        self.assertEqual(parcel.line_ids.quantity, 3.0)
        self.assertEqual([line.quantity for line in self._record(parcel).lines], [Decimal(2)])
