from odoo import fields, models
from odoo.exceptions import AccessError

CAUSES = [
    ("orders", "Orders that are not here"),
    ("edited", "Changed by hand there"),
    ("lost", "Our figure got lost"),
    ("inactive", "Not listed there any more"),
]


class EcomStockAudit(models.Model):
    """One comparison of all that a channel shows with what it acknowledged and what was decided."""

    _name = "ecom.stock.audit"
    _description = "Stock Comparison"
    _order = "id desc"
    _rec_name = "channel_id"

    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    create_date = fields.Datetime(string="Begun")
    done_at = fields.Datetime(string="Done")
    state = fields.Selection(
        [("running", "Running"), ("done", "Done"), ("stopped", "Not Finished")], default="running", required=True
    )
    position = fields.Integer(help="The last level that was asked for.")
    compared = fields.Integer(help="Stock levels that the channel told of.")
    line_ids = fields.One2many("ecom.stock.drift", "audit_id", string="Differences")
    different = fields.Integer(compute="_compute_different", store=True)

    _running_uniq = models.UniqueIndex("(channel_id) WHERE state = 'running'")

    def _compute_different(self):
        for audit in self:
            audit.different = len(audit.line_ids)


class EcomStockDrift(models.Model):
    """A listing for which the channel showed another figure than we believed."""

    _name = "ecom.stock.drift"
    _description = "Stock Difference"
    _order = "id desc"
    _rec_name = "listing_id"

    audit_id = fields.Many2one("ecom.stock.audit", required=True, ondelete="cascade", index=True)
    channel_id = fields.Many2one(related="audit_id.channel_id", store=True, index=True)
    company_id = fields.Many2one(related="audit_id.company_id", store=True, index=True)
    level_id = fields.Many2one("ecom.stock.level", ondelete="set null", index="btree_not_null")
    listing_id = fields.Many2one("ecom.listing", required=True, ondelete="cascade", index=True)
    product_id = fields.Many2one(related="listing_id.product_id", store=True)
    create_date = fields.Datetime(string="Found")
    shown = fields.Integer(help="What the channel showed.", aggregator=None)
    expected = fields.Integer(help="What it acknowledged last, less our orders since.", aggregator=None)
    decided = fields.Integer(help="What it should have shown.", aggregator=None)
    difference = fields.Integer(help="Shown less expected: above zero, more was on offer than we believed.")
    cause = fields.Selection(CAUSES, required=True, index=True)
    waits = fields.Boolean(
        string="For a Person", help="Our figure would raise theirs; the channel's policy asks first."
    )

    def action_set_ours(self):
        """Show our figure after all."""
        self.check_access("read")
        if not self.env.user.has_group("ecom_connector.ecom_connector_group_operator"):
            raise AccessError(self.env._("Only operators of the shop may do that."))
        drifts = self.sudo()
        drifts.level_id.write({"next_try": False})
        drifts.waits = False
        self.env["ecom.flow.run"]._wake()
