from datetime import datetime
from decimal import Decimal

from odoo.addons.ecom_connector.channels.records import ReturnedUnits, ReturnNotice
from odoo.addons.ecom_connector.flow.reimburse import Reimbursement
from odoo.exceptions import UserError
from odoo.tests import tagged

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestThere(ReturnsCase):
    """Goods that come back into a marketplace's own warehouse, and what it pays for those it broke."""

    def channels(self, quantity=2):
        """Shirts that the marketplace sent out of its own warehouse, which one here stands for."""
        order = self.sold((self.shirt, quantity, 10), invoice=False)
        order.write({"ecom_channel_id": self.channel.id, "ecom_external_id": f"o-{order.id}"})
        order.ecom_fulfilment = "elsewhere"
        payment = {"external_id": f"pay-{order.id}", "kind": "capture", "state": "done", "amount": order.amount_total}
        links = {"channel_id": self.channel.id, "order_id": order.id, "currency_id": self.euro.id}
        self.env["ecom.order.payment"].create({**payment, **links})
        self.invoice(order)
        return order

    def arrived(self, order, *units, version="2026-03-10T08:00:00Z"):
        """`units`: (license plate, condition)"""
        found = [
            ReturnedUnits(external_id=plate, sku="SHIRT", quantity=Decimal(1), condition=condition, words=condition)
            for plate, condition in units
        ]
        number = order.ecom_external_id
        notice = ReturnNotice(
            external_id=number, order_id=number, version=version, state="received", returned=tuple(found)
        )
        known = self.env["ecom.return"].search([("external_id", "=", number)])
        self.env["ecom.flow.return.there"]._arrived(self.channel, order, notice, known)
        return self.env["ecom.return"].search([("order_ids", "=", order.id)], order="id")

    def paid(self, order, amount, sku="SHIRT", units=1):
        found = Reimbursement(
            order=order,
            sku=sku,
            quantity=units,
            amount=amount,
            currency=self.euro,
            reference="",
            kind="WAREHOUSE_DAMAGE",
            moment=datetime(2026, 3, 16),
        )
        self.env["ecom.flow.reimburse"]._paid(self.channel, [found])

    # -------------------------------------------------------------------- goods
    def test_what_is_sellable_there_is_in_stock_and_what_is_not_is_in_quarantine(self):
        order = self.channels()
        record = self.arrived(order, ("LPN1", "sellable"), ("LPN2", "buyer"))
        found = {line.external_id: (line.goods, line.disposition, line.grade) for line in record.line_ids}
        self.assertEqual(found, {"LPN1": ("received", "restock", "a"), "LPN2": ("received", False, "c")})
        self.assertEqual((self.for_sale(self.shirt), self.on_hand(self.shirt, self.quarantine)), (99, 1))
        self.assertEqual((order.order_line.qty_delivered, record.external_id), (0, order.ecom_external_id))

    def test_fba_back_dated_row_joins_the_return_and_same_license_plate_twice_is_one_unit(self):
        order = self.channels()
        self.arrived(order, ("LPN1", "sellable"))
        records = self.arrived(order, ("LPN1", "sellable"), ("LPN2", "sellable"))
        self.assertEqual((sum(records.line_ids.mapped("quantity")), order.order_line.qty_delivered), (2, 0))
        self.arrived(order, ("LPN1", "sellable"), ("LPN2", "sellable"))
        self.assertEqual((len(records.line_ids), self.for_sale(self.shirt)), (2, 100))

    def test_more_units_than_were_sent_are_refused_and_change_nothing(self):
        order = self.channels(1)
        with self.assertRaisesRegex(UserError, "cannot come back"), self.env.cr.savepoint():
            self.arrived(order, ("LPN1", "sellable"), ("LPN2", "sellable"))
        self.assertEqual(order.order_line.qty_delivered, 1)

    def test_what_the_channel_refunded_before_waits_for_its_unit(self):
        order = self.channels()
        line = {"order_line_id": order.order_line.id, "quantity": 2, "amount": 20, "external_id": "1"}
        values = {"channel_id": self.channel.id, "order_id": order.id, "external_id": "r-1", "amount": 24}
        self.env["ecom.refund"].create(values | {"currency_id": self.euro.id, "line_ids": [(0, 0, line)]})
        self.env["ecom.refund"]._open_returns()
        record = self.arrived(order, ("LPN1", "sellable"))
        self.assertEqual((len(record), record.refund_first), (1, True))
        found = sorted((line.goods, line.money, line.quantity) for line in record.line_ids)
        self.assertEqual(found, [("awaiting", "executed", 1), ("received", "executed", 1)])
        self.arrived(order, ("LPN1", "sellable"), ("LPN2", "sellable"))
        self.assertEqual(set(record.line_ids.mapped("goods")), {"received"})
        self.assertEqual(self.for_sale(self.shirt), 100)

    def test_stock_that_was_never_ours_comes_back_to_none_of_ours(self):
        order = self.sold((self.shirt, 1, 10), deliver=False, invoice=False)
        order.write({"ecom_channel_id": self.channel.id, "ecom_external_id": "o-fba", "ecom_fulfilment": "elsewhere"})
        self.env["ecom.flow.elsewhere"]._book_order(order, order.ecom_shipment_ids)
        before = self.for_sale(self.shirt)
        line = self.arrived(order, ("LPN1", "sellable")).line_ids
        self.assertEqual((line.goods, line.disposition), ("received", "vendor"))
        self.assertEqual((self.for_sale(self.shirt), self.on_hand(self.shirt, self.quarantine)), (before, 0))
        self.assertEqual(order.order_line.qty_delivered, 0)

    def test_another_finding_counts_until_it_was_decided_here(self):
        order = self.channels()
        record = self.arrived(order, ("LPN1", "channel"))
        self.arrived(order, ("LPN1", "sellable"))
        self.assertEqual(record.line_ids.disposition, "restock")
        self.arrived(order, ("LPN1", "buyer"))
        self.assertEqual(record.line_ids.disposition, "restock")
        domain = [("channel_id", "=", self.channel.id), ("detail", "like", "says now that LPN1")]
        self.assertTrue(self.env["ecom.exception"].search(domain))

    # ----------------------------------------------------------- reimbursements
    def test_what_it_broke_is_claimed_and_paid_by_its_payout(self):
        order = self.channels()
        record = self.arrived(order, ("LPN1", "carrier"))
        claim = self.env["ecom.return.claim"].search([("return_id", "=", record.id)])
        self.assertEqual((claim.against, claim.amount, claim.state), ("channel", 12, "open"))
        self.paid(order, 12)
        self.assertEqual((claim.state, claim.paid_amount, len(claim.reimbursement_ids)), ("paid", 12, 1))
        self.assertEqual(record.line_ids.disposition, "scrap", "what it paid for is its own")
        self.assertEqual(self.on_hand(self.shirt, self.quarantine), 0)

    def test_less_than_was_claimed_stays_open_until_somebody_gives_the_rest_up(self):
        order = self.channels()
        claim = self.env["ecom.return.claim"].search([("return_id", "=", self.arrived(order, ("LPN1", "channel")).id)])
        self.paid(self.env["sale.order"], 7.5)
        self.assertEqual((claim.state, claim.paid_amount), ("claimed", 7.5))
        claim.with_user(self.user("operator")).action_give_up()
        self.assertEqual(claim.state, "paid")

    def test_one_payment_for_two_units_is_shared_to_the_cent(self):
        order = self.channels()
        record = self.arrived(order, ("LPN1", "channel"), ("LPN2", "channel"))
        self.paid(order, 15.01, units=2)
        claims = self.env["ecom.return.claim"].search([("return_id", "=", record.id)], order="id")
        self.assertEqual(claims.mapped("paid_amount"), [7.51, 7.5])

    def test_fba_reimbursement_then_item_found_is_taken_back_and_somebody_hears(self):
        order = self.channels()
        record = self.arrived(order, ("LPN1", "channel"))
        self.paid(order, 12)
        self.paid(order, -12)
        claim = self.env["ecom.return.claim"].search([("return_id", "=", record.id)])
        self.assertEqual((claim.state, claim.paid_amount), ("claimed", 0))
        self.assertIn("were the goods found", claim.activity_ids.summary)

    def test_a_payout_that_is_undone_pays_nothing(self):
        order = self.channels()
        record = self.arrived(order, ("LPN1", "channel"))
        self.paid(order, 12)
        self.paid(order, -12)
        claim = self.env["ecom.return.claim"].search([("return_id", "=", record.id)])
        self.assertEqual((claim.state, claim.paid_amount), ("claimed", 0))
        self.paid(order, 12)
        self.assertEqual(claim.state, "paid")

    def test_what_nobody_claimed_is_kept_for_no_claim(self):
        self.paid(self.channels(), 5, sku="OTHER")
        found = self.env["ecom.return.reimbursement"].search([("channel_id", "=", self.channel.id)])
        self.assertEqual((found.amount, found.claim_id.ids), (5, []))

    def test_fba_refund_with_no_return_row_expires_and_is_claimed_from_the_marketplace(self):
        order = self.channels()
        line = {"order_line_id": order.order_line.id, "quantity": 1, "amount": 10, "external_id": "1"}
        values = {"channel_id": self.channel.id, "order_id": order.id, "external_id": "r-1", "amount": 12}
        self.env["ecom.refund"].create(values | {"currency_id": self.euro.id, "line_ids": [(0, 0, line)]})
        self.env["ecom.refund"]._open_returns()
        record = self.env["ecom.return"].search([("order_ids", "=", order.id)])
        self.patch(type(self.channel), "_adapter", self.as_marketplace(type(self.channel)._adapter))
        record._expire()
        claim = self.env["ecom.return.claim"].search([("return_id", "=", record.id)])
        self.assertEqual((record.line_ids.goods, claim.against, claim.amount), ("expired", "channel", 12))

    @staticmethod
    def as_marketplace(adapter):
        from dataclasses import replace

        return lambda channel: replace(adapter(channel), kind="marketplace")
