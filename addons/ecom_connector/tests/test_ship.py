from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .shipping_case import ShippingCase


@tagged("post_install", "-at_install")
class TestShip(ShippingCase):
    # ------------------------------------------------------------- one transfer
    def test_an_unpacked_transfer_is_one_parcel_and_one_message(self):
        order = self._order(2, 1)
        parcels = self._ship(order.picking_ids, number="AT1")
        self.assertEqual(
            self._rows(parcels, "order_id", "parcel", "key", "version", "tracking_number", "tracking_url"),
            [(order, 1, f"{order.picking_ids.id}-1", 1, "AT1", "https://swift.example/AT1")],
        )
        self.assertEqual(self._content(parcels), [(self.items[0].sku, 2.0), (self.items[1].sku, 1.0)])
        self.assertTrue(parcels.shipped_at)
        self.assertFalse(parcels.told_at)
        message = self._messages(order)
        self.assertEqual(
            self._rows(message, "topic", "external_id", "event_key", "state", "shipment_id"),
            [("shipments", order.ecom_external_id, f"shipment:{parcels.key}:1", "waiting", parcels)],
        )
        self.assertEqual(order.ecom_fulfilment, "fulfilled")
        self.assertEqual(parcels.told_state, "waiting")

    def test_each_package_is_a_parcel_with_its_number(self):
        order = self._order(2, 1)
        picking = order.picking_ids
        boxes = self._pack(picking, {0: 1}, {0: 1, 1: 1})
        parcels = self._ship(picking, number="AT1, AT2")
        self.assertEqual(
            self._rows(parcels, "parcel", "package_id", "tracking_number"), [(1, boxes[0], "AT1"), (2, boxes[1], "AT2")]
        )
        self.assertEqual(self._content(parcels[0]), [(self.items[0].sku, 1.0)])
        self.assertEqual(self._content(parcels[1]), [(self.items[0].sku, 1.0), (self.items[1].sku, 1.0)])
        self.assertEqual(
            self._messages(order).mapped("event_key"), [f"shipment:{picking.id}-1:1", f"shipment:{picking.id}-2:1"]
        )

    def test_what_lies_loose_beside_a_package_is_a_parcel_too(self):
        order = self._order(3)
        picking = order.picking_ids
        box = self._pack(picking, {0: 2})
        self._put(picking.move_ids, self.env["stock.package"], 1)
        parcels = self._ship(picking)
        self.assertEqual(self._rows(parcels, "parcel", "package_id"), [(1, box), (2, box.browse())])
        self.assertEqual([self._content(parcel)[0][1] for parcel in parcels], [2.0, 1.0])

    def test_numbers_are_split_at_any_usual_sign(self):
        for text in ("A;B", "A+B", "A B", " A , B ", "A,\nB"):
            picking = self._order(2).picking_ids
            self._pack(picking, {0: 1}, {0: 1})
            parcels = self._ship(picking, number=text)
            self.assertEqual(parcels.mapped("tracking_number"), ["A", "B"], text)

    def test_one_number_for_two_parcels_is_given_to_both(self):
        picking = self._order(2).picking_ids
        self._pack(picking, {0: 1}, {0: 1})
        self.assertEqual(self._ship(picking, number="MASTER").mapped("tracking_number"), ["MASTER", "MASTER"])

    def test_quantities_are_those_of_the_order_line_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._order(1, order_line=[])
        order.action_cancel()
        order = self.env["sale.order"].create(
            {
                "partner_id": self.buyer.id,
                "company_id": self.company.id,
                "ecom_channel_id": self.channel.id,
                "ecom_external_id": "in-dozens",
                "order_line": [
                    (0, 0, {"product_id": self.products[0].id, "product_uom_qty": 2, "product_uom_id": dozen.id})
                ],
            }
        )
        order.action_confirm()
        parcels = self._ship(order.picking_ids, 18)
        self.assertEqual(parcels.line_ids.quantity, 1.5)
        self.assertEqual(order.ecom_fulfilment, "partial")

    # ---------------------------------------------------------- entered by hand
    def test_parcels_entered_before_the_transfer_leave_with_it(self):
        order = self._order(2, 1)
        picking = order.picking_ids
        first, second = picking._set_parcels(["X1", "X2"])
        self.assertEqual(self._rows(first | second, "parcel", "told_state"), [(1, "packing"), (2, "packing")])
        self.assertFalse(self._messages(order))
        parcels = self._ship(picking)
        self.assertEqual(parcels, first | second)
        self.assertEqual(self._rows(parcels, "tracking_number", "told_state"), [("X1", "waiting"), ("X2", "waiting")])
        self.assertEqual(self._content(first), [(self.items[0].sku, 2.0), (self.items[1].sku, 1.0)])
        self.assertFalse(second.line_ids, "nobody said what is in it: one more box of the same things")

    def test_a_content_entered_by_hand_is_kept_and_the_rest_goes_into_the_other_parcel(self):
        order = self._order(3, 1)
        picking = order.picking_ids
        first, second = picking._set_parcels(["X1", "X2"])
        line = order.order_line.filtered(lambda line: line.product_id == self.products[0])
        first.line_ids = [(0, 0, {"order_line_id": line.id, "quantity": 2})]
        self._ship(picking)
        self.assertEqual(self._content(first), [(self.items[0].sku, 2.0)])
        self.assertEqual(self._content(second), [(self.items[0].sku, 1.0), (self.items[1].sku, 1.0)])

    def test_more_than_was_shipped_is_in_no_parcel(self):
        order = self._order(3)
        picking = order.picking_ids
        parcel = picking._set_parcels(["X1"])
        parcel.line_ids = [(0, 0, {"order_line_id": order.order_line[0].id, "quantity": 3})]
        self._ship(picking, 1)
        self.assertEqual(self._content(parcel), [(self.items[0].sku, 1.0)])

    def test_a_parcel_entered_after_the_transfer_is_told_at_once(self):
        order = self._order(2)
        picking = order.picking_ids
        self._ship(picking, number="X1")
        picking._set_parcels(["X1", "X2"])
        self.assertEqual(
            self._rows(picking.ecom_shipment_ids.sorted("parcel"), "parcel", "tracking_number", "told_state"),
            [(1, "X1", "waiting"), (2, "X2", "waiting")],
        )
        self.assertEqual(len(self._messages(order)), 2)

    def test_parcels_are_entered_on_the_form_of_the_transfer(self):
        order = self._order(2)
        order.picking_ids.ecom_shipment_ids = [(0, 0, {"tracking_number": "F1"}), (0, 0, {"tracking_number": "F2"})]
        parcels = self._ship(order.picking_ids)
        self.assertEqual(self._rows(parcels, "parcel", "tracking_number"), [(1, "F1"), (2, "F2")])

    def test_a_transfer_that_goes_elsewhere_takes_no_parcels(self):
        internal = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.int_type_id.id,
                "location_id": self.warehouse.lot_stock_id.id,
                "location_dest_id": self.warehouse.lot_stock_id.id,
            }
        )
        with self.assertRaises(UserError):
            self.env["ecom.shipment"].with_user(self._warehouse_user()).create({"picking_id": internal.id})

    def test_a_parcel_can_be_removed_until_it_left(self):
        order = self._order(2)
        first, second = order.picking_ids._set_parcels(["X1", "X2"])
        second.unlink()
        self._ship(order.picking_ids)
        with self.assertRaises(UserError):
            first.unlink()

    # ------------------------------------------------------------ several times
    def test_a_back_order_is_a_parcel_of_its_own(self):
        order = self._order(5)
        first = self._ship(order.picking_ids, 2, number="A")
        self.assertEqual((order.ecom_fulfilment, first.line_ids.quantity), ("partial", 2.0))
        rest = order.picking_ids.filtered(lambda picking: picking.state != "done")
        second = self._ship(rest, number="B")
        self.assertEqual((order.ecom_fulfilment, second.line_ids.quantity), ("fulfilled", 3.0))
        self.assertEqual(
            self._messages(order).mapped("event_key"), [f"shipment:{first.key}:1", f"shipment:{second.key}:1"]
        )
        self.assertNotEqual(first.key, second.key)

    def test_a_number_that_comes_before_the_notice_left_goes_with_it(self):
        order = self._order(2)
        parcel = self._ship(order.picking_ids)
        order.picking_ids.carrier_tracking_ref = "LATE1"
        self.assertEqual((parcel.tracking_number, parcel.version), ("LATE1", 1))
        self.assertEqual(self._messages(order).mapped("event_key"), [f"shipment:{parcel.key}:1"])

    def test_a_number_that_comes_after_the_notice_left_is_told_again(self):
        order = self._order(2)
        parcel = self._ship(order.picking_ids, number="A")
        parcel.tried = 1
        self._messages(order)._done()
        order.picking_ids.carrier_tracking_ref = "B"
        self.assertEqual(
            self._rows(self._messages(order), "event_key", "state"),
            [(f"shipment:{parcel.key}:1", "done"), (f"shipment:{parcel.key}:2", "waiting")],
        )
        order.picking_ids.carrier_tracking_ref = "C"
        self.assertEqual((parcel.tracking_number, parcel.version), ("C", 2), "the waiting one takes it along")

    def test_numbers_that_come_late_go_to_their_parcels(self):
        order = self._order(2)
        self._pack(order.picking_ids, {0: 1}, {0: 1})
        parcels = self._ship(order.picking_ids)
        order.picking_ids.carrier_tracking_ref = "A,B"
        self.assertEqual(parcels.mapped("tracking_number"), ["A", "B"])
        parcels[1].tracking_number = "HAND"
        order.picking_ids.carrier_tracking_ref = "C,D"
        self.assertEqual(parcels.mapped("tracking_number"), ["C", "HAND"], "what a person entered stays")

    def test_a_number_that_is_only_removed_is_not_told(self):
        order = self._order(1)
        parcel = self._ship(order.picking_ids, number="A")
        parcel.tried = 1
        self._messages(order)._done()
        order.picking_ids.carrier_tracking_ref = False
        self.assertFalse(parcel.tracking_number)
        self.assertEqual(len(self._messages(order)), 1)

    # ------------------------------------------------------- what makes no parcel
    def test_a_return_makes_no_parcel(self):
        order = self._order(2)
        self._ship(order.picking_ids)
        wizard = self.env["stock.return.picking"].create({"picking_id": order.picking_ids.id})
        wizard.product_return_moves.quantity = 2
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        self.assertFalse(self._ship(back))
        self.assertEqual((len(self._messages(order)), order.ecom_fulfilment), (1, "fulfilled"))

    def test_only_the_transfer_that_leaves_to_the_buyer_tells(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        order = self._order(2)
        told = []
        for _step in range(3):
            picking = order.picking_ids.filtered(lambda picking: picking.state == "assigned")
            self._ship(picking)
            told.append((picking.location_dest_id.usage, len(picking.ecom_shipment_ids), len(self._messages(order))))
        self.assertEqual(told, [("internal", 0, 0), ("internal", 0, 0), ("customer", 1, 1)])

    def test_an_order_that_the_channel_ships_itself_is_not_told(self):
        order = self._order(2, ecom_fulfilment="elsewhere")
        self.assertEqual(order.ecom_shipment_ids.told_state, "elsewhere")
        self.assertFalse(self._messages(order))
        self.assertEqual(order.ecom_fulfilment, "elsewhere")

    def test_an_order_of_no_channel_makes_no_parcel(self):
        order = self._order(2, ecom_channel_id=False, ecom_external_id=False)
        self.assertFalse(self._ship(order.picking_ids))

    # -------------------------------------------------------------------- roles
    def test_a_warehouse_user_ships_and_enters_numbers(self):
        user = self._warehouse_user()
        order = self._order(2, 1)
        picking = order.picking_ids.with_user(user)
        picking.ecom_shipment_ids = [(0, 0, {"tracking_number": "W1"})]
        self._ship(order.picking_ids, user=user)
        parcel = picking.ecom_shipment_ids
        parcel.tracking_number = "W2"
        self.assertEqual(self._rows(parcel, "tracking_number", "told_state", "parcel"), [("W2", "waiting", 1)])
        picking.carrier_tracking_ref = "W3"
        self.assertEqual(parcel.tracking_number, "W2")
        for record in (parcel, picking, picking.sale_id):
            record.read([name for name in record.fields_get() if record == parcel or name.startswith("ecom_")])

    def test_a_warehouse_user_cannot_touch_what_the_channel_was_told(self):
        order = self._order(2)
        parcel = self._ship(order.picking_ids).with_user(self._warehouse_user())
        for name, value in {"told_at": "2026-01-01", "external_id": "9", "key": "k", "tried": 0, "version": 7}.items():
            with self.assertRaises(AccessError):
                parcel.write({name: value})
        with self.assertRaises(UserError):
            parcel.line_ids.quantity = 1
        hidden = (
            self.env["ecom.shipment"]
            .with_user(parcel.env.user)
            .create({"picking_id": order.picking_ids.id, "key": "mine", "external_id": "9", "told_at": "2026-01-01"})
        )
        self.assertEqual(
            self._rows(hidden.sudo(), "key", "external_id", "told_at"), [(f"{order.picking_ids.id}-2", False, False)]
        )

    def _warehouse_user(self):
        return self._user("stock.group_stock_user")
