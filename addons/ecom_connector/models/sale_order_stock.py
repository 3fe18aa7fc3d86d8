from odoo import api, models

WATCHED = frozenset(("state", "warehouse_id", "ecom_channel_id"))
WATCHED_LINE = frozenset(("product_id", "product_uom_qty", "product_uom_id"))


class SaleOrder(models.Model):
    """An order of a channel that is here and not confirmed holds its goods, though no transfer says so."""

    _inherit = "sale.order"

    # Few are so at any time; whoever measures stock looks for them each time.
    _ecom_quotation_idx = models.Index(
        "(warehouse_id) WHERE ecom_channel_id IS NOT NULL AND state IN ('draft', 'sent')"
    )

    def write(self, vals):
        if WATCHED.isdisjoint(vals):
            return super().write(vals)
        self.order_line._ecom_count_again()
        result = super().write(vals)
        self.order_line._ecom_count_again()
        return result

    def unlink(self):
        self.order_line._ecom_count_again()
        return super().unlink()

    def _action_cancel(self):
        """A channel may put what is cancelled up for sale again, also where we have less than nothing to offer: only
        the channel knows."""
        listings = self.order_line.ecom_listing_id
        result = super()._action_cancel()
        self.env["ecom.stock.level"].sudo()._ask_again(listings)
        return result


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._ecom_count_again()
        return lines

    def write(self, vals):
        if WATCHED_LINE.isdisjoint(vals):
            return super().write(vals)
        self._ecom_count_again()
        result = super().write(vals)
        self._ecom_count_again()
        return result

    def unlink(self):
        self._ecom_count_again()
        return super().unlink()

    def _ecom_count_again(self):
        lines = self.sudo().filtered(
            lambda line: line.order_id.ecom_channel_id and line.order_id.state in ("draft", "sent")
        )
        if lines:
            self.env["ecom.stock.change"]._mark("product", lines.product_id._ids)
