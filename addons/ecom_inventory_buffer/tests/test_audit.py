"""What a channel shows is compared, sorted by cause and put right."""

from odoo.addons.ecom_connector.tests.stock_case import ShopCase
from odoo.exceptions import UserError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestAudit(ShopCase):
    def setUp(self):
        super().setUp()
        self.env["ecom.channel"].search([("id", "!=", self.channel.id)]).audit_days = 0
        self._show(10)

    def _by_hand(self, quantity):
        """Somebody changes the figure over there."""
        self.shop.set_stock(
            [{"variant_id": self.item, "location_id": "", "quantity": quantity, "expected": None, "key": ""}]
        )

    def _compare(self):
        audit = self.env["ecom.flow.audit"]._begin(self.channel)
        self._read_orders()
        shown = self._publish()
        self.assertEqual(audit.state, "done")
        return audit, shown

    def assertDrift(self, audit, *expected):
        found = [(line.shown, line.expected, line.difference, line.cause) for line in audit.line_ids]
        self.assertEqual(found, list(expected))

    def test_where_nothing_differs_nothing_is_written_there_and_no_line_is_kept(self):
        before = len(self._writes())
        audit, shown = self._compare()
        self.assertEqual((shown, audit.compared, audit.different, len(self._writes())), (10, 1, 0, before))

    def test_a_remote_figure_edited_by_hand_upwards_is_found_and_put_right(self):
        self._by_hand(50)
        audit, shown = self._compare()
        self.assertDrift(audit, (50, 10, 40, "edited"))
        self.assertEqual(shown, 10)

    def test_our_own_orders_since_are_no_difference(self):
        self._import(self._sell(3))
        audit, shown = self._compare()
        self.assertDrift(audit)
        self.assertEqual(shown, 7)

    def test_units_sold_there_and_not_imported_are_put_down_to_orders(self):
        self._sell(3)
        audit = self.env["ecom.flow.audit"]._begin(self.channel)
        self.assertEqual(self._publish(), 7)
        self.assertDrift(audit, (7, 10, -3, "orders"))

    def test_units_that_no_order_explains_are_put_down_to_a_person_once_that_is_sure(self):
        self._by_hand(4)
        audit = self.env["ecom.flow.audit"]._begin(self.channel)
        self._publish()
        self.assertDrift(audit, (4, 10, -6, "orders"))
        self._read_orders()
        self.assertEqual(self._publish(), 10)
        self.assertDrift(audit, (4, 10, -6, "edited"))

    def test_a_figure_of_ours_that_got_lost_is_known_by_the_one_before(self):
        self._put(-4)
        self._publish()
        self.assertEqual((self.level.published, self.level.published_before), (6, 10))
        self._by_hand(10)
        audit, shown = self._compare()
        self.assertDrift(audit, (10, 6, 4, "lost"))
        self.assertEqual(shown, 6)

    def test_a_listing_deleted_there_is_called_inactive(self):
        self.listing.external_id = "gone"
        self.level.write({"known": True, "unsure": False})
        self.env.cr.execute("UPDATE ecom_stock_level SET published_sequence = sequence WHERE id = %s", [self.level.id])
        self.level.invalidate_recordset()
        audit, _shown = self._compare()
        self.assertDrift(audit, (0, 10, -10, "inactive"))

    def test_a_zero_is_looked_at_as_well(self):
        self._put(-10)
        self.assertEqual(self._publish(), 0)
        self._by_hand(5)
        audit, shown = self._compare()
        self.assertEqual([line.shown for line in audit.line_ids], [5])
        self.assertEqual(shown, 0)

    def test_by_policy_a_person_is_asked_before_a_figure_is_raised(self):
        self.channel.drift_policy = "ask"
        self._by_hand(4)
        audit, shown = self._compare()
        self.assertEqual((shown, audit.line_ids.waits), (4, True))
        self.level.write({"in_flight": 0, "in_flight_at": False})
        audit.line_ids.action_set_ours()
        self._read_orders()
        self.assertEqual(self._publish(), 10)
        self.assertFalse(audit.line_ids.waits)

    def test_by_policy_too_much_on_offer_is_lowered_at_once(self):
        self.channel.drift_policy = "ask"
        self._by_hand(50)
        audit, shown = self._compare()
        self.assertEqual((shown, audit.line_ids.waits), (10, False))

    def test_all_levels_are_asked_for_batch_by_batch_behind_the_changes(self):
        product = self._new_product("Chair")
        self._put(9, product)
        self._list(product, self.second_item)
        self._publish()
        audit, _shown = self._compare()
        self.assertEqual(audit.compared, 2)
        self.assertEqual(self.env["ecom.flow.audit"]._begin(self.channel).state, "running")

    def test_it_is_begun_by_schedule_and_once_at_a_time(self):
        sweep, audits = self.env["ecom.flow.sweep"], self.env["ecom.stock.audit"]
        sweep._begin_audits()
        audit = audits.search([("channel_id", "=", self.channel.id)])
        self.assertEqual(len(audit), 1)
        sweep._begin_audits()
        self.assertEqual(audits.search([("channel_id", "=", self.channel.id)]), audit)
        self.env.cr.execute("UPDATE ecom_stock_audit SET create_date = create_date - interval '2 days'")
        audits.invalidate_model()
        sweep._begin_audits()
        self.assertEqual(audit.state, "stopped")
        self.assertEqual(audits.search_count([("channel_id", "=", self.channel.id)]), 2)

    def test_a_channel_that_is_shown_no_stock_has_nothing_to_compare(self):
        self.channel.publish_stock = False
        with self.assertRaises(UserError):
            self.channel.action_compare_stock()
