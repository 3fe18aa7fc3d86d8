from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestKits(ReturnsCase):
    """A kit is sold as one and comes back in parts: each with exact figures."""

    def done(self, record, **grades):
        self.receive(record)
        self.decide(record, **grades)
        return self.credited(record)

    def make_kit(self, name, *parts):
        if "mrp.bom" not in self.env:
            self.skipTest("there are no kits without mrp")
        kit = self.make_product(name)
        lines = [Command.create({"product_id": product.id, "product_qty": units}) for product, units in parts]
        values = {"product_tmpl_id": kit.product_tmpl_id.id, "type": "phantom", "company_id": self.company.id}
        self.env["mrp.bom"].create({**values, "bom_line_ids": lines})
        return kit

    def part(self, order_line, product, units):
        record = self.env["ecom.flow.return.open"]._open([(order_line, product, units, {})])
        record.action_approve()
        return record

    def test_damaged_component_only(self):
        order = self.sold((self.make_kit("KIT", (self.shirt, 1), (self.cup, 1)), 1, 40))
        record = self.part(order.order_line, self.cup, 1)
        self.assertTotals(self.done(record, CUP="d"), 20, 4)
        self.assertEqual((record.line_ids.disposition, self.for_sale(self.cup)), ("scrap", 99))

    def test_nested_kit(self):
        inner = self.make_kit("INNER", (self.shirt, 2))
        order = self.sold((self.make_kit("OUTER", (inner, 1), (self.cup, 2)), 1, 40))
        self.assertTotals(self.done(self.part(order.order_line, self.shirt, 1)), 10, 2)
        self.assertTotals(self.done(self.part(order.order_line, self.cup, 2)), 20, 4)
        with self.assertRaisesRegex(UserError, "cannot come back: 1"):
            self.part(order.order_line, self.shirt, 2)

    def test_bom_changed_since_sale(self):
        kit = self.make_kit("KIT", (self.shirt, 1), (self.cup, 1))
        order = self.sold((kit, 1, 40))
        bom = self.env["mrp.bom"].search([("product_tmpl_id", "=", kit.product_tmpl_id.id)])
        bom.bom_line_ids.filtered(lambda line: line.product_id == self.cup).product_qty = 5
        self.assertTotals(self.done(self.part(order.order_line, self.cup, 1)), 20, 4)
        with self.assertRaises(UserError):
            self.part(order.order_line, self.cup, 1)

    def test_same_component_in_two_kits_of_one_order(self):
        first = self.make_kit("ONE", (self.shirt, 1), (self.cup, 1))
        second = self.make_kit("TWO", (self.shirt, 1))
        order = self.sold((first, 1, 40), (second, 1, 30))
        self.assertTotals(self.done(self.part(order.order_line[1], self.shirt, 1)), 30, 6)
        self.assertTotals(self.done(self.part(order.order_line[0], self.shirt, 1)), 20, 4)
        for line in order.order_line:
            with self.assertRaises(UserError):
                self.part(line, self.shirt, 1)

    def test_kit_sold_with_discount(self):
        order = self.sold((self.make_kit("KIT", (self.shirt, 1), (self.cup, 1)), 1, 40, {"discount": 50}))
        self.assertTotals(self.done(self.part(order.order_line, self.cup, 1)), 10, 2)
        self.assertTotals(self.done(self.part(order.order_line, self.shirt, 1)), 10, 2)

    def test_exchange_of_a_kit_for_a_kit_with_common_components(self):
        kit = self.make_kit("KIT", (self.shirt, 1), (self.cup, 1))
        other = self.make_kit("OTHER", (self.shirt, 2))
        record = self.agreed(self.sold((kit, 1, 40)), 1)
        order = self.env["ecom.flow.return.exchange"]._exchange(record, [(other, 1)])
        order.order_line.write({"price_unit": 40, "tax_ids": [Command.set(self.tax20.ids)]})
        self.receive(record)
        self.assertEqual((order.state, self.for_sale(self.shirt)), ("sale", 97), "quarantined shirts serve nobody")
