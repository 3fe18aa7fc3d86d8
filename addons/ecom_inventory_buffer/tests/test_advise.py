"""Past sales become proposals; a person accepts them into a real transfer and into Odoo's own reordering rule."""

from datetime import datetime, timedelta

from odoo import fields
from odoo.addons.ecom_connector.tests.stock_case import StockCase
from odoo.addons.ecom_inventory_buffer.flow.recall import WEEKS, History
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

NOON = timedelta(hours=12)


class AdviseCase(StockCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.graz = cls.env["stock.warehouse"].create({"name": "Graz", "code": "GRZ", "company_id": cls.company.id})
        cls.warehouse.name = "Vienna"
        cls.today = cls.env["ecom.flow.recall"]._today(cls.company)

    def _sold(self, product, warehouse, weeks, each):
        """So many a week left that warehouse; the goods were there."""
        self._put(weeks * each, product, warehouse.lot_stock_id)
        moves = self.env["stock.move"].concat(
            *(self._move(each, source=warehouse.lot_stock_id, product=product) for _week in range(weeks))
        )
        moves._action_confirm()
        for move in moves:
            move.quantity, move.picked = each, True
        moves._action_done()
        for week, move in enumerate(moves):
            move.date = datetime.combine(self.today, datetime.min.time()) - timedelta(days=4 + 7 * week) + NOON

    def _advise(self):
        self.env.flush_all()
        self.env["ecom.flow.advise"]._advise(self.company)
        return (
            self.env["ecom.transfer.proposal"].search([("company_id", "=", self.company.id)]),
            self.env["ecom.reorder.proposal"].search([("company_id", "=", self.company.id)]),
        )

    def _user(self, login, *groups):
        user = new_test_user(self.env, login, groups=",".join(groups), company_id=self.company.id)
        user.company_ids = self.company
        return user


@tagged("post_install", "-at_install")
class TestTransferProposal(AdviseCase):
    def setUp(self):
        super().setUp()
        # 23: see rules/tests/forecast/test_rebalance.py
        self._sold(self.product, self.warehouse, 20, 10)
        self._sold(self.product, self.graz, 20, 10)
        self._put(100, location=self.stock)
        self._put(5, location=self.graz.lot_stock_id)
        self.transfer, _reorder = self._advise()

    def test_a_product_short_in_one_warehouse_is_proposed_from_the_other(self):
        self.assertEqual(
            (self.transfer.source_id, self.transfer.target_id, self.transfer.quantity), (self.warehouse, self.graz, 23)
        )
        self.assertEqual(
            self.transfer.reason,
            "Graz has 5, sells about 10.0 a week and is sold out in 3 days; Vienna has 100 and sells about 10.0 a week",
        )

    def test_accepting_makes_a_transfer_that_is_reserved_and_seen_by_the_next_look(self):
        clerk = self._user("clerk", "stock.group_stock_user")
        action = self.transfer.with_user(clerk).action_accept()
        picking = self.transfer.picking_id
        self.assertEqual(action["res_id"], picking.id)
        self.assertEqual((picking.state, picking.picking_type_id), ("assigned", self.warehouse.int_type_id))
        move = picking.move_ids
        self.assertEqual((move.location_id, move.location_dest_id), (self.stock, self.graz.lot_stock_id))
        self.assertEqual((move.product_id, move.product_uom_qty, move.quantity), (self.product, 23, 23))
        self.assertEqual((self.transfer.state, self.transfer.decided_by), ("accepted", clerk))
        transfer, _reorder = self._advise()
        self.assertEqual(transfer, self.transfer, "what is on its way is not proposed again")
        move.picked = True
        picking._action_done()
        self.assertEqual(self.graz.lot_stock_id.quant_ids.filtered(lambda q: q.product_id == self.product).quantity, 28)

    def test_it_is_decided_once(self):
        self.transfer.action_accept()
        with self.assertRaises(UserError):
            self.transfer.action_accept()
        with self.assertRaises(UserError):
            self.transfer.action_dismiss()

    def test_goods_sold_since_are_not_promised(self):
        self._put(-90, location=self.stock)
        with self.assertRaisesRegex(UserError, "Only 10 of Sofa are free in Vienna by now"):
            self.transfer.action_accept()
        self.transfer.quantity = 10
        self.transfer.action_accept()
        self.assertEqual(self.transfer.picking_id.move_ids.product_uom_qty, 10)

    def test_a_no_is_a_no_for_two_weeks(self):
        self.transfer.action_dismiss()
        self.assertEqual(self._advise()[0], self.transfer)
        self.transfer.sudo().decided_at = fields.Datetime.now() - timedelta(days=15)
        self.assertEqual(len(self._advise()[0].filtered(lambda one: one.state == "open")), 1)

    def test_a_proposal_goes_when_its_reason_goes(self):
        self._put(50, location=self.graz.lot_stock_id)
        self.assertFalse(self._advise()[0])

    def test_a_salesperson_of_the_shops_cannot_move_goods(self):
        operator = self._user("operator", "ecom_connector.ecom_connector_group_operator")
        with self.assertRaisesRegex(AccessError, "people of the warehouse"):
            self.transfer.with_user(operator).action_accept()
        self.assertEqual(self.transfer.state, "open")

    def test_nobody_else_sees_them(self):
        other = self.env["res.company"].create({"name": "Another house"})
        stranger = new_test_user(self.env, "stranger", groups="stock.group_stock_user", company_id=other.id)
        proposals = self.env["ecom.transfer.proposal"].with_user(stranger)
        self.assertFalse(proposals.with_context(allowed_company_ids=other.ids).search([]))


@tagged("post_install", "-at_install")
class TestReorderProposal(AdviseCase):
    def setUp(self):
        super().setUp()
        self._sold(self.product, self.warehouse, 20, 10)
        _transfers, self.proposal = self._advise()

    def test_ten_a_week_and_a_week_to_wait(self):
        """Of 10, Poisson: 15 are exceeded 4.9 % of the time."""
        self.assertEqual((self.proposal.reorder_point, self.proposal.order_up_to, self.proposal.lead_days), (15, 55, 7))
        self.assertEqual((self.proposal.weekly, self.proposal.error_percent), (10.0, 0))
        self.assertIn("10.0 expected in the 7 days of waiting, and 5 for the unexpected", self.proposal.reason)

    def test_who_knows_better_says_so_and_the_next_look_keeps_it(self):
        self.proposal.write({"lead_days": 14, "risk_percent": 1.0})
        self.assertEqual(self.proposal.reorder_point, 31)
        self._advise()
        self.assertEqual((self.proposal.lead_days, self.proposal.reorder_point), (14, 31))

    def test_the_delay_of_the_supplier_counts(self):
        vendor = self.env["res.partner"].create({"name": "Vendor"})
        self.product.seller_ids = [fields.Command.create({"partner_id": vendor.id, "delay": 14})]
        self.proposal.sudo().unlink()
        _transfers, proposal = self._advise()
        self.assertEqual((proposal.lead_days, proposal.expected), (14, 20.0))

    def test_accepted_it_is_the_reordering_rule(self):
        manager = self._user("stock_manager", "stock.group_stock_manager")
        self.proposal.with_user(manager).action_accept()
        rule = self.proposal.orderpoint_id
        self.assertEqual((rule.product_id, rule.location_id), (self.product, self.stock))
        self.assertEqual((rule.product_min_qty, rule.product_max_qty), (15, 55))
        self.assertEqual(self._advise()[1], self.proposal, "a rule that says the same needs no proposal")

    def test_a_rule_that_is_far_off_is_changed_not_doubled(self):
        rule = self.env["stock.warehouse.orderpoint"].create(
            {"product_id": self.product.id, "location_id": self.stock.id, "product_min_qty": 2, "product_max_qty": 4}
        )
        self.proposal.sudo().unlink()
        _transfers, proposal = self._advise()
        self.assertEqual((proposal.orderpoint_id, proposal.point_now), (rule, 2))
        proposal.action_accept()
        self.assertEqual((rule.product_min_qty, proposal.orderpoint_id), (proposal.reorder_point, rule))

    def test_reordering_rules_are_for_those_who_may_write_them(self):
        clerk = self._user("clerk", "stock.group_stock_user")
        with self.assertRaises(AccessError):
            self.proposal.with_user(clerk).action_accept()

    def test_the_season_of_the_weeks_to_come_is_in_the_reorder_point(self):
        """Each year it sells two times as much for eight weeks, and three of them are over."""
        last = self.today - timedelta(days=1)
        days = [last - timedelta(weeks=ago) for ago in reversed(range(WEEKS))]
        weeks = [20.0 if (day - self.today).days % 365 in (*range(35), *range(344, 365)) else 10.0 for day in days]
        history = History({(self.other.id, self.warehouse.id): weeks}, last)
        proposals = self.env["ecom.reorder.proposal"]
        proposals._renew(self.company, self.env["ecom.flow.advise"]._outlooks(history), history.weeks)
        proposal = proposals.search([("product_id", "=", self.other.id)])
        self.assertIn("more than usual at this time of the year", proposal.reason)
        self.assertGreater(proposal.expected, 14)
        self.assertGreater(proposal.reorder_point, 15, "What ten a week would need")

    def test_the_chart_shows_half_a_year_and_the_weeks_to_come(self):
        self.assertIn('"type": "future"', self.proposal.chart)
        self.assertEqual(self.proposal.chart.count('"past"'), 26)

    def test_what_did_not_sell_is_not_bought(self):
        self.assertEqual(self.proposal.product_id, self.product)


@tagged("post_install", "-at_install")
class TestDemandNotice(AdviseCase):
    def setUp(self):
        super().setUp()
        self._put(10_000)
        self.partner = self.env["res.partner"].create({"name": "Buyer"})
        for week in range(1, 20):
            self._buy(7, ago=28 + 7 * week - 3)
        self._decide()

    def _buy(self, quantity, ago):
        """The shop sold so many, so many days ago."""
        order = self._order(quantity)
        order.write(
            {"ecom_channel_id": self.channel.id, "ecom_external_id": f"{order.id}", "partner_id": self.partner.id}
        )
        order.ecom_placed_at = datetime.combine(self.today, datetime.min.time()) - timedelta(days=ago) + NOON
        order.order_line.ecom_listing_id = self.listing
        order.state = "sale"

    def _look(self):
        self.env.flush_all()
        self.env["ecom.flow.notice"]._notice(self.channel)
        return self.env["ecom.exception"].search([("channel_id", "=", self.channel.id), ("category", "=", "demand")])

    def _go_on(self, weeks=4):
        for week in range(weeks):
            self._buy(7, ago=1 + 7 * week)

    def test_sales_as_usual_are_no_news(self):
        self._go_on()
        self.assertFalse(self._look())

    def test_a_spike_is_told_once_with_a_chart(self):
        self._go_on()
        self._buy(20, ago=2)
        exception = self._look()
        self.assertEqual(exception.name, "Sofa sells much more than usual")
        self.assertIn("27 sold in 7 days, where about 7.0 were usual", exception.detail)
        self.assertEqual(exception.listing_id, self.listing)
        self.assertIn('"value": 27.0', exception.demand_chart)
        self.assertEqual(self._look(), exception)

    def test_a_stall_is_told_and_closes_when_it_sells_again(self):
        self._buy(7, ago=25)
        exception = self._look()
        self.assertEqual(exception.name, "Sofa hardly sells any more")
        self._go_on(3)
        self.assertEqual(self._look().state, "solved")

    def test_what_is_sold_out_does_not_stall(self):
        self._put(-10_000)
        self._decide()
        self.assertFalse(self._look())

    def test_who_ignored_it_is_left_in_peace_though_the_figures_change(self):
        self._go_on()
        self._buy(20, ago=2)
        exception = self._look()
        manager = self._user("demand_operator", "ecom_connector.ecom_connector_group_operator")
        exception.with_user(manager).action_ignore("a campaign")
        self._buy(3, ago=1)
        self.assertEqual((self._look(), exception.state), (exception, "ignored"))
