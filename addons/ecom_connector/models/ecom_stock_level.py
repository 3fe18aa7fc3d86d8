from odoo import fields, models


class EcomStockLevel(models.Model):
    """What one listing may sell at one location of its channel: decided here, published there, acknowledged."""

    _name = "ecom.stock.level"
    _description = "Channel Stock Level"
    _order = "listing_id, id"

    listing_id = fields.Many2one("ecom.listing", required=True, ondelete="cascade", index=True)
    channel_id = fields.Many2one(related="listing_id.channel_id", store=True, index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    product_id = fields.Many2one(related="listing_id.product_id", store=True, index=True)
    location_map_id = fields.Many2one("ecom.location.map", ondelete="cascade", index="btree_not_null")
    warehouse_id = fields.Many2one("stock.warehouse")
    # Decided here
    free_quantity = fields.Float(digits="Product Unit", help="Free for sale, in the product's unit.")
    decided = fields.Integer(help="What the channel should show.")
    decided_at = fields.Datetime()
    sequence = fields.Integer(help="Counts decisions: a later one always wins over an earlier one.")
    changed_at = fields.Datetime(help="When the stock move was committed that led to this decision.")
    # On its way
    sent = fields.Integer(help="What the last call asked the channel to show.")
    sent_sequence = fields.Integer()
    sent_at = fields.Datetime()
    unsure = fields.Boolean(help="A call was made whose answer never came: the channel is asked first.")
    # Acknowledged by the channel
    published = fields.Integer(help="What the channel last confirmed to show.")
    published_sequence = fields.Integer()
    published_at = fields.Datetime()
    known = fields.Boolean(help="Whether the channel has confirmed anything yet.")
    held_back = fields.Char(help="Why an increase waits.")
    next_try = fields.Datetime()
    attempts = fields.Integer()
    problem = fields.Char()

    # Two indexes, since a null location is a place too and PostgreSQL below 15 holds nulls apart.
    _place_uniq = models.UniqueIndex("(listing_id, location_map_id) WHERE location_map_id IS NOT NULL")
    _only_uniq = models.UniqueIndex("(listing_id) WHERE location_map_id IS NULL")
    # Only what still has to go out is in it.
    _due_idx = models.Index("(channel_id, next_try) WHERE sequence > published_sequence")
