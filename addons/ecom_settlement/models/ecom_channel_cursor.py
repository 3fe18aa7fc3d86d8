from odoo import fields, models


class EcomChannelCursor(models.Model):
    _inherit = "ecom.channel.cursor"

    topic = fields.Selection(selection_add=[("settlements", "Reading payouts")], ondelete={"settlements": "cascade"})
