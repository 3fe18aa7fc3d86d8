import json
import unittest

from ...errors import Gone
from ...records import Note
from .. import notes
from .pretend import PretendShop, answer

NOTES = "orders/30/notes"
TOLD = {"id": 34, "author": "WooCommerce", "note": "On its way", "customer_note": True, "date_created_gmt": None}
DIARY = {"id": 2, "author": "WooCommerce", "note": "On its way", "customer_note": False, "date_created_gmt": None}


class Notes(unittest.TestCase):
    def test_the_diary_is_read_oldest_first(self):
        found = notes.fetch_notes(PretendShop({("GET", NOTES): answer([TOLD, DIARY])}).client(), "30")
        self.assertEqual([(note.external_id, note.to_buyer) for note in found], [("2", False), ("34", True)])

    def test_the_buyer_is_told_only_on_purpose(self):
        shop = PretendShop({("POST", NOTES): [answer({"id": 35}, 201), answer({"id": 36}, 201)]})
        self.assertEqual(notes.send_note(shop.client(), Note(order_id="30", text="Packed")), "35")
        self.assertEqual(notes.send_note(shop.client(), Note(order_id="30", text="Late", to_buyer=True)), "36")
        self.assertEqual([json.loads(request.body)["customer_note"] for request in shop.asked], [False, True])

    def test_a_note_that_may_have_been_written_is_known_by_its_words_and_its_reader(self):
        shop = PretendShop({("GET", NOTES): [answer([TOLD, DIARY]), answer([DIARY])]})
        note = Note(order_id="30", text="On its way", to_buyer=True)
        self.assertEqual(notes.find_note(shop.client(), note), "34")
        self.assertIsNone(notes.find_note(shop.client(), note))

    def test_an_order_without_a_number_is_not_asked_for(self):
        with self.assertRaises(Gone):
            notes.fetch_notes(PretendShop({}).client(), "x")


if __name__ == "__main__":
    unittest.main()
