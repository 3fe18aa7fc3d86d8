from odoo import fields, models


class EcomChannelCursor(models.Model):
    """How far one topic of a channel was read or written, who works on it now, and how it fares."""

    _name = "ecom.channel.cursor"
    _description = "Channel Health"
    _order = "channel_id, topic"
    _rec_name = "topic"

    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    topic = fields.Selection(
        [
            ("stock", "Stock to the channel"),
            ("outbox", "Shipments and answers to the channel"),
            ("orders", "Asking for new orders"),
            ("queue", "Reading the channel's queue"),
            ("inbox", "Working through what came in"),
            ("ahead", "Fetching announced orders ahead"),
            ("invoices", "Invoices and payments"),
            ("refunds", "Asking what refunds were for"),
            ("refund_list", "Looking for refunds"),
            ("products", "Reading the catalogue"),
            ("webhooks", "Looking after webhooks"),
            ("offers", "Prices and names to the channel"),
            ("site_prices", "Prices of sites to the channel"),
            ("customers", "Reading customers"),
            ("coupons", "Reading coupons"),
            ("kept", "Reading what lies in the channel's warehouses"),
        ],
        required=True,
    )
    # What was read
    position = fields.Char(help="Token of the page to read next.")
    seen_until = fields.Datetime(help="The last change on the pages read so far, while pages are left.")
    read_until = fields.Datetime(help="All changes up to this moment of the channel's clock are stored here.")
    fresh_at = fields.Datetime(
        help="By our clock: when the question was asked whose answer completed the last reading. What the channel "
        "showed at that moment is stored here; an increase of stock goes out only behind it."
    )
    # A range of dates that a person asked for, read between the polls
    wish_since = fields.Datetime(string="Reading From")
    wish_until = fields.Datetime(string="Reading Up To")
    wish_position = fields.Char()
    wish_at = fields.Datetime(string="Asked For At")
    # The lease: two workers never work on the same topic of a channel
    next_try = fields.Datetime(index=True)
    leased_until = fields.Datetime()
    leased_by = fields.Char()
    last_run = fields.Datetime()
    # How it fares
    paused = fields.Boolean(help="Set when the channel refuses our access; Resume clears it.")
    failures = fields.Integer(help="Failures in a row.")
    last_success = fields.Datetime()
    problem = fields.Char(help="The last failure in plain words.")
    done_count = fields.Integer(string="Done")

    _topic_uniq = models.UniqueIndex("(channel_id, topic)")
