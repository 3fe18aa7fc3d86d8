from odoo import api, models
from odoo.exceptions import ValidationError

from ..channels import CHANNELS

WATCHED = frozenset(("channel_id", "warehouse_id", "publish", "active"))


class EcomLocationMap(models.Model):
    """Which location shows the stock of which warehouse decides which stock levels there are."""

    _inherit = "ecom.location.map"

    _warehouse_once_uniq = models.UniqueIndex(
        "(channel_id, warehouse_id) WHERE publish AND active AND warehouse_id IS NOT NULL",
        "Two locations of a channel cannot both show the stock of one warehouse: it would be sold twice. "
        "Switch off publishing for one of them.",
    )

    @api.depends("channel_id.code", "code")
    def _compute_kept(self):
        for location in self:
            location.kept = self._is_kept(location.channel_id, location.code)

    @staticmethod
    def _is_kept(channel, code):
        """Whether that is what the channel calls warehouses of its own."""
        platform = CHANNELS.get(channel.code)
        return bool(platform and code) and getattr(platform.noun("stock"), "KEPT", "") == code

    @api.onchange("channel_id", "code")
    def _onchange_code(self):
        if self.kept:
            self.publish = False

    @api.constrains("kept", "publish")
    def _check_kept(self):
        for location in self.filtered(lambda location: location.kept and location.publish):
            name = location.name or location.code
            raise ValidationError(
                self.env._("The channel counts the stock of %(name)s itself: there is nothing to publish.", name=name)
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if self._is_kept(self.env["ecom.channel"].browse(vals.get("channel_id")), vals.get("code")):
                vals["publish"] = False
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
