"""The merchant's rules decide what a listing shows."""

from datetime import date, datetime, time, timedelta

from odoo.addons.ecom_connector.tests.stock_case import StockCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestDecide(StockCase):
    def _rule(self, name="Rule", **values):
        return self.env["ecom.buffer.rule"].create({"name": name, "company_id": self.company.id, **values})

    def test_without_a_rule_all_that_is_free_is_shown(self):
        self._put(7)
        self.assertEqual(self._decide(), 7)
        self.assertFalse(self.level.buffer_rule_id)

    def test_a_buffer_is_kept_back_and_the_level_says_by_which_rule(self):
        rule = self._rule("Two back", use_keep_back=True, keep_back=2)
        self._put(9)
        self.assertEqual(self._decide(), 7)
        self.assertEqual((self.level.buffer_rule_id, self.level.kept_back), (rule, 2))

    def test_a_new_rule_a_changed_one_and_one_that_goes_are_decided_at_once(self):
        self._put(9)
        self.assertEqual(self._decide(), 9)
        rule = self._rule(use_cap=True, cap=4)
        self.assertEqual(self._decide(), 4)
        rule.cap = 5
        self.assertEqual(self._decide(), 5)
        rule.active = False
        self.assertEqual(self._decide(), 9)
        rule.active = True
        self.assertEqual(self._decide(), 5)
        rule.unlink()
        self.assertEqual(self._decide(), 9)

    # -------------------------------------------------------------- precedence
    def test_the_most_specific_rule_wins(self):
        """A product before a condition, before a category, before a warehouse, before a channel."""
        top = self.env["product.category"].create({"name": "Furniture"})
        self.product.categ_id = self.env["product.category"].create({"name": "Sofas", "parent_id": top.id})
        self._put(50)
        expected = 50
        self.assertEqual(self._decide(), expected)
        for scope in (
            {},
            {"channel_ids": self.channel.ids},
            {"warehouse_ids": self.warehouse.ids},
            {"categ_id": top.id},
            {"categ_id": self.product.categ_id.id},
            {"domain": "[('name', '=', 'Sofa')]"},
            {"product_ids": self.product.ids},
        ):
            expected -= 1
            self._rule(use_cap=True, cap=expected, sequence=expected, **scope)
            self.assertEqual(self._decide(), expected, scope)

    def test_among_equals_the_first_in_the_merchants_order_wins(self):
        self._rule("second", use_cap=True, cap=2, sequence=20)
        self._rule("first", use_cap=True, cap=3, sequence=10)
        self._put(9)
        self.assertEqual(self._decide(), 3)

    def test_a_rule_for_others_does_not_count(self):
        elsewhere = self._new_channel("Elsewhere")
        self._rule(use_cap=True, cap=1, channel_ids=elsewhere.ids)
        self._rule(use_cap=True, cap=1, domain="[('name', '=', 'Table')]")
        self._rule(use_cap=True, cap=1, categ_id=self.env["product.category"].create({"name": "Lamps"}).id)
        self._put(9)
        self.assertEqual(self._decide(), 9)

    def test_a_rule_counts_between_its_dates_only(self):
        today = self.env["ecom.buffer.rule"]._today(self.company)
        self._rule(use_cap=True, cap=1, date_from=today + timedelta(days=1))
        self._rule(use_cap=True, cap=2, date_to=today - timedelta(days=1))
        self._put(9)
        self.assertEqual(self._decide(), 9)
        self._rule(use_cap=True, cap=3, date_from=today, date_to=today)
        self.assertEqual(self._decide(), 3)

    def test_the_rule_of_another_company_does_not_count(self):
        other = self.env["res.company"].create({"name": "Another shop"})
        self._rule(use_cap=True, cap=1, company_id=other.id)
        self._put(9)
        self.assertEqual(self._decide(), 9)

    # -------------------------------------------------------------- strategies
    def test_strategies_count_in_their_fixed_order(self):
        """20 free: less 3 is 17, half of it 8.5, never more than 6."""
        self._rule(use_cap=True, cap=6, use_percent=True, percent=50, use_keep_back=True, keep_back=3)
        self._put(20)
        self.assertEqual(self._decide(), 6)
        self._put(-10)
        self.assertEqual(self._decide(), 3)

    def test_an_allocation_is_used_up_by_what_the_channel_sold_since(self):
        self._rule(use_allocation=True, allocation=5, allocated_from=date(2026, 1, 1))
        self._put(30)
        self.assertEqual(self._decide(), 5)
        order = self._order(2)
        order.ecom_channel_id = self.channel
        order.action_confirm()
        self.assertEqual(self._decide(), 3)
        self._order(4).action_confirm()
        self.assertEqual(self._decide(), 3, "What others bought is not taken from the channel's part")

    def test_the_last_units_are_for_the_preferred_channel(self):
        best = self._new_channel("Own shop")
        listing = self._new_listing(self.product, "B1", channel_id=best.id)
        self._rule(use_last_units=True, last_units=3, last_channel_id=best.id)
        self._put(4)
        self.assertEqual((self._decide(), listing.level_ids.decided), (4, 4))
        self._put(-1)
        self.assertEqual((self._decide(), listing.level_ids.decided), (0, 3))

    def test_while_stock_is_low_another_rule_counts(self):
        low = self._rule("Low", use_zero_at=True, zero_at=2, active=True, channel_ids=self._new_channel("No").ids)
        self._rule("Normal", use_percent=True, percent=50, use_low=True, low_at=4, low_rule_id=low.id)
        self._put(10)
        self.assertEqual(self._decide(), 5)
        self._put(-7)
        self.assertEqual(self._decide(), 3)
        self._put(-1)
        self.assertEqual(self._decide(), 0)

    def test_a_constant_quantity_does_not_look_at_the_stock(self):
        self._rule(use_constant=True, constant=25)
        self._put(-3)
        self.assertEqual(self._decide(), 25)

    def test_back_orders_go_up_to_their_cap(self):
        self._rule(use_back_order=True, back_order=5)
        self._put(2)
        self.assertEqual(self._decide(), 7)
        self._order(6).action_confirm()
        self.assertEqual(self._decide(), 1)

    def test_a_pre_order_with_a_cap_sells_what_comes_in_before_its_release(self):
        """Ten come in before the release and five after it; 80 % of ten are counted on, six on each channel."""
        today = self.env["ecom.buffer.rule"]._today(self.company)
        for quantity, day in ((10, 5), (5, 40)):
            moment = datetime.combine(today + timedelta(days=day), time(12))
            self._move(quantity, self.suppliers, self.stock, date=moment)._action_confirm()
        rule = self._rule(
            use_pre_order=True, released_on=today + timedelta(days=30), pre_order_cap=6, incoming_percent=80
        )
        self.assertEqual((self._decide(), self.level.incoming), (6, 15))
        order = self._order(4)
        order.ecom_channel_id = self.channel
        order.action_confirm()
        self.assertEqual(self._decide(), 2, "Four of the six are sold ahead, and eight less four are covered")
        self._order(3).action_confirm()
        self.assertEqual(self._decide(), 1, "Eight less seven")
        rule.released_on = today
        self.assertEqual(self._decide(), 0, "Since the release only stock counts")

    # -------------------------------------------------------------- bad input
    def _break(self, rule):
        """As if the field its condition asks for had been removed."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE ecom_buffer_rule SET domain = %s WHERE id = %s", ("[('gone', '=', 1)]", rule.id))
        self.env.invalidate_all()

    def test_a_rule_that_breaks_keeps_the_last_quantity_as_far_as_stock_covers_it(self):
        rule = self._rule("Sofas", use_cap=True, cap=5, domain="[('name', '=', 'Sofa')]")
        self._put(9)
        self.assertEqual(self._decide(), 5)
        self._break(rule)
        self._put(3)
        self.assertEqual(self._decide(), 5)
        self.assertIn("gone", rule.problem)
        exception = self.env["ecom.exception"].search([("dedupe_key", "=", f"rule:{rule.id}")])
        self.assertEqual((exception.state, exception.name), ("open", "The buffer rule Sofas cannot be applied"))
        self._put(-10)
        self.assertEqual(self._decide(), 2)
        rule.domain = "[('name', '=', 'Sofa')]"
        self.assertEqual(self._decide(), 2)
        self.assertFalse(rule.problem)
        self.assertEqual(exception.state, "solved")

    def test_a_rule_that_breaks_shows_nothing_where_the_merchant_chose_safe(self):
        rule = self._rule(use_cap=True, cap=5, domain="[('name', '=', 'Sofa')]", when_broken="zero")
        self._put(9)
        self._break(rule)
        self._put(1)
        self.assertEqual(self._decide(), 0)

    def test_a_broken_rule_keeps_nobody_else_from_being_decided(self):
        other = self._new_listing(self.other, "V2").level_ids
        self._break(self._rule(use_cap=True, cap=5, product_ids=self.product.ids, domain="[('name', '=', 'Sofa')]"))
        self._rule(use_cap=True, cap=3)
        self._put(9)
        self._put(9, product=self.other)
        self._decide()
        self.assertEqual(other.decided, 3)
