from odoo import fields, models


class EcomChannelSite(models.Model):
    """A marketplace, store view or market of a channel. Prices, currency, language and taxes differ by site, stock
    does not."""

    _name = "ecom.channel.site"
    _description = "Channel Site"
    _order = "channel_id, name"
    _check_company_auto = True

    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    external_id = fields.Char(string="ID on the Channel", required=True)
    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    currency_id = fields.Many2one("res.currency")
    pricelist_id = fields.Many2one("product.pricelist", check_company=True)
    lang = fields.Char(string="Language")

    _external_uniq = models.UniqueIndex("(channel_id, external_id)")

    def write(self, vals):
        result = super().write(vals)
        if {"pricelist_id", "currency_id", "active"} & vals.keys():
            self.channel_id._look_at_offers()
        return result
