"""Stock told to the shop: exactly once a key, never over what it shows, never lost between two writers."""

import subprocess
import sys
from pathlib import Path

import channels
from channels import errors
from channels.demo import CHANNEL, stock
from channels.demo.shop import Refusal
from channels.records import StockLevel

from .common import ShopCase

RIVAL = """
import sys
from channels.demo import client, stock
from channels.records import StockLevel
path, item, name = sys.argv[1:]
reached = client.connect({"file": path, "api_key": "demo-key"})
done, held = 0, 0
while done < 40:
    level = StockLevel(variant_id=item, quantity=held + 1, expected=held, key=f"{name}-{done}-{held}")
    result = stock.push_stock(reached, [level])[0]
    done, held = done + (result.outcome == "applied"), result.held
print(done)
"""


class TestStock(ShopCase):
    def setUp(self):
        super().setUp()
        self.tea = self.item("FD-TEA")

    def push(self, quantity, expected=None, key="", variant_id=None, location_id=""):
        level = StockLevel(
            variant_id=variant_id or self.tea, quantity=quantity, expected=expected, key=key, location_id=location_id
        )
        return stock.push_stock(self.client, [level])[0]

    def test_what_is_pushed_is_what_it_shows(self):
        self.assertEqual((self.push(7).outcome, self.shop.stock(self.tea)), ("applied", 7))
        asked = [StockLevel(variant_id=self.tea, quantity=0), StockLevel(variant_id="none", quantity=0)]
        self.assertEqual(stock.read_stock(self.client, asked), {(self.tea, ""): 7})

    def test_locations_are_kept_apart(self):
        self.push(7, location_id="main")
        self.push(3, location_id="store")
        asked = [StockLevel(variant_id=self.tea, location_id=place, quantity=0) for place in ("main", "store", "")]
        expected = {(self.tea, "main"): 7, (self.tea, "store"): 3, (self.tea, ""): 7}
        self.assertEqual(stock.read_stock(self.client, asked), expected)

    def test_a_sale_between_makes_our_expectation_stale_and_we_learn_what_is_held(self):
        self.place(("FD-TEA", 2))
        result = self.push(120, expected=100)
        self.assertEqual((result.outcome, result.held, self.shop.stock(self.tea)), ("stale", 98, 98))
        self.assertEqual(self.push(120, expected=98).outcome, "applied")

    def test_the_same_key_is_the_same_write(self):
        self.push(7, key="k")
        self.place(("FD-TEA", 2))
        self.assertEqual(self.push(7, key="k").outcome, "applied")
        self.assertEqual(self.shop.stock(self.tea), 5, "the sale must not be undone by the repetition")
        self.assertEqual([entry.outcome for entry in self.shop.journal("stock", key="k")], ["applied", "repeated"])

    def test_five_four_five_are_three_writes(self):
        for turn, quantity in enumerate((5, 4, 5)):
            self.push(quantity, key=f"k{turn}")
        self.assertEqual(self.shop.stock(self.tea), 5)
        self.assertEqual(len(self.shop.journal("stock", outcome="applied")), 3)

    def test_a_key_used_for_something_else_is_rejected(self):
        self.push(7, key="k")
        self.assertEqual(self.push(8, key="k").outcome, "rejected")
        self.assertEqual(self.shop.stock(self.tea), 7)

    def test_a_stale_write_may_be_tried_again_with_its_key(self):
        self.assertEqual(self.push(7, expected=1, key="k").outcome, "stale")
        self.assertEqual(self.push(7, expected=100, key="k").outcome, "applied")

    def test_one_bad_row_does_not_stop_the_others(self):
        rows = [("none", 1, ""), (self.tea, -1, ""), (self.tea, 1, "moon"), (self.tea, 6, "")]
        levels = [StockLevel(variant_id=item, quantity=quantity, location_id=place) for item, quantity, place in rows]
        results = stock.push_stock(self.client, levels)
        self.assertEqual([result.outcome for result in results], ["rejected"] * 3 + ["applied"])
        self.assertIn("not in this shop", results[0].problem)
        self.assertEqual(self.shop.stock(self.tea), 6)

    def test_a_batch_is_as_large_as_the_limits_say_and_no_larger(self):
        level = StockLevel(variant_id=self.tea, quantity=1)
        size = CHANNEL.limits.stock_batch
        self.assertEqual(len(stock.push_stock(self.client, [level] * size)), size)
        with self.assertRaisesRegex(errors.Rejected, "At most 50"):
            stock.push_stock(self.client, [level] * (size + 1))

    def test_stale_on_purpose_changes_nothing(self):
        self.shop.misbehave("stock.write", "stale", times=1)
        self.assertEqual((self.push(7).outcome, self.shop.stock(self.tea)), ("stale", 100))

    def test_the_shop_sells_no_more_than_it_shows(self):
        self.push(2)
        self.place(("FD-TEA", 2))
        with self.assertRaises(Refusal) as caught:
            self.place(("FD-TEA", 1))
        self.assertEqual(caught.exception.code, "sold_out")
        self.assertEqual(len(self.shop.orders()), 1)

    def test_edits_and_cancellations_move_stock_too(self):
        order = self.place(("FD-TEA", 5))
        line = order["lines"][0]["id"]
        for quantity, left in ((3, 97), (6, 94)):
            self.shop.edit_order(order["id"], {line: quantity})
            self.assertEqual(self.shop.stock(self.tea), left)
        with self.assertRaises(Refusal):
            self.shop.edit_order(order["id"], {line: 101})
        self.shop.cancel_order(order["id"])
        self.assertEqual(self.shop.stock(self.tea), 100)

    def test_two_processes_that_count_up_together_lose_no_step(self):
        self.push(0)
        home = Path(channels.__file__).parents[1]
        command = [sys.executable, "-c", RIVAL, str(self.shop.store.path), self.tea]
        rivals = [
            subprocess.Popen([*command, name], cwd=home, stdout=subprocess.PIPE, text=True) for name in ("one", "two")
        ]
        self.assertEqual([rival.communicate()[0].strip() for rival in rivals], ["40", "40"])
        self.assertEqual(self.shop.stock(self.tea), 80)
        self.assertEqual(len(self.shop.journal("stock", outcome="applied")), 81)
