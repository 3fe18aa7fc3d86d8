from odoo import fields, models


class EcomMessage(models.Model):
    """A product of ours that a channel is to list."""

    _inherit = "ecom.message"

    product_id = fields.Many2one("product.product", readonly=True, index="btree_not_null", ondelete="cascade")

    def _failure_name(self):
        if not self.product_id:
            return super()._failure_name()
        return self.env._(
            "%(channel)s does not list %(product)s",
            channel=self.channel_id.name,
            product=self.product_id.display_name,
        )
