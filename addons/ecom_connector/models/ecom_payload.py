from odoo import fields, models


class EcomPayload(models.Model):
    """The raw bytes of a message, apart from it so that lists do not load them and erasure leaves the event key."""

    _name = "ecom.payload"
    _description = "Raw Payload"
    _rec_name = "message_id"

    message_id = fields.Many2one("ecom.message", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="message_id.company_id", store=True, index=True)
    # Bytes in the table itself: a message and its payload are committed together, or not at all.
    body = fields.Binary(attachment=False)
    content_type = fields.Char()

    _message_uniq = models.UniqueIndex("(message_id)")
