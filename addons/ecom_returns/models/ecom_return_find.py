from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

OPERATOR = "ecom_connector.ecom_connector_group_operator"


class EcomReturnFind(models.Model):
    """What lay in a box and nobody expected: a parcel without a slip, another article than was said, more than was
    delivered. It waits beside the stock until somebody finds out where it belongs."""

    _name = "ecom.return.find"
    _description = "Goods of Unknown Origin"
    _order = "id desc"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _check_company_auto = True

    name = fields.Char(string="Number", required=True, readonly=True, copy=False, default="New")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    warehouse_id = fields.Many2one("stock.warehouse", required=True, readonly=True, check_company=True)
    product_id = fields.Many2one("product.product", readonly=True, help="Empty: nothing that we sell.")
    quantity = fields.Float(digits="Product Unit", readonly=True)
    lot_name = fields.Char(string="Lot/Serial", readonly=True)
    description = fields.Char(help="What it looks like, what stands on it.")
    sender = fields.Char()
    parcel_number = fields.Char()
    photo_ids = fields.Many2many("ir.attachment", string="Photos")
    return_id = fields.Many2one(
        "ecom.return", string="In the Box Of", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    move_id = fields.Many2one("stock.move", readonly=True, ondelete="restrict", index="btree_not_null")
    line_id = fields.Many2one(
        "ecom.return.line",
        string="Belongs To",
        domain="[('product_id', '=', product_id), ('goods', 'in', ('awaiting', 'in_transit', 'short', 'lost')), "
        "('company_id', '=', company_id)]",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    decision = fields.Selection(
        [("restock", "Back to Stock"), ("scrap", "Scrap"), ("give_back", "Sent Back to the Sender")], readonly=True
    )
    decided_by = fields.Many2one("res.users", readonly=True, copy=False)
    state = fields.Selection(
        [("waiting", "Whose Is It?"), ("matched", "Belongs to a Return"), ("decided", "Decided")],
        default="waiting",
        required=True,
        readonly=True,
        tracking=True,
        index=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            if values.get("name", "New") == "New":
                values["name"] = self.env["ir.sequence"].next_by_code("ecom.return.find") or "New"
        return super().create(vals_list)

    def action_match(self):
        """It is what this line of a return waits for."""
        if not self.env.user.has_group(OPERATOR):
            raise AccessError(self.env._("Only operators may say where goods belong."))
        self.check_access("write")
        for find in self:
            find._check_waiting()
            if not find.line_id:
                raise UserError(
                    self.env._("Say which article of which return it is. Is there no return yet? Open one.")
                )
            self.env["ecom.flow.return.find"].sudo()._match(find.sudo())

    def action_restock(self):
        self._decide("restock")

    def action_scrap(self):
        self._decide("scrap")

    def action_give_back(self):
        self._decide("give_back")

    def _decide(self, decision):
        """Nobody's, after all: a person of the warehouse says what becomes of it."""
        if not self.env.user.has_group("stock.group_stock_user"):
            raise AccessError(self.env._("Only who works in the warehouse may move goods."))
        self.check_access("write")
        for find in self:
            find._check_waiting()
            self.env["ecom.flow.return.find"].sudo()._decide(find.sudo(), decision)

    def _check_waiting(self):
        if self.state != "waiting":
            raise UserError(self.env._("%(find)s was decided already.", find=self.name))


class EcomReturn(models.Model):
    _inherit = "ecom.return"

    numbers_released = fields.Boolean(
        string="Other Numbers Accepted",
        readonly=True,
        copy=False,
        tracking=True,
        help="A manager accepted that other serial or lot numbers come back than were sold.",
    )
    find_ids = fields.One2many("ecom.return.find", "return_id")
    find_count = fields.Integer(compute="_compute_find_count")

    @api.depends("find_ids")
    def _compute_find_count(self):
        """The number is for everybody who sees the return."""
        for record in self:
            record.find_count = len(record.sudo().find_ids)

    def action_release_numbers(self):
        """Another number than was sold may come back; with a name on it."""
        if not self.env.user.has_group("ecom_connector.ecom_connector_group_channel_manager"):
            raise AccessError(self.env._("Only channel managers release numbers."))
        self.check_access("write")
        self.sudo().numbers_released = True
        for record in self:
            record.message_post(body=self.env._("Other lot and serial numbers than were sold are accepted."))

    def action_open_finds(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_returns.ecom_return_find_action")
        return {**action, "domain": [("return_id", "in", self.ids)], "context": {}}
