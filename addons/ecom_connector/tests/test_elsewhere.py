"""What the channel, its warehouse or a 3PL shipped: booked here, told to nobody."""

from decimal import Decimal

from odoo.tests import tagged

from ..channels.records import Shipment, ShipmentLine
from .common import PLACED, tax
from .edit_case import EditCase


@tagged("post_install", "-at_install")
class TestElsewhere(EditCase):
    def setUp(self):
        super().setUp()
        self.channel.mode = "live"
        self.warehouse = self.channel.warehouse_id

    def on_hand(self, product, warehouse=None):
        location = (warehouse or self.warehouse).lot_stock_id
        return sum(product.stock_quant_ids.filtered(lambda quant: quant.location_id == location).mapped("quantity"))

    def parcel(self, *lines, number="P1", key=""):
        """As the channel names it; lines of the order with a quantity."""
        contents = tuple(ShipmentLine(line_id=line.external_id, quantity=Decimal(str(n))) for line, n in lines)
        return Shipment(
            key=key,
            order_id=self.first.external_id,
            external_id=f"there {number}",
            lines=contents,
            carrier="post",
            tracking_number=number,
            shipped_at=PLACED,
        )

    def told(self, order):
        domain = [("order_id", "=", order.id), ("direction", "=", "out")]
        return self.env["ecom.message"].search(domain).mapped("topic")

    def assertDelivered(self, order, **quantities):
        goods = order.order_line.filtered(lambda line: line.product_id.is_storable)
        delivered = {line.product_id.default_code: line.qty_delivered for line in goods}
        self.assertEqual(delivered, quantities)

    def test_an_order_that_arrives_shipped_is_delivered_from_its_warehouse_and_nobody_is_told(self):
        before = self.on_hand(self.shirt)
        placed = self.place(self.goods(self.shirt, 40, tax(8), quantity=2), fulfilment="fulfilled")
        self.assertDelivered(placed, SHIRT=2)
        self.assertEqual((placed.picking_ids.state, self.on_hand(self.shirt)), ("done", before - 2))
        self.assertEqual((placed.ecom_shipment_ids.told_state, self.told(placed)), ("elsewhere", []))

    def test_what_a_mapped_location_ships_is_taken_from_its_warehouse(self):
        other = self.env["stock.warehouse"].create({"name": "Fulfilment", "code": "FC", "company_id": self.company.id})
        self.env["stock.quant"]._update_available_quantity(self.shirt, other.lot_stock_id, 10)
        self.env["ecom.location.map"].create(
            {"channel_id": self.channel.id, "code": "fc1", "name": "FC", "warehouse_id": other.id, "publish": False}
        )
        ours = self.on_hand(self.shirt)
        self.place(self.goods(self.shirt, 20, tax(4)), fulfilment="elsewhere", location="fc1")
        self.assertEqual((self.on_hand(self.shirt, other), self.on_hand(self.shirt)), (9, ours))

    def test_what_the_channel_ships_from_stock_that_is_not_ours_leaves_ours_alone(self):
        before, free = self.on_hand(self.shirt), self.shirt.with_company(self.company).free_qty
        placed = self.place(self.goods(self.shirt, 20, tax(4)), fulfilment="elsewhere", location="theirs")
        self.assertDelivered(placed, SHIRT=1)
        self.assertEqual((self.on_hand(self.shirt), self.shirt.with_company(self.company).free_qty), (before, free))

    def test_a_parcel_known_there_only_is_booked_with_its_number_and_the_rest_stays_open(self):
        self.change(shipments=(self.parcel((self.shirts, 1)),), fulfilment="partial")
        self.assertDelivered(self.placed, SHIRT=1, CUP=0)
        parcel = self.placed.ecom_shipment_ids
        self.assertEqual((parcel.tracking_number, parcel.elsewhere, parcel.picking_id.state), ("P1", True, "done"))
        self.assertEqual((self.open_moves(), self.told(self.placed)), ({"SHIRT": 1, "CUP": 1}, []))

    def test_the_same_parcel_told_again_is_booked_once(self):
        known = self.parcel((self.shirts, 1))
        self.change(shipments=(known,), fulfilment="partial")
        other = self.parcel((self.shirts, 1), (self.cups, 1), number="P2")
        self.change(shipments=(known, other), fulfilment="fulfilled")
        self.assertDelivered(self.placed, SHIRT=2, CUP=1)
        self.assertEqual(sorted(self.placed.ecom_shipment_ids.mapped("tracking_number")), ["P1", "P2"])
        self.assertFalse(self.open_moves())

    def test_a_parcel_of_ours_that_comes_back_with_our_key_is_not_booked_again(self):
        self.pick(SHIRT=1)
        ours = self.placed.ecom_shipment_ids
        self.change(shipments=(self.parcel((self.shirts, 1), key=ours.key),), fulfilment="partial")
        self.assertEqual(self.placed.ecom_shipment_ids, ours)
        self.assertDelivered(self.placed, SHIRT=1, CUP=0)

    def test_an_open_delivery_is_closed_when_the_channel_says_that_all_of_it_left(self):
        self.pick(CUP=1)
        self.change(fulfilment="fulfilled")
        self.assertDelivered(self.placed, SHIRT=2, CUP=1)
        self.assertFalse(self.open_moves())
        self.assertEqual(len(self.told(self.placed)), 1)  # of the parcel that left here
        self.change(fulfilment="fulfilled", note="again")
        self.assertDelivered(self.placed, SHIRT=2, CUP=1)

    def test_all_steps_of_a_delivery_are_taken(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        placed = self.place(self.goods(self.shirt, 40, tax(8), quantity=2), fulfilment="fulfilled")
        self.assertDelivered(placed, SHIRT=2)
        self.assertEqual(set(placed.picking_ids.mapped("state")), {"done"})

    def test_more_than_is_on_stock_is_booked_all_the_same(self):
        placed = self.place(self.goods(self.make_product("RARE"), 20, tax(4)), fulfilment="fulfilled")
        self.assertDelivered(placed, RARE=1)
        self.assertEqual(self.on_hand(placed.order_line.product_id), -1)

    def test_what_cannot_be_booked_keeps_no_order_out_and_is_shown_to_a_person(self):
        serial = self.make_product("SERIAL", tracking="serial")
        placed = self.place(self.goods(serial, 20, tax(4)), fulfilment="fulfilled")
        self.assertEqual((placed.state, placed.picking_ids.state), ("sale", "confirmed"))
        exception = self.env["ecom.exception"].search([("order_id", "=", placed.id)])
        self.assertIn("shipped elsewhere", exception.name)

    def test_a_quotation_is_delivered_once_it_is_confirmed(self):
        self.channel.confirm_orders = False
        placed = self.place(self.goods(self.shirt, 20, tax(4)), fulfilment="fulfilled")
        self.assertFalse(placed.picking_ids)
        placed.action_confirm()
        self.assertDelivered(placed, SHIRT=1)

    def test_an_invoice_when_shipped_is_due_for_it(self):
        self.channel.invoice_policy = "delivery"
        placed = self.place(self.goods(self.shirt, 20, tax(4)), fulfilment="fulfilled")
        self.assertTrue(placed.ecom_invoice_due)

    def test_what_left_in_test_mode_is_not_told_when_the_channel_goes_live(self):
        self.channel.mode = "test"
        self.pick(SHIRT=1)
        message = self.env["ecom.message"].search([("order_id", "=", self.placed.id), ("direction", "=", "out")])
        self.assertEqual((message.state, message.topic), ("ignored", "shipments"))
        self.channel.mode = "live"
        self.placed.ecom_shipment_ids.tracking_number = "CORRECTED"
        self.assertEqual(self.told(self.placed), ["shipments"])
        self.pick(SHIRT=1, CUP=1)
        told = self.placed.ecom_message_ids.filtered(lambda message: message.direction == "out")
        self.assertEqual(told.mapped("state"), ["waiting", "ignored"])
