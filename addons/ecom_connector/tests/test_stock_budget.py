"""A channel that takes ten changes of a listing a day: the last two are for decreases, the very last takes it to 0."""

from dataclasses import replace
from datetime import timedelta

from odoo import fields
from odoo.addons.ecom_connector.channels import CHANNELS, register
from odoo.tests import tagged

from .stock_case import ShopCase

THRIFTY = replace(
    CHANNELS["demo"],
    code="thrifty",
    name="Thrifty shop",
    limits=replace(CHANNELS["demo"].limits, daily_revisions=10),
)


@tagged("post_install", "-at_install")
class TestStockBudget(ShopCase):
    platform = "thrifty"

    @classmethod
    def setUpClass(cls):
        # As a third party's add-on registers its channel, for as long as these tests run.
        register(THRIFTY)
        cls.addClassCleanup(CHANNELS.pop, "thrifty")
        super().setUpClass()

    def _use_up(self, changes):
        """So many were made today already."""
        self.level.write({"revisions": changes, "revised_on": fields.Date.today()})

    def test_each_change_that_is_asked_for_counts(self):
        self._show(50)
        self._put(-1)
        self._publish()
        self.assertEqual((self.level.revisions, self.level.revised_on), (2, fields.Date.today()))

    def test_only_what_changed_is_told(self):
        self._show(50)
        self._put(-1)
        self._put(1)
        self._publish()
        self.assertEqual(self.level.revisions, 1)

    def test_an_increase_leaves_the_last_fifth_to_decreases(self):
        self._show(50)
        self._use_up(7)
        self._put(1)
        self.assertEqual(self._publish(), 51)
        self._put(1)
        self.assertEqual(self._publish(), 51)
        self.assertEqual(self.level.held_back, "budget")
        self.assertGreater(self.level.next_try, fields.Datetime.now())
        self.assertIn("51 shown there, the rest waits", self.level.explanation)
        self._put(-4)
        self.assertEqual(self._publish(), 48, "a decrease does not wait")

    def test_the_last_change_of_the_day_takes_the_listing_to_zero(self):
        self._show(50)
        self._use_up(9)
        self._put(-1)
        self.assertEqual(self._publish(), 0)
        self._read_orders()
        self.assertEqual(self._publish(), 0)
        self.assertEqual((self.level.decided, self.level.held_back), (49, "budget"))

    def test_the_next_day_has_changes_of_its_own(self):
        self._show(50)
        self._use_up(9)
        self._put(-1)
        self._publish()
        self._read_orders()
        self.level.write({"revised_on": fields.Date.today() - timedelta(days=1), "next_try": False})
        self.assertEqual(self._publish(), 49)
        self.assertEqual(self.level.revisions, 1)

    def test_all_locations_of_a_listing_spend_the_same(self):
        second = self.env["stock.warehouse"].create({"name": "Second", "code": "W2", "company_id": self.company.id})
        self.env["ecom.location.map"].create(
            [
                {"channel_id": self.channel.id, "code": "main", "warehouse_id": self.warehouse.id},
                {"channel_id": self.channel.id, "code": "store", "warehouse_id": second.id},
            ]
        )
        first, other = self.listing.level_ids
        first.write({"revisions": 5, "revised_on": fields.Date.today()})
        other.write({"revisions": 4, "revised_on": fields.Date.today()})
        budget = self.env["ecom.flow.budget"]._look(self.channel, first)
        self.assertEqual(budget.spent, {self.listing.id: 9})

    def test_a_call_that_was_not_even_looked_at_spent_nothing(self):
        self._show(50)
        self.shop.misbehave("stock.write", "throttled", times=1, seconds=1)
        self._put(-1)
        self._decide()
        self._step()
        self.assertEqual(self.level.revisions, 1)
        self.assertEqual(self._publish(), 49)
        self.assertEqual(self.level.revisions, 2)

    def test_the_shop_itself_counts_and_its_no_stops_nobody_else(self):
        """Somebody else revised the listing there: our own count knows nothing of it."""
        self._show(50)
        listing = self._list(self.other, self.second_item)
        with self.shop.store.writing() as connection:
            connection.execute("UPDATE revision SET n = 1000 WHERE item = ?", (self.item,))
        self._put(-7)
        self._put(5, self.other)
        self._publish()
        self.assertIn("times today already", self.level.problem)
        self.assertEqual(self.shop.stock(self.second_item), 5)
        self.assertFalse(listing.level_ids.problem)
