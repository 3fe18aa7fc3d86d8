"""What the channel edits after an order is here: followed while nothing was picked, else shown side by side."""

from dataclasses import replace
from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import VIENNA, tax
from .edit_case import EditCase


@tagged("post_install", "-at_install")
class TestEdit(EditCase):
    """While nothing was picked."""

    def test_one_unit_less_changes_order_delivery_and_stock_to_the_cent(self):
        free = self.shirt.with_company(self.company).free_qty
        placed = self.change(self.one_shirt(), self.cups, self.shipping)
        self.assertTotals(placed, 35, 6)
        self.assertMoney(placed.ecom_total, 41)
        self.assertEqual(self.open_moves(), {"SHIRT": 1, "CUP": 1})
        self.assertEqual(self.shirt.with_company(self.company).free_qty, free + 1)
        self.assertFalse(self.exceptions())
        self.assertFalse(placed.picking_ids.activity_ids)

    def test_more_units_a_new_line_and_another_price_at_once(self):
        shirts = replace(self.shirts, quantity=Decimal(3), gross=Decimal("59.97"), taxes=(tax("11.99"),))
        more = self.goods(self.cup, "4.99", tax("0.50", "vat10", 10))
        placed = self.change(shirts, self.cups, self.shipping, more)
        self.assertTotals(placed, "79.96", "14.49")
        self.assertEqual(self.here(shirts).product_uom_qty, 3)
        self.assertEqual(sorted(self.open_moves().items()), [("CUP", 2), ("SHIRT", 3)])

    def test_a_line_that_is_taken_off_is_ordered_no_more_and_comes_back_when_the_channel_adds_it_again(self):
        placed = self.change(self.shirts, self.shipping)
        self.assertEqual((self.here(self.cups).product_uom_qty, self.open_moves()), (0, {"SHIRT": 2}))
        self.assertTotals(placed, 45, 9)
        placed = self.change(self.shirts, self.cups, self.shipping)
        self.assertEqual(self.open_moves(), {"SHIRT": 2, "CUP": 1})
        self.assertTotals(placed, 55, 10)

    def test_a_discount_given_later_is_taken_over_with_its_tax(self):
        cheaper = replace(self.shirts, discount=Decimal(10), taxes=(tax(6),))
        placed = self.change(cheaper, self.cups, self.shipping)
        self.assertTotals(placed, 45, 8)
        self.assertEqual(self.here(self.shirts).discount, 25)

    def test_shipping_that_became_free_costs_nothing(self):
        self.assertTotals(self.change(self.shirts, self.cups), 50, 9)

    def test_the_deliveries_follow_a_new_address_without_a_reminder_to_do_it(self):
        self.change(ship_to=VIENNA)
        picking = self.placed.picking_ids
        self.assertEqual((self.placed.partner_shipping_id.city, picking.partner_id.city), ("Wien", "Wien"))
        self.assertFalse(picking.activity_ids)
        self.assertIn("Wien", self.placed.message_ids[0].body)

    def test_a_quotation_follows_as_well_and_loses_its_lines(self):
        self.channel.confirm_orders = False
        self.placed = self.feed(self.order(self.shirts, self.cups)).order_id
        self.first = self.order(self.one_shirt(), external_id=self.placed.ecom_external_id, number="1", version="1")
        self.change(self.one_shirt())
        self.assertEqual(len(self.placed.order_line), 1)
        self.assertTotals(self.placed, 20, 4)

    def test_a_locked_order_follows_and_stays_locked(self):
        self.placed.action_lock()
        self.assertTotals(self.change(self.one_shirt(), self.cups, self.shipping), 35, 6)
        self.assertTrue(self.placed.locked)

    def test_what_a_person_changed_here_stays_while_the_channel_changes_another_line(self):
        self.here(self.cups).product_uom_qty = 4
        self.change(self.one_shirt(), self.cups, self.shipping)
        self.assertEqual((self.here(self.shirts).product_uom_qty, self.here(self.cups).product_uom_qty), (1, 4))

    def test_the_same_edit_told_twice_changes_nothing_more(self):
        self.change(self.one_shirt(), self.cups, self.shipping)
        notes = len(self.placed.message_ids)
        self.change(self.one_shirt(), self.cups, self.shipping)
        self.assertEqual(len(self.placed.message_ids), notes)
        self.assertEqual(self.open_moves(), {"SHIRT": 1, "CUP": 1})

    def test_a_product_that_nobody_knows_is_shown_and_followed_once_it_is_known(self):
        unknown = self.goods("NEW", 7, tax("1.40"))
        self.change(self.shirts, self.cups, self.shipping, unknown)
        self.assertIn("No product here", self.sides()[0][3])
        self.assertEqual(self.exceptions().change_step, "none")
        self.env["ecom.listing"].search([("external_id", "=", "v-NEW")]).product_id = self.make_product("NEW", 5)
        self.env["ecom.listing"].search([("external_id", "=", "v-NEW")]).state = "matched"
        self.exceptions().action_look_again()
        self.assertEqual(self.exceptions().state, "solved")
        self.assertTotals(self.placed, 62, "11.40")


@tagged("post_install", "-at_install")
class TestEditSideBySide(EditCase):
    """Once something was picked or invoiced, a person decides."""

    def test_both_sides_are_shown_once_however_often_it_is_told(self):
        self.pick(SHIRT=1)
        lines = (replace(self.shirts, quantity=Decimal(1), gross=Decimal(20), taxes=(tax(4),)), self.shipping)
        self.change(*lines)
        self.change(*lines, note="and a note")
        exception = self.exceptions()
        self.assertEqual((len(exception), exception.state, exception.change_step), (1, "open", "all"))
        self.assertEqual(
            [row[1:3] for row in self.sides()],
            [("2 for 48.00\xa0€", "1 for 24.00\xa0€"), ("1 for 11.00\xa0€", "none")],
        )
        self.assertEqual(self.here(self.shirts).product_uom_qty, 2)

    def test_all_of_it_is_applied_when_a_person_says_so(self):
        self.pick(SHIRT=1)
        self.change(self.one_shirt(), self.cups, self.shipping)
        self.exceptions().action_apply_change()
        self.assertEqual(self.exceptions().state, "solved")
        self.assertEqual(self.open_moves(), {"CUP": 1})
        self.assertTotals(self.placed, 35, 6)

    def test_what_is_possible_is_applied_and_the_rest_stays_ours(self):
        self.pick(SHIRT=2)
        self.change(self.one_shirt(), self.shipping)
        self.assertEqual(self.exceptions().change_step, "part")
        self.assertEqual([bool(row[3]) for row in self.sides()], [True, False])
        self.exceptions().action_apply_change()
        self.assertEqual((self.here(self.shirts).product_uom_qty, self.here(self.cups).product_uom_qty), (2, 0))
        self.assertEqual(self.exceptions().change_id.state, "partial")
        self.assertIn("Ours kept: A shirt", self.exceptions().decision)
        self.assertFalse(self.open_moves())
        self.assertTotals(self.placed, 45, 9)

    def test_ours_is_kept_and_not_asked_about_again_until_something_else_changes(self):
        self.pick(SHIRT=2)
        self.change(self.one_shirt(), self.cups, self.shipping)
        self.exceptions().action_keep_ours()
        self.change(self.one_shirt(), self.cups, self.shipping, payment="refunded")
        self.assertEqual((self.exceptions().state, self.exceptions().change_id.state), ("ignored", "kept"))
        self.change(self.one_shirt(), self.shipping)
        self.assertEqual(self.exceptions().state, "open")

    def test_what_has_not_left_goes_to_the_new_address_when_a_person_says_so(self):
        self.pick(SHIRT=1)
        gone = self.placed.picking_ids.filtered(lambda picking: picking.state == "done")
        there = gone.partner_id
        self.change(ship_to=VIENNA)
        self.exceptions().action_apply_change()
        rest = self.placed.picking_ids - gone
        self.assertEqual((gone.partner_id, rest.partner_id), (there, self.placed.partner_shipping_id))
        self.assertEqual(rest.partner_id.city, "Wien")
        self.assertEqual(self.exceptions().state, "solved")

    def test_an_address_that_comes_when_the_rest_is_being_packed_cannot_be_followed(self):
        self.pick(SHIRT=1)
        rest = self.placed.picking_ids.filtered(lambda picking: picking.state != "done")
        rest.printed = True
        self.change(ship_to=VIENNA)
        self.assertIn("left", self.sides()[0][3])

    def test_a_change_that_is_taken_back_closes_its_exception(self):
        self.pick(SHIRT=1)
        self.change(ship_to=VIENNA)
        self.assertEqual(self.sides()[0][::3], ("Delivery address of what has not left", ""))
        self.change(ship_to=self.first.ship_to)
        self.assertEqual((self.exceptions().state, self.exceptions().change_id.state), ("solved", "superseded"))

    def test_solving_it_by_hand_means_it_is_not_asked_again(self):
        self.pick(SHIRT=2)
        self.change(self.one_shirt(), self.cups, self.shipping)
        self.exceptions().action_solve("Agreed by phone")
        self.change(self.one_shirt(), self.cups, self.shipping, note="x")
        self.assertEqual(self.exceptions().state, "solved")

    def test_a_line_that_changed_on_both_sides_is_for_a_person(self):
        self.here(self.shirts).product_uom_qty = 5
        self.change(self.one_shirt(), self.cups, self.shipping)
        self.assertEqual(self.exceptions().change_step, "none")
        self.assertIn("changed here", self.sides()[0][3])
        with self.assertRaises(UserError):
            self.exceptions().action_apply_change()

    def test_another_currency_cannot_be_followed(self):
        self.change(self.shirts, self.cups, self.shipping, currency="USD")
        self.assertIn("USD", self.sides()[0][3])
        self.assertEqual(self.exceptions().change_step, "none")

    def test_less_of_what_is_invoiced_is_credited_to_the_cent(self):
        invoice = self.placed._create_invoices()
        invoice._post()
        third = replace(self.shirts, quantity=Decimal(1), gross=Decimal("19.99"), taxes=(tax("4.01"),))
        self.change(third, self.cups, self.shipping)
        self.assertTrue(self.exceptions().change_line_ids.credit)
        self.exceptions().action_apply_change()
        credit = self.placed.invoice_ids - invoice
        self.assertEqual((credit.move_type, credit.state), ("out_refund", "posted"))
        self.assertTotals(credit, "20.01", "3.99")
        self.assertTotals(self.placed, "34.99", "6.01")

    def test_more_of_what_is_invoiced_is_invoiced_next(self):
        self.channel.invoice_policy = "order"
        self.env["ecom.flow.invoice"]._invoice(self.placed)
        more = replace(self.shirts, quantity=Decimal(3), gross=Decimal(60), taxes=(tax(12),))
        self.change(more, self.cups, self.shipping)
        self.exceptions().action_apply_change()
        self.env["ecom.flow.invoice"]._invoice_due(self.channel)
        self.assertEqual(sorted(self.placed.invoice_ids.mapped("amount_total")), [24, 65])

    def test_an_operator_decides_and_a_salesperson_does_not(self):
        self.pick(SHIRT=1)
        self.change(self.one_shirt(), self.cups, self.shipping)
        users = {
            group: new_test_user(self.env, group, groups=name, company_id=self.company.id, company_ids=self.company.ids)
            for group, name in (
                ("edit-seller", "sales_team.group_sale_salesman_all_leads"),
                ("edit-operator", "ecom_connector.ecom_connector_group_operator"),
            )
        }
        with self.assertRaises(AccessError):
            self.exceptions().with_user(users["edit-seller"]).action_apply_change()
        self.exceptions().with_user(users["edit-operator"]).action_apply_change()
        self.assertEqual(self.exceptions().decided_by, users["edit-operator"])
        self.assertEqual(self.here(self.shirts).product_uom_qty, 1)

    def test_what_was_erased_is_fetched_again_first(self):
        self.pick(SHIRT=1)
        self.change(self.one_shirt(), self.cups, self.shipping)
        self.env["ecom.payload"].search([("message_id", "=", self.exceptions().change_id.ecom_message_id.id)]).unlink()
        with self.assertRaisesRegex(UserError, "erased"):
            self.exceptions().action_apply_change()
