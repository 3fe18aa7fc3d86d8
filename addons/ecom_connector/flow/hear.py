"""The channel says by itself that the stock of an item, or the item, changed. Mostly that is our own echo."""

from datetime import timedelta

from odoo import models

# A notice of something that we wrote so shortly before is the echo of that; two clocks are never quite the same.
ECHO = timedelta(seconds=30)
SKEW = timedelta(seconds=2)


class EcomFlowNormalise(models.AbstractModel):
    _inherit = "ecom.flow.normalise"

    def _read_stock(self, channel, messages):
        """What the notice says of the quantity may be old when it comes, so nothing is believed: the next turn of the
        stock topic asks. That turn writes only where the figure is not ours, so the echo of an echo ends there."""
        for message in messages:
            self._doubt(self._levels_told_of(channel, message), message.create_date)
        messages._done()
        return []

    def _read_products(self, channel, messages):
        """A shop that sells an item, or whose stock we set, often tells of a changed product. Of one that nobody knows
        the catalogue is read soon; what else may have changed of a known one waits for its next regular reading."""
        known = self.env["ecom.listing"].with_context(active_test=False)
        ids = messages.mapped("external_id")
        domain = ["|", ("external_id", "in", ids), ("external_product_id", "in", ids)]
        listings = known.search([("channel_id", "=", channel.id), *domain])
        if set(ids) - set(listings.mapped("external_id")) - set(listings.mapped("external_product_id")):
            self.env["ecom.flow.catalogue"]._read_soon(channel)
        return self._read_stock(channel, messages)

    def _levels_told_of(self, channel, message):
        item = message.external_id
        names = ("external_id", "external_product_id", "external_stock_id")
        domain = ["|", "|", *((f"listing_id.{name}", "=", item) for name in names)]
        return self.env["ecom.stock.level"].search([("channel_id", "=", channel.id), *domain])

    def _doubt(self, levels, moment):
        """Have the channel asked for what it shows, unless that is about to be done, or this is an echo."""
        for level in levels.filtered(lambda level: level.known and not level.unsure):
            if not level.sent_at or not -SKEW <= moment - level.sent_at <= ECHO:
                level._doubt()
