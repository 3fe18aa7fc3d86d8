from dataclasses import replace

from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..channels.errors import Unreadable
from ..channels.records import Order
from ..flow.normalise import Reading
from .common import VIENNA, ChannelCase, body, later, line, payment, tax


@tagged("post_install", "-at_install")
class TestPlace(ChannelCase):
    def orders_of(self, order):
        return self.env["sale.order"].search([("ecom_external_id", "=", order.external_id)])

    # ------------------------------------------------------------------ placing
    def test_an_order_becomes_a_confirmed_and_reserved_sale_order_with_its_own_total(self):
        order = self.place(
            self.goods(self.shirt, 60, tax(11), discount=5, quantity=3),
            line("s1", 5, tax(1), kind="shipping", method="std", name="Standard"),
        )
        self.assertEqual(order.state, "sale")
        self.assertTotals(order, 60, 12)
        goods, shipping = order.order_line
        self.assertEqual((goods.product_uom_qty, goods.price_unit, goods.discount), (3, 20, 8.33))
        self.assertMoney(goods.price_subtotal, 55)
        self.assertEqual(shipping.product_id, self.env.ref("ecom_connector.product_shipping"))
        move = order.picking_ids.move_ids
        self.assertEqual((move.product_id, move.state, move.quantity), (self.shirt, "assigned", 3))

    def test_the_order_remembers_what_the_channel_calls_it(self):
        channel_order = self.order(
            payments=(payment("t1", 24),),
            references=(("number", "1"), ("cart", "c9"), ("cart", "c9")),
            note="Ring twice",
        )
        message = self.feed(channel_order)
        order = message.order_id
        self.assertEqual(order.client_order_ref, channel_order.number)
        self.assertEqual(order.ecom_external_id, channel_order.external_id)
        self.assertEqual(sorted(order.ecom_reference_ids.mapped("value")), ["1", "c9"])
        self.assertEqual(
            order.ecom_payment_ids.mapped(lambda p: (p.external_id, p.kind, p.amount)), [("t1", "capture", 24)]
        )
        self.assertEqual(order.ecom_note, "Ring twice")
        self.assertEqual(str(order.date_order), "2026-03-02 10:00:00")
        self.assertEqual(str(order.ecom_ship_by), "2026-03-04 10:00:00")
        self.assertEqual((message.state, bool(message.done_at), message.problem), ("done", True, False))

    def test_the_merchants_prefix_and_the_channels_number_make_the_name(self):
        self.channel.order_prefix = "SHOP-"
        order = self.place(number="77")
        self.assertEqual(order.name, "SHOP-77")

    def test_orders_stay_quotations_where_the_merchant_confirms_himself(self):
        self.channel.confirm_orders = False
        order = self.place()
        self.assertEqual(order.state, "draft")
        self.assertFalse(order.picking_ids)

    def test_a_test_order_is_marked(self):
        self.assertTrue(self.place(test=True).ecom_test)

    def test_nobody_is_mailed_or_made_a_follower(self):
        before = self.env["mail.mail"].search_count([])
        order = self.place()
        self.assertNotIn(order.partner_id, order.message_partner_ids)
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def mails_of(self, order):
        notified = order.message_ids | order.picking_ids.message_ids
        return notified.notification_ids.filtered(lambda notice: notice.res_partner_id == order.partner_id)

    def test_shipping_mails_the_buyer_only_where_the_channel_allows_it(self):
        self.company.stock_move_email_validation = True
        for allowed in (False, True):
            self.channel.mail_buyer = allowed
            order = self.place(ship_to=VIENNA)
            self.assertEqual(bool(self.mails_of(order)), allowed)
            told = len(self.mails_of(order))
            order.picking_ids.move_ids.picked = True
            order.picking_ids.button_validate()
            self.assertEqual(order.picking_ids.state, "done")
            self.assertEqual(len(self.mails_of(order)) - told, 1 if allowed else 0)

    def test_a_salesperson_sees_the_order_with_all_that_belongs_to_it(self):
        user = new_test_user(
            self.env,
            "ecom_seller",
            groups="sales_team.group_sale_salesman_all_leads",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        order = self.place(payments=(payment("t1", 24),)).with_user(user)
        self.assertMoney(order.amount_total, 24)
        self.assertEqual(order.ecom_payment_ids.external_id, "t1")
        self.assertTrue(order.ecom_reference_ids.value)
        self.assertEqual(order.ecom_channel_id.name, "Test Shop")

    # --------------------------------------------------------------------- once
    def test_the_same_order_twice_in_a_batch_and_again_later_is_one_order(self):
        order = self.order()
        first = self.feed(order, order)
        again = self.feed(order)
        self.assertEqual(len(self.orders_of(order)), 1)
        self.assertEqual(sorted(first.mapped("state")), ["done", "superseded"])
        self.assertEqual(again.state, "done")
        self.assertEqual((first | again).order_id, self.orders_of(order))

    def test_an_older_version_that_comes_late_changes_nothing(self):
        order = self.order(version="2", payment="paid")
        self.feed(order)
        message = self.feed(replace(order, version="1", payment="unpaid"))
        self.assertEqual(message.state, "superseded")
        self.assertEqual(self.orders_of(order).ecom_payment, "paid")

    def test_of_one_batch_the_newest_version_counts_in_whatever_order_it_came(self):
        order = self.order(version="1", note="first")
        messages = self.feed(later(order, "3", note="third"), order, later(order, "2", note="second"))
        self.assertEqual(self.orders_of(order).ecom_note, "third")
        self.assertEqual(messages.mapped("state"), ["done", "superseded", "superseded"])

    def test_the_database_refuses_a_second_order_of_the_same_id(self):
        order = self.place()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            order.copy({"ecom_channel_id": order.ecom_channel_id.id, "ecom_external_id": order.ecom_external_id})

    def test_what_another_worker_placed_behind_our_snapshot_is_looked_at_again(self):
        order = self.order()
        self.feed(order)
        place, message = self.env["ecom.flow.place"], self.messages(order)
        reading = Reading(message_id=message.id, external_id=order.external_id, version="1", order=order)
        # Placed as if it were new: a snapshot from before the other worker's commit shows nothing of his order.
        with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
            place._halved(self.channel, [reading], place._place)

    # ------------------------------------------------------------- one bad record
    def test_one_bad_order_among_twenty_leaves_nineteen_placed(self):
        orders = [self.order() for _number in range(20)]
        # Two payments of one id: the database refuses it in the middle of the batch, after the contacts were made.
        orders[13] = replace(orders[13], payments=(payment("twice", 12), payment("twice", 12)))
        with mute_logger("odoo.sql_db", "odoo.addons.ecom_connector.flow.place"):
            messages = self.feed(*orders)
        self.assertEqual(messages.mapped("state").count("done"), 19)
        self.assertEqual(messages[13].state, "failed")
        self.assertFalse(self.orders_of(orders[13]))
        for order in orders[:13] + orders[14:]:
            self.assertEqual(self.orders_of(order).state, "sale")
        exception = self.env["ecom.exception"].search([("ecom_message_id", "=", messages[13].id)])
        self.assertEqual((exception.state, exception.category), ("open", "order"))

    def test_the_guilty_order_is_placed_by_a_retry_once_it_is_in_order(self):
        order = self.order(payments=(payment("twice", 12), payment("twice", 12)))
        with mute_logger("odoo.sql_db", "odoo.addons.ecom_connector.flow.place"):
            message = self.feed(order)
        exception = self.env["ecom.exception"].search([("ecom_message_id", "=", message.id)])
        again = self.feed(replace(order, version="2", payments=(payment("once", 24),)))
        self.assertEqual(again.state, "done")
        self.assertEqual((message.state, exception.state), ("superseded", "solved"))

    def test_what_cannot_be_read_waits_for_a_person(self):
        message = self.messages(self.order())
        error = Unreadable("The shop sent half an order.", code="cut")
        reading = Reading(message_id=message.id, external_id=message.external_id, version="1", error=error)
        self.env["ecom.flow.place"]._settle(self.channel, [reading])
        self.assertEqual((message.state, message.problem_code), ("failed", "cut"))
        self.assertEqual(message.problem, "The shop sent half an order.")

    def test_what_odoo_says_reaches_the_merchant_unchanged(self):
        product = self.make_product("MOVED")
        self.make_listing(product)
        product.company_id = self.make_company("Other Company")
        message = self.feed(self.order(self.goods(product, 20)))
        self.assertEqual((message.state, message.problem_code), ("failed", "UserError"))
        self.assertIn("belongs to another company", message.problem)

    # ------------------------------------------------------------------ policies
    def test_an_order_waits_until_it_is_paid_where_the_merchant_wants_that(self):
        self.channel.import_when = "paid"
        order = self.order(payment="authorized")
        message = self.feed(order)
        self.assertEqual((message.state, message.ignore_reason), ("ignored", "Not paid yet."))
        self.assertFalse(self.orders_of(order))
        self.assertEqual(self.feed(later(order, payment="paid")).state, "done")
        self.assertEqual(self.orders_of(order).state, "sale")

    def test_a_pending_order_waits_whatever_the_policy(self):
        self.channel.import_when = "always"
        self.assertEqual(self.feed(self.order(status="pending", payment="unpaid")).state, "ignored")
        self.assertEqual(self.feed(self.order(payment="unpaid")).state, "done")

    def test_cancelled_before_it_came_is_noted_and_not_made(self):
        order = self.order(status="cancelled")
        message = self.feed(order)
        self.assertEqual(message.state, "ignored")
        self.assertIn("Cancelled", message.ignore_reason)
        self.assertFalse(self.orders_of(order))

    def test_of_older_orders_only_open_ones_come_in_with_going_live(self):
        self.channel.go_live = "2026-03-03 00:00:00"
        self.assertEqual(self.feed(self.order(fulfilment="open")).state, "done")
        self.assertEqual(self.feed(self.order(fulfilment="fulfilled")).state, "ignored")
        self.channel.open_orders_only = False
        self.assertEqual(self.feed(self.order(fulfilment="open")).state, "ignored")

    def test_an_old_order_that_a_person_asked_for_comes_in(self):
        self.channel.write({"go_live": "2026-03-03 00:00:00", "open_orders_only": False})
        order = self.order(fulfilment="fulfilled")
        message = self.messages(order)
        message.event_key = f"asked:{order.external_id}:1:now"
        reading = Reading(message_id=message.id, external_id=order.external_id, version="1", order=order)
        self.env["ecom.flow.place"]._settle(self.channel, [reading])
        self.assertEqual(message.state, "done")

    # ------------------------------------------------------------------- routing
    def test_the_location_that_the_channel_assigned_decides_the_warehouse(self):
        second = self.env["stock.warehouse"].create({"name": "North", "code": "NO", "company_id": self.company.id})
        third = self.env["stock.warehouse"].create({"name": "South", "code": "SO", "company_id": self.company.id})
        self.channel.warehouse_id = second
        self.env["ecom.location.map"].create({"channel_id": self.channel.id, "code": "L3", "warehouse_id": third.id})
        self.assertEqual(self.place().warehouse_id, second)
        self.assertEqual(self.place(location="L3").warehouse_id, third)
        self.assertEqual(self.place(location="L4").warehouse_id, second)

    def test_a_location_named_on_an_order_does_not_end_the_publishing_of_the_common_stock(self):
        self.place(location="L4")
        self.assertFalse(self.env["ecom.location.map"].search([("channel_id", "=", self.channel.id)]))

    def test_the_shipping_method_chooses_the_delivery_method_and_its_product(self):
        product = self.env["product.product"].create({"name": "Express", "type": "service"})
        carrier = self.env["delivery.carrier"].create({"name": "Express", "product_id": product.id})
        self.env["ecom.delivery.map"].create({"channel_id": self.channel.id, "code": "exp", "carrier_id": carrier.id})
        order = self.place(
            self.goods(self.shirt, 20), line("s", 9, kind="shipping", method="exp"), shipping_method="exp"
        )
        self.assertEqual(order.carrier_id, carrier)
        self.assertEqual(order.order_line.filtered("is_delivery").product_id, product)
        self.assertEqual(order.picking_ids.carrier_id, carrier)

    def test_two_companies_keep_their_orders_apart(self):
        company = self.make_company("Second Company")
        channel = self.make_channel(company_id=company.id, name="Second Shop")
        self.make_tax(20, company=company)
        order = self.order()
        ours, theirs = self.feed(order).order_id, self.feed(order, channel=channel).order_id
        self.assertEqual((ours.company_id, theirs.company_id), (self.company, company))
        self.assertEqual(theirs.warehouse_id.company_id, company)
        self.assertEqual(theirs.order_line.tax_ids.company_id, company)
        self.assertNotEqual(ours.partner_id, theirs.partner_id)

    # ------------------------------------------------------------------ the body
    def test_the_shared_body_reads_as_the_order_it_was_made_from(self):
        order = self.order(version="000000000001", ship_by=None, payments=(payment("t1", 24),), references=())
        parsed = self.channel._adapter().noun("orders").parse_order(body(order))
        names = ("external_id", "number", "currency", "payment", "lines", "payments", "total", "tax_total", "ship_to")
        same = {name: getattr(order, name) for name in names if name not in ("ship_to",)}
        self.assertEqual({name: getattr(parsed, name) for name in same}, same)
        self.assertIsInstance(parsed, Order)
