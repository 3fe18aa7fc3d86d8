"""Returns of Adobe Commerce, held to its own contract."""

import unittest
from datetime import datetime, timezone

from tests.contract.magento2_wire import Shop, listed
from tests.contract.openapi import said

from channels import records  # isort: skip
from channels.magento2 import returns  # isort: skip

DAY = datetime(2026, 6, 30, tzinfo=timezone.utc)
# As Adobe Commerce has it; the second line of its history would be the seller's.
ITEM = {"entity_id": 5, "rma_entity_id": 3, "order_item_id": 7, "qty_requested": 2, "qty_authorized": 0}
ITEM |= {"qty_approved": 0, "qty_returned": 0, "reason": "12", "condition": "3", "resolution": "5", "status": "pending"}
COMMENT = {"comment": "Too small", "rma_entity_id": 3, "created_at": "2026-07-02 10:00:01", "entity_id": 1}
COMMENT |= {"customer_notified": True, "visible_on_front": True, "status": "pending", "admin": False}
RETURN = {"increment_id": "100000003", "entity_id": 3, "order_id": 42, "order_increment_id": "000000042", "store_id": 1}
RETURN |= {"customer_id": 8, "date_requested": "2026-07-02 10:00:00", "customer_custom_email": "", "items": [ITEM]}
RETURN |= {"status": "pending", "comments": [COMMENT], "tracks": []}


class Returns(unittest.TestCase):
    def setUp(self):
        self.shop = Shop()
        self.reached = self.shop.connect()

    def test_returns_of_the_last_months_are_read_and_grow_with_their_history(self):
        self.shop.wire.answers["GET /V1/returns"] = lambda *_asked: listed([RETURN])
        (raw,) = returns.fetch_returns(self.reached, DAY).items
        notice = returns.parse_return(raw.body)
        self.assertEqual((notice.order_id, notice.number, notice.state), ("42", "100000003", "requested"))
        self.assertEqual([(line.line_id, line.quantity) for line in notice.lines], [("7", 2)])
        self.assertEqual(notice.reason, "Too small")
        later = {**RETURN["comments"][0], "created_at": "2026-07-04 09:00:00", "admin": True, "comment": ""}
        changed = {**RETURN, "status": "received_on_item", "comments": [*RETURN["comments"], later]}
        self.shop.wire.answers["GET /V1/returns"] = lambda *_asked: listed([changed])
        (again,) = returns.fetch_returns(self.reached, DAY).items
        self.assertGreater(again.version, raw.version)
        self.assertEqual(returns.parse_return(again.body).state, "received")

    def test_a_shop_without_returns_has_none(self):
        self.shop.wire.answers["GET /V1/returns"] = said({"message": "Request does not match any route."}, 404)
        self.assertEqual(returns.fetch_returns(self.reached, DAY), records.Page())


if __name__ == "__main__":
    unittest.main()
