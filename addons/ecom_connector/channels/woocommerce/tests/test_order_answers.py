import json
import unittest

from ...errors import Gone, Rejected
from ...records import Cancellation, Note, ShipmentLine
from .. import orders
from .pretend import PretendShop, answer

NOTES = "orders/30/notes"
TOLD = {"id": 34, "note": "On its way", "customer_note": True}
DIARY = {"id": 2, "note": "On its way", "customer_note": False}
TAKEN_BACK = Cancellation(key="k", order_id="30")


class Notes(unittest.TestCase):
    def test_the_buyer_is_told_only_on_purpose(self):
        shop = PretendShop({("POST", NOTES): [answer({"id": 35}, 201), answer({"id": 36}, 201)]})
        self.assertEqual(orders.send_note(shop.client(), Note(key="k", order_id="30", text="Packed")), "35")
        self.assertEqual(
            orders.send_note(shop.client(), Note(key="k", order_id="30", text="Late", to_buyer=True)), "36"
        )
        self.assertEqual([json.loads(request.body)["customer_note"] for request in shop.asked], [False, True])

    def test_a_note_that_may_have_been_written_is_known_by_its_words_and_its_reader(self):
        shop = PretendShop({("GET", NOTES): [answer([TOLD, DIARY]), answer([DIARY])]})
        note = Note(key="k", order_id="30", text="On its way", to_buyer=True)
        self.assertEqual(orders.find_note(shop.client(), note), "34")
        self.assertIsNone(orders.find_note(shop.client(), note))

    def test_an_order_without_a_number_is_not_asked_for(self):
        with self.assertRaises(Gone):
            orders.find_note(PretendShop({}).client(), Note(key="k", order_id="../1", text="x"))


class Cancelling(unittest.TestCase):
    def test_an_order_is_cancelled_once(self):
        held = [answer({"id": 30, "status": status}) for status in ("processing", "cancelled")]
        shop = PretendShop({("GET", "orders/30"): held, ("PUT", "orders/30"): answer({"id": 30})})
        for _attempt in range(2):
            self.assertEqual(orders.cancel_order(shop.client(), TAKEN_BACK), "30")
        (written,) = [request for request in shop.asked if request.writes]
        self.assertEqual(json.loads(written.body), {"status": "cancelled"})

    def test_what_was_shipped_there_cannot_be_cancelled(self):
        shop = PretendShop({("GET", "orders/30"): answer({"id": 30, "status": "completed"})})
        with self.assertRaisesRegex(Rejected, "is completed"):
            orders.cancel_order(shop.client(), TAKEN_BACK)

    def test_single_lines_are_for_a_person_to_refund(self):
        lines = (ShipmentLine(line_id="1", quantity=1),)
        with self.assertRaisesRegex(Rejected, "Refund the lines"):
            orders.cancel_order(PretendShop({}).client(), Cancellation(key="k", order_id="30", lines=lines))


if __name__ == "__main__":
    unittest.main()
