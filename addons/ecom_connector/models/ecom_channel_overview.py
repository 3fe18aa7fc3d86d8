from odoo import api, fields, models


class EcomChannel(models.Model):
    """The figures of the overview. They are read by groups, one query a figure for all channels shown."""

    _inherit = "ecom.channel"

    # As superuser: who may see a channel may see its figures, whatever else he may open.
    order_today_count = fields.Integer(string="Orders Today", compute="_compute_order_counts", compute_sudo=True)
    order_count = fields.Integer(string="Orders", compute="_compute_order_counts", compute_sudo=True)
    late_count = fields.Integer(string="Late", compute="_compute_order_counts", compute_sudo=True)
    waiting_count = fields.Integer(string="Waiting", compute="_compute_message_counts", compute_sudo=True)
    failed_count = fields.Integer(string="Failed Messages", compute="_compute_message_counts", compute_sudo=True)
    attention_count = fields.Integer(string="Needs Attention", compute="_compute_attention_count", compute_sudo=True)
    listing_count = fields.Integer(string="Listings", compute="_compute_listing_counts", compute_sudo=True)
    review_count = fields.Integer(string="Listings to Review", compute="_compute_listing_counts", compute_sudo=True)
    last_order_read = fields.Datetime(compute="_compute_last_order_read", compute_sudo=True)
    orders_read_at = fields.Datetime(string="Asked for Orders", compute="_compute_health", compute_sudo=True)
    paused = fields.Boolean(compute="_compute_health", search="_search_paused", compute_sudo=True)
    pause_reason = fields.Char(compute="_compute_health", compute_sudo=True)
    is_copy = fields.Boolean(
        compute="_compute_is_copy", compute_sudo=True, help="The credentials were entered in another database."
    )
    trouble = fields.Char(
        compute="_compute_health", compute_sudo=True, help="What went wrong lately and is being tried again."
    )

    def _count(self, model, domain, channel_field="channel_id"):
        """{channel id: number of records of `model` in `domain`}"""
        groups = self.env[model]._read_group([(channel_field, "in", self.ids), *domain], [channel_field], ["__count"])
        return {channel.id: count for channel, count in groups}

    def _compute_order_counts(self):
        orders = self._count("sale.order", [], "ecom_channel_id")
        today = self._count("sale.order", [("ecom_placed_at", ">=", "today")], "ecom_channel_id")
        late = self._count("sale.order", [("ecom_is_late", "=", True)], "ecom_channel_id")
        for channel in self:
            channel.order_count = orders.get(channel.id, 0)
            channel.order_today_count = today.get(channel.id, 0)
            channel.late_count = late.get(channel.id, 0)

    def _compute_message_counts(self):
        waiting = self._count("ecom.message", [("state", "=", "waiting")])
        failed = self._count("ecom.message", [("state", "=", "failed")])
        for channel in self:
            channel.waiting_count = waiting.get(channel.id, 0)
            channel.failed_count = failed.get(channel.id, 0)

    def _compute_attention_count(self):
        counts = self._count("ecom.exception", [("state", "=", "open")])
        for channel in self:
            channel.attention_count = counts.get(channel.id, 0)

    def _compute_listing_counts(self):
        listings = self._count("ecom.listing", [])
        review = self._count("ecom.listing", [("state", "in", ("unmatched", "ambiguous"))])
        for channel in self:
            channel.listing_count = listings.get(channel.id, 0)
            channel.review_count = review.get(channel.id, 0)

    def _compute_last_order_read(self):
        groups = self.env["sale.order"]._read_group(
            [("ecom_channel_id", "in", self.ids)], ["ecom_channel_id"], ["create_date:max"]
        )
        latest = {channel.id: moment for channel, moment in groups}
        for channel in self:
            channel.last_order_read = latest.get(channel.id)

    @api.depends("cursor_ids.paused", "cursor_ids.problem", "cursor_ids.failures", "cursor_ids.last_success")
    def _compute_health(self):
        for channel in self:
            cursors = channel.cursor_ids
            paused = cursors.filtered("paused")
            failing = cursors.filtered(lambda cursor: cursor.failures and cursor.problem)
            channel.paused = bool(paused)
            channel.pause_reason = next((cursor.problem for cursor in paused if cursor.problem), False)
            channel.trouble = not paused and failing[:1].problem
            channel.orders_read_at = cursors.filtered(lambda cursor: cursor.topic == "orders").last_success

    @api.depends("cursor_ids.paused")
    def _compute_is_copy(self):
        stored = self.env["ecom.channel.credential"]
        for channel in self:
            sealed = channel.paused and stored.search([("channel_id", "=", channel.id), ("sealed", "!=", False)])
            channel.is_copy = bool(sealed) and sealed._is_from_elsewhere()

    @api.model
    def _search_paused(self, operator, value):
        if operator != "in":
            return NotImplemented
        paused = [("cursor_ids", "any", [("paused", "=", True)])]
        return paused if True in value else ["!", *paused]
