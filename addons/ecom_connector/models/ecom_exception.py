from odoo import fields, models

CATEGORIES = [
    ("connection", "Connection"),
    ("order", "Order content"),
    ("product", "Unknown product"),
    ("mapping", "Missing mapping"),
    ("money", "Amount differs"),
    ("stock", "Stock"),
    ("shipment", "Shipment"),
    ("change", "Changed after import"),
    ("deadline", "Deadline"),
]


class EcomException(models.Model):
    """One thing a person must decide."""

    _name = "ecom.exception"
    _description = "Exception"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "severity desc, deadline, id"

    name = fields.Char(string="What Happened", required=True)
    detail = fields.Text(string="What to Do")
    channel_id = fields.Many2one("ecom.channel", ondelete="cascade", index=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    category = fields.Selection(CATEGORIES, required=True, index=True)
    severity = fields.Selection([("0", "Low"), ("1", "Normal"), ("2", "High"), ("3", "Urgent")], default="1", required=True)
    state = fields.Selection(
        [("open", "Open"), ("solved", "Solved"), ("ignored", "Ignored")], default="open", required=True, index=True, tracking=True
    )
    user_id = fields.Many2one("res.users", string="Owner", tracking=True, index=True)
    deadline = fields.Datetime(tracking=True)
    escalated_at = fields.Datetime(readonly=True)
    # What it is about
    dedupe_key = fields.Char(help="The same trouble opens one exception, however often it happens.")
    ecom_message_id = fields.Many2one("ecom.message", ondelete="cascade", index="btree_not_null", string="Message Concerned")
    order_id = fields.Many2one("sale.order", ondelete="cascade", index="btree_not_null")
    listing_id = fields.Many2one("ecom.listing", ondelete="cascade", index="btree_not_null")
    picking_id = fields.Many2one("stock.picking", ondelete="cascade", index="btree_not_null")
    # The decision: who, when, why
    decision = fields.Char(readonly=True, tracking=True)
    decided_by = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(readonly=True)

    _open_uniq = models.UniqueIndex("(channel_id, dedupe_key) WHERE state = 'open' AND dedupe_key IS NOT NULL")

    def _open(self, channel, *, category, name, detail="", severity="1", dedupe_key=None, **links):
        """Open an exception, or refresh the open one of the same `dedupe_key`. Returns it.

        `links`: order_id, ecom_message_id, listing_id, picking_id (ids).
        """
        exception = self.browse()
        if dedupe_key:
            exception = self.sudo().search(
                [("channel_id", "=", channel.id), ("dedupe_key", "=", dedupe_key), ("state", "=", "open")], limit=1
            )
        if exception:
            exception.write({"name": name, "detail": detail})
            return exception
        return self.sudo().create(
            {
                "channel_id": channel.id,
                "company_id": channel.company_id.id,
                "category": category,
                "name": name,
                "detail": detail,
                "severity": severity,
                "dedupe_key": dedupe_key,
                "user_id": channel.responsible_id.id,
                **links,
            }
        )
