from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError


class EcomListProductWizard(models.TransientModel):
    """Put products of ours on a channel."""

    _name = "ecom.list.product.wizard"
    _description = "Put Products on a Channel"

    product_ids = fields.Many2many("product.product", string="Products", required=True)
    channel_id = fields.Many2one("ecom.channel", required=True, domain="[('id', 'in', possible_channel_ids)]")
    possible_channel_ids = fields.Many2many("ecom.channel", compute="_compute_possible_channel_ids")

    @api.model
    def default_get(self, fields):
        """From the list or form of products, or of their templates."""
        values = super().default_get(fields)
        active = self.env.context.get("active_model"), self.env.context.get("active_ids")
        if active[0] in ("product.product", "product.template") and active[1]:
            records = self.env[active[0]].browse(active[1])
            products = records if active[0] == "product.product" else records.product_variant_ids
            values["product_ids"] = [Command.set(products.ids)]
        return values

    @api.depends("product_ids")
    def _compute_possible_channel_ids(self):
        channels = self.env["ecom.channel"].search([("mode", "=", "live")])
        able = channels.filtered(lambda channel: hasattr(channel._adapter().noun("products"), "make_product"))
        for wizard in self:
            wizard.possible_channel_ids = able

    def action_list(self):
        if not self.env.user.has_group("ecom_connector.ecom_connector_group_channel_manager"):
            raise AccessError(self.env._("Only channel managers may put products on a channel."))
        self.ensure_one()
        if self.channel_id not in self.possible_channel_ids:
            raise UserError(self.env._("%(channel)s takes no products from here.", channel=self.channel_id.name))
        listed = self.env["ecom.flow.send"]._list_products(self.channel_id, self.product_ids)
        asked = len(self.product_ids - listed)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if asked else "warning",
                "message": self.env._(
                    "%(asked)s products are being made on %(channel)s, not on sale yet; %(listed)s are listed there "
                    "already.",
                    asked=asked,
                    channel=self.channel_id.name,
                    listed=len(listed),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
