import base64
from unittest.mock import patch

from odoo.addons.delivery.models.delivery_carrier import DeliveryCarrier
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .returns_case import ReturnsCase


def make_label(carrier, pickings, tracking_number=None, origin_date=None):
    """As carriers do it that make labels for returns: an attachment of the transfer, named by their prefix."""
    for picking in pickings:
        picking.carrier_tracking_ref = "BACK-1"
        name = f"{carrier.get_return_label_prefix()}-BACK-1.pdf"
        values = {"name": name, "res_model": picking._name, "res_id": picking.id}
        carrier.env["ir.attachment"].create({**values, "datas": base64.b64encode(b"%PDF-1.4")})


@tagged("post_install", "-at_install")
class TestParcel(ReturnsCase):
    """Labels of the carrier, and what the customer says of his parcel."""

    def setUp(self):
        super().setUp()
        product = self.env["product.product"].create({"name": "Delivery", "type": "service"})
        self.carrier = self.env["delivery.carrier"].create({"name": "Post", "product_id": product.id})
        order = self.sold((self.shirt, 1, 10), deliver=False, invoice=False)
        order.picking_ids.carrier_id = self.carrier
        self.deliver(order.picking_ids)
        self.record = self.agreed(order, 1)

    def test_a_carrier_that_makes_no_labels_is_named(self):
        with self.assertRaisesRegex(UserError, "Post makes no labels"):
            self.record.with_user(self.user("operator")).action_get_label()

    def test_only_operators_order_labels(self):
        for role in ("dock", "accountant"):
            with self.assertRaises(AccessError):
                self.record.with_user(self.user(role)).action_get_label()

    def test_a_label_of_the_carrier_is_for_the_customer_too(self):
        def may(carriers):
            carriers.can_generate_return = True

        with (
            patch.object(DeliveryCarrier, "_compute_can_generate_return", may),
            patch.object(DeliveryCarrier, "fixed_get_return_label", make_label, create=True),
        ):
            self.carrier.invalidate_recordset()
            self.record.with_user(self.user("operator")).action_get_label()
            self.assertEqual(self.record._labels().mapped("name"), ["LabelReturn-fixed-BACK-1.pdf"])
        self.assertEqual(self.record.picking_ids.carrier_tracking_ref, "BACK-1")

    def test_proof_of_sending_starts_the_time_for_the_money(self):
        self.assertEqual(self.record.due_kind, "send")
        self.record._note_parcel("Post", "RR1")
        self.assertEqual((self.record.line_ids.goods, self.record.due_kind), ("in_transit", "law"))
        with self.assertRaisesRegex(UserError, "is awaited"):
            self.record._note_parcel("Post", "RR2")
