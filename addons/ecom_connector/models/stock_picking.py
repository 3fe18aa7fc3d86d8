from odoo import fields, models

LABEL = {"carrier_tracking_ref", "carrier_id"}


class StockPicking(models.Model):
    _inherit = "stock.picking"

    ecom_channel_id = fields.Many2one(
        related="sale_id.ecom_channel_id", store=True, index="btree_not_null", string="Sales Channel"
    )
    ecom_ship_by = fields.Datetime(related="sale_id.ecom_ship_by", store=True, index="btree_not_null", string="Ship By")
    ecom_acknowledge_by = fields.Datetime(related="sale_id.ecom_acknowledge_by", string="Acknowledge By")
    ecom_shipment_ids = fields.One2many("ecom.shipment", "picking_id", string="Parcels")
    ecom_is_late = fields.Boolean(
        string="Late", compute="_compute_ecom_is_late", search="_search_ecom_is_late", help="Ship-by passed, not done."
    )

    def _compute_ecom_is_late(self):
        now = fields.Datetime.now()
        for picking in self:
            left = picking.state in ("done", "cancel") or not picking.ecom_channel_id
            picking.ecom_is_late = not left and bool(picking.ecom_ship_by) and picking.ecom_ship_by < now

    def _search_ecom_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [
            ("ecom_channel_id", "!=", False),
            ("state", "not in", ("done", "cancel")),
            ("ecom_ship_by", "<", fields.Datetime.now()),
        ]

    def write(self, vals):
        """A number that arrives or changes after the transfer goes to its parcels."""
        if not vals.keys() & LABEL:
            return super().write(vals)
        ship = self.env["ecom.flow.ship"]
        before = ship._labels(self)
        result = super().write(vals)
        ship._spread_labels(before)
        return result

    def _action_done(self):
        result = super()._action_done()
        self.env["ecom.flow.ship"]._shipped(self)
        return result

    def _create_backorder(self, *args, **kwargs):
        backorders = super()._create_backorder(*args, **kwargs)
        if not self.env.context.get("ecom_elsewhere"):
            self.env["ecom.flow.delay"]._tell_backorders(backorders)
        return backorders

    def _ecom_leaves(self):
        """True for the transfer that goes to the buyer of a channel's order: not for picking and packing before it."""
        self.ensure_one()
        leaves = self.location_dest_id.usage == "customer" and self.location_id.usage != "customer"
        return leaves and bool(self.sudo().sale_id.ecom_channel_id)

    def _set_parcels(self, numbers):
        """One parcel for each tracking number, in this order, before or after the transfer is done. More parcels than
        numbers keep what they have."""
        self.ensure_one()
        parcels = self.ecom_shipment_ids.sorted("parcel")
        for parcel, number in zip(parcels, numbers, strict=False):
            parcel.tracking_number = number
        missing = numbers[len(parcels) :]
        return parcels | self.env["ecom.shipment"].create(
            [{"picking_id": self.id, "tracking_number": number} for number in missing]
        )
