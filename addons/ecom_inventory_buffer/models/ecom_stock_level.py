from odoo import fields, models


class Remembered(fields.Many2one):
    """What has decided, without a foreign key: to have it looked up for each of a hundred thousand decisions costs a
    third of writing them. When a rule goes, it is forgotten (ecom_buffer_rule_change.py)."""

    def update_db_foreign_key(self, model, column):
        pass


class EcomStockLevel(models.Model):
    """The terms of the sum beyond the connector's own, and the rule that decided. What a strategy did is kept as it
    was decided: the rule may say something else today."""

    _inherit = "ecom.stock.level"

    held = fields.Float(digits="Product Unit", help="Soft holds: carts, quotations, replacements promised.")
    unimported = fields.Float(digits="Product Unit", help="Sold on a channel and not among our orders yet.")
    # Set aside: shown to explain, never counted
    quarantined = fields.Float(digits="Product Unit")
    damaged = fields.Float(digits="Product Unit")
    inspected = fields.Float(digits="Product Unit", string="Awaiting Inspection")
    travelling = fields.Float(digits="Product Unit", string="In Transit")
    expired = fields.Float(digits="Product Unit", help="Or too close to it to be shipped in time.")
    foreign = fields.Float(digits="Product Unit", string="Owned by Others")
    incoming = fields.Float(digits="Product Unit", help="On its way to us, whatever its date.")
    # Without an index: each costs every decision time, and few ask for the levels of a rule.
    buffer_rule_id = Remembered("ecom.buffer.rule", string="Rule")
    buffer_steps = fields.Char(readonly=True, help="What the rule did, step by step, as it was decided.")
    kept_back = fields.Float(digits="Product Unit", help="Units that are free for sale and not shown.")
