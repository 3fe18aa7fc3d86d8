"""What the seller tells the shop of an order: cancellations and notes; and what the shop tells of its own parcels."""

from decimal import Decimal

from channels.demo.orders import cancel_order, fetch_order, parse_order, send_note
from channels.demo.tests.common import ShopCase
from channels.errors import Rejected
from channels.records import Cancellation, Note, ShipmentLine


class TestBackTalk(ShopCase):
    def setUp(self):
        super().setUp()
        self.sold = next(item for item in self.shop.items() if item.active and self.shop.stock(item.id) >= 3)
        self.paper = self.shop.place_order([(self.sold.id, 3)])
        self.line = self.paper["lines"][0]["id"]

    def order(self):
        return parse_order(fetch_order(self.client, self.paper["id"]).body)

    def take_back(self, *lines, key="k1"):
        stays = tuple(ShipmentLine(line_id=self.line, quantity=Decimal(quantity)) for quantity in lines)
        return cancel_order(self.client, Cancellation(key=key, order_id=self.paper["id"], lines=stays, reason="Broken"))

    def outcomes(self, kind):
        return [entry.outcome for entry in self.shop.journal(kind)]

    def test_a_line_is_reduced_to_what_stays_and_its_stock_is_back(self):
        before = self.shop.stock(self.sold.id)
        self.assertEqual(self.take_back(1), self.paper["id"])
        self.assertEqual((self.order().lines[0].quantity, self.shop.stock(self.sold.id)), (1, before + 2))

    def test_telling_it_twice_is_telling_it_once(self):
        self.take_back(1)
        self.take_back(1)
        self.assertEqual((self.order().lines[0].quantity, self.outcomes("cancellation")), (1, ["applied", "repeated"]))

    def test_without_lines_the_whole_order_is_cancelled_and_paid_back(self):
        self.take_back()
        self.take_back()
        order = self.order()
        self.assertEqual((order.status, order.payments[-1].kind), ("cancelled", "refund"))
        self.assertEqual(self.outcomes("cancellation"), ["applied", "repeated"])

    def test_what_was_sent_cannot_be_taken_back(self):
        self.shop.send_elsewhere(self.paper["id"])
        with self.assertRaises(Rejected):
            self.take_back()

    def test_a_note_is_left_once_a_key(self):
        note = Note(key="n1", order_id=self.paper["id"], text="It comes on Friday.", to_buyer=True)
        self.assertEqual(send_note(self.client, note), send_note(self.client, note))
        self.assertEqual(self.outcomes("note"), ["applied", "repeated"])

    def test_parcels_that_others_sent_come_with_the_order_and_carry_no_key_of_ours(self):
        self.shop.send_elsewhere(self.paper["id"], carrier_name="Post", carrier="post", tracking_number="P1")
        (parcel,) = self.order().shipments
        self.assertEqual((parcel.key, parcel.tracking_number, parcel.carrier), ("", "P1", "post"))
        self.assertEqual(parcel.lines, (ShipmentLine(line_id=self.line, quantity=Decimal(3)),))
        self.assertTrue(parcel.external_id and parcel.shipped_at.tzinfo)
