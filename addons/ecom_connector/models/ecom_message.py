from odoo import fields, models

TOPICS = [
    ("orders", "Order"),
    ("products", "Product"),
    ("stock", "Stock"),
    ("shipments", "Shipment"),
    ("refunds", "Refund"),
    ("returns", "Return"),
    ("settlements", "Settlement"),
    ("other", "Other"),
]


class EcomMessage(models.Model):
    """One thing that came in or must go out."""

    _name = "ecom.message"
    _description = "Channel Message"
    _order = "id desc"
    _rec_name = "external_id"

    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    direction = fields.Selection([("in", "In"), ("out", "Out")], required=True)
    topic = fields.Selection(TOPICS, required=True)
    external_id = fields.Char(string="ID on the Channel", index=True)
    event_key = fields.Char(required=True, help="Delivery id, or id and version: the same event is stored once.")
    version = fields.Char()
    hint = fields.Boolean(help="Only tells that something changed: the thing itself is fetched by its id.")
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("failed", "Needs Attention"),
            ("done", "Done"),
            ("superseded", "Superseded"),
            ("ignored", "Ignored"),
        ],
        default="waiting",
        required=True,
    )
    attempts = fields.Integer(readonly=True)
    problem = fields.Text(readonly=True, help="What went wrong, in plain words.")
    problem_code = fields.Char(readonly=True)
    next_try = fields.Datetime(default=fields.Datetime.now)
    leased_until = fields.Datetime(readonly=True)
    done_at = fields.Datetime(readonly=True)
    ignore_reason = fields.Char(readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True, index="btree_not_null", ondelete="set null")
    shipment_id = fields.Many2one("ecom.shipment", readonly=True, index="btree_not_null", ondelete="set null")
    payload_ids = fields.One2many("ecom.payload", "message_id", groups="ecom_connector.ecom_connector_group_administrator")

    _event_uniq = models.UniqueIndex("(channel_id, direction, event_key)")
    # The claim reads only what waits: the index stays as small as the backlog.
    _waiting_idx = models.Index("(channel_id, direction, next_try, id) WHERE state = 'waiting'")
    _attention_idx = models.Index("(channel_id, id) WHERE state = 'failed'")
