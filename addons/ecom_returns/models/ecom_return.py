from odoo import api, fields, models

from ..policy.states import DISAGREEMENTS, overall


class EcomReturn(models.Model):
    """What a buyer sends back, of one order or of several. Whether it was agreed to stands here; where goods and money
    are stands on the lines, and nothing is set by hand that follows from them."""

    _name = "ecom.return"
    _description = "Return"
    _order = "id desc"
    _inherit = ["mail.thread", "mail.activity.mixin", "portal.mixin"]
    _check_company_auto = True

    name = fields.Char(string="Number", required=True, readonly=True, copy=False, default="New")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    partner_id = fields.Many2one("res.partner", string="Customer", required=True, index=True, tracking=True)
    channel_id = fields.Many2one("ecom.channel", check_company=True, ondelete="restrict", index="btree_not_null")
    external_id = fields.Char(string="ID on the Channel", copy=False)
    version = fields.Char(copy=False, readonly=True, help="As the channel told it last.")
    policy_id = fields.Many2one("ecom.return.policy", check_company=True, ondelete="restrict")
    reason = fields.Char(string="Customer's Words")
    refund_first = fields.Boolean(
        string="Refunded First", readonly=True, help="The channel gave the money back before anything was agreed here."
    )
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
        readonly=True,
        copy=False,
        tracking=True,
        help="Was the return agreed to?",
    )
    authorised_by = fields.Many2one("res.users", readonly=True, copy=False)
    authorised_at = fields.Datetime(readonly=True, copy=False)
    refusal = fields.Char(readonly=True, copy=False, tracking=True, help="Why it was refused.")
    refusal_code = fields.Selection(
        [
            ("too_late", "Too late"),
            ("too_many", "More than was delivered"),
            ("final_sale", "Final sale"),
            ("excepted", "Excepted by law"),
            ("worn", "Used or damaged by the customer"),
            ("not_ours", "Not bought here"),
            ("other", "Another reason"),
        ],
        string="Kind of Refusal",
        readonly=True,
        copy=False,
    )
    findings = fields.Text(readonly=True, copy=False, help="What the rules found when it was opened.")
    line_ids = fields.One2many("ecom.return.line", "return_id", string="Lines")
    order_ids = fields.Many2many(
        "sale.order", string="Orders", compute="_compute_order_ids", search="_search_order_ids"
    )
    picking_ids = fields.Many2many("stock.picking", string="Transfers", compute="_compute_documents")
    credit_ids = fields.One2many("account.move", "ecom_return_id", string="Credit Notes")
    picking_count = fields.Integer(compute="_compute_documents")
    credit_count = fields.Integer(compute="_compute_documents")
    state = fields.Selection(
        [
            ("requested", "To Approve"),
            ("approved", "Awaiting Goods"),
            ("working", "In Work"),
            ("closed", "Closed"),
            ("rejected", "Refused"),
            ("cancelled", "Cancelled"),
            ("expired", "Expired"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
    )
    disagreement = fields.Selection(
        [
            ("money_without_goods", "Paid Back, Goods Owed"),
            ("goods_without_money", "Goods Here, Money Owed"),
            ("undecided_goods", "Goods Here, Undecided"),
            ("awaited_goods", "Goods Awaited"),
        ],
        string="Left to Do",
        compute="_compute_state",
        store=True,
        index=True,
        group_expand="_group_expand_disagreement",
        help="How goods and money disagree; the worst of all lines.",
    )
    is_open = fields.Boolean(compute="_compute_state", store=True)

    _external_uniq = models.UniqueIndex(
        "(channel_id, external_id) WHERE external_id IS NOT NULL", "This return of this channel is here already."
    )

    @api.depends("line_ids.order_id")
    def _compute_order_ids(self):
        for record in self:
            record.order_ids = record.line_ids.order_id

    def _search_order_ids(self, operator, value):
        return [("line_ids.order_id", operator, value)]

    @api.depends("line_ids.move_ids", "line_ids.disposed_move_ids", "credit_ids")
    def _compute_documents(self):
        """The numbers are for everybody who sees the return; the documents for who may see them."""
        for record in self:
            lines = record.sudo().line_ids
            pickings = (lines.move_ids | lines.disposed_move_ids).picking_id
            record.picking_ids = pickings
            record.picking_count = len(pickings)
            record.credit_count = len(record.sudo().credit_ids)

    @api.depends("authorisation", "line_ids.disagreement")
    def _compute_state(self):
        for record in self:
            found = [line.disagreement or "" for line in record.line_ids]
            record.state = overall(record.authorisation, found)
            record.is_open = record.state in ("requested", "approved", "working")
            record.disagreement = next((kind for kind in DISAGREEMENTS if kind in found), False)

    @api.model
    def _group_expand_disagreement(self, _values, _domain):
        return list(DISAGREEMENTS)

    @property
    def zone(self):
        """Where the buyer's days begin and end."""
        return self.partner_id.tz or self.company_id.partner_id.tz or "UTC"

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            if values.get("name", "New") == "New":
                values["name"] = self.env["ir.sequence"].next_by_code("ecom.return") or "New"
        return super().create(vals_list)
