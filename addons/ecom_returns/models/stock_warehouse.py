from odoo import fields, models


class StockWarehouse(models.Model):
    """Where returned goods wait: beside the stock, not in it, so that no order is promised them and no channel shows
    them before somebody looked at them."""

    _inherit = "stock.warehouse"

    ecom_quarantine_id = fields.Many2one("stock.location", string="Returned Goods Wait In", copy=False)
    ecom_refurbish_id = fields.Many2one("stock.location", string="Goods to Refurbish", copy=False)
    ecom_liquidate_id = fields.Many2one("stock.location", string="Goods to Sell Off", copy=False)

    def _ecom_quarantine(self):
        """The location; made when it is needed first."""
        return self._ecom_place("quarantine")

    def _ecom_place(self, name):
        self.ensure_one()
        field = f"ecom_{name}_id"
        if not self[field]:
            names = {
                "quarantine": self.env._("Returns to Inspect"),
                "refurbish": self.env._("Returns to Refurbish"),
                "liquidate": self.env._("Returns to Sell Off"),
            }
            self.sudo()[field] = (
                self.env["stock.location"]
                .sudo()
                .create(
                    {
                        "name": names[name],
                        "location_id": self.view_location_id.id,
                        "usage": "internal",
                        "company_id": self.company_id.id,
                    }
                )
            )
        return self[field]

    def _ecom_regraded(self):
        """Where goods pass that become another article: no stock, one a company. With an account of its own, perpetual
        valuation books there what they lost."""
        place = self.company_id.ecom_regraded_id
        if not place:
            place = (
                self.env["stock.location"]
                .sudo()
                .create(
                    {
                        "name": self.env._("Returns Become Another Article"),
                        "usage": "inventory",
                        "company_id": self.company_id.id,
                    }
                )
            )
            self.company_id.sudo().ecom_regraded_id = place
        return place
