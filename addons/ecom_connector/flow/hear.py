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
        told = messages.grouped("external_id")
        for level in self._levels_told_of(channel, messages):
            listing = level.listing_id
            names = {listing.external_id, listing.external_product_id, listing.external_stock_id}
            self._doubt(level, *(message.create_date for name in names for message in told.get(name, ())))
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

    def _levels_told_of(self, channel, messages):
        names, items = ("external_id", "external_product_id", "external_stock_id"), messages.mapped("external_id")
        domain = ["|", "|", *((f"listing_id.{name}", "in", items) for name in names)]
        return self.env["ecom.stock.level"].search([("channel_id", "=", channel.id), *domain])

    def _doubt(self, levels, *moments):
        """Have the channel asked for what it shows, unless that is about to be done, or all of these are echoes."""
        for level in levels.filtered(lambda level: level.known and not level.unsure):
            if not level.sent_at or not all(-SKEW <= moment - level.sent_at <= ECHO for moment in moments):
                level._doubt()
