from odoo import api, fields, models


class EcomReturn(models.Model):
    """What a buyer sends back from one order. Its lines say where goods and money are; nothing here is set by hand
    that follows from them."""

    _name = "ecom.return"
    _description = "Return"
    _order = "id desc"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _check_company_auto = True

    name = fields.Char(string="Number", required=True, readonly=True, copy=False, default="New")
    order_id = fields.Many2one(
        "sale.order",
        required=True,
        check_company=True,
        ondelete="restrict",
        index=True,
        tracking=True,
        domain="[('state', '=', 'sale')]",
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="order_id.partner_id", string="Customer", store=True)
    channel_id = fields.Many2one("ecom.channel", check_company=True, ondelete="restrict", index="btree_not_null")
    external_id = fields.Char(string="ID on the Channel", copy=False)
    reason = fields.Char()
    authorisation = fields.Selection(
        [
            ("requested", "Requested"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
            ("cancelled", "Cancelled"),
            ("expired", "Expired"),
        ],
        default="requested",
        required=True,
        tracking=True,
        help="Was the return agreed to?",
    )
    line_ids = fields.One2many("ecom.return.line", "return_id", string="Lines")
    is_open = fields.Boolean(compute="_compute_is_open", store=True)

    _external_uniq = models.UniqueIndex(
        "(channel_id, external_id) WHERE external_id IS NOT NULL", "This return of this channel is here already."
    )

    @api.depends("authorisation", "line_ids.is_open")
    def _compute_is_open(self):
        for record in self:
            ended = record.authorisation in ("rejected", "cancelled", "expired")
            record.is_open = not ended and (not record.line_ids or any(record.line_ids.mapped("is_open")))

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            if values.get("name", "New") == "New":
                values["name"] = self.env["ir.sequence"].next_by_code("ecom.return") or "New"
        return super().create(vals_list)
