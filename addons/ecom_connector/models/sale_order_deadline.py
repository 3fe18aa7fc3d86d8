from datetime import timedelta

from odoo import api, fields, models

SHIPPED = ("fulfilled", "elsewhere")
WAITING_LONG = timedelta(hours=24)


class SaleOrder(models.Model):
    """When the order must have left, and whether it has."""

    _inherit = "sale.order"

    ecom_is_late = fields.Boolean(
        string="Late", compute="_compute_ecom_late", search="_search_ecom_is_late", help="Ship-by passed, not shipped."
    )
    ecom_waiting_long = fields.Boolean(
        string="Waiting for More Than 24 Hours",
        compute="_compute_ecom_late",
        search="_search_ecom_waiting_long",
        help="Confirmed more than 24 hours ago and not shipped.",
    )

    # As small as the work that is left, however many orders were shipped.
    _ecom_open_idx = models.Index(
        "(ecom_channel_id, ecom_ship_by) WHERE ecom_channel_id IS NOT NULL AND state != 'cancel'"
        " AND (ecom_fulfilment IS NULL OR ecom_fulfilment NOT IN ('fulfilled', 'elsewhere'))"
    )

    @api.depends("ecom_channel_id", "ecom_ship_by", "ecom_fulfilment", "delivery_status", "state", "date_order")
    def _compute_ecom_late(self):
        now = fields.Datetime.now()
        for order in self:
            left = order.ecom_fulfilment in SHIPPED or order.delivery_status == "full"
            to_ship = order.ecom_channel_id and order.state != "cancel" and not left
            order.ecom_is_late = bool(to_ship and order.ecom_ship_by and order.ecom_ship_by < now)
            order.ecom_waiting_long = bool(
                to_ship and order.state == "sale" and order.date_order and order.date_order < now - WAITING_LONG
            )

    def _search_ecom_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [*self._ecom_to_ship(), ("state", "!=", "cancel"), ("ecom_ship_by", "<", fields.Datetime.now())]

    def _search_ecom_waiting_long(self, operator, value):
        if operator != "in":
            return NotImplemented
        long_ago = fields.Datetime.now() - WAITING_LONG
        return [*self._ecom_to_ship(), ("state", "=", "sale"), ("date_order", "<", long_ago)]

    @staticmethod
    def _ecom_to_ship():
        return [
            ("ecom_channel_id", "!=", False),
            ("ecom_fulfilment", "not in", SHIPPED),
            ("delivery_status", "!=", "full"),
        ]

    def write(self, vals):
        before = {order: order.ecom_ship_by for order in self} if "ecom_ship_by" in vals else {}
        result = super().write(vals)
        if "ecom_ship_by" in vals:
            self._ecom_tell_later(before)
            moves = self.filtered("ecom_ship_by").order_line.move_ids
            for move in moves.filtered(lambda move: move.state not in ("done", "cancel")):
                move.date_deadline = move.sale_line_id.order_id.ecom_ship_by
        return result

    def _ecom_tell_later(self, before):
        """Who is told depends on the channel; what the channel said itself it knows."""
        if self.env.context.get("ecom_following"):
            return
        for order, moment in before.items():
            if moment and order.ecom_ship_by and order.ecom_ship_by > moment:
                self.env["ecom.flow.delay"].sudo()._tell_later(order.sudo(), moment)
