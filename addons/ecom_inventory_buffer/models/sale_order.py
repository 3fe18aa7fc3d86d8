from datetime import datetime, time, timedelta

from odoo import fields, models
from odoo.exceptions import UserError

DAYS = 7


class SaleOrder(models.Model):
    """A quotation may hold its goods for as long as it is valid."""

    _inherit = "sale.order"

    ecom_hold_ids = fields.One2many(
        "ecom.stock.hold",
        "sale_order_id",
        string="Stock Held",
        groups="ecom_connector.ecom_connector_group_operator",
    )

    def action_hold_stock(self):
        """Hold what these quotations offer until they end; no channel sells it meanwhile."""
        self.check_access("write")
        for order in self:
            if order.state not in ("draft", "sent"):
                raise UserError(self.env._("%(order)s is no quotation.", order=order.name))
            units = order._ecom_units()
            if not units:
                raise UserError(self.env._("%(order)s has no goods of which stock is kept.", order=order.name))
            self.env["ecom.stock.hold"]._hold(
                order._ecom_hold_key(),
                order.company_id,
                units,
                order._ecom_held_until(),
                name=order.name,
                kind="quotation",
                warehouse_id=order.warehouse_id.id,
                sale_order_id=order.id,
            )

    def _ecom_hold_key(self):
        return f"quotation:{self.id}"

    def _ecom_units(self):
        """{product: units in its own unit} of the lines of which stock may be kept."""
        units = {}
        for line in self.order_line.filtered(lambda line: line.product_id.type == "consu"):
            quantity = line.product_uom_id._compute_quantity(line.product_uom_qty, line.product_id.uom_id, round=False)
            units[line.product_id] = units.get(line.product_id, 0) + quantity
        return units

    def _ecom_held_until(self):
        if self.validity_date:
            return datetime.combine(self.validity_date, time.max).replace(microsecond=0)
        return fields.Datetime.now() + timedelta(days=DAYS)

    def write(self, vals):
        """Confirmed, its transfers take the goods; cancelled, nobody does."""
        result = super().write(vals)
        if vals.get("state") in ("sale", "cancel"):
            self.sudo().ecom_hold_ids._release()
        return result
