import json
import unittest
from dataclasses import replace
from datetime import datetime, timezone

from ...errors import Rejected
from ...records import Shipment
from .. import shipments
from .pretend import PretendShop, answer

FIRST = Shipment(
    key="out/7/1",
    order_id="30",
    carrier="dhl",
    carrier_name="DHL",
    tracking_number="T1",
    tracking_url="https://track.example/T1",
    shipped_at=datetime(2026, 1, 1, tzinfo=timezone.utc),
)
LAST = Shipment(key="out/8/1", order_id="30", carrier_name="DHL", tracking_number="T2", order_complete=True)


class RememberingShop(PretendShop):
    """Applies a change of an order as the shop does: fields by number or name, status as given."""

    def __init__(self, **order):
        super().__init__({})
        self.order = {"id": 30, "status": "processing", "meta_data": [], **order}
        self.writes = 0

    def send(self, request):
        if request.method == "PUT":
            self.writes += 1
            change = json.loads(request.body)
            for entry in change.pop("meta_data", []):
                others = [row for row in self.order["meta_data"] if row["key"] != entry["key"]]
                self.order["meta_data"] = [*others, {"id": len(entry["key"]), **entry}]
            self.order.update(change)
        return answer(self.order)

    def meta(self, key):
        return next((row["value"] for row in self.order["meta_data"] if row["key"] == key), None)


class TellingParcels(unittest.TestCase):
    def test_a_parcel_is_written_as_tracking_plug_ins_read_it(self):
        shop = RememberingShop()
        parcel = shipments.send_shipment(shop.client(), FIRST)
        self.assertEqual(len(parcel), 32)
        self.assertEqual(
            shop.meta("_wc_shipment_tracking_items"),
            [
                {
                    "tracking_provider": "",
                    "custom_tracking_provider": "DHL",
                    "custom_tracking_link": "https://track.example/T1",
                    "tracking_number": "T1",
                    "date_shipped": 1767225600,
                    "tracking_id": parcel,
                }
            ],
        )
        self.assertEqual(shop.order["status"], "processing")

    def test_the_last_parcel_completes_the_order_and_keeps_the_first(self):
        shop = RememberingShop()
        shipments.send_shipment(shop.client(), FIRST)
        shipments.send_shipment(shop.client(), LAST)
        self.assertEqual(shop.order["status"], "completed")
        self.assertEqual([item["tracking_number"] for item in shop.meta("_wc_shipment_tracking_items")], ["T1", "T2"])
        self.assertEqual(shop.meta("_tracking_number"), "T1, T2")

    def test_what_a_person_entered_in_the_shop_stays(self):
        theirs = {"tracking_number": "X", "tracking_provider": "ups", "tracking_id": "a"}
        shop = RememberingShop(meta_data=[{"id": 5, "key": "_wc_shipment_tracking_items", "value": [theirs]}])
        shipments.send_shipment(shop.client(), FIRST)
        self.assertEqual(shop.meta("_wc_shipment_tracking_items")[0], theirs)

    def test_telling_it_again_writes_nothing(self):
        shop = RememberingShop()
        first = shipments.send_shipment(shop.client(), LAST)
        self.assertEqual(shipments.send_shipment(shop.client(), LAST), first)
        self.assertEqual(shop.writes, 1)

    def test_a_parcel_is_found_after_an_answer_that_never_came(self):
        shop = RememberingShop()
        self.assertIsNone(shipments.find_shipment(shop.client(), LAST))
        parcel = shipments.send_shipment(shop.client(), LAST)
        self.assertEqual(shipments.find_shipment(shop.client(), LAST), parcel)
        self.assertIsNone(shipments.find_shipment(shop.client(), FIRST))

    def test_a_corrected_number_replaces_the_old_one(self):
        shop = RememberingShop()
        parcel = shipments.send_shipment(shop.client(), FIRST)
        shipments.send_shipment(shop.client(), LAST)
        again = replace(FIRST, external_id=parcel, tracking_number="T9")
        self.assertIsNone(shipments.find_shipment(shop.client(), again))
        self.assertEqual(shipments.send_shipment(shop.client(), again), parcel)
        self.assertEqual([item["tracking_number"] for item in shop.meta("_wc_shipment_tracking_items")], ["T9", "T2"])
        self.assertEqual(shop.meta("_tracking_number"), "T2, T9")
        self.assertEqual(len(shop.meta("_ecom_parcels")), 2)
        self.assertEqual(shipments.find_shipment(shop.client(), again), parcel)
        shipments.send_shipment(shop.client(), again)
        self.assertEqual(shop.writes, 3)

    def test_a_parcel_removed_in_the_shop_stays_removed(self):
        shop = RememberingShop()
        shipments.send_shipment(shop.client(), FIRST)
        shop.order["meta_data"] = [row for row in shop.order["meta_data"] if row["key"] == "_ecom_parcels"]
        shipments.send_shipment(shop.client(), FIRST)
        self.assertEqual((shop.writes, shop.meta("_wc_shipment_tracking_items")), (1, None))

    def test_a_parcel_without_number_shows_no_empty_tracking(self):
        shop = RememberingShop()
        shipments.send_shipment(shop.client(), Shipment(key="k", order_id="30", order_complete=True))
        self.assertIsNone(shop.meta("_wc_shipment_tracking_items"))
        self.assertEqual(shop.order["status"], "completed")

    def test_an_order_given_up_in_the_shop_is_not_revived(self):
        for status in ("cancelled", "refunded", "failed", "trash"):
            shop = RememberingShop(status=status)
            with self.subTest(status=status), self.assertRaises(Rejected):
                shipments.send_shipment(shop.client(), LAST)
            self.assertEqual(shop.writes, 0)


if __name__ == "__main__":
    unittest.main()
