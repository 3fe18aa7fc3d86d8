from odoo.tests import tagged

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestAnalysis(ReturnsCase):
    """How much came back of what was sold, what it cost, and which article stands out."""

    def rows(self, *groups, measures=("sold_units:sum", "returned_units:sum", "return_rate:avg"), **domain):
        self.env.flush_all()
        domain = [("company_id", "=", self.company.id), *((name, "=", value) for name, value in domain.items())]
        return self.env["ecom.return.report"]._read_group(domain, groups, measures)

    def test_a_rate_is_of_sums(self):
        self.received(self.sold((self.shirt, 3, 10), (self.cup, 1, 5), invoice=False), 1)
        self.sold((self.shirt, 7, 10), invoice=False)
        found = {product: figures for product, *figures in self.rows("product_id")}
        self.assertEqual(found[self.shirt], [10, 1, 10])
        self.assertEqual(found[self.cup], [1, 0, 0])
        self.assertEqual(self.rows()[0][:2], (11, 1))

    def test_dozens_are_counted_in_units(self):
        self.sold((self.cup, 2, 50, {"product_uom_id": self.env.ref("uom.product_uom_dozen").id}), invoice=False)
        self.assertEqual(self.rows(product_id=self.cup.id)[0][0], 24)

    def test_what_was_refused_or_never_came_is_not_counted(self):
        order = self.sold((self.shirt, 3, 10), invoice=False)
        self.opened(order, 1).action_refuse("Worn")
        self.agreed(order, 1)
        self.assertEqual(self.rows()[0][1], 0)

    def test_a_month_of_sales_keeps_its_returns(self):
        order = self.sold((self.shirt, 2, 10), invoice=False)
        order.date_order = "2026-01-15"
        self.received(order, 1)
        months = [figures for _month, *figures in self.rows("date:month")]
        self.assertEqual(months, [[2, 1, 50]])

    def test_what_it_cost_and_how_long_it_took(self):
        record = self.received(self.sold((self.shirt, 2, 10), (self.cup, 1, 5)), 2, 1)
        record.picking_ids.carrier_price = 6
        self.decide(record, SHIRT="d")
        self.credited(record)
        measures = ("lost_value:sum", "recovered_value:sum", "credited:sum", "shipping_cost:sum", "days_to_credit:avg")
        lost, recovered, credited, shipping, days = self.rows(measures=measures)[0]
        self.assertEqual((lost, recovered, credited, shipping), (8, 3, 25, 6))
        self.assertLess(days, 1)

    def test_a_size_that_runs_small_stands_out(self):
        size = self.env["product.attribute"].create(
            {"name": "Size", "value_ids": [(0, 0, {"name": name}) for name in ("S", "M")]}
        )
        template = self.env["product.template"].create(
            {
                "name": "Jacket",
                "is_storable": True,
                "attribute_line_ids": [(0, 0, {"attribute_id": size.id, "value_ids": [(6, 0, size.value_ids.ids)]})],
            }
        )
        small, medium = template.product_variant_ids
        reason = self.env.ref("ecom_returns.ecom_return_reason_small")
        for product in (small, medium):
            self.env["stock.quant"]._update_available_quantity(product, self.stock, 20)
        order = self.sold((small, 10, 10), (medium, 10, 10), invoice=False)
        flow = self.env["ecom.flow.return.open"]
        wanted = [(order.order_line[0], None, 6, {"reason_id": reason.id}), (order.order_line[1], None, 1, {})]
        record = flow._open(wanted)
        record.action_approve()
        self.receive(record)
        self.env.flush_all()
        found = self.env["ecom.return.outlier"].search([("company_id", "=", self.company.id)])
        self.assertEqual(found.product_id, small)
        self.assertEqual((found.rate, found.usual_rate, found.reason_id, found.reason_share), (60, 10, reason, 100))
        self.assertGreater(found.surplus, 20)

    def test_few_returns_say_nothing(self):
        self.received(self.sold((self.shirt, 2, 10), invoice=False), 2)
        self.env.flush_all()
        self.assertFalse(self.env["ecom.return.outlier"].search([("company_id", "=", self.company.id)]))

    def test_accountants_and_agents_look_at_it_and_the_warehouse_does_not(self):
        for role in ("operator", "accountant"):
            self.assertTrue(self.env["ecom.return.report"].with_user(self.user(role)).has_access("read"))
        self.assertFalse(self.env["ecom.return.report"].with_user(self.user("dock")).has_access("read"))
