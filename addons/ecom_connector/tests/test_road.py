"""The road of an order: complete, in time order, for the lowest role, and quick."""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..channels.records import Refund
from .common import PLACED, payment
from .edit_case import EditCase


@tagged("post_install", "-at_install")
class TestRoad(EditCase):
    def user(self, login, *groups):
        return new_test_user(
            self.env, login, groups=",".join(groups), company_id=self.company.id, company_ids=self.company.ids
        )

    def road(self, login="road-seller", group="sales_team.group_sale_salesman_all_leads"):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.placed.with_user(self.user(login, group)).ecom_road()

    def travel(self):
        """Paid, a part shipped, invoiced, edited, decided, refunded."""
        self.change(payments=(payment("t1", 65),))
        self.channel.mode = "live"
        self.pick(SHIRT=1)
        self.placed.ecom_shipment_ids.tracking_number = "BOX-1"
        self.placed._create_invoices()._post()
        self.change(self.one_shirt(), self.cups, self.shipping)
        self.exceptions().action_keep_ours()
        self.change(refunds=(Refund(external_id="r1", amount=24, created_at=PLACED, reason="Too small"),))

    def test_every_message_decision_parcel_document_and_money_movement_stands_on_it(self):
        self.travel()
        road = self.road()
        kinds = {entry["kind"] for entry in road}
        self.assertLessEqual({"order", "message", "decision", "parcel", "delivery", "document", "money"}, kinds)
        said = "\n".join(f"{entry['title']} {entry['detail']}" for entry in road)
        for words in ("BOX-1", "Too small", "Ours kept", "was changed on the channel", "Captured", "Refund", "t1"):
            self.assertIn(words, said)

    def test_it_is_in_time_order_newest_first(self):
        self.travel()
        moments = [entry["at"] for entry in self.road()]
        self.assertEqual(moments, sorted(moments, reverse=True))

    def test_a_salesperson_reads_it_without_reading_messages_and_follows_only_links_that_open(self):
        self.travel()
        road = self.road()
        self.assertTrue([entry for entry in road if entry["kind"] == "message"])
        self.assertFalse([entry for entry in road if entry["kind"] == "message" and entry["link"]])
        self.assertTrue([entry for entry in road if entry["kind"] == "decision" and entry["link"]])
        with self.assertRaises(AccessError):
            self.env["ecom.payload"].with_user(self.user("road-payload", "sales_team.group_sale_salesman")).search([])

    def test_whoever_may_not_read_the_order_reads_no_road(self):
        with self.assertRaises(AccessError):
            self.road("road-nobody", "base.group_user")
        with self.assertRaises(AccessError):
            self.road("road-portal", "base.group_portal")

    def test_a_long_road_takes_no_more_questions_than_a_short_one(self):
        seller = self.user("road-long", "sales_team.group_sale_salesman_all_leads")
        placed = self.placed.with_user(seller)

        def questions():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            entries = placed.ecom_road()
            return self.env.cr.sql_log_count - before, len(entries)

        questions()
        self.lengthen(2)
        few, short = questions()
        self.lengthen(60)
        many, long = questions()
        self.assertGreater(long, short + 100)
        self.assertLessEqual(many, few + 2)

    def lengthen(self, count):
        common = {"channel_id": self.channel.id, "order_id": self.placed.id}
        start = max(self.placed.ecom_payment_ids.ids, default=0)
        self.env["ecom.message"].create(
            [
                {**common, "direction": "in", "topic": "orders", "state": "done", "event_key": f"road:{start}:{n}"}
                for n in range(count)
            ]
        )
        self.env["ecom.order.payment"].create(
            [
                {
                    **common,
                    "external_id": f"road:{start}:{n}",
                    "kind": "capture",
                    "state": "done",
                    "amount": 1,
                    "currency_id": self.euro.id,
                    "paid_at": PLACED.replace(tzinfo=None) + timedelta(minutes=n),
                }
                for n in range(count)
            ]
        )
