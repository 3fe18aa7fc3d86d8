from odoo import fields, models


class EcomBuyer(models.Model):
    """A buyer of a channel and the contact behind it."""

    _name = "ecom.buyer"
    _description = "Channel Buyer"
    _rec_name = "partner_id"

    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    external_id = fields.Char(string="ID on the Channel", required=True)
    partner_id = fields.Many2one("res.partner", required=True, ondelete="restrict", index=True)
    # What the channel said of the account last: only what still stands on the contact like that follows a change.
    said_name = fields.Char(string="Name There")
    said_email = fields.Char(string="E-mail There")
    said_phone = fields.Char(string="Phone There")

    _external_uniq = models.UniqueIndex("(channel_id, external_id)")
