from odoo import fields, models


class EcomChannelDelay(models.Model):
    """How long a sale of a channel stays unknown to us, and a decision unknown to the channel: 95 of 100 take no
    longer. Measured (flow/learn.py); apart from the channel, which people write."""

    _name = "ecom.channel.delay"
    _description = "Measured Delay of a Channel"
    _rec_name = "channel_id"
    _log_access = False

    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade", readonly=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    import_seconds = fields.Float(string="Sale Until Imported (s)", readonly=True)
    import_count = fields.Integer(string="Sales Measured", readonly=True)
    push_seconds = fields.Float(string="Decision Until Shown (s)", readonly=True)
    push_count = fields.Integer(string="Decisions Measured", readonly=True)

    _channel_uniq = models.UniqueIndex("(channel_id)")
