import time
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .shipping_case import ShippingCase


@tagged("post_install", "-at_install")
class TestDeadline(ShippingCase):
    def _in(self, hours):
        return fields.Datetime.now().replace(microsecond=0) + timedelta(hours=hours)

    def _watch(self):
        self.env["ecom.flow.watch"]._watch(self.channel)
        return self.env["ecom.exception"].search([("channel_id", "=", self.channel.id)], order="id")

    # ---------------------------------------------------------------- deliveries
    def test_the_delivery_is_due_when_the_channel_says_so(self):
        due = self._in(30)
        order = self._order(1, ecom_ship_by=due, ecom_acknowledge_by=due)
        picking = order.picking_ids
        self.assertEqual(
            self._rows(picking, "ecom_channel_id", "ecom_ship_by", "ecom_acknowledge_by", "date_deadline"),
            [(self.channel, due, due, due)],
        )
        self.assertLessEqual(picking.scheduled_date, due)

    def test_a_deadline_that_moves_moves_the_delivery(self):
        order = self._order(1, ecom_ship_by=self._in(30))
        later = self._in(60)
        order.ecom_ship_by = later
        self.assertEqual(self._rows(order.picking_ids, "ecom_ship_by", "date_deadline"), [(later, later)])

    def test_every_step_of_a_delivery_in_three_steps_is_due_then(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        due = self._in(30)
        order = self._order(1, ecom_ship_by=due)
        for _step in range(3):
            picking = order.picking_ids.filtered(lambda picking: picking.state == "assigned")
            self.assertEqual(self._rows(picking, "ecom_ship_by", "date_deadline"), [(due, due)])
            self._ship(picking)

    # ---------------------------------------------------------------------- late
    def test_late_is_what_should_have_left_and_did_not(self):
        late = self._order(1, ecom_ship_by=self._in(-1))
        self._order(1, ecom_ship_by=self._in(1))
        self._order(1)
        shipped = self._order(1, ecom_ship_by=self._in(-1))
        self._ship(shipped.picking_ids)
        elsewhere = self._order(1, ecom_ship_by=self._in(-1), ecom_fulfilment="elsewhere")
        cancelled = self._order(1, ecom_ship_by=self._in(-1))
        cancelled._action_cancel()
        ours = [("ecom_channel_id", "=", self.channel.id)]
        orders = self.env["sale.order"].search(ours)
        self.assertEqual(orders.filtered("ecom_is_late"), late)
        self.assertEqual(orders.search([*ours, ("ecom_is_late", "=", True)]), late)
        self.assertEqual(orders.search([*ours, ("ecom_is_late", "=", False)]), orders - late)
        pickings = self.env["stock.picking"].search(ours)
        self.assertEqual(elsewhere.picking_ids.state, "done", "whoever ships it there has done so")
        self.assertEqual(pickings.filtered("ecom_is_late"), late.picking_ids)
        self.assertEqual(pickings.search([*ours, ("ecom_is_late", "=", True)]), late.picking_ids)

    def test_an_order_shipped_in_part_is_late_for_the_rest(self):
        order = self._order(3, ecom_ship_by=self._in(-1))
        self._ship(order.picking_ids, 1)
        self.assertTrue(order.ecom_is_late)
        self._ship(order.picking_ids.filtered(lambda picking: picking.state != "done"))
        self.assertFalse(order.ecom_is_late)

    def test_waiting_long_is_confirmed_a_day_ago_and_not_shipped(self):
        old, fresh, shipped = self._order(1), self._order(1), self._order(1)
        quotation = self._order(1)
        quotation._action_cancel()
        quotation.action_draft()
        (old | shipped | quotation).date_order = self._in(-25)
        fresh.date_order = self._in(-23)
        self._ship(shipped.picking_ids)
        orders = old | fresh | shipped | quotation
        self.assertEqual(orders.filtered("ecom_waiting_long"), old)
        self.assertEqual(orders.search([("ecom_waiting_long", "=", True), ("id", "in", orders.ids)]), old)

    # --------------------------------------------------------------------- watch
    def test_a_late_order_is_one_exception_until_it_is_shipped(self):
        due = self._in(-1)
        order = self._order(1, ecom_ship_by=due)
        self._watch()
        exception = self._watch()
        self.assertEqual(
            self._rows(exception, "category", "severity", "name", "order_id", "dedupe_key", "state"),
            [("deadline", "2", f"{order.ecom_number} is late", order, f"late:{order.id}", "open")],
        )
        self._ship(order.picking_ids)
        self.assertEqual((exception.state, exception.decision), ("solved", "Shipped"))
        self.assertEqual(self._watch(), exception)

    def test_a_deadline_that_was_put_off_ends_the_exception(self):
        order = self._order(1, ecom_ship_by=self._in(-1))
        exception = self._watch()
        order.ecom_ship_by = self._in(5)
        self._watch()
        self.assertEqual((exception.state, exception.decision), ("solved", "Over by itself"))
        order.ecom_ship_by = self._in(-2)
        self.assertEqual(self._watch(), exception)
        self.assertEqual(exception.state, "open")

    def test_a_late_order_that_a_person_let_be_is_let_be(self):
        self._order(1, ecom_ship_by=self._in(-1))
        exception = self._watch()
        exception.action_ignore("The buyer picks it up")
        self.assertEqual((self._watch(), exception.state), (exception, "ignored"))

    def test_an_order_that_nobody_confirmed_in_time_is_urgent(self):
        order = self._order(1, ecom_acknowledge_by=self._in(-1))
        self.assertFalse(self._watch())
        order._action_cancel()
        order.action_draft()
        exception = self._watch()
        self.assertEqual(
            self._rows(exception, "category", "severity", "name", "order_id"),
            [("deadline", "3", f"{order.ecom_number} is not confirmed in time", order)],
        )
        order.action_confirm()
        self._watch()
        self.assertEqual(exception.state, "solved")

    def test_five_thousand_late_orders_are_watched_in_seconds(self):
        count = 5000
        self.env.cr.execute(
            """INSERT INTO sale_order (name, partner_id, partner_invoice_id, partner_shipping_id, company_id,
                                       currency_id, warehouse_id, picking_policy, state, date_order, ecom_channel_id,
                                       ecom_external_id, ecom_number, ecom_fulfilment, ecom_ship_by)
               SELECT 'S' || n, %(partner)s, %(partner)s, %(partner)s, %(company)s, %(currency)s, %(warehouse)s,
                      'direct', 'sale', now(), %(channel)s, 'mass-' || n, 'N' || n, 'open', now() - interval '1 day'
                 FROM generate_series(1, %(count)s) n""",
            {
                "partner": self.buyer.id,
                "company": self.company.id,
                "currency": self.company.currency_id.id,
                "warehouse": self.warehouse.id,
                "channel": self.channel.id,
                "count": count,
            },
        )
        self.env.cr.execute("ANALYZE sale_order")
        statements, seconds = [], []
        for _hour in range(2):
            self.env.invalidate_all()
            before, started = self.env.cr.sql_log_count, time.monotonic()
            found = self._watch()
            seconds.append(time.monotonic() - started)
            statements.append(self.env.cr.sql_log_count - before)
            self.assertEqual((len(found), set(found.mapped("state"))), (count, {"open"}))
        self.assertLess(max(statements), 200)
        self.assertLess(max(seconds), 20)
        self.env.cr.execute("UPDATE sale_order SET ecom_fulfilment = 'fulfilled' WHERE ecom_external_id LIKE 'mass-%'")
        self.env.invalidate_all()
        self.assertEqual(set(self._watch().mapped("state")), {"solved"})
