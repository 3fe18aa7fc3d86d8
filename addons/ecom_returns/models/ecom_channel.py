from odoo import fields, models


class EcomChannel(models.Model):
    """Channels that list returns are asked for them."""

    _inherit = "ecom.channel"

    def _asks(self, topic):
        return super()._asks(topic) or (topic == "returns" and self._adapter().can("returns"))


class EcomChannelCursor(models.Model):
    _inherit = "ecom.channel.cursor"

    topic = fields.Selection(selection_add=[("returns", "Reading returns")], ondelete={"returns": "cascade"})
