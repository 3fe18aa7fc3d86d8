from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _prepare_procurement_values(self):
        """The delivery is due when the channel says so, whatever our own lead times would allow."""
        values = super()._prepare_procurement_values()
        ship_by = self.order_id.ecom_ship_by
        if ship_by:
            values["date_deadline"] = ship_by
            values["date_planned"] = min(values["date_planned"], ship_by)
        return values
