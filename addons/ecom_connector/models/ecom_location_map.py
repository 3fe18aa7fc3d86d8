from odoo import api, models

WATCHED = frozenset(("channel_id", "warehouse_id", "publish", "active"))


class EcomLocationMap(models.Model):
    """Which location shows the stock of which warehouse decides which stock levels there are."""

    _inherit = "ecom.location.map"

    _warehouse_once_uniq = models.UniqueIndex(
        "(channel_id, warehouse_id) WHERE publish AND active AND warehouse_id IS NOT NULL",
        "Two locations of a channel cannot both show the stock of one warehouse: it would be sold twice. "
        "Switch off publishing for one of them.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        maps = super().create(vals_list)
        self.env["ecom.stock.level"]._fit_to_channels(maps.channel_id)
        return maps

    def write(self, vals):
        channels = self.channel_id
        result = super().write(vals)
        if not WATCHED.isdisjoint(vals):
            self.env["ecom.stock.level"]._fit_to_channels(channels | self.channel_id)
        if "code" in vals:
            self.env["ecom.stock.level"]._forget_channels(self.channel_id)
        return result

    def unlink(self):
        channels = self.channel_id
        result = super().unlink()
        self.env["ecom.stock.level"]._fit_to_channels(channels)
        return result
