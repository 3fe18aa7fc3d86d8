from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..flow.allot import exact
from ..policy.dispositions import Looked, propose
from ..policy.states import disagreement

# What people say of a line; everything else follows from transfers, credit notes, refunds and the return's buttons.
GRADES = [("a", "A: as new"), ("b", "B: opened"), ("c", "C: worn"), ("d", "D: broken")]
SAID = {"reason_id", "photo_ids", "grade", "found_reason_id", "wanted", "resolution"}
SAID |= {"check_ids", "found_photo_ids", "found_note", "fault", "swap_product_id", "worn_percent"}


class EcomReturnLine(models.Model):
    """Some units of one product of one delivery, with two questions that have nothing to do with each other: where are
    the goods, and where is the money? Units that go different ways become lines of their own."""

    _name = "ecom.return.line"
    _description = "Return Line"
    _check_company_auto = True

    return_id = fields.Many2one("ecom.return", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="return_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="return_id.partner_id")
    parcel_number = fields.Char(related="return_id.parcel_number")
    order_line_id = fields.Many2one("sale.order.line", string="Sold As", required=True, ondelete="restrict", index=True)
    order_id = fields.Many2one(related="order_line_id.order_id", store=True, index=True)
    product_id = fields.Many2one(
        "product.product", compute="_compute_product_id", store=True, readonly=False, precompute=True, index=True
    )
    uom_id = fields.Many2one(related="product_id.uom_id")
    external_id = fields.Char(string="ID on the Channel", readonly=True)
    quantity = fields.Float(digits="Product Unit", default=1.0, required=True)
    origin_move_id = fields.Many2one(
        "stock.move", string="Delivered With", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    reason_id = fields.Many2one("ecom.return.reason", ondelete="restrict")
    answer = fields.Char(readonly=True, help="What the customer answered to the question of the reason.")
    photo_ids = fields.Many2many("ir.attachment", string="Photos")
    currency_id = fields.Many2one(related="order_line_id.currency_id")
    value = fields.Monetary(compute="_compute_value", help="What was charged for these units, with tax.")
    # Goods
    goods = fields.Selection(
        [
            ("keep", "Buyer Keeps Them"),
            ("awaiting", "Awaited"),
            ("in_transit", "On Their Way"),
            ("received", "Received"),
            ("short", "Fewer Than Said"),
            ("wrong_item", "Something Else"),
            ("lost", "Lost on the Way"),
            ("expired", "Never Came"),
            ("given_back", "Sent Back to the Buyer"),
        ],
        default="awaiting",
        required=True,
        readonly=True,
        copy=False,
    )
    move_ids = fields.One2many("stock.move", "ecom_return_line_id", string="Came Back With")
    arrived_move_id = fields.Many2one("stock.move", readonly=True, ondelete="restrict", index="btree_not_null")
    disposed_move_ids = fields.One2many("stock.move", "ecom_disposed_line_id")
    lot_id = fields.Many2one("stock.lot", string="Lot/Serial", readonly=True, ondelete="restrict")
    # Inspection
    grade = fields.Selection(GRADES)
    found_reason_id = fields.Many2one("ecom.return.reason", string="Found", ondelete="restrict")
    wanted = fields.Selection(
        selection="_selection_disposition", string="Decision", compute="_compute_wanted", store=True, readonly=False
    )
    disposition = fields.Selection(selection="_selection_disposition", string="Done With It", readonly=True, copy=False)
    decided_by = fields.Many2one("res.users", readonly=True, copy=False)
    decided_at = fields.Datetime(readonly=True, copy=False)
    # Money
    resolution = fields.Selection(
        [("refund", "Refund"), ("exchange", "Exchange"), ("none", "No Refund")], default="refund", required=True
    )
    refund_line_id = fields.Many2one(
        "ecom.refund.line", string="Refunded on the Channel", readonly=True, copy=False, index="btree_not_null"
    )
    owed_refund_id = fields.Many2one(
        "ecom.refund", string="Refund Owed", readonly=True, copy=False, index="btree_not_null"
    )
    refund_id = fields.Many2one("ecom.refund", compute="_compute_refund_id", store=True)
    credit_line_ids = fields.One2many("account.move.line", "ecom_return_line_id", string="Credited")
    money = fields.Selection(
        [
            ("none", "Nothing Granted"),
            ("granted", "Granted"),
            ("pending", "On Its Way"),
            ("executed", "Paid Back"),
            ("failed", "Failed"),
        ],
        compute="_compute_money",
        store=True,
        compute_sudo=True,
    )
    disagreement = fields.Char(compute="_compute_disagreement", store=True)

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "A return line has a quantity above zero.")
    _goods_idx = models.Index("(goods, money)")

    @api.model
    def _selection_disposition(self):
        return [
            ("restock", self.env._("Back to Stock")),
            ("regrade", self.env._("Back to Stock as Another Article")),
            ("refurbish", self.env._("Refurbish")),
            ("vendor", self.env._("Back to the Vendor")),
            ("liquidate", self.env._("Sell Off")),
            ("donate", self.env._("Donate")),
            ("scrap", self.env._("Scrap")),
            ("give_back", self.env._("Back to the Buyer")),
            ("missing", self.env._("Missing")),
        ]

    @api.depends("return_id.name", "product_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.return_id.name or ''}: {line.product_id.display_name or ''}"

    @api.depends("order_line_id")
    def _compute_product_id(self):
        for line in self:
            line.product_id = line.product_id or line.order_line_id.product_id

    @api.depends("quantity", "order_line_id.price_total", "order_line_id.product_uom_qty", "product_id")
    def _compute_value(self):
        """Of a component its share by list price; what is given back is reckoned from the invoice."""
        for line in self:
            sold = line.order_line_id
            whole = sold.product_uom_id._compute_quantity(sold.product_uom_qty, sold.product_id.uom_id)
            share = line.quantity / whole if whole else 0.0
            if line.product_id != sold.product_id:
                moves = self.env["ecom.flow.return.allot"]._deliveries(sold)
                worth = sum(move.product_qty * move.product_id.lst_price for move in moves)
                share = line.quantity * line.product_id.lst_price / worth if worth else 0.0
            line.value = sold.currency_id.round(sold.price_total * share) if sold else 0.0

    @api.depends("grade", "found_reason_id")
    def _compute_wanted(self):
        rules = self.env["ecom.return.rule"]._rules(self.company_id)
        for line in self.filtered("grade"):
            line.wanted = propose(line._looked(), rules[line.company_id])

    def _looked(self):
        """policy.dispositions.Looked of what lies here."""
        product, dispositions = self.product_id, dict(self._selection_disposition())
        if not product.ecom_regrade_id:
            dispositions.pop("regrade")
        categories = (product.categ_id.parent_path or "").split("/")
        return Looked(
            grade=self.grade,
            reason=(self.found_reason_id or self.reason_id).id,
            categories=tuple(int(number) for number in categories if number),
            product=product.id,
            channel=self.return_id.channel_id.id,
            cost=exact(product.with_company(self.company_id).standard_price),
            expired=self._is_expired(),
            possible=tuple(dispositions),
        )

    @api.depends("refund_line_id.refund_id", "owed_refund_id")
    def _compute_refund_id(self):
        for line in self:
            line.refund_id = line.refund_line_id.refund_id or line.owed_refund_id

    @api.depends(
        "refund_id.state",
        "refund_id.message_ids.state",
        "credit_line_ids.move_id.state",
        "credit_line_ids.move_id.payment_state",
        "credit_line_ids.move_id.amount_residual",
        "credit_line_ids.move_id.transaction_ids.state",
    )
    def _compute_money(self):
        """Granted is one thing, paid back another: by the channel, or by what was booked here."""
        for line in self:
            notes = line.credit_line_ids.move_id.filtered(lambda note: note.state == "posted")
            paid = notes and all(note.payment_state in ("paid", "in_payment", "reversed") for note in notes)
            refund = line.refund_id
            if refund:
                under_way = refund.message_ids.filtered(lambda message: message.state == "waiting")
                states = {"done": "executed", "failed": "failed", "pending": "pending" if under_way else "granted"}
                line.money = states[refund.state]
            elif paid or not notes:
                line.money = "executed" if paid else "none"
            else:
                line.money = self.env["ecom.flow.return.pay_back"]._money(notes)

    @api.depends(
        "return_id.authorisation", "goods", "money", "disposition", "resolution", "credit_line_ids.parent_state"
    )
    def _compute_disagreement(self):
        for line in self:
            found = disagreement(
                line.return_id.authorisation, line.goods, line.money, line.disposition or "", line.resolution
            )
            if not found and line._is_creditable:
                found = "goods_without_money"
            line.disagreement = found

    @property
    def _is_creditable(self):
        """Goods and money may agree, and the books not know it yet."""
        here = self.goods in ("received", "wrong_item", "keep") or self.disposition == "missing"
        due = self.resolution != "none" and self.disposition != "give_back"
        agreed = self.return_id.authorisation in ("approved", "expired")
        credited = self.sudo().credit_line_ids.filtered(lambda line: line.parent_state != "cancel")
        paid = self.disposition != "missing" or self.money == "executed"
        return bool(here and due and agreed and paid and not credited and self.order_line_id)

    def write(self, vals):
        if not self.env.su and vals.keys() - SAID:
            raise AccessError(self.env._("Where goods and money are follows from transfers and credit notes."))
        return super().write(vals)

    # ------------------------------------------------------------------- units
    def _split(self, quantity):
        """So many units become a line of their own. Returns it."""
        self.ensure_one()
        if self.uom_id.compare(quantity, self.quantity) >= 0:
            raise UserError(self.env._("A line is split into two that both have something."))
        rest = self.copy(
            {
                "quantity": quantity,
                "origin_move_id": self.origin_move_id.id,
                "return_id": self.return_id.id,
                "goods": self.goods,
                "refund_line_id": self.refund_line_id.id,
                "owed_refund_id": self.owed_refund_id.id,
            }
        )
        self.quantity = self.uom_id.round(self.quantity - quantity)
        return rest

    def _is_expected(self):
        """Whether it may lie in a box today."""
        moves = self.sudo().move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        return self.goods in ("awaiting", "in_transit") and bool(moves)

    def _give_refund(self, refund_line):
        """The channel paid it back. What we noted as owed for it, and told nobody, is owed no more."""
        owed = self.owed_refund_id.filtered(
            lambda refund: refund.state == "pending" and not refund.external_id and not refund.message_ids
        )
        self.refund_line_id = refund_line
        if owed and owed != refund_line.refund_id:
            owed.sudo().unlink()

    def _mark_short(self):
        """Nothing of these was in the box, and nothing is to follow."""
        gone = self.filtered(lambda line: line.goods in ("awaiting", "in_transit"))
        gone.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))._action_cancel()
        gone.goods = "short"

    def _warehouse(self):
        """Where the goods come back to: where they left from."""
        self.ensure_one()
        origin = self.origin_move_id
        return origin.warehouse_id or origin.location_id.warehouse_id or self.order_id.warehouse_id

    @property
    def _is_channels_stock(self):
        """The channel sent it out of a stock that was never ours: nothing of it is counted here."""
        there = self.order_id.ecom_fulfilment == "elsewhere"
        return there and self.origin_move_id.location_id.usage == "supplier"

    def _comes_to(self, warehouse):
        """The location in which it is received."""
        return self.origin_move_id.location_id if self._is_channels_stock else warehouse._ecom_quarantine()

    def _is_expired(self):
        """Where expiry dates are kept of lots."""
        lot = self.lot_id
        return bool(
            lot
            and "expiration_date" in lot._fields
            and lot.expiration_date
            and lot.expiration_date < fields.Datetime.now()
        )
