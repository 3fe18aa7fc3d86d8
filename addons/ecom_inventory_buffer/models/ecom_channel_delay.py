from odoo import api, fields, models


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

    import_time = fields.Char(string="A Sale Is Known After", compute="_compute_times")
    push_time = fields.Char(string="A Figure Is Shown After", compute="_compute_times")

    _channel_uniq = models.UniqueIndex("(channel_id)")

    @api.depends("import_seconds", "import_count", "push_seconds", "push_count")
    @api.depends_context("lang")
    def _compute_times(self):
        for delay in self:
            delay.import_time = self._in_words(delay.import_seconds) if delay.import_count else ""
            delay.push_time = self._in_words(delay.push_seconds) if delay.push_count else ""

    @api.model
    def _in_words(self, seconds):
        """As people say it: exact to the second first, then to the minute, then to the hour."""
        seconds = round(seconds)
        if seconds < 120:
            return self.env._("%s seconds", seconds)
        if seconds < 2 * 3600:
            return self.env._("%s minutes", seconds // 60)
        return self.env._("%s hours", seconds // 3600)
