from odoo import fields, models


class EcomChannelCredential(models.Model):
    """One secret or token of a channel, encrypted at rest and never readable in a view."""

    _name = "ecom.channel.credential"
    _description = "Channel Credential"
    _order = "channel_id, name"

    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    name = fields.Char(required=True)
    value = fields.Char(groups="base.group_no_one", help="Encrypted.")

    _name_uniq = models.UniqueIndex("(channel_id, name)")
