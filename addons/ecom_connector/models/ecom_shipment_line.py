from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class EcomShipmentLine(models.Model):
    """How much of an order line is in a parcel."""

    _name = "ecom.shipment.line"
    _description = "Parcel Content"

    shipment_id = fields.Many2one("ecom.shipment", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shipment_id.company_id", store=True, index=True)
    order_line_id = fields.Many2one("sale.order.line", required=True, ondelete="cascade", index=True)
    product_id = fields.Many2one(related="order_line_id.product_id")
    quantity = fields.Float(digits="Product Unit", required=True, help="In units of the order line.")

    _line_uniq = models.UniqueIndex("(shipment_id, order_line_id)", "The parcel has a line for this article already.")
    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "A parcel holds more than nothing of what is in it.")

    @api.constrains("shipment_id", "order_line_id")
    def _check_order(self):
        for line in self.sudo():
            if line.order_line_id.order_id != line.shipment_id.order_id:
                raise ValidationError(self.env._("A parcel holds articles of its own order only."))

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_packing()
        return lines

    def write(self, vals):
        self._check_packing()
        result = super().write(vals)
        self._check_packing()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_while_packing(self):
        self._check_packing()

    def _check_packing(self):
        """What has left is told; only the road itself writes it then."""
        if not self.env.su and any(line.shipment_id.shipped_at for line in self):
            raise UserError(self.env._("The content of a parcel is settled once it has left."))
