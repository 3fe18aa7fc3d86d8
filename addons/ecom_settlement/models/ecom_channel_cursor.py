from odoo import fields, models


class EcomChannelCursor(models.Model):
    _inherit = "ecom.channel.cursor"

    topic = fields.Selection(selection_add=[("settlements", "Reading payouts")], ondelete={"settlements": "cascade"})
    earned_percent = fields.Float(
        string="Earned of a Sale", digits=(5, 2), help="What payouts say is left of a sale on this channel."
    )
