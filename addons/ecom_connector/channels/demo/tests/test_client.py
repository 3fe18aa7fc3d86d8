"""The way to the shop: what connects, what is refused, and what each trouble means to the caller."""

from channels import errors
from channels.demo import client, orders, shipments, stock
from channels.demo.shop import Shop
from channels.records import Shipment, StockLevel

from .common import ShopCase


class TestConnecting(ShopCase):
    def test_the_shop_says_who_it_is(self):
        told = self.client.check()
        self.assertEqual((told.external_id, told.name, told.currency), ("demo-1", "Alpenglow Outdoor", "EUR"))
        self.assertEqual([place.external_id for place in told.locations], ["main", "store"])

    def test_a_wrong_key_is_refused_in_plain_words(self):
        with self.assertRaisesRegex(errors.Refused, "Connecting to the shop: The API key is not the one of this shop."):
            self.connected(self.shop, "guess").check()
        with self.assertRaises(errors.Refused):
            self.connected(self.shop, "").check()

    def test_without_address_the_shop_lives_in_a_file_and_missing_folders_are_made(self):
        path = self.folder / "deep" / "down" / "shop.sqlite"
        credentials = {"file": str(path), "api_key": "demo-key", "seed": "5", "currency": "USD"}
        connected = client.connect(credentials)
        self.addCleanup(connected.close)
        told = connected.check()
        self.assertEqual((told.external_id, told.currency), ("demo-5", "USD"))
        self.assertTrue(path.exists())

    def test_a_second_connection_finds_the_same_shop_whatever_its_seed_says(self):
        path = self.folder / "twice.sqlite"
        for seed in ("5", "6"):
            connected = client.connect({"file": str(path), "api_key": "demo-key", "seed": seed})
            self.assertEqual(connected.check().external_id, "demo-5")
            connected.close()

    def test_neither_address_nor_file_is_refused(self):
        with self.assertRaisesRegex(errors.Refused, "neither an address nor a file"):
            client.connect({"api_key": "demo-key"})

    def test_the_key_of_a_shop_is_fixed_when_it_is_founded(self):
        shop = self.found("own_key", api_key="other")
        self.assertEqual(self.connected(shop, "other").check().external_id, "demo-1")
        again = Shop(shop.store.path, api_key="demo-key")
        self.addCleanup(again.close)
        with self.assertRaises(errors.Refused):
            self.connected(again, "demo-key").check()


class TestTrouble(ShopCase):
    READS = {
        "throttled": errors.Busy,
        "down": errors.Unreachable,
        "broken": errors.Unreachable,
        "hang": errors.Unreachable,
        "cut_before": errors.Unreachable,
        "cut_after": errors.Unreachable,
        "cut_midway": errors.Unreachable,
        "not_json": errors.Unreadable,
        "wrong_shape": errors.Unreadable,
        "empty": errors.Unreadable,
    }
    WRITES = {
        "throttled": (errors.Busy, False),
        "down": (errors.Unreachable, False),
        "broken": (errors.Unanswered, False),
        "broken_after": (errors.Unanswered, True),
        "hang": (errors.Unanswered, False),
        "cut_before": (errors.Unanswered, False),
        "cut_after": (errors.Unanswered, True),
        "cut_midway": (errors.Unanswered, True),
        "not_json": (errors.Unanswered, True),
        "empty": (errors.Unanswered, True),
    }

    def test_each_trouble_of_a_read_has_its_error_and_is_over_afterwards(self):
        for fault, expected in self.READS.items():
            with self.subTest(fault):
                self.shop.misbehave("orders.list", fault, times=1, seconds=3600)
                with self.assertRaises(expected) as caught:
                    orders.fetch_orders(self.client, None)
                self.assertIs(type(caught.exception), expected)
                self.assertEqual(orders.fetch_orders(self.client, None).items, ())

    def test_each_trouble_of_a_write_says_whether_it_may_have_been_applied(self):
        for fault, (expected, applied) in self.WRITES.items():
            with self.subTest(fault):
                order = self.place(("FD-TEA", 1))
                parcel = Shipment(key=f"parcel of {fault}", order_id=order["id"])
                self.shop.misbehave("parcels.write", fault, times=1, seconds=3600)
                with self.assertRaises(errors.ChannelError) as caught:
                    shipments.send_shipment(self.client, parcel)
                self.assertIs(type(caught.exception), expected)
                self.assertEqual(shipments.find_shipment(self.client, parcel) is not None, applied)

    def test_an_answer_of_the_wrong_shape_to_a_write_is_no_answer(self):
        self.shop.misbehave("stock.write", "wrong_shape", times=1)
        with self.assertRaises(errors.Unanswered):
            stock.push_stock(self.client, [StockLevel(variant_id=self.item("FD-TEA"), quantity=3)])

    def test_a_throttled_caller_learns_how_long_to_wait(self):
        self.shop.misbehave("*", "throttled", times=1, seconds=12)
        with self.assertRaises(errors.Busy) as caught:
            self.client.check()
        self.assertEqual(caught.exception.retry_after, 12)

    def test_a_slow_answer_comes_and_a_hanging_one_takes_no_longer_than_our_patience(self):
        self.shop.misbehave("shop", "slow", times=1, seconds=2.5)
        self.client.check()
        self.shop.misbehave("shop", "hang", times=1, seconds=3600)
        with self.assertRaisesRegex(errors.Unreachable, "did not answer within 8 seconds"):
            self.client.check()
        self.assertEqual(self.slept, [2.5, 8.0])

    def test_trouble_with_a_chance_comes_as_often_as_its_chance_and_the_same_every_time(self):
        def fallen(shop):
            shop.misbehave("shop", "down", chance=0.3, seed="x")
            connected, count = self.connected(shop), []
            for turn in range(200):
                try:
                    connected.check()
                except errors.Unreachable:
                    count.append(turn)
            return count

        first, second = fallen(self.shop), fallen(self.found("another"))
        self.assertEqual(first, second)
        self.assertTrue(40 < len(first) < 80, len(first))
        self.shop.behave()
        self.client.check()

    def test_an_unknown_trouble_is_a_mistake_of_the_test(self):
        with self.assertRaisesRegex(ValueError, "throttled"):
            self.shop.misbehave("shop", "sulking")

    def test_what_is_no_path_of_the_shop_is_gone_and_what_is_no_token_is_rejected(self):
        with self.assertRaises(errors.Gone):
            self.client.get("/cheese", what="Fetching cheese")
        for token in ("nonsense", "2026-03-02T09:30:00Z~x", "~5"):
            with self.assertRaises(errors.Rejected):
                orders.fetch_orders(self.client, None, token=token)
