from odoo import api, fields, models


class SaleOrder(models.Model):
    """What the screens show of a channel's order beside its own fields."""

    _inherit = "sale.order"

    ecom_message_count = fields.Integer(compute="_compute_ecom_counts", compute_sudo=True)
    ecom_shipment_count = fields.Integer(compute="_compute_ecom_counts", compute_sudo=True)
    ecom_exception_count = fields.Integer(compute="_compute_ecom_counts", compute_sudo=True)

    ecom_location_name = fields.Char(
        string="Leaves From", compute="_compute_ecom_location_name", help="Where the channel wants it to leave from."
    )

    @api.depends("ecom_channel_id", "ecom_location")
    def _compute_ecom_location_name(self):
        """By the channel's name of the place, where it is known."""
        domain = [("channel_id", "in", self.ecom_channel_id.ids), ("code", "in", self.mapped("ecom_location"))]
        maps = self.env["ecom.location.map"].sudo().search(domain)
        names = {(place.channel_id, place.code): place.name for place in maps}
        for order in self:
            order.ecom_location_name = names.get((order.ecom_channel_id, order.ecom_location)) or order.ecom_location

    @api.depends("ecom_message_ids", "ecom_shipment_ids", "ecom_exception_ids.state")
    def _compute_ecom_counts(self):
        for field, model, domain in (
            ("ecom_message_count", "ecom.message", []),
            ("ecom_shipment_count", "ecom.shipment", []),
            ("ecom_exception_count", "ecom.exception", [("state", "=", "open")]),
        ):
            groups = self.env[model]._read_group([("order_id", "in", self.ids), *domain], ["order_id"], ["__count"])
            counts = {order.id: count for order, count in groups}
            for order in self:
                order[field] = counts.get(order.id, 0)

    # -------------------------------------------------------------------- buttons
    def _open_ecom(self, xmlid):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(f"ecom_connector.{xmlid}")
        return {**action, "domain": [("order_id", "=", self.id)], "context": {"default_order_id": self.id}}

    def action_open_ecom_messages(self):
        return self._open_ecom("ecom_message_action")

    def action_open_ecom_parcels(self):
        return self._open_ecom("ecom_shipment_action")

    def action_open_ecom_exceptions(self):
        return self._open_ecom("ecom_exception_action")


class EcomShipment(models.Model):
    _inherit = "ecom.shipment"

    def action_open_messages(self):
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_connector.ecom_message_action")
        return {**action, "domain": [("shipment_id", "in", self.ids)], "context": {}}
