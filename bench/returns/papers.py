"""The business that both sides work in, and the documents of Odoo that a return makes."""

from odoo.fields import Command, Date

LINES = 3


class Papers:
    """Made once a database; remembers ids only, so that it outlives its transaction."""

    def __init__(self, env):
        if not env.company.chart_template:
            env["account.chart.template"].try_loading("generic_coa", company=env.company, install_demo=False)
        warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
        self.warehouse_id, self.stock_id = warehouse.id, warehouse.lot_stock_id.id
        self.internal_id = warehouse.int_type_id.id
        self.beside_id = self._beside(env, warehouse).id
        self.tax_id = env["account.tax"].create({"name": "VAT 20", "amount": 20, "type_tax_use": "sale"}).id
        self.buyer_id = env["res.partner"].create({"name": "Buyer", "country_id": env.ref("base.at").id}).id
        products = env["product.product"].create(
            [
                {"name": f"Article {number}", "is_storable": True, "invoice_policy": "order", "standard_price": 4}
                for number in range(LINES)
            ]
        )
        self.product_ids = products.ids
        for product in products:
            env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, 1_000_000)
        self.channel_id = self.refunded = None

    @staticmethod
    def _beside(env, warehouse):
        if hasattr(warehouse, "_ecom_quarantine"):
            return warehouse._ecom_quarantine()
        values = {"name": "Beside", "location_id": warehouse.view_location_id.id, "usage": "internal"}
        return env["stock.location"].create(values)

    def sell(self, env, size, invoice=True, lines=LINES, **values):
        """Orders that were confirmed, delivered and invoiced."""
        lines = [
            Command.create(
                {"product_id": product, "product_uom_qty": 2, "price_unit": 10, "tax_ids": [Command.set([self.tax_id])]}
            )
            for product in self.product_ids[:lines]
        ]
        common = {"partner_id": self.buyer_id, "warehouse_id": self.warehouse_id, "order_line": lines, **values}
        orders = env["sale.order"].create([common] * size)
        orders.action_confirm()
        orders.picking_ids.move_ids.picked = True
        orders.picking_ids.button_validate()
        if invoice:
            orders._create_invoices(grouped=True).action_post()
        return orders

    def restock(self, env, returned):
        moves = [
            Command.create(
                {
                    "product_id": move.product_id.id,
                    "product_uom_qty": move.quantity,
                    "location_id": self.beside_id,
                    "location_dest_id": self.stock_id,
                }
            )
            for move in returned.move_ids
        ]
        places = {"location_id": self.beside_id, "location_dest_id": self.stock_id}
        picking = env["stock.picking"].create({"picking_type_id": self.internal_id, **places, "move_ids": moves})
        picking.action_confirm()
        picking.action_assign()
        picking.move_ids.picked = True
        picking.button_validate()

    def credit(self, env, order):
        (invoice,) = order.invoice_ids
        lines = [
            Command.create(
                {
                    "name": line.name,
                    "product_id": line.product_id.id,
                    "quantity": 1,
                    "price_unit": line.price_unit,
                    "tax_ids": [Command.set(line.tax_ids.ids)],
                    "sale_line_ids": [Command.set(line.sale_line_ids.ids)],
                }
            )
            for line in invoice.invoice_line_ids
        ]
        values = {"partner_id": invoice.partner_id.id, "journal_id": invoice.journal_id.id, "invoice_line_ids": lines}
        common = {"move_type": "out_refund", "reversed_entry_id": invoice.id, "invoice_date": Date.today()}
        note = env["account.move"].create(values | common)
        note.action_post()
        open_lines = (note | invoice).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and not line.reconciled
        )
        open_lines.reconcile()

    # ----------------------------------------------------------------- refunds
    def refund(self, env, count):
        """Orders of a channel that were delivered, each with a refund of one unit that the channel made."""
        if not self.channel_id:
            self.channel_id = env["ecom.channel"].create({"name": "Bench", "code": "demo", "mode": "test"}).id
        for _batch in range(0, count, 250):
            orders = self.sell(env, min(250, count), invoice=False, lines=1, ecom_channel_id=self.channel_id)
            env["ecom.refund"].create(
                [
                    {
                        "channel_id": self.channel_id,
                        "order_id": order.id,
                        "external_id": f"r-{order.id}",
                        "amount": 12,
                        "currency_id": order.currency_id.id,
                        "line_ids": [
                            Command.create({"external_id": "1", "order_line_id": order.order_line[0].id, "quantity": 1})
                        ],
                    }
                    for order in orders
                ]
            )
            env.cr.commit()
            env.invalidate_all()

    def tell(self, env):
        credited = env["account.move"].search([("move_type", "=", "out_refund"), ("state", "=", "posted")])
        moves = env["stock.move"].search([("product_id", "in", self.product_ids), ("state", "=", "done")])
        back = moves.filtered(lambda move: move.location_id.usage == "customer")
        again = moves.filtered(lambda move: move.location_id.id == self.beside_id)
        return {
            "notes": len(credited),
            "credited": round(sum(credited.mapped("amount_total")), 2),
            "back": len(back),
            "restocked": len(again),
        }
