"""Parcels: told once each, found again by their key, never more than was ordered."""

from dataclasses import replace
from decimal import Decimal

from channels import errors
from channels.demo import orders, shipments
from channels.records import Shipment, ShipmentLine

from .common import ShopCase, later


class TestShipments(ShopCase):
    def setUp(self):
        super().setUp()
        self.order = self.place(("FD-TEA", 3), ("FD-BAR", 1))
        self.tea, self.bar = (line["id"] for line in self.order["lines"][:2])

    def parcel(self, key, lines=(), **values):
        lines = tuple(ShipmentLine(line_id=line, quantity=Decimal(quantity)) for line, quantity in lines)
        return Shipment(key=key, order_id=self.order["id"], lines=lines, **values)

    def fulfilment(self):
        return orders.parse_order(orders.fetch_order(self.client, self.order["id"]).body).fulfilment

    def test_two_parcels_make_an_order_partial_and_then_fulfilled(self):
        first = shipments.send_shipment(self.client, self.parcel("a", [(self.tea, 2)], tracking_number="T1"))
        self.assertEqual(self.fulfilment(), "partial")
        second = shipments.send_shipment(
            self.client, self.parcel("b", [(self.tea, 1), (self.bar, 1)], tracking_number="T2")
        )
        self.assertEqual(self.fulfilment(), "fulfilled")
        self.assertNotEqual(first, second)
        held = self.shop.papers("parcel")
        self.assertEqual([(parcel["key"], parcel["tracking_number"]) for parcel in held], [("a", "T1"), ("b", "T2")])
        self.assertEqual([line["quantity"] for line in held[1]["lines"]], [1, 1])

    def test_the_same_key_is_the_same_parcel_and_the_journal_knows_of_the_attempt(self):
        parcel = self.parcel("a", [(self.tea, 1)], shipped_at=later(hours=1))
        self.assertEqual(shipments.send_shipment(self.client, parcel), shipments.send_shipment(self.client, parcel))
        self.assertEqual([entry.outcome for entry in self.shop.journal("parcel")], ["applied", "repeated"])
        self.assertEqual(len(self.shop.papers("parcel")), 1)

    def test_a_parcel_is_found_by_its_key_after_an_answer_that_never_came(self):
        parcel = self.parcel("a")
        self.assertIsNone(shipments.find_shipment(self.client, parcel))
        self.shop.misbehave("parcels.write", "cut_after", times=1)
        with self.assertRaises(errors.Unanswered):
            shipments.send_shipment(self.client, parcel)
        self.assertEqual(shipments.find_shipment(self.client, parcel), self.shop.papers("parcel")[0]["id"])

    def test_more_than_was_ordered_is_rejected_and_nothing_of_it_kept(self):
        for lines in ([(self.tea, 4)], [(self.tea, 2), (self.tea, 2)], [(self.tea, 0)], [("none", 1)]):
            with self.assertRaises(errors.Rejected):
                shipments.send_shipment(self.client, self.parcel("a", lines))
        self.assertEqual((self.fulfilment(), self.shop.papers("parcel")), ("open", []))
        self.assertEqual([entry.outcome for entry in self.shop.journal("parcel", key="a")], ["rejected"] * 4)

    def test_a_delivery_line_cannot_be_put_into_a_parcel(self):
        delivery = self.order["lines"][-1]["id"]
        with self.assertRaisesRegex(errors.Rejected, "nothing that can be sent"):
            shipments.send_shipment(self.client, self.parcel("a", [(delivery, 1)]))

    def test_a_cancelled_or_unpaid_order_takes_no_parcel(self):
        self.shop.cancel_order(self.order["id"])
        with self.assertRaisesRegex(errors.Rejected, "cancelled"):
            shipments.send_shipment(self.client, self.parcel("a"))
        waiting = self.place(("FD-TEA", 1), payment="pending", method="transfer")
        with self.assertRaisesRegex(errors.Rejected, "pending"):
            shipments.send_shipment(self.client, Shipment(key="b", order_id=waiting["id"]))

    def test_an_order_of_which_nothing_is_left_takes_one_more_box_but_no_more_goods(self):
        shipments.send_shipment(self.client, self.parcel("a", [(self.tea, 3), (self.bar, 1)]))
        with self.assertRaisesRegex(errors.Rejected, "left to send"):
            shipments.send_shipment(self.client, self.parcel("b", [(self.bar, 1)]))
        shipments.send_shipment(self.client, self.parcel("c", tracking_number="T3"))
        self.assertEqual(self.fulfilment(), "fulfilled")
        self.assertEqual([parcel["tracking_number"] for parcel in self.shop.papers("parcel")], ["", "T3"])

    def test_a_known_parcel_is_corrected_when_its_id_comes_with_it(self):
        told = self.parcel("a", [(self.tea, 1)], tracking_number="T1")
        known = shipments.send_shipment(self.client, told)
        right = replace(told, external_id=known, tracking_number="T2")
        self.assertEqual(shipments.send_shipment(self.client, right), known)
        self.assertEqual(shipments.send_shipment(self.client, right), known)
        outcomes = [entry.outcome for entry in self.shop.journal("parcel", key="a")]
        self.assertEqual(outcomes, ["applied", "corrected", "repeated"])
        held = self.shop.papers("parcel")
        self.assertEqual([(parcel["tracking_number"], parcel["lines"][0]["quantity"]) for parcel in held], [("T2", 1)])
        with self.assertRaisesRegex(errors.Rejected, "another key"):
            shipments.send_shipment(self.client, replace(right, external_id="1"))

    def test_an_order_that_is_not_there_is_gone(self):
        with self.assertRaises(errors.Gone):
            shipments.send_shipment(self.client, Shipment(key="a", order_id="9"))

    def test_a_split_unit_is_rejected_before_anyone_is_called(self):
        with self.assertRaisesRegex(errors.Rejected, "whole units"):
            shipments.send_shipment(self.client, self.parcel("a", [(self.tea, "0.5")]))
