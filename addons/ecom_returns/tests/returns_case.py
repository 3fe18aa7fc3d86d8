"""What the tests of returns stand on: orders that were delivered, invoiced and perhaps paid, as Odoo makes them."""

from odoo import Command
from odoo.addons.ecom_connector.tests.common import ChannelCase
from odoo.tests import new_test_user

GROUPS = {
    "operator": "ecom_connector.ecom_connector_group_operator",
    "manager": "ecom_connector.ecom_connector_group_channel_manager",
    "dock": "stock.group_stock_user",
    "accountant": "account.group_account_invoice",
}


class ReturnsCase(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.buyer = cls.env["res.partner"].create(
            {"name": "Anna Huber", "country_id": cls.env.ref("base.at").id, "email": "anna@example.com"}
        )
        cls.policy = cls.env.ref("ecom_returns.ecom_return_policy_eu")
        cls.shirt.standard_price = 4
        cls.cup.standard_price = 3

    @classmethod
    def user(cls, role):
        """A user of the company with that role and nothing else."""
        found = cls.env["res.users"].search([("login", "=", f"returns_{role}")])
        return found or new_test_user(
            cls.env,
            f"returns_{role}",
            groups=GROUPS[role],
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    # ------------------------------------------------------------------ orders
    def sold(self, *articles, deliver=True, invoice=True, **values):
        """A confirmed order of [(product, quantity, price, line values)]; delivered and invoiced unless told not to."""
        lines = [self._line(*article) for article in articles or [(self.shirt, 2, 10)]]
        order = self.env["sale.order"].create(
            {
                "partner_id": self.buyer.id,
                "company_id": self.company.id,
                "warehouse_id": self.warehouse.id,
                "order_line": [Command.create(line) for line in lines],
                **values,
            }
        )
        order.action_confirm()
        if deliver:
            self.deliver(order.picking_ids)
        if invoice:
            self.invoice(order)
        return order

    def _line(self, product, quantity, price, values=None):
        taxes = [Command.set(self.tax20.ids)]
        line = {"product_id": product.id, "product_uom_qty": quantity, "price_unit": price, "tax_ids": taxes}
        return line | (values or {})

    def deliver(self, pickings, lots=None):
        for move in pickings.move_ids.filtered(lambda move: move.state not in ("done", "cancel")):
            move.quantity = move.product_uom_qty
            if lots:
                move.lot_ids = lots
            move.picked = True
        pickings.filtered(lambda picking: picking.state != "done").with_context(skip_backorder=True).button_validate()
        self.assertEqual(set(pickings.mapped("state")), {"done"})

    def invoice(self, order):
        invoice = order._create_invoices()
        invoice.invoice_date = "2026-03-01"
        invoice.action_post()
        return invoice

    # ----------------------------------------------------------------- returns
    def opened(self, order, *quantities, role=None, **values):
        """A return of these quantities of the order's lines."""
        wanted = [
            (line, None, quantity, {})
            for line, quantity in zip(order.order_line, quantities or [1], strict=False)
            if quantity
        ]
        flow = self.env["ecom.flow.return.open"]
        flow = flow.with_user(self.user(role)) if role else flow
        return flow._open(wanted, **values)

    def agreed(self, order, *quantities, **values):
        record = self.opened(order, *quantities, **values)
        record.action_approve()
        return record

    def received(self, order, *quantities, **values):
        """A return whose goods all came."""
        record = self.agreed(order, *quantities, **values)
        self.receive(record)
        return record

    def receive(self, record, **counted):
        """The dock counts everything that is expected, or `counted`: {default code: units}; the rest is short."""
        wizard = self.env["ecom.return.receive.wizard"].with_user(self.user("dock")).create({})
        wizard.return_ids = record
        wizard._onchange_return_ids()
        for line in wizard.line_ids:
            line.arrived = counted.get(line.product_id.default_code, 0) if counted else line.expected
        wizard.action_receive()
        record.invalidate_recordset()

    def decide(self, record, grade="a", **by_product):
        for line in record.line_ids.filtered(lambda line: line.goods == "received" and not line.disposition):
            line.grade = by_product.get(line.product_id.default_code, grade)
        record.with_user(self.user("dock")).action_dispose()

    def credited(self, record):
        record.with_user(self.user("accountant")).action_credit()
        return record.credit_ids

    # ----------------------------------------------------------------- asserts
    def on_hand(self, product, location):
        return self.env["stock.quant"]._get_available_quantity(product, location, allow_negative=True)

    @property
    def stock(self):
        return self.warehouse.lot_stock_id

    @property
    def quarantine(self):
        return self.warehouse._ecom_quarantine()

    def for_sale(self, product):
        """What channels may sell of it."""
        free = self.env["ecom.flow.measure"]._free([product.id], [self.warehouse.id])
        return free[product.id, self.warehouse.id]
