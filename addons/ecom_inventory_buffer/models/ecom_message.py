from odoo import models

STUCK = frozenset(("failed", "ignored"))


class EcomMessage(models.Model):
    """An order that cannot become ours is sold all the same: no other channel may sell its goods."""

    _inherit = "ecom.message"

    def write(self, vals):
        if "state" not in vals:
            return super().write(vals)
        before = self._ecom_stuck()
        result = super().write(vals)
        (before | self._ecom_stuck())._ecom_count_again()
        return result

    def _ecom_stuck(self):
        return self.filtered(
            lambda message: message.state in STUCK and (message.direction, message.topic) == ("in", "orders")
        )

    def _ecom_count_again(self):
        reckon = self.env["ecom.flow.reckon"]
        for channel, messages in self.grouped("channel_id").items():
            items = reckon._items_of(channel, messages.ids)
            listings = (
                self.env["ecom.listing"]
                .sudo()
                .search([("channel_id", "=", channel.id), ("external_id", "in", list(items))])
            )
            self.env["ecom.stock.change"]._mark("product", listings.product_id._ids)
