import secrets

from odoo import api, fields, models

from ..channels import CHANNELS

# Topics we ask the channel for by ourselves, beginning with the first look.
ASKED = ("orders", "queue", "products", "webhooks", "customers", "coupons", "refund_list", "kept")
# The noun a platform must have for a topic, where it has another name.
NOUNS = {"webhooks": "subscriptions", "refund_list": "refunds", "kept": "stock"}

# What says which stock levels there are, and what says whether somebody keeps an eye on what the channel shows.
PLACES = frozenset(("warehouse_id", "company_id"))
SWITCHES = frozenset(("mode", "publish_stock", "active"))


class EcomChannel(models.Model):
    """A connected shop, marketplace or provider account. Written by people only: what workers remember of it stands
    in `ecom.channel.cursor`, so that they never collide with people or with each other."""

    _name = "ecom.channel"
    _description = "Sales Channel"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True, help="How your team calls this shop.")
    code = fields.Selection(selection="_selection_code", string="Platform", required=True, index=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    color = fields.Integer()
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, tracking=True
    )
    mode = fields.Selection(
        [("off", "Off"), ("test", "Test"), ("live", "Live")],
        default="off",
        required=True,
        tracking=True,
        help="Off: nothing is exchanged. Test: orders are read, nothing is written to the channel. "
        "Live: orders come in, stock and shipments go out.",
    )
    webhook_key = fields.Char(
        default=lambda self: secrets.token_urlsafe(24),
        copy=False,
        groups="ecom_connector.ecom_connector_group_channel_manager",
    )
    site_ids = fields.One2many("ecom.channel.site", "channel_id", string="Sites")
    cursor_ids = fields.One2many(
        "ecom.channel.cursor", "channel_id", string="Health", groups="ecom_connector.ecom_connector_group_operator"
    )

    # Orders
    go_live = fields.Datetime(
        string="Import Orders Since",
        default=fields.Datetime.now,
        tracking=True,
        help="Orders placed before this moment stay outside, unless they are fetched by number or date range.",
    )
    open_orders_only = fields.Boolean(
        default=True, help="When going live, take over only those older orders that are still open on the channel."
    )
    import_when = fields.Selection(
        [("always", "As soon as it is placed"), ("authorized", "Once authorised"), ("paid", "Once paid")],
        string="Import an Order",
        default="authorized",
        required=True,
        tracking=True,
    )
    confirm_orders = fields.Boolean(
        string="Confirm Automatically", default=True, tracking=True, help="Otherwise orders stay quotations."
    )
    order_prefix = fields.Char(help="Put before the channel's order number to make the order's name here.")
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        compute="_compute_warehouse_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        tracking=True,
        help="Serves orders for which the channel names no location, and holds the stock that is published.",
    )
    pricelist_id = fields.Many2one("product.pricelist", check_company=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", check_company=True)
    user_id = fields.Many2one("res.users", string="Salesperson")
    tolerance = fields.Float(
        string="Rounding Tolerance",
        default=0.05,
        digits=(16, 4),
        help="A difference between the channel's total and ours up to this amount becomes a visible rounding line; "
        "a larger one needs a decision.",
    )
    ship_within_hours = fields.Integer(
        default=48, help="Ship-by deadline for orders on which the channel states none. 0: no deadline."
    )
    create_taxes = fields.Boolean(
        string="Create Missing Taxes",
        help="A tax unknown here is created with the channel's name and rate instead of waiting for a decision.",
    )
    match_on_order = fields.Boolean(
        default=True, string="Match New SKUs on Orders", help="A SKU first seen on an order is looked up here at once."
    )

    # Money
    invoice_policy = fields.Selection(
        [("manual", "By hand"), ("order", "When confirmed"), ("delivery", "When shipped")],
        string="Create Invoices",
        default="manual",
        required=True,
        tracking=True,
    )
    receivable_policy = fields.Selection(
        [("capture", "On capture, to the clearing account"), ("payout", "At payout, by the settlement")],
        string="Receivable Is Cleared",
        default="capture",
        required=True,
        tracking=True,
    )
    clearing_journal_id = fields.Many2one(
        "account.journal",
        check_company=True,
        domain="[('type', 'in', ('bank', 'cash', 'credit'))]",
        tracking=True,
        help="Captured money waits here until the channel pays it out.",
    )

    # Stock and shipments
    publish_stock = fields.Boolean(default=True, tracking=True)
    tell_buyer = fields.Boolean(
        string="Channel Informs the Buyer", default=True, help="Ask the channel to mail the buyer when a parcel leaves."
    )
    tell_delays = fields.Boolean(
        string="Tell of Delays",
        help="When only a part leaves, or an order leaves later than promised: the channel gets a note for the buyer, "
        "and Odoo mails him where it may.",
    )
    mail_buyer = fields.Boolean(
        string="Odoo Mails the Buyer",
        help="Off: no mail ever goes from Odoo to the buyers of this channel. Marketplaces forbid it.",
    )

    # Exceptions and retention
    responsible_id = fields.Many2one(
        "res.users", string="Exceptions Go To", default=lambda self: self.env.user, tracking=True
    )
    keep_payload_days = fields.Integer(default=90, help="Raw messages are erased after this many days. 0: kept.")
    keep_message_days = fields.Integer(default=365, help="Finished messages are removed after this many days.")

    _webhook_key_uniq = models.UniqueIndex("(webhook_key)")

    @api.depends("company_id")
    def _compute_warehouse_id(self):
        for channel in self:
            if channel.warehouse_id.company_id != channel.company_id:
                channel.warehouse_id = self.env["stock.warehouse"].search(
                    [("company_id", "=", channel.company_id.id)], limit=1
                )

    @api.model
    def _selection_code(self):
        return [(code, channel.name) for code, channel in sorted(CHANNELS.items(), key=lambda item: item[1].name)]

    def _adapter(self):
        """The plain-Python `Channel` behind this record; KeyError tells that its add-on is gone."""
        self.ensure_one()
        return CHANNELS[self.code]

    @api.model_create_multi
    def create(self, vals_list):
        channels = super().create(vals_list)
        channels._create_cursors()
        return channels

    def write(self, vals):
        result = super().write(vals)
        if not PLACES.isdisjoint(vals):
            self.env["ecom.stock.level"]._fit_to_channels(self)
        if not SWITCHES.isdisjoint(vals):
            self.env["ecom.stock.level"]._forget_channels(self)
        return result

    def _earned_percents(self):
        """{channel id: percent of the price that is left of a sale}, of the channels of which it is known. A hook: the
        connector knows of no fees."""
        return {}

    def _asks(self, topic):
        return topic in ASKED and self._adapter().can(NOUNS.get(topic, topic))

    def _cursors(self, topic):
        """How far that topic of these channels was read, and how it fares."""
        return self.sudo().cursor_ids.filtered(lambda cursor: cursor.topic == topic)

    @api.model
    def _complete(self):
        """Called with each install and update: channels of before get what newer versions have one of for each."""
        channels = self.with_context(active_test=False).search([("code", "in", list(CHANNELS))])
        channels._create_cursors()
        channels._create_check_policies()

    def _create_cursors(self):
        """One cursor a topic, made with the channel: workers only ever update them."""
        topics = [topic for topic, _label in self.env["ecom.channel.cursor"]._fields["topic"].selection]
        now = fields.Datetime.now()
        self.env["ecom.channel.cursor"].sudo().create(
            [
                {"channel_id": channel.id, "topic": topic, "next_try": now if channel._asks(topic) else False}
                for channel in self
                for topic in topics
                if topic not in channel.sudo().cursor_ids.mapped("topic")
            ]
        )
