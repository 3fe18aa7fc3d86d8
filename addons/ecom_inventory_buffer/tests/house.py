"""What happens in the merchant's own house, for play.py: goods, orders of the sales team, transfers, returns."""

from datetime import timedelta

from odoo import Command
from odoo.addons.ecom_connector.flow.clock import now
from odoo.tools import SQL


class House:
    """To mix into the world. What it does it also writes down in `on_hand`, `left` and `holds`."""

    def count(self, product, change):
        """Goods arrive, or an inventory finds fewer."""
        self.env["stock.quant"]._update_available_quantity(self.products[product], self.shelf, change)
        self.on_hand[product] += change

    def reserve(self, method):
        self.picking_type.reservation_method = method

    def order(self, product, quantity):
        """The sales team sells some, without any channel."""
        line = {"product_id": self.products[product].id, "product_uom_qty": quantity}
        order = self.env["sale.order"].create({"partner_id": self.buyer.id, "order_line": [Command.create(line)]})
        order.action_confirm()

    def hold(self, product, quantity):
        """A buyer has some in his cart."""
        key = f"play:{len(self.env['ecom.stock.hold'].search([]))}"
        until = now() + timedelta(hours=1)
        self.env["ecom.stock.hold"]._hold(key, self.case.company, {self.products[product]: quantity}, until)
        self.holds[key] = product, quantity

    def end_hold(self, choice, by_time):
        """He lets go of them, or his time is over."""
        if not self.holds:
            return
        key = sorted(self.holds)[choice % len(self.holds)]
        del self.holds[key]
        if not by_time:
            self.env["ecom.stock.hold"]._release_key(key, self.case.company)
            return
        self.env.flush_all()
        past = now() - timedelta(minutes=1)
        self.env.cr.execute(SQL("UPDATE ecom_stock_hold SET expires_at = %s WHERE key LIKE %s", past, f"{key}:%"))
        self.env.invalidate_all()
        self.env["ecom.stock.hold"]._expire()

    def cancel_here(self, choice):
        orders = self._open_orders()
        if orders:
            orders[choice % len(orders)]._action_cancel()

    def reserve_one(self, choice):
        orders = self._open_orders()
        if orders:
            orders[choice % len(orders)].picking_ids.action_assign()

    def ship(self, choice, part):
        """All of an order leaves the house, or all but one unit."""
        orders = self._open_orders()
        if not orders:
            return
        pickings = orders[choice % len(orders)].picking_ids.filtered(lambda one: one.state not in ("done", "cancel"))
        for move in pickings.move_ids:
            move.quantity = max(0, move.product_uom_qty - (1 if part else 0))
            move.picked = True
            name = next(name for name, product in self.products.items() if product == move.product_id)
            self.on_hand[name] -= move.quantity
            self.left[move.sale_line_id.order_id.id, name] += move.quantity
        pickings.filtered(lambda one: any(one.move_ids.mapped("quantity")))._action_done()

    def send_back(self, product):
        """A unit comes back and is put where nobody may sell it."""
        self._carry(product, self.customers, self.quarantine)

    def release(self, product):
        """What was found in order goes back to the shelf."""
        if self.env["stock.quant"]._get_available_quantity(self.products[product], self.quarantine) >= 1:
            self._carry(product, self.quarantine, self.shelf)
            self.on_hand[product] += 1

    def _carry(self, product, source, target):
        goods = self.products[product]
        move = self.env["stock.move"].create(
            {
                "product_id": goods.id,
                "product_uom": goods.uom_id.id,
                "product_uom_qty": 1,
                "location_id": source.id,
                "location_dest_id": target.id,
                "company_id": self.case.company.id,
            }
        )
        move._action_confirm()
        move.quantity, move.picked = 1, True
        move._action_done()

    def _orders(self, channel=None):
        domain = [("company_id", "=", self.case.company.id)]
        return self.env["sale.order"].search(domain + ([("ecom_channel_id", "=", channel.id)] if channel else []))

    def _open_orders(self):
        waiting = ("waiting", "confirmed", "assigned")
        return self._orders().filtered(
            lambda order: order.state == "sale" and any(one.state in waiting for one in order.picking_ids)
        )
