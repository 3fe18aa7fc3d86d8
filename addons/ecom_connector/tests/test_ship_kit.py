from odoo import Command
from odoo.tests import tagged

from .shipping_case import ShippingCase


@tagged("post_install", "-at_install")
class TestShipKit(ShippingCase):
    """Kits are an application of their own; where it is installed, a kit is told once and when it is whole."""

    def setUp(self):
        super().setUp()
        if "mrp.bom" not in self.env:
            self.skipTest("Manufacturing is not installed")
        parts = {"Top": 1, "Leg": 4}
        self.parts = [self.env["product.product"].create({"name": name, "is_storable": True}) for name in parts]
        for part in self.parts:
            self.env["stock.quant"]._update_available_quantity(part, self.warehouse.lot_stock_id, 100)
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": self.products[0].product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [
                    Command.create({"product_id": part.id, "product_qty": quantity})
                    for part, quantity in zip(self.parts, parts.values(), strict=True)
                ],
            }
        )

    def test_a_kit_counts_once_in_the_first_of_its_boxes(self):
        order = self._order(2, 1)
        picking = order.picking_ids
        self.assertEqual(picking.move_ids.mapped("product_uom_qty"), [2.0, 8.0, 1.0])
        self._pack(picking, {0: 2}, {1: 8, 2: 1})
        parcels = self._ship(picking)
        self.assertEqual(self._content(parcels[0]), [(self.items[0].sku, 2.0)])
        self.assertEqual(self._content(parcels[1]), [(self.items[1].sku, 1.0)])
        self.assertEqual(order.ecom_fulfilment, "fulfilled")

    def test_a_box_that_only_holds_parts_is_one_more_box(self):
        order = self._order(2)
        picking = order.picking_ids
        self._pack(picking, {0: 2}, {1: 8})
        parcels = self._ship(picking, number="A,B")
        self.assertEqual([self._content(parcel) for parcel in parcels], [[(self.items[0].sku, 2.0)], []])
        self.assertEqual(parcels.mapped("tracking_number"), ["A", "B"])

    def test_a_kit_is_told_when_its_last_part_leaves(self):
        order = self._order(2)
        first = self._ship(order.picking_ids, 2, 5)
        self.assertEqual(self._content(first), [(self.items[0].sku, 1.0)])
        self.assertEqual(order.ecom_fulfilment, "partial")
        second = self._ship(order.picking_ids.filtered(lambda picking: picking.state != "done"))
        self.assertEqual(self._content(second), [(self.items[0].sku, 1.0)])
        self.assertEqual(order.ecom_fulfilment, "fulfilled")

    def test_a_transfer_with_no_whole_kit_is_a_parcel_without_content(self):
        order = self._order(1)
        first = self._ship(order.picking_ids, 1, 0)
        self.assertFalse(first.line_ids)
        second = self._ship(order.picking_ids.filtered(lambda picking: picking.state != "done"))
        self.assertEqual(self._content(second), [(self.items[0].sku, 1.0)])
