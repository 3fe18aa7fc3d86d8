from odoo import fields, models

from ..channels.redaction import readable


class EcomPayload(models.Model):
    """The raw bytes of a message, apart from it so that lists do not load them and erasure leaves the event key."""

    _name = "ecom.payload"
    _description = "Raw Payload"
    _rec_name = "message_id"

    message_id = fields.Many2one("ecom.message", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="message_id.company_id", store=True, index=True)
    # Bytes in the table itself: a message and its payload are committed together, or not at all. Nobody reads them
    # as they are, for they may hold secrets of the shop: see `text`.
    body = fields.Binary(attachment=False, groups=fields.NO_ACCESS, copy=False)
    content_type = fields.Char(readonly=True)
    text = fields.Text(string="Content", compute="_compute_text", help="Laid out; secrets and card numbers are hidden.")

    _message_uniq = models.UniqueIndex("(message_id)")

    def _compute_text(self):
        for payload in self:
            body = payload.sudo().with_context(bin_size=False).body
            payload.text = readable(bytes(body)) if body else False
